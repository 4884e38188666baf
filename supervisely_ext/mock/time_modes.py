"""Clocks by the names that people give them: `real`, `fast:10`, `virtual`."""

import time

from .clock import EPOCH, Clock, FastClock, RealClock, VirtualClock

_FASTEST = 1_000_000


def clock_of(mode: str, begin: float | None = None) -> Clock:
    """Give the clock of that mode, which begins at a time if one is given. Raises `ValueError`; also where the clock is real and behind that time."""
    kind, _, factor = mode.partition(":")
    if mode == "virtual":
        return VirtualClock(EPOCH if begin is None else begin)
    if kind == "fast":
        return FastClock(_read_factor(mode, factor), begin)
    if mode != "real":
        raise ValueError(_unknown(mode))
    if begin is not None and begin > time.time():
        raise ValueError("real time is behind the platform's, which does not go back")
    return RealClock()


def mode_of(clock: Clock) -> str:
    """Give the mode of a clock."""
    match clock:
        case FastClock():
            return f"fast:{clock.factor:.15g}"
        case VirtualClock():
            return "virtual"
        case _:
            return "real"


def _read_factor(mode: str, factor: str) -> float:
    try:
        speed = float(factor)
    except ValueError as error:
        raise ValueError(_unknown(mode)) from error
    if not 0 < speed <= _FASTEST:
        raise ValueError(_unknown(mode))
    return speed


def _unknown(mode: str) -> str:
    return f"{mode[:100]!r} is neither real nor virtual nor fast:N with a number N above 0 and up to {_FASTEST:,}, such as fast:10"
