"""What one wait has seen so far, and the error that it comes to."""

import logging
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from attrs import define, field, frozen

from .entities import Status
from .errors import ApiError, ConnectionFailed, SuperviselyError, UnexpectedAnswer, WaitError
from .masking import brief
from .retry import is_passing
from .waiting import end_error, is_reached

log = logging.getLogger("supervisely_ext")

E = TypeVar("E", bound=WaitError)

_WARN_EVERY = 10
"""Looks in a row without an answer: the first is warned of, and then so often."""


@frozen
class WaitEvent:
    """Something to show of a wait: a new status, or its end."""

    task_id: int
    url: str
    """The task's page; tells tasks of several servers apart."""
    status: Status | str
    """`unknown` when no look had an answer."""
    waited: float
    """Seconds since the wait began."""
    outcome: str = ""
    """Empty while the wait goes on; then `reached`, or the name of the error that ended it."""


OnStatus: TypeAlias = Callable[[Status | str], None]
OnEvent: TypeAlias = Callable[[WaitEvent], object]


@define
class Watch:
    """The record of a wait for one task."""

    task_id: int
    targets: tuple[Status, ...]
    url: str
    begun: float
    on_status: OnStatus | None = None
    on_event: OnEvent | None = None
    looks: int = 0
    history: list[tuple[float, str]] = field(factory=list[tuple[float, str]])
    failed_looks: int = 0
    failed_in_a_row: int = 0
    seen_at: float | None = None
    """When the last look had an answer."""
    failure: SuperviselyError | None = None
    """Why the last look failed, when it did."""

    @property
    def last_status(self) -> str:
        """The status as of the last look that had an answer."""
        return self.history[-1][1] if self.history else "unknown"

    def see(self, status: Status | str, now: float) -> bool:
        """Take note of a status and tell whether it ends the wait; raises when the task ended otherwise."""
        self.looks += 1
        self.failure, self.failed_in_a_row, self.seen_at = None, 0, now
        if self.last_status != status or not self.history:
            is_first_time = all(status != seen for _, seen in self.history)
            self.history.append((now - self.begun, status))
            self._report(status, now, is_first_time=is_first_time)
        if is_reached(status, self.targets):
            return True
        ended = end_error(status)
        if ended is not None:
            raise self.error(ended, now)
        return False

    def outlives(self, failure: SuperviselyError, *, answered: bool) -> bool:
        """Tell whether the wait goes on after a look that failed; `answered` when the server has ever answered this client.

        Until then no answer may mean a wrong address, and until the task was seen another answer than a task may, too.
        """
        if isinstance(failure, ConnectionFailed):
            return answered
        if isinstance(failure, UnexpectedAnswer):
            return bool(self.history)
        return isinstance(failure, ApiError) and (is_passing(failure.status) or failure.status >= 500)

    def fail(self, failure: SuperviselyError) -> None:
        """Take note of a look without an answer."""
        self.looks += 1
        self.failed_looks += 1
        self.failed_in_a_row += 1
        self.failure = failure

    def go_on(self) -> None:
        """Say once, and again when it lasts, that looks fail."""
        if self.failed_in_a_row % _WARN_EVERY == 1:
            count = f", look {self.failed_in_a_row} in a row" if self.failed_in_a_row > 1 else ""
            log.warning("waiting for task %d goes on%s: %s", self.task_id, count, self.failure)

    def end(self, outcome: str, now: float) -> None:
        """Tell the observer that the wait is over, and how."""
        self._tell(now, outcome)

    def leave(self, error: BaseException, outcome: str, now: float) -> None:
        """Tell the observer that an error ends the wait, whose place nothing takes that the observer raises."""
        try:
            self.end(outcome, now)
        except Exception as failure:  # noqa: BLE001  # noted on the error that is being raised
            note = f"its end could not be shown: {failure!r}"
            if note not in getattr(error, "__notes__", ()):
                error.add_note(note)

    def error(self, kind: type[E], now: float) -> E:
        """Give the error that the wait ends with."""
        return kind(
            task_id=self.task_id,
            target=self.targets,
            last_status=self.last_status,
            history=tuple(self.history),
            waited=now - self.begun,
            url=self.url,
            failed_looks=self.failed_looks,
            unseen=now - (self.begun if self.seen_at is None else self.seen_at),
        )

    def _report(self, status: Status | str, now: float, *, is_first_time: bool) -> None:
        if is_first_time:
            self._warn(status)
        if self.on_status is not None:
            self.on_status(status)
        self._tell(now)

    def _warn(self, status: Status | str) -> None:
        if not isinstance(status, Status):
            log.warning(
                "task %d is %r, a status that this client does not know: it waits on", self.task_id, brief(status)
            )
        elif status is Status.DEPLOYED and not is_reached(status, self.targets):
            log.warning("task %d is deployed: it serves until it is stopped, and may never end by itself", self.task_id)

    def _tell(self, now: float, outcome: str = "") -> None:
        if self.on_event is not None:
            self.on_event(WaitEvent(self.task_id, self.url, self.last_status, now - self.begun, outcome))
