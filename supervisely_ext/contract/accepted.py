"""Changes that a maintainer has accepted, each with a reason: `spec/accepted-changes.yaml`.

- change: property-removed answer /components/schemas/Task/properties/size
  reason: the server never sent it; the spec was wrong
"""

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from ..shapes import is_object
from .changes import Change
from .documents import read_list
from .places import UnusableDocument


def read_accepted(path: Path) -> dict[str, str]:
    """Give the reasons by the changes' ids. Raises `UnusableDocument`."""
    accepted: dict[str, str] = {}
    for number, entry in enumerate(read_list(path), 1):
        change, reason = _entry(path, number, entry)
        if change in accepted:
            raise UnusableDocument(f"{path}: entry {number} accepts {change} again")
        accepted[change] = reason
    return accepted


def _entry(path: Path, number: int, entry: object) -> tuple[str, str]:
    if is_object(entry) and set(entry) == {"change", "reason"}:
        change, reason = entry["change"], entry["reason"]
        if isinstance(change, str) and isinstance(reason, str) and reason.strip():
            return change, reason.strip()
    raise UnusableDocument(f"{path}: entry {number} needs a change and a reason, both text, and nothing else")


def with_acceptance(changes: Sequence[Change], accepted: dict[str, str]) -> list[Change]:
    """Give the changes with the reasons for which they were accepted."""
    return [evolve(change, accepted=accepted.get(change.id, "")) for change in changes]


def without_use(changes: Sequence[Change], accepted: dict[str, str]) -> list[str]:
    """Name the accepted changes that are not there (any more)."""
    found = {change.id for change in changes}
    return [change for change in accepted if change not in found]
