"""What waits and namespaces both ask about one task."""

from typing import Any

from supervisely_client.api.tasks import tasks_info, tasks_log_download, tasks_stop
from supervisely_client.models.tasks_info_request import TasksInfoRequest
from supervisely_client.models.tasks_stop_request import TasksStopRequest
from supervisely_client.types import UNSET

from .call import Caller
from .entities import Status, TaskInfo, as_status
from .shapes import is_list, text_at

STOP_WITHIN = 5.0
"""Seconds for asking the server to stop a task, when the wait is over already; for many tasks, each, and all when it was interrupted."""


def why_not_stopped(failure: Exception) -> str:
    """Say why asking for the end came to nothing; a time-out has no words of its own."""
    return str(failure) or f"no answer within {STOP_WITHIN:g} s"


async def read_task(caller: Caller, task_id: int) -> TaskInfo:
    """Give the task (`tasks.info`)."""
    answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
    return answer.read(TaskInfo.from_json)


async def stop_task(caller: Caller, task_id: int) -> Status | str:
    """Stop the task and give its status (`tasks.stop`)."""
    answer = await caller.call(tasks_stop.OPERATION, body=TasksStopRequest(id=task_id))
    return as_status(answer.read(lambda body: text_at(body, "status")))


async def read_log(caller: Caller, task_id: int, since_time: str | None, limit: int | None) -> list[dict[str, Any]]:
    """Give lines of the task's log (`tasks.log.download`): those after `since_time`, and of these the first `limit` (assumed)."""
    answer = await caller.call(
        tasks_log_download.OPERATION,
        id=task_id,
        since_time=UNSET if since_time is None else since_time,
        limit=UNSET if limit is None else limit,
    )
    return answer.read(_lines)


def _lines(body: Any) -> list[dict[str, Any]]:
    if not is_list(body):
        raise TypeError("the log is no list")
    return [dict(line) for line in body]
