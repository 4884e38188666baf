"""Where our client deviates from the SDK on purpose, call by call, and from which of its defects."""

import json
from typing import Any

from attrs import frozen

from .recorded import DATA


@frozen
class Deviation:
    """A call whose replay is meant to differ."""

    id: int
    kind: str
    ours: str
    defect: str
    """Of `sdk_defects.json`."""
    adds: dict[str, str] | None = None
    """Headers of requests that upload, which are all that differs."""


def listed() -> dict[int, Deviation]:
    """All of them, by the call's id."""
    return {entry["id"]: Deviation(**entry) for entry in read("wire_deviations.json")}


def read(name: str) -> Any:
    """Read a file of `tests/data`."""
    return json.loads((DATA / name).read_text("utf-8"))
