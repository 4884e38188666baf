"""What the live page follows: the tasks that have moved and the requests that came since it last asked, and the counts of all."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any, Protocol

from attrs import frozen

from .clock import Clock, FastClock, RealClock, VirtualClock
from .journal import Entry
from .platform import Platform
from .state import Task, Team

_MOST_ENTRIES = 300
_LONGEST_BODY = 400


def view(platform: Platform, after: str = "") -> dict[str, Any]:
    """Give the page what is new since the answer whose `cursor` was `after`; everything when it was none, or none of this run."""
    with platform.lock:
        now = platform.settle()
        since = _since(after, platform.run)
        return {
            "cursor": f"{platform.run}_{platform.journal.count}_{now!r}",
            "fresh": since is None,
            "now": now,
            "clock": _mode(platform.clock),
            "validate": platform.validate,
            "version": platform.version,
            "statuses": Counter(task.life.status for task in platform.known_tasks.values()),
            "tasks": [_task(task) for task in platform.known_tasks.values() if since is None or since.missed(task)],
            "agents": _agents(platform),
            "teams": [_team(platform, team) for team in platform.teams.values() if platform.workflow.get(team.id)],
            "journal": _journal(platform, since.requests if since else 0),
        }


@frozen
class _Since:
    requests: int
    at: float

    def missed(self, task: Task) -> bool:
        """Tell whether the task may have moved later; of two moves at one instant one may have been seen."""
        return task.life.history[-1].at >= self.at


def _since(cursor: str, run: str) -> _Since | None:
    with suppress(ValueError):
        own, requests, at = cursor.split("_")
        if own == run:
            return _Since(int(requests), float(at))
    return None


def _mode(clock: Clock) -> str:
    match clock:
        case VirtualClock():
            return "virtual time"
        case FastClock():
            return f"{clock.factor:g} × real time"
        case RealClock():
            return "real time"
        case _:
            return type(clock).__name__


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "app": str(task.app.module.config.get("name", "")),
        "name": str(task.request.get("taskName", "")),
        "agent": task.agent and task.agent.name,
        "history": [[moment.status, moment.at, moment.message] for moment in task.life.history],
    }


def _agents(platform: Platform) -> list[dict[str, Any]]:
    working = Counter(task.agent.id for task in platform.known_tasks.values() if task.placed and task.agent)
    return [
        {
            "name": agent.name,
            "online": agent.online,
            "gpu": agent.gpu,
            "capacity": agent.capacity,
            "tasks": working[agent.id],
        }
        for agent in platform.agents.values()
    ]


def _team(platform: Platform, team: Team) -> dict[str, Any]:
    edges = platform.workflow[team.id]
    return {"id": team.id, "name": team.name, "edges": len(edges), "revision": revision(platform, team.id)}


class _Hashed(Protocol):
    def update(self, data: bytes, /) -> None: ...


def revision(platform: Platform, team_id: int) -> str:
    """Give another text whenever the team's edges or the statuses of its tasks have changed."""
    edges = platform.workflow[team_id]
    known = (platform.run, edges, [(task, status) for task, status in statuses(platform, team_id).items()])
    return sha256(repr(known).encode(errors="backslashreplace")).hexdigest()[:16]


def statuses(platform: Platform, team_id: int) -> Mapping[int, str]:
    """Give the statuses of the team's tasks."""
    return {task.id: task.life.status for task in platform.known_tasks.values() if task.workspace.team_id == team_id}


def _journal(platform: Platform, after: int) -> dict[str, Any]:
    kept = platform.journal.entries()
    broken = [entry for entry in kept if _breaks(entry)]
    # of very many only the last are sent, but those that break the spec are not lost among the others
    wanted = {entry.number: entry for entry in (*broken[-_MOST_ENTRIES:], *kept[-_MOST_ENTRIES:])}
    return {
        "count": platform.journal.count,
        "broken": len(broken),
        "entries": [_entry(wanted[number]) for number in sorted(wanted) if number > after],
    }


def _breaks(entry: Entry) -> bool:
    return bool(entry.request_violations or entry.is_own_fault)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "time": entry.time,
        "verb": entry.verb,
        "path": entry.path,
        "operation": entry.operation,
        "status": entry.status,
        "body": _excerpt(entry),
        "fault": entry.fault,
        "remarks": entry.remarks(),
        "broken": _breaks(entry),
    }
