"""Reading the log of a task."""

from typing import Any

from supervisely_client.api.tasks import tasks_log_download
from supervisely_client.types import UNSET

from .call import Caller
from .shapes import is_list


async def read_log(caller: Caller, task_id: int, since_time: str | None, limit: int | None) -> list[dict[str, Any]]:
    """Give the log's lines (`tasks.log.download`), those after `since_time`, and of these the first `limit` (assumed)."""
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
