"""What many tasks cost: the client and the mock together, every request and every answer validated."""

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Any

import pytest

from supervisely_ext import Api, AsyncApi, Polling, repeated
from supervisely_ext.answers import decode
from supervisely_ext.mock import Platform, Seed, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import run
from supervisely_ext.mock.seeds import default_seed

from .conftest import start

measured = pytest.mark.unrefereed("what is measured is the client and the mock, not their judge")

LIFE = ((5.0, "consumed"), (10.0, "started"), (60.0, "finished"))
TASKS, AGENTS, DAY, TICK = 500, 20, 86_400.0, 300.0


def cost(wait: Callable[[], Any]) -> float:
    """Give the seconds of CPU time that a wait takes; what was left over before is cleared away first."""
    gc.collect()
    begun = time.process_time()
    wait()
    return time.process_time() - begun


def together(count: int) -> float:
    platform = Platform(clock=VirtualClock())
    ids = [start(platform, *LIFE) for _ in range(count)]
    api = Api("https://mock.invalid", "token", transport=InProcess(platform))
    return cost(lambda: api.task.wait_all(ids).raise_errors())


def one_by_one(count: int) -> float:
    """Waits for single tasks at the same time, each with looks of its own."""
    clock = VirtualClock()
    platform = Platform(clock=clock)
    ids = [start(platform, *LIFE) for _ in range(count)]
    api = AsyncApi("https://mock.invalid", "token", transport=InProcessAsync(platform))

    async def main() -> None:
        await asyncio.gather(*map(api.task.wait, ids))

    return cost(lambda: run(clock, main()))


@pytest.mark.alone
@measured
def test_a_thousand_cost_a_twentieth() -> None:
    """Waiting for 1,000 tasks at once takes at most 5 % of the CPU time of 1,000 waits, the mock's own time included."""
    many, single = (
        [together(1000) for _ in range(6)],
        [one_by_one(1000) for _ in range(2)],
    )  # the short one is the noisier
    assert min(many) <= 0.05 * min(single), f"{min(many):.3f} s against {min(single):.3f} s"


def day() -> float:
    """Give the seconds of CPU time in which a day passes: each agent works on one task at a time, the others queue."""
    document = default_seed().to_json()
    document["agents"] = [{"id": number, "name": f"agent {number}", "capacity": 1} for number in range(1, AGENTS + 1)]
    works = (DAY - TICK) / (TASKS / AGENTS)
    platform = Platform(seed=Seed.from_json(document))
    ids = [start(platform, (0.0, "consumed"), (60.0, "started"), (works, "finished")) for _ in range(TASKS)]
    api = Api("https://mock.invalid", "token", transport=InProcess(platform))
    begun = time.process_time()
    outcomes = api.task.wait_all(ids, polling=Polling(longest_delay=TICK))
    took = time.process_time() - begun
    assert outcomes.ok
    assert DAY - TICK <= max(outcome.waited for outcome in outcomes) <= 30 * 3600
    assert min(outcome.waited for outcome in outcomes) <= works + 2 * TICK
    return took


@pytest.mark.alone
@measured
def test_a_day_of_five_hundred_tasks() -> None:
    """24 hours of 500 tasks on 20 agents, as one batched wait with a look every five minutes at most, pass in under 2 seconds.

    Nothing waits in real time, so that the CPU time is the wall time of a machine that does nothing else.
    """
    took = [day() for _ in range(3)]
    assert min(took) < 2, took


def test_what_does_not_change_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks between two changes bring the same answers again, which are not decoded."""
    decoded: list[str] = []

    def counting(operation: Any, *args: Any) -> Any:
        decoded.append(operation.name)
        return decode(operation, *args)

    monkeypatch.setattr(repeated, "decode", counting)
    platform = Platform(clock=VirtualClock())
    ids = [start(platform, *LIFE) for _ in range(5)]
    api = Api("https://mock.invalid", "token", transport=InProcess(platform))
    outcomes = api.task.wait_all(ids)
    assert outcomes.ok
    assert [[status for _, status in outcome.history] for outcome in outcomes] == [
        ["queued", "consumed", "started", "finished"]
    ] * 5
    assert decoded == ["tasks.list"] * 4  # one for each status that all of them share
