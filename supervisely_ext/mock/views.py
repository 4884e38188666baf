"""Entities as the server's answers show them."""

from typing import Any
from weakref import WeakKeyDictionary

from .clock import timestamp
from .state import App, Task


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


_cores: WeakKeyDictionary[Task, tuple[tuple[int, ...], dict[str, Any]]] = WeakKeyDictionary()
"""What was shown of each task the last time, and as of how many changes of it."""


def _core(task: Task) -> dict[str, Any]:
    changes = (len(task.life.history), len(task.log.lines()), task.meta_changes)
    known, core = _cores.get(task, ((), {}))
    if known != changes:
        core = _new_core(task)
        _cores[task] = (changes, core)
    return core


def _new_core(task: Task) -> dict[str, Any]:
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
            "logsCnt": len(task.log.lines()),
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
            return _core(task).get(name)


def listed_task(task: Task) -> dict[str, Any]:
    """Show a task as `tasks.list` does."""
    return _core(task)


def full_task(task: Task) -> dict[str, Any]:
    """Show a task as `tasks.info` does."""
    return _core(task) | {
        "teamId": task.workspace.team_id,
        "workspaceId": task.workspace.id,
        "userId": task.user.id,
        "userLogin": task.user.login,
        "agentId": task.agent and task.agent.id,
        "agentName": task.agent and task.agent.name,
        "settings": {"message": {"state": task.request.get("params", {}).get("state", {})}},
    }


def session(task: Task) -> dict[str, Any]:
    """Show a task as `apps.tasks.list` and the `tasks` of `apps.list` do."""
    return _core(task) | {
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
