"""What `api.task` and `api.app` both do to a task."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeAlias

from supervisely_client.api.tasks import tasks_info, tasks_stop
from supervisely_client.models.tasks_info_request import TasksInfoRequest
from supervisely_client.models.tasks_stop_request import TasksStopRequest

from .call import Caller
from .checks import as_id
from .entities import Status, TaskInfo, as_status
from .errors import WaitError, WaitingTimeExceeded
from .waiting import Polling, as_targets, end_error, is_reached

log = logging.getLogger("supervisely_ext")

OnStatus: TypeAlias = Callable[[Status | str], None]
Target: TypeAlias = Status | str | Iterable[Status | str] | None


class TaskActions:
    """Shared by the two namespaces; what differs between them lives in them."""

    Status: TypeAlias = Status

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return (await self._info(self._caller, task_id)).status

    async def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        answer = await self._caller.call(tasks_stop.OPERATION, body=TasksStopRequest(id=as_id("id", id)))
        return as_status(answer.model.status)

    async def _info(self, caller: Caller, task_id: int) -> TaskInfo:
        answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=as_id("task_id", task_id)))
        return answer.read(TaskInfo.from_json)

    async def _wait(self, task_id: int, target: Target, polling: Polling, on_status: OnStatus | None) -> Status | str:
        targets = as_targets(target)
        transport = self._caller.transport
        begun = transport.monotonic()
        history: list[tuple[float, str]] = []
        looks = 0
        while True:
            waited = transport.monotonic() - begun
            caller = (
                self._caller if polling.timeout is None else self._caller.within(max(0.0, polling.timeout - waited))
            )
            status = (await self._info(caller, task_id)).status
            looks += 1
            waited = transport.monotonic() - begun
            if not history or history[-1][1] != status:
                history.append((waited, status))
                _report(task_id, status, targets, on_status)
            if is_reached(status, targets):
                return status
            delay = polling.delay(looks=looks, waited=waited, random=transport.random())
            error = end_error(status) or (WaitingTimeExceeded if delay is None else None)
            if error is not None or delay is None:
                raise self._wait_error(error or WaitingTimeExceeded, task_id, targets, history, waited)
            await transport.sleep(delay)

    def _wait_error(
        self,
        kind: type[WaitError],
        task_id: int,
        targets: tuple[Status, ...],
        history: list[tuple[float, str]],
        waited: float,
    ) -> WaitError:
        return kind(
            task_id=task_id,
            target=targets,
            last_status=history[-1][1],
            history=tuple(history),
            waited=waited,
            url=f"{self._caller.server.address}/apps/sessions/{task_id}",
        )


def _report(task_id: int, status: Status | str, targets: tuple[Status, ...], on_status: OnStatus | None) -> None:
    if status == Status.DEPLOYED and not is_reached(status, targets):
        log.warning("task %d is deployed: it serves until it is stopped, and may never end by itself", task_id)
    if on_status is not None:
        on_status(status)
