"""What a thousand tasks cost."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx

from supervisely_ext import Api, AsyncApi, Polling
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import run
from supervisely_ext.mock.state import Agent

from .conftest import start

LIFE = ((5.0, "consumed"), (10.0, "started"), (60.0, "finished"))


class _Timed:
    """Leaves the server's own time out of what is measured."""

    spent = 0.0

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        begun = time.process_time()
        try:
            return await super().send(request, fresh=fresh)  # type: ignore[misc,no-any-return]
        finally:
            self.spent += time.process_time() - begun


class Blocking(_Timed, InProcess):
    pass


class Suspending(_Timed, InProcessAsync):
    pass


def cost(transport: Any, wait: Callable[[], Any]) -> float:
    """Give the seconds of CPU time that the client takes."""
    begun = time.process_time()
    wait()
    return time.process_time() - begun - float(transport.spent)


def together(count: int) -> float:
    platform = Platform(clock=VirtualClock())
    ids = [start(platform, *LIFE) for _ in range(count)]
    transport = Blocking(platform)
    api = Api("https://mock.invalid", "token", transport=transport)
    return cost(transport, lambda: api.task.wait_all(ids).raise_errors())


def one_by_one(count: int) -> float:
    """Waits for single tasks at the same time, each with looks of its own."""
    clock = VirtualClock()
    platform = Platform(clock=clock)
    ids = [start(platform, *LIFE) for _ in range(count)]
    transport = Suspending(platform)
    api = AsyncApi("https://mock.invalid", "token", transport=transport)

    async def main() -> None:
        await asyncio.gather(*map(api.task.wait, ids))

    return cost(transport, lambda: run(clock, main()))


def test_a_thousand_cost_a_twentieth() -> None:
    """Waiting for 1,000 tasks at once takes the client at most 5 % of the CPU time of 1,000 waits; the server's own is left out."""
    single = min(one_by_one(100) for _ in range(3)) * 10
    many = min(together(1000) for _ in range(3))
    assert many <= 0.05 * single, f"{many:.3f} s against {single:.3f} s"


def test_a_day_of_five_hundred_tasks() -> None:
    """24 hours of 500 tasks on 20 agents are one batched wait with a look every five minutes at most."""
    clock = VirtualClock()
    platform = Platform(clock=clock)
    platform.agents = {number: Agent(number, f"agent {number}") for number in range(1, 21)}
    ids = [
        start(platform, (60.0, "consumed"), (120.0, "started"), (86_400.0 * (number + 1) / 500, "finished"))
        for number in range(500)
    ]
    for number, task in enumerate(platform.tasks.values()):
        task.agent = platform.agents[number % 20 + 1]
    api = Api("https://mock.invalid", "token", transport=InProcess(platform))
    outcomes = api.task.wait_all(ids, polling=Polling(longest_delay=300))
    assert outcomes.ok
    assert 86_400 <= outcomes[-1].waited <= 86_400 + 300 * 1.2
    assert all(0 <= outcome.waited - 86_400 * (number + 1) / 500 <= 360 for number, outcome in enumerate(outcomes))
