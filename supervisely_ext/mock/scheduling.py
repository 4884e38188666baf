"""What happens to tasks next, and when: events in the order of their time, worked off when somebody comes to look.

Nothing ticks. An event is the end of a task's step, or, after everything else of that instant, the moment at which agents with room take the
next tasks in the order of their start. A task goes through its queue only onto an agent with room, and keeps its place until it has ended.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from heapq import heappop, heappush

from .lifecycle import ENDS, Lifecycle
from .state import Agent, Task

_DISPATCH = sys.maxsize
"""In the place of a task's id: it sorts after every task of the same instant."""
_WORKING = frozenset({"consumed", "started", "deployed"})

Heap = list[int]


class Schedule:
    """The events of a platform's tasks, and who works for whom."""

    def __init__(self, agents: dict[int, Agent], tasks: dict[int, Task]) -> None:
        self._agents = agents
        self._tasks = tasks
        self._events: list[tuple[float, int]] = []
        self._waiting: defaultdict[tuple[int | None, bool], Heap] = defaultdict(list)
        """The ids of tasks that may leave the queue, by the agent that they ask for, if any, and whether they need a GPU."""
        self._at_work: defaultdict[int, set[int]] = defaultdict(set)
        """The ids of the tasks on each agent."""
        self._roused: set[int] = set()
        """The ids of the agents that the next dispatch looks at."""
        self.moves = 0
        """How often a task has taken a status."""

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing will happen, however much time passes."""
        return not self._events

    def enrol(self, task: Task) -> None:
        """Take a task in, where it stands."""
        self._tasks[task.id] = task
        if task.placed and task.agent is not None:
            self._at_work[task.agent.id].add(task.id)
        self.plan(task)

    def plan(self, task: Task) -> None:
        """Note when the task's step ends."""
        due = task.life.due
        if due is not None and not _stands_still(task):
            heappush(self._events, (due, task.id))

    def settle(self, now: float) -> None:
        """Let everything happen that is due by now."""
        while self._events and self._events[0][0] <= now:
            at, task_id = heappop(self._events)
            if task_id == _DISPATCH:
                self._dispatch(at)
            else:
                self._end_step(self._tasks[task_id], at)

    def enter(self, task: Task, steps: Lifecycle, at: float) -> None:
        """Let a task take another course, in which it keeps, gets or leaves its place on an agent."""
        task.life.follow(steps, at)
        self.moves += 1
        status = task.life.status
        if status in _WORKING and not task.placed:
            self._place(task, task.agent or self._best_agent(task))
        elif status in ENDS or status == "queued":
            self._leave(task, at)
        if status == "queued" and task.is_for_any_agent:
            task.agent = None
        self.plan(task)

    def change(self, agent: Agent, now: float) -> None:
        """Take note of how an agent is now. What it works on stands still while it is gone."""
        if not agent.online and agent.gone_at is None:
            agent.gone_at = now
        elif agent.online and agent.gone_at is not None:
            gone_at, agent.gone_at = agent.gone_at, None
            for task_id in sorted(self._at_work[agent.id]):
                self._tasks[task_id].life.pause(gone_at, now)
                self.plan(self._tasks[task_id])
        self._waiting.clear()
        for task in self._tasks.values():
            if _may_leave_queue(task, now):
                self._wait(task, now)

    def _end_step(self, task: Task, at: float) -> None:
        if task.life.due != at or _stands_still(task):
            return  # it took another course after this was planned
        if _may_leave_queue(task, at):
            self._wait(task, at)
        else:
            self.enter(task, task.life.steps[1:], at)

    def _wait(self, task: Task, at: float) -> None:
        agent_id = None if task.agent is None else task.agent.id
        heappush(self._waiting[agent_id, task.app.module.needs_gpu], task.id)
        self._rouse(self._agents if agent_id is None else (agent_id,), at)

    def _rouse(self, agent_ids: Iterable[int], at: float) -> None:
        if not self._roused:
            heappush(self._events, (at, _DISPATCH))
        self._roused.update(agent_ids)

    def _dispatch(self, at: float) -> None:
        roused, self._roused = sorted(self._roused), set()
        for agent_id in roused:
            agent = self._agents[agent_id]
            while self._has_room(agent) and (task := self._next_for(agent, at)) is not None:
                self._place(task, agent)
                self.enter(task, task.life.steps[1:], at)

    def _next_for(self, agent: Agent, at: float) -> Task | None:
        """Take the first task in the order of start that the agent may work on out of the waiting ones."""
        keys = [(agent_id, gpu) for agent_id in (agent.id, None) for gpu in {False, agent.gpu}]
        heaps = [heap for key in keys if (heap := self._cleaned(key, at))]
        return self._tasks[heappop(min(heaps))] if heaps else None

    def _cleaned(self, key: tuple[int | None, bool], at: float) -> Heap:
        heap = self._waiting[key]
        while heap and not _may_leave_queue(self._tasks[heap[0]], at):
            heappop(heap)  # stopped meanwhile, or moved on by hand
        return heap

    def _place(self, task: Task, agent: Agent | None) -> None:
        if agent is not None:
            task.agent, task.placed = agent, True
            self._at_work[agent.id].add(task.id)

    def _leave(self, task: Task, at: float) -> None:
        if task.placed and task.agent is not None:
            task.placed = False
            self._at_work[task.agent.id].discard(task.id)
            self._rouse((task.agent.id,), at)

    def _has_room(self, agent: Agent) -> bool:
        return agent.online and (agent.capacity is None or len(self._at_work[agent.id]) < agent.capacity)

    def _best_agent(self, task: Task) -> Agent | None:
        """Give an agent for a task that is moved on by hand: one that fits and has room, if there is any."""
        agents = sorted(
            self._agents.values(),
            key=lambda agent: (not agent.fits(task.app.module), not self._has_room(agent), agent.id),
        )
        return agents[0] if agents else None


def _stands_still(task: Task) -> bool:
    return task.placed and task.agent is not None and not task.agent.online


def _may_leave_queue(task: Task, at: float) -> bool:
    due = task.life.due
    return task.life.status == "queued" and due is not None and due <= at
