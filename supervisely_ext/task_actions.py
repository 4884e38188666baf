"""What `api.task` and `api.app` both do to a task."""

import inspect
from collections.abc import Iterable
from typing import TypeAlias

from supervisely_client.api.tasks import tasks_info, tasks_stop
from supervisely_client.models.tasks_info_request import TasksInfoRequest
from supervisely_client.models.tasks_stop_request import TasksStopRequest

from .call import Caller
from .checks import as_id
from .entities import PluginTaskType, RestartPolicy, Status, TaskInfo, as_status
from .errors import (
    ApiError,
    ArgumentError,
    ConnectionFailed,
    TaskFinishedWithError,
    UnexpectedAnswer,
    WaitingTimeExceeded,
)
from .listings import Listings
from .retry import is_passing
from .shapes import text_at
from .task_data import TaskData
from .task_outputs import TaskOutputs
from .task_requests import TaskRequests
from .waiting import MAX_WAIT_ATTEMPTS, WAIT_ATTEMPT_TIMEOUT_SEC, Polling, as_targets
from .watch import OnStatus, Watch

_SHORTEST_REQUEST = 0.1
"""Seconds that the last look of a wait may take, when hardly any are left."""

Target: TypeAlias = Status | str | Iterable[Status | str] | None


class TaskActions(TaskData, TaskOutputs, TaskRequests, Listings):
    """Shared by the two namespaces; what differs between them lives in them."""

    Status: TypeAlias = Status
    PluginTaskType: TypeAlias = PluginTaskType
    RestartPolicy: TypeAlias = RestartPolicy
    MAX_WAIT_ATTEMPTS: int = MAX_WAIT_ATTEMPTS
    WAIT_ATTEMPT_TIMEOUT_SEC: int = WAIT_ATTEMPT_TIMEOUT_SEC

    def raise_for_status(self, status: Status | str) -> None:
        """Raise `TaskFinishedWithError` for `error`; every other status is fine."""
        if status == Status.ERROR:
            raise TaskFinishedWithError.for_status(str(status))

    async def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return (await self._info(self._caller, as_id("task_id", task_id))).status

    async def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        answer = await self._caller.call(tasks_stop.OPERATION, body=TasksStopRequest(id=as_id("id", id)))
        return as_status(answer.read(lambda body: text_at(body, "status")))

    async def _info(self, caller: Caller, task_id: int) -> TaskInfo:
        answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
        return answer.read(TaskInfo.from_json)

    async def _wait(self, task_id: int, target: Target, polling: Polling, on_status: OnStatus | None) -> Status | str:
        transport = self._caller.transport
        if inspect.iscoroutinefunction(on_status):
            raise ArgumentError(argument="on_status", problem="is a coroutine function, and is called, not awaited")
        url = f"{self._caller.server.address}/apps/sessions/{task_id}"
        watch = Watch(as_id("id", task_id), as_targets(target), url, transport.monotonic(), on_status)
        while True:
            status = await self._look(watch, polling)
            now = transport.monotonic()
            if status is not None and watch.see(status, now):
                return status
            delay = polling.delay(looks=watch.looks, waited=now - watch.begun, random=transport.random())
            if delay is None:
                raise watch.error(WaitingTimeExceeded, now) from watch.failure
            watch.go_on()
            await transport.sleep(delay)

    async def _look(self, watch: Watch, polling: Polling) -> Status | str | None:
        """Give the status, None when the server does not answer for now."""
        caller = self._caller
        if polling.timeout is not None:
            rest = watch.begun + polling.timeout - caller.transport.monotonic()
            caller = caller.within(max(_SHORTEST_REQUEST, rest))
        try:
            return (await self._info(caller, watch.task_id)).status
        except (ConnectionFailed, UnexpectedAnswer) as error:
            watch.fail(error)
        except ApiError as error:
            if not is_passing(error.status):
                raise
            watch.fail(error)
        return None
