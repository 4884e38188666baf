"""What each method does: a function from a valid request to an answer, by the method's name."""

from collections.abc import Callable, Mapping
from typing import Any

from ..contract.spec import bundled
from . import views
from .lifecycle import RUNNING
from .listing import page
from .platform import Platform
from .refusals import not_found
from .state import App, Module, Task

Request = Mapping[str, Any]
Handler = Callable[[Platform, Request], Any]

HANDLERS: dict[str, Handler] = {}


def _answers(name: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def _page(name: str, entities: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    return page(entities, request, bundled().operations[name].filter_fields)


@_answers("instance.version")
def _instance_version(platform: Platform, request: Request) -> Any:
    return {"version": platform.version}


@_answers("ecosystem.list")
def _ecosystem_list(platform: Platform, request: Request) -> Any:
    modules = [module for module in platform.modules.values() if _is_wanted(module, request)]
    return _page("ecosystem.list", [module.shown for module in modules], request)


def _is_wanted(module: Module, request: Request) -> bool:
    config = module.config
    menu = module.menu
    text = f"{module.slug} {config.get('name', '')} {config.get('description', '')}".lower()
    return (
        request.get("search", "").lower() in text
        and _has_categories(config, request)
        and _overlaps(menu.get("target"), request.get("context"))
        and _overlaps([menu.get("contextRoot")], request.get("contextRoot"))
        and _overlaps(config.get("integratedInto"), request.get("integratedInto"))
    )


def _has_categories(config: Mapping[str, Any], request: Request) -> bool:
    own = {category.lower() for category in config.get("categories", ())}
    wanted = {category.lower() for category in request.get("categories", ())}
    wanted |= {request["category"].lower()} if "category" in request else set()
    if request.get("categoriesOperation") == "and":
        return wanted <= own
    return not wanted or bool(wanted & own)


def _overlaps(own: Any, wanted: Any) -> bool:
    return not wanted or bool(set(own or ()) & set(wanted))


@_answers("ecosystem.info")
def _ecosystem_info(platform: Platform, request: Request) -> Any:
    module = platform.find_module(
        lambda module: (
            module.id == request.get("id", module.id)
            and module.slug == request.get("slug", module.slug)
            and "appKey" not in request
        )
    )
    if module.release(request.get("version", "")) is None and "version" in request:
        raise not_found("Version")
    return module.shown


@_answers("tasks.run.app")
def _tasks_run_app(platform: Platform, request: Request) -> Any:
    workspace = platform.find_workspace(request.get("workspaceId"))
    agent = platform.find_agent(request["agentId"])
    if "moduleId" in request:
        module = platform.find_module(lambda module: module.id == request["moduleId"])
        app = platform.install(module, workspace.team_id)
    else:
        app = platform.find_app(request.get("appId", request.get("appServiceId")))
    users = [platform.find_user(user_id) for user_id in request.get("usersIds") or [platform.caller.id]]
    if request.get("singleSessionMode"):
        users = users[:1]
    tasks = [platform.start(app, workspace, agent, user, dict(request)) for user in users]
    return [{"taskId": task.id, "userId": task.user.id, "moduleId": app.module.id, "appId": app.id} for task in tasks]


@_answers("tasks.info")
def _tasks_info(platform: Platform, request: Request) -> Any:
    return views.full_task(platform, _look(platform, platform.find_task(request["id"])))


def _look(platform: Platform, task: Task) -> Task:
    task.life.look(platform.clock.now())
    return task


@_answers("tasks.list")
def _tasks_list(platform: Platform, request: Request) -> Any:
    workspace = platform.find_workspace(request["workspaceId"])
    # assumed: application sessions stand with their app only (design, section 6)
    tasks = [task for task in platform.tasks.values() if task.workspace is workspace and not task.app.module.serves]
    return _page("tasks.list", [views.listed_task(platform, _look(platform, task)) for task in tasks], request)


@_answers("tasks.stop")
def _tasks_stop(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["id"])
    platform.stop(task)
    return {"status": task.life.status}


@_answers("apps.list")
def _apps_list(platform: Platform, request: Request) -> Any:
    apps = [app for app in platform.apps.values() if app.team_id == request["teamId"] and _is_shown(app, request)]
    shown = [views.app_view(app, _sessions(platform, app, request)) for app in apps]
    return _page("apps.list", shown, request)


def _is_shown(app: App, request: Request) -> bool:
    config = app.module.config
    tags = set(request.get("sessionTags", ()))
    own_tags = set(config.get("sessionTags", ()))
    any_tag = request.get("sessionTagsOperation") == "or"
    return (
        _overlaps(app.module.menu.get("target"), request.get("context"))
        and _overlaps(config.get("integratedInto"), request.get("integratedInto"))
        and (not tags or (bool(tags & own_tags) if any_tag else tags <= own_tags))
        and request.get("repositoryKey") is None
    )


def _sessions(platform: Platform, app: App, request: Request) -> list[dict[str, Any]]:
    tasks = [_look(platform, task) for task in platform.tasks.values() if task.app is app]
    if request.get("onlyRunning") or not request.get("forceAllSessions", True):
        tasks = [task for task in tasks if task.life.status in RUNNING]
    return [views.session(platform, task) for task in tasks]


@_answers("apps.tasks.list")
def _apps_tasks_list(platform: Platform, request: Request) -> Any:
    app = platform.find_app(request["appId"])
    if app.team_id != request["teamId"]:
        raise not_found("App")
    sessions = _sessions(platform, app, {**request, "forceAllSessions": True})
    if "workspace" in request:
        sessions = [task for task in sessions if task["workspaceId"] == request["workspace"]["id"]]
    return _page("apps.tasks.list", sessions, request)
