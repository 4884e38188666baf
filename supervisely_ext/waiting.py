"""What ends a wait, and when to look next. Pure: no clock, no request.

| wanted | reached by |
|---|---|
| nothing | finished, stopped |
| queued | queued, consumed, started, deployed, finished |
| consumed | consumed, started, deployed, finished |
| started | started, deployed, finished |
| deployed | deployed |
| terminating | terminating, stopped |
| finished, stopped, error | only itself |

Every other end is an error; `terminating` on the way, and a status that nobody knows, keep waiting.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum

from attrs import frozen

from .entities import Status
from .errors import (
    ArgumentError,
    TaskEndedOtherwise,
    TaskFinishedWithError,
    TaskStopped,
    WaitError,
)

MAX_WAIT_ATTEMPTS = 999
WAIT_ATTEMPT_TIMEOUT_SEC = 1
"""The official SDK's numbers: how often a wait looks, and the seconds between two looks."""

_ON_THE_WAY = (Status.QUEUED, Status.CONSUMED, Status.STARTED, Status.DEPLOYED)

_REACHED_BY: dict[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({*_ON_THE_WAY, Status.FINISHED}),
    Status.CONSUMED: frozenset({*_ON_THE_WAY[1:], Status.FINISHED}),
    Status.STARTED: frozenset({*_ON_THE_WAY[2:], Status.FINISHED}),
    Status.DEPLOYED: frozenset({Status.DEPLOYED}),
    Status.TERMINATING: frozenset({Status.TERMINATING, Status.STOPPED}),
    Status.FINISHED: frozenset({Status.FINISHED}),
    Status.STOPPED: frozenset({Status.STOPPED}),
    Status.ERROR: frozenset({Status.ERROR}),
}
_REACHED_BY_ANY_GOOD_END = frozenset({Status.FINISHED, Status.STOPPED})

_END_ERRORS: dict[str, type[WaitError]] = {
    Status.ERROR: TaskFinishedWithError,
    Status.STOPPED: TaskStopped,
    Status.FINISHED: TaskEndedOtherwise,
}


_A_MOMENT = 0.001
"""A rest too short to sleep: the clock may not even show it."""


class DefaultTimeout(Enum):
    """The time-out when none is given: 999 s with a target, as in the official SDK, and no limit without one."""

    DEFAULT = "default"


DEFAULT_TIMEOUT = DefaultTimeout.DEFAULT


def as_targets(
    target: Status | str | Iterable[Status | str] | None, argument: str = "target_status"
) -> tuple[Status, ...]:
    """Give the wanted statuses; empty for any good end."""
    if target is None:
        return ()
    names = tuple(target) if isinstance(target, Iterable) and not isinstance(target, str) else (target,)
    if not names:
        raise ArgumentError(argument=argument, problem="is empty", allowed=tuple(Status))
    return tuple(_as_target(name, argument) for name in names)


def _as_target(name: Status | str, argument: str) -> Status:
    try:
        return Status(name)
    except ValueError:
        near = get_close_matches(str(name), list(Status), n=1)
        raise ArgumentError(
            argument=argument,
            problem=f"{name!r} is no status",
            allowed=tuple(Status),
            hint=f"Did you mean {near[0]}?" if near else "",
        ) from None


def is_reached(status: str, targets: tuple[Status, ...]) -> bool:
    """Tell whether the status is what was waited for, or beyond."""
    if not targets:
        return status in _REACHED_BY_ANY_GOOD_END
    return any(status in _REACHED_BY[target] for target in targets)


def end_error(status: str) -> type[WaitError] | None:
    """Give the error for a task that ended here without reaching its target; None while it has not ended."""
    return _END_ERRORS.get(status)


@frozen
class Polling:
    """When to look: a fixed number of looks at a constant delay, or until a deadline with growing delays. In seconds."""

    timeout: float | None = None
    attempts: int | None = None
    first_delay: float = 1.0
    growth: float = 1.5
    longest_delay: float = 10.0
    jitter: float = 0.2
    """A delay is changed by at most this part of it, either way."""

    def delay(self, *, looks: int, waited: float, random: float) -> float | None:
        """Give the seconds until the next look, None when there is none; `random` lies in [0, 1)."""
        if self.attempts is not None and looks >= self.attempts:
            return None
        remaining = float("inf") if self.timeout is None else self.timeout - waited
        if remaining < _A_MOMENT:
            return None
        grown = self.first_delay * self.growth ** min(looks - 1, 100)
        return min(min(grown, self.longest_delay) * (1 + self.jitter * (2 * random - 1)), remaining)


def plan_polling(
    attempts: int | None,
    attempt_delay_sec: float | None,
    timeout: float | DefaultTimeout | None,
    *,
    has_target: bool,
    names: tuple[str, str],
) -> Polling:
    """Give the polling that the arguments of a wait ask for; `names` are those of the first two, for errors."""
    if attempts is not None and not attempts >= 1:
        raise ArgumentError(argument=names[0], problem=f"is {attempts}, and a wait looks at least once")
    if attempt_delay_sec is not None and not attempt_delay_sec >= 0:
        raise ArgumentError(argument=names[1], problem=f"is {attempt_delay_sec}, and time does not go back")
    if isinstance(timeout, int | float) and not timeout >= 0:
        raise ArgumentError(argument="timeout", problem=f"is {timeout}, and time does not go back")
    if attempts is None and attempt_delay_sec is None:
        default = float(MAX_WAIT_ATTEMPTS * WAIT_ATTEMPT_TIMEOUT_SEC) if has_target else None
        return Polling(timeout=default if isinstance(timeout, DefaultTimeout) else timeout)
    delay = WAIT_ATTEMPT_TIMEOUT_SEC if attempt_delay_sec is None else attempt_delay_sec
    return Polling(
        timeout=None if isinstance(timeout, DefaultTimeout) else timeout,
        attempts=MAX_WAIT_ATTEMPTS if attempts is None else attempts,
        first_delay=delay,
        growth=1.0,
        longest_delay=delay,
        jitter=0.0,
    )
