"""Which of the forms of two schemas stand for the same thing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .json_types import canonical
from .places import Form, Json

Matches = list[tuple[Form, Form]]
Differences = Callable[[Form, Form], Iterable[Any]]
"""How two forms are compared."""

_WIDER: Mapping[str, set[str]] = {"any": set(), "integer": {"any", "number"}}


def not_covered(ways: list[Form]) -> list[Form]:
    """Leave out what another way allows anyhow, as the listed values beside any text."""
    free = {form.type for form in ways if _rules_nothing(form)}
    return [
        form
        for form in ways
        if not free & _WIDER.get(form.type, {"any"}) and (form.type not in free or _rules_nothing(form))
    ]


def _rules_nothing(form: Form) -> bool:
    return form == Form(form.type)


def listed_beside_any(ways: list[Form]) -> list[Form]:
    """Give those that list values though others are allowed too."""
    return [form for form in _without(ways, not_covered(ways)) if form.values is not None]


def values_only_in(ones: list[Form], others: list[Form]) -> list[Json]:
    """Give the values that the one list and the others do not."""
    known = {canonical(value) for form in others for value in form.values or ()}
    return [value for form in ones for value in form.values or () if canonical(value) not in known]


def matched(before: list[Form], after: list[Form], differences: Differences) -> tuple[Matches, list[Form], list[Form]]:
    """Pair forms of one type, of several those that differ least; give the pairs, and what is left of both."""
    if len(before) == len(after) == 1 and "any" in (before[0].type, after[0].type):
        return [(before[0], after[0])], [], []
    matches = _same_places(before, after, differences)
    left, left_now = _left(before, after, matches)
    fitting = [(one, other) for one in left for other in left_now if _comparable(one.type, other.type)]
    if len(fitting) > min(len(left), len(left_now)):
        fitting.sort(key=lambda both: len(list(differences(*both))))
    for one, other in fitting:
        if not any(one is taken or other is taken_too for taken, taken_too in matches):
            matches.append((one, other))
    return matches, *_left(before, after, matches)


def _left(before: list[Form], after: list[Form], matches: Matches) -> tuple[list[Form], list[Form]]:
    return _without(before, [one for one, _ in matches]), _without(after, [other for _, other in matches])


def _without(ways: list[Form], taken: list[Form]) -> list[Form]:
    return [form for form in ways if not any(form is each for each in taken)]


def _same_places(before: list[Form], after: list[Form], differences: Differences) -> Matches:
    """Pair those that did not change and stand where they stood: to compare each with each takes long."""
    alike = [(one, other) for one in before for other in after if (one.type, one.places) == (other.type, other.places)]
    return [(one, other) for one, other in alike if not any(differences(one, other))]


def _comparable(one: str, other: str) -> bool:
    return one == other or {one, other} == {"integer", "number"}
