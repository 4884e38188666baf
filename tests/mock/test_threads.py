"""Many threads at one platform: nothing is lost, nothing is given twice."""

import random
from collections import Counter
from threading import Thread
from typing import Any

from supervisely_ext.mock import FastClock, Platform, Seed
from supervisely_ext.mock.lifecycle import ENDS
from supervisely_ext.mock.seeds import default_seed

from .asking import TOKEN, ask

THREADS, OPERATIONS = 16, 500
CAPACITIES = {7: 3, 8: 5}


def crowded() -> Platform:
    """A platform whose time runs by itself, with agents that are soon busy."""
    document = default_seed().to_json()
    document["agents"] = [
        {"id": agent_id, "name": "a", "capacity": capacity} for agent_id, capacity in CAPACITIES.items()
    ]
    course = [("queued", 0.5), ("started", 2), ("finished",)]
    platform = Platform(clock=FastClock(50), seed=Seed.from_json(document), lifecycle=course)
    assert ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 512})[0] == 200
    return platform


class Worker:
    """One client: what it has done is what the platform must know in the end."""

    def __init__(self, platform: Platform, number: int) -> None:
        self.platform = platform
        self.number = number
        self.done: Counter[str] = Counter()
        self.task_ids: list[int] = []
        self.failures: list[Any] = []

    def work(self) -> None:
        chance = random.Random(self.number)
        acts = [self.start, self.append, self.log, self.look, self.stop, self.edge, self.snapshot, self.agent]
        for _ in range(OPERATIONS):
            (act,) = chance.choices(acts, weights=[4, 30, 20, 20, 2, 10, 0.2, 2])
            self.done[act.__name__] += 1
            act(chance)

    def ask(self, method: str, body: Any, **headers: str) -> Any:
        status, answer = ask(self.platform, method, body, {**TOKEN, **headers})
        if status != 200:
            self.failures.append((method, status, answer))
        return answer

    def start(self, chance: random.Random) -> None:
        body = {"agentId": chance.choice([None, 7, 8]), "moduleId": chance.choice([83, 304])}
        self.task_ids += [task["taskId"] for task in self.ask("tasks.run.app", body)]

    def append(self, chance: random.Random) -> None:
        field = {"field": "data.seen", "payload": [[self.number, self.done["append"]]], "append": True}
        self.ask("tasks.data.set", {"taskId": 21012, "fields": [field]})

    def log(self, chance: random.Random) -> None:
        self.ask(
            "tasks.logs.add", {"logs": [{"message": f"{self.number} {self.done['log']}"}]}, **{"x-task-id": "21012"}
        )

    def look(self, chance: random.Random) -> None:
        page = self.ask("tasks.list", {"workspaceId": 23821, "sort": "status", "per_page": 5})
        assert len(page["entities"]) <= 5

    def stop(self, chance: random.Random) -> None:
        if self.task_ids:
            self.ask("tasks.stop", {"id": chance.choice(self.task_ids)})

    def edge(self, chance: random.Random) -> None:
        node = {"type": "task", "id": 21012}
        place = f"/{self.number}/{self.done['edge']}"
        self.ask("workflow.node.add-input", {"teamId": 447, "node": node, "type": "folder", "id": place})

    def snapshot(self, chance: random.Random) -> None:
        Seed.from_json(self.platform.snapshot())

    def agent(self, chance: random.Random) -> None:
        self.platform.set_agent(8, online=chance.random() < 0.8)


def test_sixteen_threads_lose_nothing() -> None:
    """Ids are given once, every field and line is there, no agent ever worked on more than it can."""
    platform = crowded()
    workers = [Worker(platform, number) for number in range(THREADS)]
    threads = [Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [failure for worker in workers for failure in worker.failures] == []
    assert sum(sum(worker.done.values()) for worker in workers) == THREADS * OPERATIONS

    given = [task_id for worker in workers for task_id in worker.task_ids]
    assert sorted(given) == [*range(21013, 21013 + len(given))]
    assert platform.tasks.keys() == {21012, *given}
    seen = platform.tasks[21012].data["data"]["seen"]
    for worker in workers:
        assert [count for number, count in seen if number == worker.number] == [*range(1, worker.done["append"] + 1)]
    messages = [line["message"].split() for line in platform.tasks[21012].log.lines()]
    for worker in workers:
        own = [int(words[1]) for words in messages if words[0] == str(worker.number)]
        assert own == [*range(1, worker.done["log"] + 1)]
    assert len(platform.workflow[447]) == sum(worker.done["edge"] for worker in workers)
    assert [app.id for app in platform.apps.values()] == [*range(578, 578 + len(platform.apps))]
    assert_agents_kept_to_their_capacity(platform)
    assert Platform(seed=Seed.from_json(platform.snapshot())).known_tasks.keys() == platform.known_tasks.keys()


def test_apps_added_at_once_are_all_there() -> None:
    """Each under an id of its own."""
    platform, given = Platform(), list[int]()
    there = len(platform.modules)
    threads = [
        Thread(target=lambda name=str(number): given.append(platform.add_app({"name": name})))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(given)), len(platform.modules)) == (THREADS, there + THREADS)


def test_who_looks_at_the_tasks_is_not_disturbed() -> None:
    """They are those of now, also when somebody starts another one meanwhile, from another thread or from this one."""
    platform = Platform()
    for _ in range(2):
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    seen: list[int] = []
    for task_id in platform.tasks:
        seen.append(task_id)
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    assert seen == [21012, 21013]
    assert len(platform.tasks) == 4


def assert_agents_kept_to_their_capacity(platform: Platform) -> None:
    changes: list[tuple[float, int, int]] = []
    for task in platform.tasks.values():
        times = [moment.at for moment in task.life.history]
        assert times == sorted(times)
        works = [moment.at for moment in task.life.history if moment.status in ("consumed", "started")]
        assert task.placed == (bool(works) and task.life.status not in ENDS)
        if works and task.agent:
            changes.append((works[0], 1, task.agent.id))
            changes += [(times[-1], -1, task.agent.id)] if task.life.status in ENDS else []
    busy: Counter[int] = Counter()
    for _, change, agent_id in sorted(changes):
        busy[agent_id] += change
        assert 0 <= busy[agent_id] <= CAPACITIES[agent_id]
