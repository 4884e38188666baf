"""Two forms that hold together, as one."""

from collections.abc import Iterator, Mapping

from .json_types import canonical, type_of
from .places import Form, Json, Node, UnusableDocument
from .rules import of_type, together

_MOST_WAYS = 500
Choices = frozenset[frozenset[str]]


def both(ones: list[Form], others: list[Form]) -> list[Form]:
    """Give the ways that follow one of each. Raises `UnusableDocument` when there are too many to be meant."""
    if len(ones) * len(others) > _MOST_WAYS:
        raise UnusableDocument(f"there are more than {_MOST_WAYS} ways to follow {others[0].places[:1]}")
    return [way for one in ones for other in others for way in _meet(one, other)]


def _meet(one: Form, other: Form) -> Iterator[Form]:
    type = _common_type(one.type, other.type)
    if type is None:
        return
    one, other = of_type(one, type), of_type(other, type)
    values = _common_values(one.values, other.values, type)
    refused = _refused(one, other) | _refused(other, one)
    if values == () or refused & (one.required | other.required):
        return
    properties = _joined(one.properties, other.properties)
    yield Form(
        type,
        values,
        rules=together(one.rules, other.rules),
        properties={name: node for name, node in properties.items() if name not in refused},
        required=one.required | other.required,
        closed=one.closed or other.closed,
        extra=_side_by_side(one.extra, other.extra),
        items=_side_by_side(one.items, other.items),
        choices=combined_choices(one.choices, other.choices),
        exclusive=one.exclusive or other.exclusive,
        places=merged_places(one.places, other.places),
    )


def merged_places(ones: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Give both, each once."""
    return tuple(dict.fromkeys([*ones, *others]))


def _refused(one: Form, other: Form) -> set[str]:
    """Name what one of them describes and the other, closed, knows nothing of."""
    return one.properties.keys() - other.properties.keys() if other.closed else set()


def _common_type(one: str, other: str) -> str | None:
    if one == other or other == "any":
        return one
    if one == "any":
        return other
    return "integer" if {one, other} == {"integer", "number"} else None


def _common_values(one: tuple[Json, ...] | None, other: tuple[Json, ...] | None, type: str) -> tuple[Json, ...] | None:
    if one is None or other is None:
        values = other if one is None else one
        return values if values is None or type != "integer" else tuple(v for v in values if type_of(v) == type)
    known = set(map(canonical, other))
    return tuple(value for value in one if canonical(value) in known)


def combined_choices(one: Choices | None, other: Choices | None) -> Choices | None:
    """Give the sets that satisfy both choices."""
    if one is None or other is None:
        return other if one is None else one
    return frozenset(mine | theirs for mine in one for theirs in other)


def _joined(one: Mapping[str, Node], other: Mapping[str, Node]) -> dict[str, Node]:
    return {**one, **{name: one[name].joined(node) if name in one else node for name, node in other.items()}}


def _side_by_side(one: Node | None, other: Node | None) -> Node | None:
    if one is None or other is None:
        return other if one is None else one
    return one.joined(other)
