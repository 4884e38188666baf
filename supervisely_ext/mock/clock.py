"""Time for the platform and for whoever waits on it: real, faster than real, or virtual."""

import asyncio
import time
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import Protocol

EPOCH = 1_767_225_600.0
"""Where virtual time begins: 2026-01-01 UTC, so that two runs give the same times."""

END = 253_402_300_799.0
"""Where it ends: with the year 9999, after which nobody can write it."""


@lru_cache(maxsize=4096)
def timestamp(at: float) -> str:
    """Write a time as the server does."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """Read an ISO 8601 time, in UTC when it names no zone. Raises `ValueError`."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class Clock(Protocol):
    """Seconds since the epoch, and how to let them pass in either colour."""

    def now(self) -> float:
        """Give the time."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let time pass; blocks."""
        ...

    async def sleep_async(self, seconds: float) -> None:
        """Let time pass; suspends."""
        ...


class RealClock:
    """The machine's time."""

    def now(self) -> float:
        """Give the time."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Let time pass; blocks."""
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Let time pass; suspends."""
        await asyncio.sleep(seconds)


class FastClock:
    """Runs `factor` times as fast as the machine's time."""

    def __init__(self, factor: float, begin: float | None = None) -> None:
        self.factor = factor
        self._begun = time.time()
        self._begin = self._begun if begin is None else begin

    def now(self) -> float:
        """Give the time."""
        return self._begin + (time.time() - self._begun) * self.factor

    def advance(self, seconds: float) -> None:
        """Move time on at once."""
        self._begin += seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass; blocks."""
        time.sleep(seconds / self.factor)

    async def sleep_async(self, seconds: float) -> None:
        """Let time pass; suspends."""
        await asyncio.sleep(seconds / self.factor)


class Deadlock(RuntimeError):
    """Everybody waits, and there is nothing that could wake anybody."""


class VirtualClock:
    """Moves only when someone sleeps on it or says so. In asyncio it needs `run`, whose event loop jumps from timer to timer.

    After `patience` sleeps in a row, each to look at tasks none of which has moved or ever will, there is a `Deadlock`: a task that stays until it is moved
    on by hand would be waited for without end.
    """

    def __init__(self, begin: float = EPOCH, *, patience: int = 1_000) -> None:
        self.patience = patience
        self._now = begin
        self._looked_in_vain = False
        self._sleeps_in_vain = 0
        self._lock = Lock()

    def now(self) -> float:
        """Give the time."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move time, never back."""
        with self._lock:
            if not 0 <= seconds <= END - self._now:
                raise ValueError(f"time cannot move by {seconds} seconds")
            self._now += seconds

    def looked(self, *, in_vain: bool) -> None:
        """Take note that somebody has looked at a task: in vain when nothing has moved and nothing is to come."""
        self._looked_in_vain = in_vain
        self._sleeps_in_vain *= in_vain

    def sleep(self, seconds: float) -> None:
        """Let time pass, at once. Raises `Deadlock`."""
        self._sleeps_in_vain += self._looked_in_vain
        self._looked_in_vain = False
        if self._sleeps_in_vain > self.patience:
            self._sleeps_in_vain = 0
            raise Deadlock(
                f"{self.patience} sleeps in a row: no task has moved, and none will by itself; move it on with Platform.advance, or give it another course"
            )
        self.advance(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Suspend until the loop has jumped there; refuses under any other loop, which would wait in real time."""
        if getattr(asyncio.get_running_loop(), "clock", None) is not self:
            raise RuntimeError(
                "a virtual clock in asyncio needs its own event loop: supervisely_ext.mock.loop.run(clock, main())"
            )
        await asyncio.sleep(seconds)
