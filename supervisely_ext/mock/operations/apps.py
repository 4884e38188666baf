"""Apps as installed in a team, and their sessions."""

from typing import Any

from .. import views
from ..lifecycle import RUNNING
from ..platform import Platform
from ..refusals import not_found
from ..state import App
from .registry import Request, answers, overlaps, page_of


@answers("apps.list")
def _apps_list(platform: Platform, request: Request) -> Any:
    apps = [app for app in platform.apps.values() if app.team_id == request["teamId"] and _is_shown(app, request)]
    shown = [views.app_view(app, _sessions(platform, app, request)) for app in apps]
    return page_of("apps.list", shown, request)


def _is_shown(app: App, request: Request) -> bool:
    config = app.module.config
    tags = set(request.get("sessionTags", ()))
    own_tags = set(config.get("sessionTags", ()))
    any_tag = request.get("sessionTagsOperation") == "or"
    return (
        overlaps(app.module.menu.get("target"), request.get("context"))
        and overlaps(config.get("integratedInto"), request.get("integratedInto"))
        and (not tags or (bool(tags & own_tags) if any_tag else tags <= own_tags))
        and request.get("repositoryKey") is None
    )


def _sessions(platform: Platform, app: App, request: Request) -> list[dict[str, Any]]:
    tasks = [platform.look(task) for task in platform.tasks.values() if task.app is app]
    if request.get("onlyRunning") or not request.get("forceAllSessions", True):
        tasks = [task for task in tasks if task.life.status in RUNNING]
    return [views.session(task) for task in tasks]


@answers("apps.tasks.list")
def _apps_tasks_list(platform: Platform, request: Request) -> Any:
    app = platform.find_app(request["appId"])
    if app.team_id != request["teamId"]:
        raise not_found("App")
    sessions = _sessions(platform, app, {**request, "forceAllSessions": True})
    if "workspace" in request:
        sessions = [task for task in sessions if task["workspaceId"] == request["workspace"]["id"]]
    return page_of("apps.tasks.list", sessions, request)


@answers("apps.info")
def _apps_info(platform: Platform, request: Request) -> Any:
    app = platform.find_app(request["id"])
    return views.app_view(app, _sessions(platform, app, request))
