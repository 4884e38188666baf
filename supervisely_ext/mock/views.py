"""Entities as the server's answers show them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..shapes import part
from .clock import timestamp
from .state import App, Task
from .written import Shown


def app_view(app: App, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    """Show an installed app with its sessions (`apps.list`)."""
    module = app.module
    return {
        "id": app.id,
        "createdBy": app.created_by.id,
        "moduleId": module.id,
        "disabled": False,
        "userLogin": app.created_by.login,
        "config": module.config,
        "name": module.config.get("name", ""),
        "slug": module.slug,
        "moduleDisabled": False,
        "provider": "sly_gitea",
        "pathPrefix": "",
        "baseUrl": None,
        "isShared": False,
        "tasks": tasks,
        "repo": f"https://github.com/{module.slug}",
        "repositoryModuleUrl": f"https://github.com/{module.slug}",
        "teamId": app.team_id,
        "createdAt": app.created_at,
        "updatedAt": app.created_at,
    }


def _until_it_changes(show: Callable[[Task], dict[str, Any]]) -> Callable[[Task], Shown]:
    """Show a task anew only when it has changed: a wait looks at the same ones again and again."""

    @wraps(show)
    def view(task: Task) -> Shown:
        known = task.views()
        shown = known.get(show.__name__)
        if shown is None:
            shown = known[show.__name__] = Shown(show(task))
        return shown

    return view


@_until_it_changes
def listed_task(task: Task) -> dict[str, Any]:
    """Show a task as `tasks.list` does."""
    request = task.request
    return {
        "id": task.id,
        "type": "app",
        "status": task.life.status,
        "startedAt": _time(task.life.started_at),
        "finishedAt": _time(task.life.finished_at),
        "description": request.get("description", ""),
        "meta": {
            "app": {
                "id": task.app.id,
                "moduleId": task.app.module.id,
                "name": task.app.module.config.get("name", ""),
                "version": task.version,
                "isBranch": request.get("isBranch", False),
                "logLevel": request.get("logLevel", "info"),
            },
            "name": request.get("taskName", ""),
            "params": request.get("params", {}),
            "sessionToken": f"mock-session-token-{task.id}",
            "hasLogs": True,
            "logsCnt": task.log.count(),
            "hasMetrics": False,
            "restartPolicy": request.get("restartPolicy", "never"),
            "redirectRequests": request.get("redirectRequests", {}),
            **task.meta,
        },
    }


def _time(at: float | None) -> str | None:
    return None if at is None else timestamp(at)


def field_of_task(task: Task, name: str) -> Any:
    """Give one field of a task as it is shown, without showing the task."""
    match name:
        case "id":
            return task.id
        case "status":
            return task.life.status
        case _:
            return listed_task(task).get(name)


@_until_it_changes
def full_task(task: Task) -> dict[str, Any]:
    """Show a task as `tasks.info` does."""
    return listed_task(task) | {
        "teamId": task.workspace.team_id,
        "workspaceId": task.workspace.id,
        "userId": task.user.id,
        "userLogin": task.user.login,
        "agentId": task.agent and task.agent.id,
        "agentName": task.agent and task.agent.name,
        "settings": {"message": {"state": part(task.request, "params").get("state", {})}},
    }


@_until_it_changes
def session(task: Task) -> dict[str, Any]:
    """Show a task as `apps.tasks.list` and the `tasks` of `apps.list` do."""
    return listed_task(task) | {
        "teamId": task.workspace.team_id,
        "workspaceId": task.workspace.id,
        "size": "0",
        "attempt": 1,
        "archived": False,
        "createdBy": task.user.id,
        "nodeId": task.agent and task.agent.id,
        "isShared": task.shared,
        "user": task.user.login,
    }
