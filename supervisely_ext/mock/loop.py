"""An event loop whose time is a virtual clock's: instead of sleeping it jumps to the next timer.

So the time of everything that runs in it is virtual, the user's own `asyncio.sleep` and `asyncio.timeout` too.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple, Unpack

from .clock import Clock, Deadlock, VirtualClock

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

__all__ = ["Deadlock", "VirtualEventLoop", "new_loop", "run"]

_RESOLUTION = 1e-6  # of a float after a virtual year; finer, a timer could stay a hair ahead for ever
_PATIENCE = 1.0


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock
        self.threads_at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.threads_at_work:
            # Time stands still until the thread is done: it works in real time.
            return super().select(timeout and _PATIENCE)
        events = super().select(0 if timeout is not None else _PATIENCE)
        if timeout is None and not events:
            raise Deadlock("nothing is due and nothing is ready: every task waits for another")
        if timeout and not events:
            self._clock.sleep(timeout)
        return events


class VirtualEventLoop(asyncio.SelectorEventLoop):
    """Runs on the clock that it is given."""

    def __init__(self, clock: VirtualClock) -> None:
        self._jumping = _JumpingSelector(clock)
        super().__init__(self._jumping)
        self.clock = clock
        self._clock_resolution = _RESOLUTION

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Run a function in a thread; virtual time stands still meanwhile."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.threads_at_work += 1
        future.add_done_callback(self._thread_is_done)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Wait until its threads have ended; virtual time stands still meanwhile, so that no time-out can pass."""
        self._jumping.threads_at_work += 1
        try:
            await super().shutdown_default_executor()
        finally:
            self._jumping.threads_at_work -= 1

    def _thread_is_done(self, future: object) -> None:
        self._jumping.threads_at_work -= 1

    def time(self) -> float:
        """Give the clock's time."""
        return self.clock.now()


def new_loop(clock: Clock) -> asyncio.AbstractEventLoop:
    """Give an event loop that runs in the clock's time: a virtual clock needs its own, any other an ordinary one."""
    return VirtualEventLoop(clock) if isinstance(clock, VirtualClock) else asyncio.new_event_loop()


def run(clock: Clock, main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in the clock's time, as `asyncio.run` does in real time. Raises `RuntimeError` where a loop runs already."""
    if _is_in_a_loop():
        main.close()
        raise RuntimeError("an event loop runs here already, and may be in the clock's time: await it instead")
    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        return runner.run(main)


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
