"""Where the spec is wrong, for people and machines. Names, types and places, never values."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from .drift import TIERS, Deviation, Tier
from .drift_patch import source_of
from .survey import Survey

SPEC = Path("spec")
_HEADINGS: dict[Tier, str] = {"contradicts": "Contradicts", "missing": "Missing", "new field": "New fields"}


def as_json(survey: Survey) -> str:
    """Give everything that is known, as one JSON object."""
    found = [
        {
            "tier": each.tier,
            "pointer": each.pointer,
            "name": each.name,
            "seen": sorted(each.seen),
            "operations": sorted(each.operations),
            "source": source_of(each.pointer, SPEC) or None,
        }
        for each in survey.deviations
    ]
    gaps = [{"operation": name, "why": why, "times": times} for (name, why), times in sorted(survey.gaps.items())]
    return json.dumps({"deviations": found, "judged": dict(sorted(survey.judged.items())), "gaps": gaps}, indent=2)


def as_text(survey: Survey) -> str:
    """Give a block a deviation."""
    return "\n".join(_text_lines(survey))


def _text_lines(survey: Survey) -> Iterator[str]:
    for each in survey.deviations:
        yield f"{each.tier.upper()}: {_what(each)}"
        yield f"    at {each.pointer}{_source(each)}"
        yield f"    shown by {', '.join(sorted(each.operations))}"
    yield from (f"not judged: {gap}" for gap in _gaps(survey))
    yield _summary(survey)


def _what(each: Deviation) -> str:
    types = " or ".join(sorted(each.seen))
    match each.tier:
        case "new field":
            return f"{each.name} ({types})"
        case "missing":
            return f"{each.name}, which is required"
        case _:
            return f"{types} breaks {each.name}"


def _source(each: Deviation) -> str:
    source = source_of(each.pointer, SPEC)
    return f" ({source})" if source else ""


def _gaps(survey: Survey) -> Iterator[str]:
    for (operation, why), times in sorted(survey.gaps.items()):
        yield f"{operation}: {why}{f' ({times} times)' if times > 1 else ''}"


def _summary(survey: Survey) -> str:
    counts = ", ".join(f"{sum(each.tier == tier for each in survey.deviations)} {tier}" for tier in TIERS)
    answers, operations = survey.judged.total(), len(survey.judged)
    return f"{counts}; {answers} answers of {operations} operations judged"


def as_markdown(survey: Survey) -> str:
    """Give a section a tier, for an issue."""
    lines = [_summary(survey)]
    for tier in TIERS:
        found = [each for each in survey.deviations if each.tier == tier]
        if found:
            lines += ["", f"### {_HEADINGS[tier]}", "", *map(_item, found)]
    if survey.gaps:
        lines += ["", "### Not judged", "", *(f"- {gap}" for gap in _gaps(survey))]
    return "\n".join(lines)


def _item(each: Deviation) -> str:
    return f"- {_what(each)} at `{each.pointer}`{_source(each)}; shown by {', '.join(sorted(each.operations))}"


FORMATS: dict[str, Callable[[Survey], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
