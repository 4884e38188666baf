"""The edges of the lineage, as they were added or would have been, and the ledger that keeps them. Knows no network."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from attrs import Attribute, asdict, field, frozen, validators
from supervisely_client.models.workflow_node_add_output_request_type import (
    WORKFLOW_NODE_ADD_OUTPUT_REQUEST_TYPE_VALUES as KINDS,
)
from supervisely_client.models.workflow_node_add_output_request_type import WorkflowNodeAddOutputRequestType

from .errors import LedgerFileError
from .whole_file import taking_the_place_of

Kind: TypeAlias = WorkflowNodeAddOutputRequestType
Direction = Literal["input", "output"]
State = Literal["sent", "off", "too_old", "failed"]

_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", re.ASCII)


def _check_id(_: object, name: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name.name} is {value!r}, and an id is a whole number from 1")


def _check_target(edge: object, name: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, str):
        _check_id(edge, name, value)


def _check_time(_: object, name: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, str) or not _UTC.fullmatch(value):
        raise ValueError(f"{name.name} is {value!r}, and a time is UTC in ISO 8601")
    datetime.fromisoformat(value)


@frozen
class Edge:
    """A task and something that it read (`input`) or made (`output`), on one server.

    `target` is an id; a path for a folder, and for a file that could not be looked up. For an `app_session` it is the task
    itself. `at` is UTC in ISO 8601. `state` is what became of it: `off` and `too_old` were not sent, and `reason` says why
    one is not `sent`.
    """

    server: str = field(validator=validators.instance_of(str))
    task_id: int = field(validator=_check_id)
    direction: Direction = field(validator=validators.in_(get_args(Direction)))
    kind: Kind = field(validator=validators.in_(KINDS))
    target: int | str = field(validator=_check_target)
    meta: Mapping[str, Any] = field(hash=False, validator=validators.instance_of(dict))
    team_id: int | None = field(validator=validators.optional(_check_id))
    at: str = field(validator=_check_time)
    state: State = field(validator=validators.in_(get_args(State)))
    reason: str = field(default="", validator=validators.instance_of(str))

    @property
    def moment(self) -> datetime:
        """`at` as a time: two texts of it compare otherwise when one has a fraction."""
        return datetime.fromisoformat(self.at)

    def to_json(self) -> dict[str, Any]:
        """Give the fields as JSON has them."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Edge":
        """Read what `to_json` gave. Raises `TypeError` or `ValueError` for anything else."""
        return cls(**data)


class Ledger:
    """Edges in the order in which they were added; may be shared by threads."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        # Appending to a list and copying one are atomic: a lock would add nothing.
        self._edges = list(edges)

    def append(self, edge: Edge) -> None:
        """Add an edge."""
        self._edges.append(edge)

    def __iter__(self) -> Iterator[Edge]:
        return iter(tuple(self._edges))

    def __len__(self) -> int:
        return len(self._edges)

    def __repr__(self) -> str:
        return f"Ledger({len(self)} edges)"

    def save(self, path: str | os.PathLike[str], *, append: bool = False) -> None:
        """Write one line of JSON for each edge: a whole new file in place of the old one, or with `append` after its lines.

        Processes that append to one file at once do not tear each other's lines on a local disk.
        """
        lines = b"".join(map(_line, self))
        if append:
            _append(Path(path), lines)
        else:
            with taking_the_place_of(Path(os.path.realpath(path))) as file:
                file.write(lines)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Ledger":
        """Read a file that `save` wrote. Raises `LedgerFileError` with the number of the line that is no edge."""
        with Path(path).open("rb") as lines:
            return cls(_read(path, number, line) for number, line in enumerate(lines, 1))


def _line(edge: Edge) -> bytes:
    text = json.dumps(edge.to_json(), ensure_ascii=False)
    # Half a character, as in names of a disk that are no Unicode, becomes an escape of JSON.
    return f"{text}\n".encode(errors="backslashreplace")


def _read(path: str | os.PathLike[str], number: int, line: bytes) -> Edge:
    try:
        return Edge.from_json(json.loads(line))
    except (TypeError, ValueError, RecursionError) as error:
        name = os.fspath(path)
        problem = f"is {name}, whose line {number} is no edge ({error.args[0]})"
        raise LedgerFileError(argument="path", problem=problem, path=name, line=number) from error


def _append(path: Path, lines: bytes) -> None:
    with path.open("a+b", buffering=0) as file:
        file.seek(max(0, file.tell() - 1))
        # What a crash cut off stays a line of its own, and ours are not lost with it.
        torn = file.read() not in (b"", b"\n")
        file.write(b"\n" * torn + lines)
