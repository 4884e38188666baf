"""The log of a task: what its course writes, and what is added to it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from .clock import read_time, timestamp
from .lifecycle import Life

Line = dict[str, Any]


class TaskLog:
    """Only ever grows at its end. That each new status writes a line is assumed; agents write lines of that kind."""

    def __init__(self, task_id: int, life: Life, lines: Sequence[Line] | None = None) -> None:
        self.added = 0
        """How many lines came from elsewhere than from the task's course."""
        self._task_id = task_id
        self._life = life
        self._lines: list[Line] = [dict(line) for line in lines or ()]
        self._statuses_told = 0 if lines is None else len(life.history)

    def lines(self) -> list[Line]:
        """Give every line, in the order in which they came."""
        for moment in islice(self._life.history, self._statuses_told, None):
            level = "error" if moment.status == "error" else "info"
            self._append({"level": level, "message": moment.message or f"The task is {moment.status}"}, moment.at)
            self._statuses_told += 1
        return self._lines

    def count(self) -> int:
        """Give the number of lines."""
        return len(self._lines) + len(self._life.history) - self._statuses_told

    def add(self, line: Mapping[str, Any], now: float) -> None:
        """Add a line; it gets the task's id, and what it lacks of level, message and time."""
        self.lines()
        self._append(line, now)
        self.added += 1

    def _append(self, line: Mapping[str, Any], at: float) -> None:
        self._lines.append(
            {"level": "info", "message": "", "timestamp": timestamp(at), **line, "task_id": self._task_id}
        )

    def read(self, since: datetime | None, limit: int | None) -> list[Line]:
        """Give the first `limit` lines that are later than `since`, so that the last one's time leads on (assumed).

        A line whose own time cannot be read is always later.
        """
        later = [line for line in self.lines() if since is None or _is_later(line, since)]
        return later[:limit]


def _is_later(line: Line, since: datetime) -> bool:
    with suppress(TypeError, ValueError):  # without --validate strict a line's time may be no text
        return read_time(line["timestamp"]) > since
    return True
