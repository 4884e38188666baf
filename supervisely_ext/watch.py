"""What one wait has seen so far, and the error that it comes to."""

import logging
from collections.abc import Callable
from typing import TypeAlias

from attrs import define, field

from .entities import Status
from .errors import SuperviselyError, WaitError
from .waiting import end_error, is_reached

log = logging.getLogger("supervisely_ext")

OnStatus: TypeAlias = Callable[[Status | str], None]


@define
class Watch:
    """The record of a wait for one task."""

    task_id: int
    targets: tuple[Status, ...]
    url: str
    begun: float
    on_status: OnStatus | None
    looks: int = 0
    history: list[tuple[float, str]] = field(factory=list[tuple[float, str]])
    failed_looks: int = 0
    failure: SuperviselyError | None = None
    """Why the last look failed, when it did."""

    def see(self, status: Status | str, now: float) -> bool:
        """Take note of a status and tell whether it ends the wait; raises when the task ended otherwise."""
        self.looks += 1
        self.failure = None
        if not self.history or self.history[-1][1] != status:
            self.history.append((now - self.begun, status))
            self._report(status)
        if is_reached(status, self.targets):
            return True
        ended = end_error(status)
        if ended is not None:
            raise self.error(ended, now)
        return False

    def fail(self, failure: SuperviselyError) -> None:
        """Take note of a look without an answer."""
        self.looks += 1
        self.failed_looks += 1
        self.failure = failure

    def go_on(self) -> None:
        """Outlive a failed look; raises it when no look has succeeded yet, since then the address may be wrong."""
        if self.failure is not None:
            if not self.history:
                raise self.failure
            log.warning("waiting for task %d goes on: %s", self.task_id, self.failure)

    def error(self, kind: type[WaitError], now: float) -> WaitError:
        """Give the error that the wait ends with."""
        return kind(
            task_id=self.task_id,
            target=self.targets,
            last_status=self.history[-1][1] if self.history else "unknown",
            history=tuple(self.history),
            waited=now - self.begun,
            url=self.url,
            failed_looks=self.failed_looks,
        )

    def _report(self, status: Status | str) -> None:
        if status == Status.DEPLOYED and not is_reached(status, self.targets):
            log.warning("task %d is deployed: it serves until it is stopped, and may never end by itself", self.task_id)
        if self.on_status is not None:
            self.on_status(status)
