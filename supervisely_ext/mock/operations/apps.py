"""Apps as installed in a team, and their sessions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .. import views
from ..lifecycle import RUNNING
from ..platform import Platform
from ..refusals import not_found
from ..state import App, Task
from .registry import Request, answers, candidates, overlaps, page_of, page_of_tasks


@answers("apps.list")
def _apps_list(platform: Platform, request: Request) -> Any:
    team = platform.find("Team", platform.teams, request["teamId"])
    tasks: defaultdict[int, list[Task]] = defaultdict(list)
    for task in _wanted(platform, platform.tasks.values(), request):
        tasks[task.app.id].append(task)
    apps = [app for app in platform.apps.values() if app.team_id == team.id and _is_shown(app, request)]
    return page_of("apps.list", [_shown(platform, app, tasks[app.id]) for app in apps], request)


def _shown(platform: Platform, app: App, tasks: Sequence[Task]) -> dict[str, Any]:
    platform.look(tasks)
    return views.app_view(app, [views.session(task) for task in tasks])


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


def _wanted(platform: Platform, tasks: Iterable[Task], request: Request) -> list[Task]:
    """Keep the tasks of a workspace, and the running ones, where that is asked for."""
    workspace = None
    if "workspace" in request:
        workspace = platform.find("Workspace", platform.workspaces, request["workspace"]["id"])
    running = request.get("onlyRunning") or not request.get("forceAllSessions", True)
    return [
        task
        for task in tasks
        if (workspace is None or task.workspace is workspace) and (not running or task.life.status in RUNNING)
    ]


@answers("apps.tasks.list")
def _apps_tasks_list(platform: Platform, request: Request) -> Any:
    app = platform.find_app(request["appId"])
    if app.team_id != request["teamId"]:
        raise not_found("App")
    tasks = [task for task in _wanted(platform, candidates(platform, request), request) if task.app is app]
    return page_of_tasks(platform, "apps.tasks.list", tasks, request, views.session)


@answers("apps.info")
def _apps_info(platform: Platform, request: Request) -> Any:
    app = platform.find_app(request["id"])
    return _shown(platform, app, [task for task in platform.tasks.values() if task.app is app])
