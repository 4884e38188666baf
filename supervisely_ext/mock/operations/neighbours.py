"""The server itself, projects, and who and where the caller is."""

from typing import Any

from ..clock import timestamp
from ..platform import Platform
from .registry import Request, answers, page_of


@answers("instance.version")
def _instance_version(platform: Platform, request: Request) -> Any:
    return {"version": platform.version}


@answers("projects.info")
def _projects_info(platform: Platform, request: Request) -> Any:
    return platform.find("Project", platform.projects, request["id"])


@answers("projects.editInfo")
def _projects_edit_info(platform: Platform, request: Request) -> Any:
    project = platform.find("Project", platform.projects, request["id"])
    project |= {**request, "updatedAt": timestamp(platform.clock.now())}
    return project


@answers("projects.versions.list")
def _projects_versions_list(platform: Platform, request: Request) -> Any:
    project = platform.find("Project", platform.projects, request["projectId"])
    versions = [version for version in platform.versions.values() if version["projectId"] == project["id"]]
    return page_of("projects.versions.list", versions, request)


@answers("workspaces.info")
def _workspaces_info(platform: Platform, request: Request) -> Any:
    workspace = platform.find_workspace(request["id"])
    return {"id": workspace.id, "name": workspace.name, "description": "", "teamId": workspace.team_id}


@answers("users.me")
def _users_me(platform: Platform, request: Request) -> Any:
    return {"id": platform.caller.id, "login": platform.caller.login}
