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

from collections.abc import Iterable, Set
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal, TypeAlias, cast, get_args

from attrs import evolve, frozen

from .checks import as_number
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


A_MOMENT = 0.001
"""A rest too short to sleep: the clock may not even show it."""
SHORTEST_REQUEST = 1.0
"""Seconds that a look may take, when hardly any are left: the last one, at the deadline, is worth an answer."""
_LONGEST_RETRY_AFTER = 300.0

OnTimeout: TypeAlias = Literal["raise", "stop"]
Target: TypeAlias = Status | str | Iterable[Status | str] | None
ON_TIMEOUT_VALUES: frozenset[OnTimeout] = frozenset(get_args(OnTimeout))


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
    names = _names(target)
    if not names:
        raise ArgumentError(argument=argument, problem="is empty", allowed=tuple(Status))
    return tuple(_as_target(name, argument) for name in names)


def _names(target: object) -> tuple[object, ...]:
    if isinstance(target, str) or not isinstance(target, Iterable):
        return (target,)
    names = cast(Iterable[object], target)
    return tuple(sorted(names, key=str) if isinstance(names, Set) else names)  # a set has no order of its own


def _as_target(name: object, argument: str) -> Status:
    try:
        return Status(cast(str, name))
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


@frozen(kw_only=True)
class Polling:
    """When a wait looks: after `initial_delay`, then at growing delays up to the longest one. In seconds.

    A `timeout` given to the wait itself replaces the one here. No delay exceeds `longest_delay` and its jitter, but for a server
    that asks for more (Retry-After, obeyed up to 300 s); the last look is at the deadline.
    """

    timeout: float | None = None
    attempts: float | None = None
    """The most looks; of `follow_logs`, the most in a row that show no new line."""
    initial_delay: float = 0.0
    first_delay: float = 1.0
    """Between the first look and the second."""
    growth: float = 1.1
    """So that an end is seen late by about a tenth of the time waited."""
    longest_delay: float = 30.0
    jitter: float = 0.2
    """A delay is changed by at most this part of it, either way."""

    def __attrs_post_init__(self) -> None:
        # Without pauses only a number of looks keeps a wait from flooding the server.
        shortest = A_MOMENT if self.attempts is None else 0
        limits = {"initial_delay": 0, "first_delay": shortest, "growth": 1, "longest_delay": shortest, "jitter": 0}
        for name, minimum in limits.items():
            as_number(name, getattr(self, name), minimum=minimum)
        if self.timeout is not None:
            as_number("timeout", self.timeout, minimum=0)
        if self.attempts is not None:
            as_number("attempts", self.attempts, minimum=1)
        if self.jitter >= 1:
            raise ArgumentError(
                argument="jitter", problem=f"is {self.jitter!r}, and it is a part of the delay, below 1"
            )
        if self.timeout is not None and self.initial_delay > self.timeout:
            problem = f"is {self.initial_delay:g} s, and the wait ends after {self.timeout:g} s"
            raise ArgumentError(argument="initial_delay", problem=problem, hint="Give the wait a longer timeout")

    def delay(self, *, looks: int, waited: float, random: float, retry_after: float | None = None) -> float | None:
        """Give the seconds until the next look, None when there is none; `random` lies in [0, 1)."""
        if self.attempts is not None and looks >= self.attempts:
            return None
        remaining = float("inf") if self.timeout is None else self.timeout - waited
        if remaining < A_MOMENT:
            return None
        delay = min(self._grown(looks), self.longest_delay) * (1 + self.jitter * (2 * random - 1))
        return min(max(delay, min(retry_after or 0.0, _LONGEST_RETRY_AFTER)), remaining)

    def _grown(self, looks: int) -> float:
        try:
            return self.first_delay * float(self.growth) ** (looks - 1)
        except OverflowError:
            return self.longest_delay


def as_polling(given: Any, default: Polling) -> Polling:
    """Give what is given, or where that is None the default."""
    if given is not None and not isinstance(given, Polling):
        raise ArgumentError(argument="polling", problem=f"is {given!r}, and it is a Polling", hint="sly.Polling(…)")
    return default if given is None else given


def plan_polling(
    attempts: int | None,
    attempt_delay_sec: float | None,
    timeout: float | DefaultTimeout | None,
    polling: Polling | None = None,
    *,
    has_target: bool,
    names: tuple[str, str],
) -> Polling:
    """Give the polling that the arguments of a wait ask for; `names` are those of the first two, for errors."""
    if attempts is None and attempt_delay_sec is None:
        planned = as_polling(polling, Polling())
    elif polling is None:
        planned = _as_in_the_sdk(attempts, attempt_delay_sec, names)
    else:
        raise ArgumentError(
            argument="polling", problem=f"is given beside {names[0]} or {names[1]}: each says when to look"
        )
    if not isinstance(timeout, DefaultTimeout):
        limit = None if timeout is None else as_number("timeout", timeout, minimum=0)
    elif planned.timeout is None and planned.attempts is None and has_target:
        limit = float(MAX_WAIT_ATTEMPTS * WAIT_ATTEMPT_TIMEOUT_SEC)
    else:
        limit = planned.timeout
    return evolve(planned, timeout=limit)


def _as_in_the_sdk(attempts: int | None, attempt_delay_sec: float | None, names: tuple[str, str]) -> Polling:
    """Look exactly so often, at exactly that pause."""
    pause = WAIT_ATTEMPT_TIMEOUT_SEC if attempt_delay_sec is None else attempt_delay_sec
    pause = as_number(names[1], pause, minimum=0)
    looks = as_number(names[0], MAX_WAIT_ATTEMPTS if attempts is None else attempts, minimum=1)
    return Polling(attempts=looks, first_delay=pause, growth=1.0, longest_delay=pause, jitter=0.0)
