"""What the live page follows: the tasks that have moved and the requests that came since it last asked, and the counts of all."""

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from attrs import frozen

from .journal import Entry
from .page_workflow import teams
from .platform import Platform
from .state import Task
from .time_modes import mode_of

_MOST_ENTRIES = 300
_LONGEST_BODY = 400


def view(platform: Platform, query: Mapping[str, str]) -> dict[str, Any]:
    """Give what is new since the answer whose `cursor` the query has as `after`: everything when it has none, or one of before a reset."""
    with platform.lock:
        now = platform.settle()
        era = f"{platform.era}{platform.journal.era}"
        since = _since(query.get("after", ""), era)
        return {
            "cursor": f"{era}_{platform.journal.count}_{now!r}",
            "fresh": since is None,
            "now": now,
            "clock": mode_of(platform.clock),
            "validate": platform.validate,
            "version": platform.version,
            "statuses": Counter(task.life.status for task in platform.known_tasks.values()),
            "tasks": [_task(task) for task in platform.known_tasks.values() if since is None or since.missed(task)],
            "agents": _agents(platform),
            "teams": teams(platform),
            "journal": _journal(platform, since.requests if since else 0),
        }


@frozen
class _Since:
    requests: int
    at: float

    def missed(self, task: Task) -> bool:
        """Tell whether the task may have moved later; of two moves at one instant one may have been seen."""
        return task.life.history[-1].at >= self.at


def _since(cursor: str, era: str) -> _Since | None:
    with suppress(ValueError):
        own, requests, at = cursor.split("_")
        if own == era:
            return _Since(int(requests), float(at))
    return None


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


def _excerpt(entry: Entry) -> str:
    body = entry.body
    if body is None:
        return ""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return text if len(text) <= _LONGEST_BODY else f"{text[:_LONGEST_BODY]}…"
