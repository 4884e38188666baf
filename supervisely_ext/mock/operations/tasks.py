"""Tasks: their start, their end, and what is shown of them."""

from typing import Any

from ...contract.spec import bundled
from .. import views
from ..lifecycle import ENDS, by_hand
from ..platform import Platform
from ..refusals import Refusal, wrong
from ..state import Task
from .registry import Request, answers, candidates, page_of_tasks


@answers("tasks.run.app")
def _tasks_run_app(platform: Platform, request: Request) -> Any:
    workspace = platform.find_workspace(request.get("workspaceId"))
    agent = platform.find_agent(request["agentId"])
    app = None if "moduleId" in request else platform.find_app(request.get("appId", request.get("appServiceId")))
    module = app.module if app else platform.find_module(lambda module: module.id == request["moduleId"])
    users = [platform.find_user(user_id) for user_id in request.get("usersIds") or [platform.caller.id]]
    if request.get("singleSessionMode"):
        users = users[:1]
    platform.check_start(module, agent, request)  # so that a refused start installs nothing
    app = app or platform.install(module, workspace.team_id)
    tasks = [platform.start(app, workspace, agent, user, dict(request)) for user in users]
    return [{"taskId": task.id, "userId": task.user.id, "moduleId": app.module.id, "appId": app.id} for task in tasks]


@answers("tasks.info")
def _tasks_info(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["id"])
    platform.look([task])
    return views.full_task(task)


@answers("tasks.list")
def _tasks_list(platform: Platform, request: Request) -> Any:
    workspace = platform.find_workspace(request["workspaceId"])
    # assumed: application sessions stand with their app only (design, section 6)
    tasks = [
        task for task in candidates(platform, request) if task.workspace is workspace and not task.app.module.serves
    ]
    return page_of_tasks(platform, "tasks.list", tasks, request, views.listed_task)


@answers("tasks.stop")
def _tasks_stop(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["id"])
    platform.stop(task)
    return {"status": task.life.status}


@answers("tasks.resume")
def _tasks_resume(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["id"])
    if task.life.status not in ENDS:
        raise Refusal(400, "Task cannot be resumed", {"message": f"Task {task.id} is {task.life.status}"})
    platform.resume(task)
    return {"success": True}


@answers("GetTaskContext")
def _get_task_context(platform: Platform, request: Request) -> Any:
    workspace = platform.find_task(request["id"]).workspace
    team = platform.find("Team", platform.teams, workspace.team_id)
    return {
        "team": {"id": team.id, "name": team.name},
        "workspace": {"id": workspace.id, "name": workspace.name},
    }


@answers("tasks.status.update")
def _tasks_status_update(platform: Platform, request: Request) -> Any:
    # assumed: any status after any other, and it stays until the next one is set
    task = platform.find_task(request["id"])
    if task.life.status == request["status"]:
        task.life.hold()
    else:
        platform.change_course(task, by_hand(request["status"]))
    return {}


@answers("tasks.meta.update")
def _tasks_meta_update(platform: Platform, request: Request) -> Any:
    entries = {name: value for name, value in request.items() if name != "id"}
    _set_meta(platform.find_task(request["id"]), entries)
    return {"success": True}


def _set_meta(task: Task, entries: dict[str, Any]) -> None:
    """Set entries of a task's meta, but none that could not be shown."""
    schema = bundled().schema("TaskMeta")
    for violation in schema.violations(entries):
        raise wrong(violation.pointer, violation.message)
    task.set_meta(entries)


@answers("tasks.output.set")
def _tasks_output_set(platform: Platform, request: Request) -> Any:
    platform.find_task(request["taskId"]).set_meta({"output": request["output"]})
    return {}
