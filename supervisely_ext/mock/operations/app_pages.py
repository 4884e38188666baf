"""What a running app has to do with its page: the fields of its data, its state, and the commands that it answers."""

from contextlib import suppress
from typing import Any

from ..fields import added, read, write
from ..patches import PatchError, apply_patch
from ..platform import Platform
from ..refusals import Refusal, not_found, wrong
from ..state import Task
from .registry import Request, answers


@answers("tasks.data.set")
def _tasks_data_set(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["taskId"])
    _check_fields(task, request["fields"])
    _set_fields(task, request["fields"])
    return {}


def _check_fields(task: Task, fields: list[Request]) -> None:
    """Refuse all of them where one is wrong."""
    for field in fields:
        _read(task, field["field"])


def _set_fields(task: Task, fields: list[Request]) -> None:
    for field in fields:
        value = field["payload"]
        if field.get("append"):
            value = added(_read(task, field["field"]), value, deep=field.get("recursive", False))
        write(task.data, field["field"], value)


def _read(task: Task, path: str) -> Any:
    try:
        return read(task.data, path)
    except ValueError as error:
        raise wrong("field", str(error)) from error


@answers("tasks.data.get")
def _tasks_data_get(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["taskId"])
    # assumed: a field that is not there is null
    return {"result": {path: _read(task, path) for path in request["fields"]}}


@answers("tasks.app-v2.data.set")
def _tasks_app_v2_data_set(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["taskId"])
    payload, fields = request.get("payload", {}), request.get("fields", [])
    _check_fields(task, fields)
    data = _patched(task.data["data"], payload.get("data", ()))
    task.data |= {"data": data, "state": added(task.data["state"], payload.get("state", {}), deep=False)}
    _set_fields(task, fields)
    return {}


def _patched(data: Any, patch: Any) -> Any:
    try:
        return apply_patch(data, patch)
    except PatchError as error:
        raise wrong("data", str(error)) from error


@answers("tasks.request.direct")
def _tasks_request_direct(platform: Platform, request: Request) -> Any:
    if "taskId" not in request or request.keys() & {"slyCloud", "service"}:
        # assumed: apps of the platform and services are none of the mock's
        raise not_found("App")
    task = platform.find_task(request["taskId"])
    if task.life.status not in ("started", "deployed"):
        # assumed: the server's words and status are not known
        raise Refusal(400, "App is not running", {"message": f"Task {task.id} is {task.life.status}"})
    if not request.get("skipResponse", True):
        return _command(platform, request)
    with suppress(Refusal):
        _command(platform, request)
    return {}


def _command(platform: Platform, request: Request) -> Any:
    name = request.get("command", "")
    if name not in platform.commands:
        raise not_found(f"Command {name!r}")
    answer = platform.commands[name]
    return answer(request) if callable(answer) else answer
