"""Two forms that hold together, as one."""

from collections.abc import Iterator, Mapping
from typing import Any

from .places import LOWER_BOUNDS, UPPER_BOUNDS, Form, Json, Node, UnusableDocument

_MOST_WAYS = 500


def both(ones: list[Form], others: list[Form]) -> list[Form]:
    """Give the ways that follow one of each. Raises `UnusableDocument` when there are too many to be meant."""
    if len(ones) * len(others) > _MOST_WAYS:
        raise UnusableDocument(f"there are more than {_MOST_WAYS} ways to follow {others[0].places[:1]}")
    return [way for one in ones for other in others for way in _meet(one, other)]


def _meet(one: Form, other: Form) -> Iterator[Form]:
    type = _common_type(one.type, other.type)
    values = _common_values(one.values, other.values)
    refused = _refused(one, other) | _refused(other, one)
    if type is None or values == () or refused & (one.required | other.required):
        return
    properties = _joined(one.properties, other.properties)
    yield Form(
        type,
        values,
        rules=_tightest(one.rules, other.rules),
        properties={name: node for name, node in properties.items() if name not in refused},
        required=one.required | other.required,
        closed=one.closed or other.closed,
        extra=_together(one.extra, other.extra),
        items=_together(one.items, other.items),
        choices=every(one.choices, other.choices),
        exclusive=one.exclusive or other.exclusive,
        default=other.default if one.default is None else one.default,
        places=(*one.places, *(place for place in other.places if place not in one.places)),
    )


def _refused(one: Form, other: Form) -> set[str]:
    """Name what one of them describes and the other, closed, knows nothing of."""
    return one.properties.keys() - other.properties.keys() if other.closed else set()


def _common_type(one: str, other: str) -> str | None:
    if one == other or other == "any":
        return one
    if one == "any":
        return other
    return "integer" if {one, other} == {"integer", "number"} else None


def _common_values(one: tuple[Json, ...] | None, other: tuple[Json, ...] | None) -> tuple[Json, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(value for value in one if value in other)


def every(one: frozenset[frozenset[str]] | None, other: frozenset[frozenset[str]] | None) -> Any:
    """Give the sets that satisfy both choices."""
    if one is None or other is None:
        return other if one is None else one
    return frozenset(mine | theirs for mine in one for theirs in other)


def _tightest(one: Mapping[str, Json], other: Mapping[str, Json]) -> dict[str, Json]:
    shared = one.keys() & other.keys()
    lower = {name: max(one[name], other[name]) for name in shared.intersection(LOWER_BOUNDS)}
    upper = {name: min(one[name], other[name]) for name in shared.intersection(UPPER_BOUNDS)}
    return {**one, **other, **lower, **upper}


def _joined(one: Mapping[str, Node], other: Mapping[str, Node]) -> dict[str, Node]:
    return {**one, **{name: one[name].joined(node) if name in one else node for name, node in other.items()}}


def _together(one: Node | None, other: Node | None) -> Node | None:
    if one is None or other is None:
        return other if one is None else one
    return one.joined(other)
