"""The logs of tasks."""

from datetime import datetime
from typing import Any

from ..clock import read_time
from ..platform import Platform
from ..refusals import wrong
from .registry import Request, answers


@answers("tasks.logs.add")
def _tasks_logs_add(platform: Platform, request: Request) -> Any:
    # assumed: the header names the task, and without it the lines go nowhere
    if platform.calling_task is not None:
        log = platform.find_task(platform.calling_task).log
        for line in request["logs"]:
            log.add(line, platform.clock.now())
    return {}


@answers("tasks.log.download")
def _tasks_log_download(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["id"])
    return task.log.read(_since(request), request.get("limit"))


def _since(request: Request) -> datetime | None:
    if "sinceTime" not in request:
        return None
    try:
        return read_time(request["sinceTime"])
    except ValueError as error:
        raise wrong("sinceTime", "is no ISO 8601 time") from error
