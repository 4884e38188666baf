"""Why a task failed, as far as the platform tells: what it shows as its error, and the end of its log."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from .call import Caller
from .entities import TaskInfo
from .errors import SuperviselyError, TaskFinishedWithError
from .masking import printable
from .one_task import read_log
from .shapes import part

log = logging.getLogger("supervisely_ext")

PATIENCE = 5.0
"""Seconds for each request."""
_MOST_LINES = 1000
_KEPT_LINES = 10
_LONGEST_LINE = 300
_WINDOW, _NARROW_WINDOW = 60.0, 5.0
"""Seconds before the task's end."""


async def explain(caller: Caller, task: TaskInfo, error: TaskFinishedWithError, until: float = float("inf")) -> None:
    """Complete the error: with what the task says, and before that time with the last lines of its log (`tasks.log.download`)."""
    error.message = _cut(_own_words(task), caller)
    if caller.transport.monotonic() >= until:
        return
    try:
        lines = await _last_lines(caller.within(PATIENCE), task)
    except SuperviselyError as failure:
        log.info("the log of task %d could not be read: %s", task.id, failure)
        return
    # A message may be a whole traceback, whose last line says the most.
    texts = "\n".join(map(_text, lines)).splitlines()
    error.log_tail = tuple(_cut(text, caller) for text in texts[-_KEPT_LINES:])


async def _last_lines(caller: Caller, task: TaskInfo) -> list[dict[str, Any]]:
    """Read the end of the log, in two requests at most, neither of them for more than a thousand lines.

    The server gives the first lines after a time (assumed), so an answer as long as the limit is no end: then a narrower window
    before the task's end is asked for. When the first has only few lines, the whole log is asked for.
    """
    since = _before_the_end(task, _WINDOW)
    lines = await read_log(caller, task.id, since, _MOST_LINES)
    is_cut = len(lines) >= _MOST_LINES
    if since is not None and (is_cut or len(lines) < _KEPT_LINES):
        since = _before_the_end(task, _NARROW_WINDOW) if is_cut else None
        others = await read_log(caller, task.id, since, _MOST_LINES)
        if len(others) < _MOST_LINES:
            return others
    return [] if is_cut else lines


def _before_the_end(task: TaskInfo, window: float) -> str | None:
    try:
        end = datetime.fromisoformat(str(task.finished_at))
        begin = end.replace(tzinfo=end.tzinfo or UTC).astimezone(UTC) - timedelta(seconds=window)
    except (ValueError, OverflowError):
        return None
    return begin.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _own_words(task: TaskInfo) -> str:
    shown = part(task.raw, "meta", "output", "general")
    if shown.get("isError") is not True:
        return ""
    return ". ".join(str(shown[name]) for name in ("title", "description") if shown.get(name))


def _text(line: Mapping[str, Any]) -> str:
    return " ".join(str(line[name]) for name in ("timestamp", "level", "message") if line.get(name))


def _cut(text: str, caller: Caller) -> str:
    safe = printable(caller.credentials.token.remove_from(text))
    return safe if len(safe) <= _LONGEST_LINE else f"{safe[:_LONGEST_LINE]}…"
