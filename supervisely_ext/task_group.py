"""The tasks of one server that a wait still waits for, and what became of the others."""

import logging
from collections.abc import Iterable
from functools import partial

from attrs import define, field

from .batched_looks import BatchedLooks, Failure, Sight, Task, at_once
from .call import Caller
from .entities import TaskInfo, as_status
from .errors import (
    NotFound,
    SuperviselyError,
    TaskFinishedWithError,
    TaskGone,
    WaitError,
    WaitingTimeExceeded,
)
from .outcomes import Outcome
from .reasons import PATIENCE, explain
from .waiting import A_MOMENT
from .watch import Watch

log = logging.getLogger("supervisely_ext")

_WARN_EVERY = 10
"""Looks in a row of which some failed: the first is warned of, and then so often."""
_MOST_EXPLAINED = 20
"""Errors of one wait that get the ends of their logs: a thousand logs would be a thousand requests."""


@define
class TaskGroup:
    """Looks at its tasks, and takes out those that have ended."""

    caller: Caller
    looks: BatchedLooks
    watches: dict[int, Watch]
    """Those that are waited for."""
    deadlines: dict[int, float]
    """On the transport's clock; of those that have one of their own."""
    outcomes: dict[int, Outcome] = field(factory=dict[int, Outcome])
    """Those that are not waited for any more."""
    explained: int = 0
    last: dict[int, str] = field(factory=dict[int, str])
    """The last status of each."""
    failures: dict[int, Failure] = field(factory=dict[int, Failure])
    """Why the last look at a task failed; of those where it did."""
    failed_in_a_row: int = 0
    looked_at: float | None = None
    """When the last look was."""

    async def look(self, caller: Caller, until: float) -> Sight:
        """Look at all that are waited for, in the time that is left until then."""
        return await self.looks.look(caller, list(self.watches), until)

    def now(self) -> float:
        """Give the transport's time."""
        return self.caller.transport.monotonic()

    async def judge(self, sight: Sight) -> list[Outcome]:
        """Take note of what a look has shown, and give what has ended."""
        now = self.now()
        self._note_failures(sight.failed, now)
        ended = [outcome for task_id, error in sight.failed.items() if (outcome := self._lose(task_id, error, now))]
        for task_id, task in sight.seen.items():
            status = task["status"]
            if self.last.get(task_id) != status:
                self.last[task_id] = status
                outcome = self._see(task_id, task, now)
                if outcome is not None:
                    ended.append(outcome)
        self.looked_at = now
        await self._explain([outcome.error for outcome in ended], sight)
        return ended

    def _see(self, task_id: int, task: Task, now: float) -> Outcome | None:
        try:
            reached = self.watches[task_id].see(as_status(task["status"]), now)
        except WaitError as error:
            return self.end(task_id, error, now)
        return self.end(task_id, None, now) if reached else None

    async def _explain(self, errors: Iterable[SuperviselyError | None], sight: Sight) -> None:
        """Read the logs of those that failed, all at once: the others are waiting to be looked at."""
        failed = [error for error in errors if isinstance(error, TaskFinishedWithError)]
        chosen = failed[: max(0, _MOST_EXPLAINED - self.explained)]
        self.explained += len(chosen)
        until = self.now() + PATIENCE
        await at_once(
            self.caller.transport,
            [partial(explain, self.caller, _shown(error, sight), error, until) for error in chosen],
        )

    def _note_failures(self, failures: dict[int, Failure], now: float) -> None:
        for task_id, error in failures.items():
            watch = self.watches[task_id]
            if task_id not in self.failures and watch.history:
                watch.seen_at = self.looked_at
            watch.fail(error)
        self.failures = failures

    def _lose(self, task_id: int, error: Failure, now: float) -> Outcome | None:
        """End the wait for a task that cannot be looked at, unless that may pass."""
        watch = self.watches[task_id]
        if watch.outlives(error, answered=self.caller.server.answered):
            return None
        if isinstance(error, NotFound) and watch.history:
            gone = watch.error(TaskGone, now)
            gone.__cause__ = error
            return self.end(task_id, gone, now)
        return self.end(task_id, error, now)

    def go_on(self) -> None:
        """Say once, and again when it lasts, that looks fail."""
        going_on = [error for task_id, error in self.failures.items() if task_id in self.watches]
        self.failed_in_a_row = self.failed_in_a_row + 1 if going_on else 0
        if going_on and self.failed_in_a_row % _WARN_EVERY == 1:
            address = self.caller.server.address
            log.warning("waiting for %d tasks of %s goes on: %s", len(self.watches), address, going_on[-1])

    def retry_after(self) -> float:
        """Give the seconds that the server asks for, when it does."""
        return max((getattr(error, "retry_after", None) or 0.0 for error in self.failures.values()), default=0.0)

    def time_left(self) -> float:
        """Give the seconds until the first of the tasks' own deadlines."""
        return min(self.deadlines.values(), default=float("inf")) - self.now()

    def late(self) -> list[int]:
        """Give those whose own deadlines were over at the last look."""
        seen = self.now() if self.looked_at is None else self.looked_at
        return [task_id for task_id, deadline in self.deadlines.items() if deadline - seen < A_MOMENT]

    def exceed(self, task_id: int, stopped: str | SuperviselyError = "") -> Outcome:
        """End the wait for a task because its time is over; `stopped` is what came of asking for its end."""
        watch, failure, now = self.watches[task_id], self.failures.get(task_id), self.now()
        if failure is None:
            watch.seen_at = self.looked_at
        error = watch.error(WaitingTimeExceeded, now)
        error.__cause__ = failure
        if isinstance(stopped, SuperviselyError):
            error.stop_failure = str(stopped)
        else:
            error.stop_status = stopped
        return self.end(task_id, error, now)

    def end(self, task_id: int, error: SuperviselyError | None, now: float) -> Outcome:
        """Wait no longer for a task."""
        outcome = self.outcomes[task_id] = self.outcome(task_id, now, error, done=True)
        self.watches.pop(task_id).end("reached" if error is None else type(error).__name__, now)
        self.deadlines.pop(task_id, None)
        return outcome

    def leave(self, error: BaseException) -> None:
        """Tell the observers that an error ends the wait for all that are still waited for."""
        outcome = "left" if isinstance(error, GeneratorExit) else type(error).__name__
        for watch in self.watches.values():
            watch.leave(error, outcome, self.now())

    def outcome(self, task_id: int, now: float, error: SuperviselyError | None = None, *, done: bool) -> Outcome:
        """Describe a task that is waited for."""
        watch = self.watches[task_id]
        return Outcome(
            task_id=task_id,
            server=str(self.caller.server.address),
            url=watch.url,
            status=as_status(watch.last_status),
            done=done,
            error=error,
            waited=now - watch.begun,
            history=tuple(watch.history),
            failed_looks=watch.failed_looks,
        )


def _shown(error: TaskFinishedWithError, sight: Sight) -> TaskInfo:
    task = sight.seen[error.task_id]
    return TaskInfo(error.task_id, "", error.last_status, finished_at=task.get("finishedAt"), raw=task)
