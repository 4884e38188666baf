"""How waits show themselves: a moving line where somebody looks, plain or JSON lines where they are asked for, else nothing."""

import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from threading import RLock
from typing import Any, Literal, Protocol, TextIO, TypeAlias, cast, get_args

from attrs import asdict, define, field, frozen

from .callbacks import as_callback
from .checks import one_of
from .masking import brief
from .watch import OnEvent, WaitEvent

log = logging.getLogger("supervisely_ext")

ProgressMode: TypeAlias = Literal["auto", "plain", "json"]
ProgressOption: TypeAlias = ProgressMode | OnEvent | None

_MOST_ROWS = 8
"""Of more tasks the board shows only how many there are of each status."""


class Progress:
    """Shows one wait or many, called with each `WaitEvent`; may be shared by threads and tasks.

    `auto` is a board that moves, on a terminal and in a notebook (with the extra `cli`), plain lines on a terminal that cannot or must
    not have it (`TERM=dumb`, `NO_COLOR`, no rich), and silence anywhere else. `plain` is a line for each change, `json` is one
    JSON object a line. `file` is standard error when not given. Only a terminal ever gets control characters. A file that cannot be
    written to, a pipe that nobody reads any more, is warned of and ends no wait.
    """

    def __init__(self, mode: ProgressMode = "auto", file: TextIO | None = None) -> None:
        self._mode = one_of("mode", mode, _MODES)
        self._file = file
        self._lock = RLock()
        self._display: _Display | None = None
        self._on_the_way: set[str] = set()

    def __call__(self, event: WaitEvent) -> None:
        """Show it; the board goes when the last wait is over."""
        with self._lock:
            (self._on_the_way.discard if event.outcome else self._on_the_way.add)(event.url)
            try:
                self._show(event)
            except (OSError, ValueError) as failure:  # ValueError: it is closed, or cannot encode
                self._give_up(failure)
            if not self._on_the_way:
                self._display = None

    def _give_up(self, failure: Exception) -> None:
        log.warning("progress is not shown any more: %s", str(failure) or type(failure).__name__)
        with suppress(OSError, ValueError):  # what was just told
            if self._display is not None:
                self._display.close()
        self._display = _SILENCE

    def _show(self, event: WaitEvent) -> None:
        file = sys.stderr if self._file is None else self._file
        if self._display is None:
            # Programs without a console have no standard error.
            self._display = _SILENCE if cast("TextIO | None", file) is None else _OPENERS[self._mode](file)
        self._display.show(event)
        if not self._on_the_way:
            self._display.close()


def as_observer(option: ProgressOption, argument: str = "progress") -> OnEvent | None:
    """Give what is to be called with each event; waits that name the same mode share a board."""
    if option is None:
        return None
    if not callable(option):
        return _shared(one_of(argument, option, _MODES))
    return as_callback(argument, option)


@cache
def _shared(mode: ProgressMode) -> Progress:
    return Progress(mode)


class _Display(Protocol):
    def show(self, event: WaitEvent) -> None: ...

    def close(self) -> None: ...


@frozen
class _Lines:
    """One line an event, as a function writes it; empty for events that need none."""

    file: TextIO
    write: Callable[[WaitEvent], str]

    def show(self, event: WaitEvent) -> None:
        line = self.write(event)
        if line:
            self.file.write(f"{line}\n")
            self.file.flush()

    def close(self) -> None:
        pass


class _Silence:
    def show(self, event: WaitEvent) -> None:
        pass

    def close(self) -> None:
        pass


_SILENCE = _Silence()


def plain_line(event: WaitEvent) -> str:
    """Write a change, or an end that was no change; the status that was waited for has its line already."""
    if event.outcome == "reached":
        return ""
    return _line(event.task_id, event.status, event.waited, event.outcome)


def json_line(event: WaitEvent) -> str:
    """Write the event's fields; the last event of a wait has an outcome."""
    return json.dumps({**asdict(event), "waited": round(event.waited, 3)})


def _line(task_id: int, status: str, waited: float, outcome: str = "") -> str:
    ended = f", {outcome}" if outcome not in ("", "reached") else ""
    return f"task {task_id}: {brief(status)}{ended} ({_duration(waited)})"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@define
class Board:
    """What is on the way, as lines of text: each task with the time it takes, or numbers when there are many."""

    now: Callable[[], float]
    tasks: dict[str, WaitEvent] = field(factory=dict[str, WaitEvent])
    begun: dict[str, float] = field(factory=dict[str, float])
    over: int = 0

    def note(self, event: WaitEvent) -> None:
        """Take note of an event."""
        if event.outcome:
            self.over += self.tasks.pop(event.url, None) is not None
        else:
            self.tasks[event.url] = event
            self.begun.setdefault(event.url, self.now() - event.waited)

    def lines(self) -> list[str]:
        """Write them, with times as of now."""
        now = self.now()
        tasks = list(self.tasks.items())  # a copy: the board is drawn in a thread of its own
        if len(tasks) <= _MOST_ROWS:
            return [_line(task.task_id, task.status, now - self.begun[url]) for url, task in tasks]
        counts = Counter(brief(task.status) for _, task in tasks)
        numbers = _joined(f"{count} {status}" for status, count in counts.most_common())
        return [
            f"{len(tasks) + self.over} tasks: {self.over} over, {numbers} ({_duration(now - min(self.begun.values()))})"
        ]


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


class _Live:
    """A board that rich draws again and again; ends stay on the screen as lines."""

    def __init__(self, console: Any) -> None:
        from rich.live import Live

        self._console = console
        self._board = Board(now=console.get_time)
        self._live = Live(console=console, get_renderable=self._draw, transient=True, refresh_per_second=4)
        self._live.start()

    def _draw(self) -> Any:
        from rich.text import Text

        return Text("\n".join(self._board.lines()), overflow="ellipsis", no_wrap=True)

    def show(self, event: WaitEvent) -> None:
        self._board.note(event)
        self._live.refresh()
        if event.outcome:
            text = _line(event.task_id, event.status, event.waited, event.outcome)
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        self._live.stop()


def _open_auto(file: TextIO) -> _Display:
    in_notebook = _in_notebook()
    if not in_notebook and not file.isatty():
        return _SILENCE
    if not in_notebook and (os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown")):
        return _Lines(file, plain_line)
    try:
        from rich.console import Console
    except ImportError:
        return _Lines(file, plain_line)
    return _Live(Console(force_jupyter=True) if in_notebook else Console(file=file))


def _in_notebook() -> bool:
    """Tell whether a notebook's kernel runs this, that can show what changes."""
    interactive = sys.modules.get("IPython")
    shell = interactive and cast(Any, interactive).get_ipython()
    return type(shell).__name__ == "ZMQInteractiveShell" and find_spec("ipywidgets") is not None


_MODES = frozenset(get_args(ProgressMode))
_OPENERS: dict[ProgressMode, Callable[[TextIO], _Display]] = {
    "auto": _open_auto,
    "plain": lambda file: _Lines(file, plain_line),
    "json": lambda file: _Lines(file, json_line),
}
