"""What became of each of many tasks, as a table. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, overload

from attrs import frozen

from .entities import Status
from .errors import ArgumentError, SuperviselyError
from .masking import brief, printable

_LONGEST_CELL = 100


@frozen(kw_only=True)
class Outcome:
    """What became of one task: reached (`ok`), not reached (`failed`, with its `error`), or still waited for (neither)."""

    task_id: int
    server: str
    """The server's address."""
    url: str
    """The task's page."""
    status: Status | str
    """The last one seen; `unknown` when none was."""
    done: bool
    error: SuperviselyError | None
    """What a wait for this task alone would have raised."""
    waited: float
    """Seconds since the wait began."""
    history: tuple[tuple[float, str], ...]
    """(seconds since the wait began, status) of each change."""
    failed_looks: int

    @property
    def ok(self) -> bool:
        """Whether it reached what was waited for."""
        return self.done and self.error is None

    @property
    def failed(self) -> bool:
        """Whether it ended otherwise, or was late."""
        return self.error is not None

    @property
    def result(self) -> str:
        """`ok`, `pending`, or the name of the error."""
        if self.error is not None:
            return type(self.error).__name__
        return "ok" if self.done else "pending"


@frozen
class Outcomes(Sequence[Outcome]):
    """The outcomes of a wait in the order in which the tasks were given; prints as a table, in notebooks too."""

    rows: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether every task reached what was waited for."""
        return all(outcome.ok for outcome in self.rows)

    @property
    def succeeded(self) -> "Outcomes":
        """Those that reached what was waited for."""
        return self._where(lambda outcome: outcome.ok)

    @property
    def failed(self) -> "Outcomes":
        """Those that have an error."""
        return self._where(lambda outcome: outcome.failed)

    @property
    def pending(self) -> "Outcomes":
        """Those that were still waited for when the wait was over."""
        return self._where(lambda outcome: not outcome.done)

    def _where(self, matches: Callable[[Outcome], bool]) -> "Outcomes":
        return Outcomes(tuple(filter(matches, self.rows)))

    def by_id(self, task_id: int, server: str | None = None) -> Outcome:
        """Give a task's outcome; `server` is its address, for an id that tasks of several servers have. Raises `KeyError`."""
        found = [outcome for outcome in self.rows if outcome.task_id == task_id and server in (None, outcome.server)]
        if not found:
            raise KeyError(task_id)
        if len(found) > 1:
            servers = tuple(outcome.server for outcome in found)
            raise ArgumentError(argument="server", problem=f"several have a task {task_id}", allowed=servers)
        return found[0]

    def raise_errors(self) -> None:
        """Raise the error, or all of several as an `ExceptionGroup`; does nothing when there is none."""
        errors = [outcome.error for outcome in self.rows if outcome.error is not None]
        if errors:
            raise one_error(errors, len(self.rows))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give plain rows, as for `pandas.DataFrame`; errors as text."""
        return [
            {
                "task_id": outcome.task_id,
                "server": outcome.server,
                "status": str(outcome.status),
                "result": outcome.result,
                "waited": outcome.waited,
                "error": None if outcome.error is None else str(outcome.error),
                "failed_looks": outcome.failed_looks,
                "url": outcome.url,
            }
            for outcome in self.rows
        ]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Outcome: ...

    @overload
    def __getitem__(self, index: slice) -> "Outcomes": ...

    def __getitem__(self, index: int | slice) -> "Outcome | Outcomes":
        return Outcomes(self.rows[index]) if isinstance(index, slice) else self.rows[index]

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.rows)

    def __str__(self) -> str:
        rows = [self._head(), *self._cells()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        head = _html_row("th", self._head())
        body = "".join(_html_row("td", row) for row in self._cells())
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"

    @property
    def _with_servers(self) -> bool:
        return len({outcome.server for outcome in self.rows}) > 1

    def _head(self) -> list[str]:
        return [*(["server"] if self._with_servers else []), "task", "status", "seconds", "result", "why"]

    def _cells(self) -> list[list[str]]:
        with_servers = self._with_servers
        return [
            [
                *([outcome.server] if with_servers else []),
                str(outcome.task_id),
                brief(outcome.status),
                f"{outcome.waited:.1f}",
                outcome.result,
                _why(outcome),
            ]
            for outcome in self.rows
        ]


def one_error(errors: Sequence[SuperviselyError], tasks: int) -> Exception:
    """Give one error as it is, and several as a group."""
    return errors[0] if len(errors) == 1 else ExceptionGroup(f"{len(errors)} of {tasks} tasks failed", errors)


def _why(outcome: Outcome) -> str:
    text = "" if outcome.error is None else str(outcome.error).partition("\n")[0]
    return printable(text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…")


def _html_row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
