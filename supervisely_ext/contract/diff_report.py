"""The changes between two specs, for people and machines."""

import json
from collections.abc import Callable, Iterator, Sequence

from .changes import SEVERITIES, Change

_ADVICE = {
    "breaking": "major version (before 1.0 the minor one)",
    "risky": "minor version",
    "safe": "minor version",
    None: "no new version for the spec's sake",
}
_HEADINGS = {"breaking": "Breaking", "risky": "Risky", "safe": "Safe"}


def open_changes(changes: Sequence[Change]) -> list[Change]:
    """Give those that nobody has accepted."""
    return [change for change in changes if not change.accepted]


def advice(changes: Sequence[Change]) -> str:
    """Tell which version the next release needs (semver); a break stays one when it is accepted."""
    found = [change.severity for change in changes]
    return _ADVICE[next((severity for severity in SEVERITIES if severity in found), None)]


def as_json(changes: Sequence[Change]) -> str:
    """Give everything that is known, as one JSON object."""
    listed = [
        {
            "id": change.id,
            "severity": change.severity,
            "kind": change.kind,
            "direction": change.direction,
            "operations": list(change.operations),
            "place": change.place,
            "old": change.old,
            "new": change.new,
            "detail": change.detail,
            "reason": change.reason,
            "touches": list(change.touches),
            "accepted": change.accepted or None,
        }
        for change in changes
    ]
    return json.dumps({"changes": listed, "advice": advice(changes)}, indent=2, ensure_ascii=False)


def as_text(changes: Sequence[Change]) -> str:
    """Give a block a change."""
    return "\n".join(_text_lines(changes))


def _text_lines(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        accepted = " (accepted)" if change.accepted else ""
        yield f"{change.severity.upper()}{accepted}: {_headline(change)}"
        yield f"    because {change.accepted or change.reason}"
        yield from (f"    {label} {text}" for label, text in _facts(change))
    counts = ", ".join(f"{_count(changes, severity)} {severity}" for severity in SEVERITIES)
    yield f"{counts}: {advice(changes)}" if changes else "no changes"


def _count(changes: Sequence[Change], severity: str) -> int:
    return sum(change.severity == severity for change in changes)


def _headline(change: Change) -> str:
    what = change.kind.replace("-", " ")
    where = f" at {change.place}" if change.place else ""
    detail = f": {change.detail}" if change.detail else ""
    return f"{what}{where} of {_operations(change)}{detail}"


def _operations(change: Change) -> str:
    return ", ".join(change.operations)


def _facts(change: Change) -> Iterator[tuple[str, str]]:
    if change.old == change.new:
        yield "at", change.new or ""
    else:
        yield from ((label, place) for label, place in (("was at", change.old), ("is at", change.new)) if place)
    layer = [name for name in change.touches if name.startswith("api.")]
    yield from (("touches", name) for name in change.touches if name not in layer)
    if layer:
        yield "touches", ", ".join(layer)
    yield "id", json.dumps(change.id, ensure_ascii=False)  # in quotes, since some hold what YAML would read as a key


def as_markdown(changes: Sequence[Change]) -> str:
    """Give a section a severity, for a pull request."""
    lines = [f"**{advice(changes)}**" if changes else "No changes of the API."]
    for severity in SEVERITIES:
        found = [change for change in changes if change.severity == severity]
        if found:
            lines += ["", f"### {_HEADINGS[severity]}", "", *map(_item, found)]
    return "\n".join(lines)


def _item(change: Change) -> str:
    reason = f"accepted: {change.accepted}" if change.accepted else change.reason
    touches = f" ({', '.join(f'`{name}`' for name in change.touches)})" if change.touches else ""
    return f"- {_headline(change)}. Because {reason}{touches}"


def as_changelog(changes: Sequence[Change]) -> str:
    """Give what users need to know: the layer's and the client's names first, then what became of them."""
    lines: list[str] = []
    for severity in SEVERITIES:
        found = [change for change in changes if change.severity == severity]
        if found:
            lines += ["", f"### {_HEADINGS[severity]}", "", *map(_entry, found)]
    return "\n".join(lines).strip() or "No changes of the API."


def _entry(change: Change) -> str:
    names = [name for name in change.touches if name.startswith("api.")] or list(change.touches)
    prefix = f"{', '.join(f'`{name}`' for name in names)}: " if names else ""
    return f"- {prefix}{_headline(change)}; {change.accepted or change.reason}."


FORMATS: dict[str, Callable[[Sequence[Change]], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
