"""One wait for one task, from the first look to whatever ends it."""

import logging

from attrs import frozen

from .call import Caller
from .entities import Status, TaskInfo
from .errors import (
    ApiError,
    ConnectionFailed,
    NotFound,
    SuperviselyError,
    TaskFinishedWithError,
    TaskGone,
    WaitingTimeExceeded,
)
from .masking import brief
from .one_task import STOP_WITHIN, read_task, stop_task, why_not_stopped
from .reasons import explain
from .waiting import SHORTEST_REQUEST, OnTimeout, Polling
from .watch import Watch

log = logging.getLogger("supervisely_ext")


@frozen
class TaskWait:
    """Looks, waits, and ends as the table of `waiting` says."""

    caller: Caller
    watch: Watch
    polling: Polling
    on_timeout: OnTimeout = "raise"
    stop_on_cancel: bool = False

    async def result(self) -> Status | str:
        """Wait, and give the status that was reached."""
        try:
            status = await self._until_reached()
        except BaseException as error:
            try:
                # Ctrl-C, or the task was cancelled; in a coroutine that is closed nothing can be awaited any more.
                if self.stop_on_cancel and not isinstance(error, Exception | GeneratorExit):
                    await self._stop_before(error)
            finally:
                self.watch.leave(error, type(error).__name__, self._now())
            raise
        self.watch.end("reached", self._now())
        return status

    def _now(self) -> float:
        return self.caller.transport.monotonic()

    async def _until_reached(self) -> Status | str:
        watch, transport = self.watch, self.caller.transport
        if self.polling.initial_delay:
            await transport.sleep(self.polling.initial_delay)
        while True:
            task = await self._look()
            now = self._now()
            if task is not None and await self._see(task, now):
                return task.status
            delay = self.polling.delay(
                looks=watch.looks,
                waited=now - watch.begun,
                random=transport.random(),
                retry_after=getattr(watch.failure, "retry_after", None),
            )
            if delay is None:
                raise await self._time_exceeded(now) from watch.failure
            watch.go_on()
            await transport.sleep(delay)

    async def _look(self) -> TaskInfo | None:
        """Give the task, None when the server does not answer for now."""
        try:
            return await read_task(self._caller_of_a_look(), self.watch.task_id)
        except NotFound as error:
            if not self.watch.history:
                raise
            raise self.watch.error(TaskGone, self._now()) from error
        except (ConnectionFailed, ApiError) as error:
            # When the time is up that is what there is to say, and no answer is its cause.
            is_late = isinstance(error, ConnectionFailed) and self._rest() <= 0
            if not is_late and not self.watch.outlives(error, answered=self.caller.server.answered):
                error.add_note(f"while waiting for task {self.watch.task_id}, {self.watch.url}")
                raise
            self.watch.fail(error)
            return None

    def _caller_of_a_look(self) -> Caller:
        """Give one that sends once, since a next look follows; but not where looks are counted, or where the first decides."""
        caller = self.caller
        if self.polling.attempts is None and caller.server.answered:
            caller = caller.once()
        if self.polling.timeout is not None:
            caller = caller.within(max(SHORTEST_REQUEST, self._rest()))
        return caller

    def _rest(self) -> float:
        """Give the seconds that are left."""
        timeout = float("inf") if self.polling.timeout is None else self.polling.timeout
        return self.watch.begun + timeout - self._now()

    async def _see(self, task: TaskInfo, now: float) -> bool:
        try:
            return self.watch.see(task.status, now)
        except TaskFinishedWithError as error:
            await explain(self.caller, task, error)
            raise

    async def _time_exceeded(self, now: float) -> WaitingTimeExceeded:
        error = self.watch.error(WaitingTimeExceeded, now)
        if self.on_timeout == "stop":
            try:  # not shielded: who is cancelled now leaves at once
                error.stop_status = await stop_task(self.caller.within(STOP_WITHIN), self.watch.task_id)
            except SuperviselyError as failure:
                error.stop_failure = str(failure)
        return error

    async def _stop_before(self, interruption: BaseException) -> None:
        """Ask the server to stop the task; what comes of it is noted, and never takes the interruption's place."""
        try:
            said = f"task {self.watch.task_id} was asked to stop and is {brief(await self._stop())}"
            log.info(said)
        except (SuperviselyError, TimeoutError) as failure:
            said = f"task {self.watch.task_id} could not be asked to stop: {why_not_stopped(failure)}"
            log.warning(said)
        interruption.add_note(said)

    async def _stop(self) -> str:
        caller = self.caller.within(STOP_WITHIN)
        return await caller.transport.shielded(lambda: stop_task(caller, self.watch.task_id), STOP_WITHIN)
