"""Following the log of a task while it grows, until the task has ended."""

import logging
from collections.abc import AsyncIterator
from typing import Any

from attrs import define, evolve

from .call import Caller
from .checks import as_id, as_number, as_text
from .entities import Status
from .errors import ApiError, ArgumentError, ConnectionFailed, NotFound, TaskGone, WaitingTimeExceeded
from .log_cursor import LogCursor, time_of
from .namespace import Namespace
from .one_task import read_log, read_task
from .waiting import SHORTEST_REQUEST, Polling, as_polling
from .watch import Watch

log = logging.getLogger("supervisely_ext")

_ENDS = (Status.FINISHED, Status.STOPPED, Status.ERROR)
_POLLING = Polling(longest_delay=10.0)
_CROWDED = "the log of task %d has more lines of one time than the server gives at once: some of them may be missing"


class LogTail(Namespace):
    """Follows logs."""

    async def follow_logs(
        self,
        id: int,
        since_time: str | None = None,
        *,
        timeout: float | None = None,
        polling: Polling | None = None,
    ) -> AsyncIterator[dict[str, Any]]:
        """Give the lines of the task's log, those after `since_time` (ISO 8601), as they come (`tasks.log.download`, `tasks.info`).

        Ends when the task has, in whatever way, and a last look has shown no further line. No line is lost or given twice, whether
        pages are cut, looks fail or lines have equal times. Two may be missing: one that is more than 5 s older than a line given before, and
        one of more lines with the same time than the server gives at once, which is warned of.
        `timeout` is in seconds; without `polling`, looks come every 1 to 10 s, soon again after each new line. Raises
        `WaitingTimeExceeded`, `NotFound`, and `TaskGone` when the task vanishes; arguments are checked when the iteration begins.
        """
        if since_time is not None and time_of(as_text("since_time", since_time)) is None:
            raise ArgumentError(argument="since_time", problem=f"is {since_time!r}, and it is an ISO 8601 time")
        planned = as_polling(polling, _POLLING)
        if timeout is not None:
            planned = evolve(planned, timeout=as_number("timeout", timeout, minimum=0))
        url = f"{self._caller.server.address}/apps/sessions/{as_id('id', id)}"
        watch = Watch(as_id("id", id), _ENDS, url, self._caller.transport.monotonic())
        tail = _Tail(self._caller, watch, planned, LogCursor(since_time))
        await self._caller.transport.sleep(planned.initial_delay)
        while not tail.is_read:
            for line in await tail.look():
                yield line
            await tail.rest()


@define
class _Tail:
    """Looks at the task and then at its log, one answer at a time; several answers may make a round."""

    caller: Caller
    watch: Watch
    polling: Polling
    cursor: LogCursor
    has_ended: bool = False
    goes_on: bool = False
    """Whether this round needs another answer."""
    had_ended: bool = False
    """Whether the task had ended when this round began, and its log was read since."""
    has_news: bool = False
    """Whether this round has brought a line."""
    quiet_rounds: int = 0
    is_read: bool = False
    """Whether all of the log was given."""

    async def look(self) -> list[dict[str, Any]]:
        """Give the new lines of the next answer."""
        try:
            if not (self.has_ended or self.goes_on):
                task = await read_task(self._caller_of_a_look(), self.watch.task_id)
                self.has_ended = self.watch.see(task.status, self._now())
            asked_from, limit = self.cursor.asked_from, self.cursor.limit
            lines = await read_log(self._caller_of_a_look(), self.watch.task_id, asked_from, limit)
        except (ConnectionFailed, ApiError) as error:
            self._outlive(error)
            self.goes_on = False
            return []
        was_crowded = self.cursor.is_crowded
        fresh, self.goes_on = self.cursor.take(lines)
        if self.cursor.is_crowded and not was_crowded:
            log.warning(_CROWDED, self.watch.task_id)
        self.has_news = self.has_news or bool(fresh)
        self.watch.failure = None
        self.is_read = self.had_ended and not self.has_news and not self.goes_on
        return [dict(line) for line in fresh]

    async def rest(self) -> None:
        """End the round with a pause, when there is another one; raises when time is over."""
        if self.is_read or (self.goes_on and (self.has_ended or not self._is_late())):
            return
        self.quiet_rounds = 1 if self.has_news else self.quiet_rounds + 1
        delay = self.polling.delay(
            looks=self.quiet_rounds,
            waited=self._now() - self.watch.begun,
            random=self.caller.transport.random(),
            retry_after=getattr(self.watch.failure, "retry_after", None),
        )
        if self.watch.failure is not None:
            self.watch.go_on()
        elif self.has_ended:
            delay = min(delay or 0.0, self.polling.first_delay)
        if delay is None:
            raise self.watch.error(WaitingTimeExceeded, self._now()) from self.watch.failure
        if self.watch.failure is None:  # a round without an answer has shown nothing of the log
            self.had_ended = self.has_ended
        self.has_news = False
        await self.caller.transport.sleep(delay)

    def _now(self) -> float:
        return self.caller.transport.monotonic()

    def _is_late(self) -> bool:
        return self.polling.timeout is not None and self._now() - self.watch.begun >= self.polling.timeout

    def _caller_of_a_look(self) -> Caller:
        caller = self.caller.once() if self.caller.server.answered else self.caller
        if self.polling.timeout is not None:
            rest = self.watch.begun + self.polling.timeout - self._now()
            caller = caller.within(max(SHORTEST_REQUEST, rest))
        return caller

    def _outlive(self, error: ConnectionFailed | ApiError) -> None:
        """Take note of a failed look, or raise what will not pass."""
        if isinstance(error, NotFound) and self.watch.history:
            raise self.watch.error(TaskGone, self._now()) from error
        if not self.watch.outlives(error, answered=self.caller.server.answered):
            raise error
        self.watch.fail(error)
