"""What every list method does with its entities: filter, sort, page."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar, cast

from .refusals import wrong

DEFAULT_PER_PAGE = 500

E = TypeVar("E")

Value = Callable[[E, str], Any]
"""Gives a field of an entity, None where it has none."""


def _like(value: Any, pattern: Any, *, fold: bool) -> bool:
    return re.fullmatch(_expression(str(pattern)), str(value), re.DOTALL | (re.IGNORECASE if fold else 0)) is not None


def _expression(pattern: str) -> str:
    """Translate a pattern; what stands between two `%` is taken where it comes first, since to try other places would take for ever."""
    first, *others = [
        "".join("." if letter == "_" else re.escape(letter) for letter in part) for part in re.split("%+", pattern)
    ]
    if not others:
        return first
    return "".join((first, *(f"(?>.*?{part})" for part in others[:-1]), ".*", others[-1]))


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "eq": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "not": lambda a, b: a != b,
    "in": lambda a, b: a in b,
    "!in": lambda a, b: a not in b,
    "like": lambda a, b: _like(a, b, fold=False),
    "!like": lambda a, b: not _like(a, b, fold=False),
    "ilike": lambda a, b: _like(a, b, fold=True),
    "!ilike": lambda a, b: not _like(a, b, fold=True),
    ">": lambda a, b: a is not None and a > b,
    "<": lambda a, b: a is not None and a < b,
    ">=": lambda a, b: a is not None and a >= b,
    "<=": lambda a, b: a is not None and a <= b,
}


def entry(entity: Mapping[str, Any], field: str) -> Any:
    """Give a field of an entity that stands as it is shown."""
    return entity.get(field)


def page(
    entities: Iterable[E], request: Mapping[str, Any], fields: frozenset[str], value: Value[Any] = entry
) -> dict[str, Any]:
    """Give the page that the request asks for, its entities as they came."""
    found = _sorted(_filtered(entities, request.get("filter", ()), fields, value), request, value)
    size = request.get("per_page", DEFAULT_PER_PAGE)
    begin = _begin(request, size)
    answer: dict[str, Any] = {
        "total": len(found),
        "perPage": size,
        "pagesCount": -(-len(found) // size),
        "entities": found[begin : begin + size],
    }
    if request.get("pagination_mode") == "token" or "after" in request:
        end = begin + size
        answer["after"] = str(end) if end < len(found) else None
    return answer


def _begin(request: Mapping[str, Any], size: int) -> int:
    if "after" not in request:
        return int((request.get("page", 1) - 1) * size)
    if not re.fullmatch(r"[0-9]{1,15}", request["after"]):
        raise wrong("after", "is no token of this listing")
    return int(request["after"])


def _filtered(
    entities: Iterable[E], filters: Sequence[Mapping[str, Any]], fields: frozenset[str], value: Value[E]
) -> list[E]:
    found = list(entities)
    for rule in filters:
        field, matches, wanted = rule["field"], _OPERATORS[rule["operator"]], _searchable(rule)
        if field not in fields:
            raise wrong("filter", f"the field must be one of [{', '.join(sorted(fields))}]")
        try:
            found = [entity for entity in found if matches(value(entity, field), wanted)]
        except TypeError as error:
            raise wrong("filter", f"the value does not fit the operator {rule['operator']}") from error
    return found


def _searchable(rule: Mapping[str, Any]) -> Any:
    """Give a rule's value, a list to look things up in as a set: that takes no longer the longer it is."""
    value = rule.get("value")
    if rule["operator"] not in ("in", "!in") or not isinstance(value, list):
        return value
    try:
        return frozenset(cast(list[object], value))
    except TypeError:
        return cast(list[object], value)


def _sorted(entities: list[E], request: Mapping[str, Any], value: Value[E]) -> list[E]:
    key = request.get("sort", "id")
    descending = request.get("sort_order") == "desc"
    keyed = [(value(entity, key), entity) for entity in entities]
    unknown = [entity for found, entity in keyed if found is None]
    keyed = [(_comparable(found), entity) for found, entity in keyed if found is not None]
    keyed.sort(key=itemgetter(0), reverse=descending)
    known = [entity for _, entity in keyed]
    return [*unknown, *known] if request.get("sort_nulls_order") == "first" else [*known, *unknown]


def _comparable(value: Any) -> tuple[bool, Any]:
    """Give what can be compared with every other: numbers first, then texts and what is shown as one."""
    return not isinstance(value, int | float), value if isinstance(value, int | float | str) else repr(value)
