"""Many calls at once, in both colours."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from supervisely_ext.completing import complete
from supervisely_ext.network import AsyncioTransport, BlockingTransport


class Counting:
    """Calls that note how many of them run at once."""

    def __init__(self, pause: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.pause = pause
        self.running = self.most = self.begun = 0
        self.lock = threading.Lock()

    def call(self, number: int, *, fails: bool = False) -> Callable[[], Coroutine[Any, Any, int]]:
        async def run() -> int:
            with self.lock:
                self.begun += 1
                self.running += 1
                self.most = max(self.most, self.running)
            try:
                await self.pause()
                if fails:
                    raise LookupError(number)
            finally:
                with self.lock:
                    self.running -= 1
            return number

        return run


async def rest() -> None:
    time.sleep(0.005)


async def yield_once() -> None:
    await asyncio.sleep(0.005)


def in_threads(counting: Counting, calls: list[Any]) -> list[int]:
    return complete(BlockingTransport().fan_out(calls))


def in_tasks(counting: Counting, calls: list[Any]) -> list[int]:
    return asyncio.run(AsyncioTransport().fan_out(calls))


COLOURS = [pytest.param(in_threads, rest, id="threads"), pytest.param(in_tasks, yield_once, id="tasks")]


@pytest.mark.parametrize(("run", "pause"), COLOURS)
def test_results_come_in_order_eight_at_once(run: Any, pause: Any) -> None:
    """However they end; never more than eight run at once."""
    counting = Counting(pause)
    assert run(counting, [counting.call(number) for number in range(30)]) == list(range(30))
    assert 1 < counting.most <= 8


@pytest.mark.parametrize(("run", "pause"), COLOURS)
def test_the_first_failure_ends_the_rest(run: Any, pause: Any) -> None:
    """It is raised, and what has not begun never does."""
    counting = Counting(pause)
    calls = [counting.call(number, fails=number == 1) for number in range(200)]
    with pytest.raises(LookupError):
        run(counting, calls)
    assert counting.begun < 200


@pytest.mark.parametrize(("run", "pause"), COLOURS)
def test_nothing_to_do(run: Any, pause: Any) -> None:
    """No calls, no results."""
    assert run(Counting(pause), []) == []


def test_a_cancelled_fan_out_leaves_nothing_running() -> None:
    """All tasks are over when it is."""

    async def main() -> int:
        counting = Counting(lambda: asyncio.sleep(60))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await AsyncioTransport().fan_out([counting.call(number) for number in range(20)])
        return counting.running

    assert asyncio.run(main()) == 0


@pytest.mark.parametrize("colour", ["threads", "tasks"])
def test_the_slowest_first_call_still_comes_first(colour: str) -> None:
    """Results stand in the order of the calls, not of their ends."""
    ended: list[int] = []

    def call(number: int) -> Callable[[], Coroutine[Any, Any, int]]:
        async def run() -> int:
            seconds = 0.1 if number == 0 else 0
            if colour == "threads":
                time.sleep(seconds)
            else:
                await asyncio.sleep(seconds)
            ended.append(number)
            return number

        return run

    calls = [call(number) for number in range(4)]
    if colour == "threads":
        assert complete(BlockingTransport().fan_out(calls)) == [0, 1, 2, 3]
    else:
        assert asyncio.run(AsyncioTransport().fan_out(calls)) == [0, 1, 2, 3]
    assert ended[-1] == 0
