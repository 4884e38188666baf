"""The cost of many tasks over a long time, in work and not in seconds."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform, Seed, views
from supervisely_ext.mock.lifecycle import Life
from supervisely_ext.mock.seeds import default_seed

from .asking import ask

TASKS, AGENTS, TICK = 500, 20, 300
WORK = (24 * 3600 - TICK) / (TASKS / AGENTS)


class Count:
    """How often something of the product was called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        self.times = 0
        original = getattr(owner, name)

        def counting(*args: Any, **kwargs: Any) -> Any:
            self.times += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, counting)


def test_a_day_of_five_hundred_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each task moves as often as its course has steps and is shown anew only when it has changed, however often somebody looks."""
    document = default_seed().to_json()
    document["agents"] = [{"id": number, "name": "a", "capacity": 1} for number in range(1, AGENTS + 1)]
    course = [("queued", 0), ("started", WORK), ("finished",)]
    platform = Platform(seed=Seed.from_json(document), lifecycle=course)
    begun = platform.clock.now()
    moves, built = Count(monkeypatch, Life, "follow"), Count(monkeypatch, views, "Shown")
    for number in range(TASKS):
        agent_id = None if number % 2 else number % AGENTS + 1
        ask(platform, "tasks.run.app", {"agentId": agent_id, "moduleId": 83, "workspaceId": 23821})
    waiting, ticks = set(platform.tasks), 0
    while waiting:
        rule = {"field": "id", "operator": "in", "value": sorted(waiting)}
        page = ask(platform, "tasks.list", {"workspaceId": 23821, "filter": [rule], "per_page": 500})[1]
        waiting -= {task["id"] for task in page["entities"] if task["status"] == "finished"}
        platform.clock.sleep(TICK)
        ticks += 1
    assert 24 * 3600 - 2 * TICK <= platform.clock.now() - begun <= 30 * 3600
    assert ticks >= 24 * 3600 / TICK - 1
    assert moves.times == TASKS * len(course)
    assert built.times <= TASKS * len(course)
