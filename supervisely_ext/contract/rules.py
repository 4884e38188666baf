"""The rules of a schema: which keyword speaks of values of which type, and what those of two schemas say together."""

from collections.abc import Iterable, Mapping
from math import ceil, floor, inf
from typing import Any

from .json_types import canonical
from .places import LOWER_BOUNDS, UPPER_BOUNDS, Form, Json

_OF_EVERY_TYPE = frozenset({"not", "if", "then", "else"})
_OF_NUMBERS = frozenset({"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf", "format"})
_OF_TYPE: Mapping[str, frozenset[str]] = {
    "integer": _OF_NUMBERS,
    "number": _OF_NUMBERS,
    "string": frozenset({"minLength", "maxLength", "pattern", "format", "contentMediaType", "contentEncoding"}),
    "array": frozenset(
        {"minItems", "maxItems", "uniqueItems", "prefixItems", "contains", "minContains", "maxContains"}
        | {"unevaluatedItems"}
    ),
    "object": frozenset(
        {"minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "patternProperties"}
        | {"propertyNames", "unevaluatedProperties"}
    ),
}
_PARTS: Mapping[str, tuple[str, ...]] = {
    "array": ("items",),
    "object": ("properties", "required", "closed", "extra", "choices", "exclusive"),
}
_FORMATS_OF_TEXT = frozenset({"date-time", "date", "time", "duration", "email", "hostname", "uri", "uuid", "binary"})


def of_type(form: Form, type: str) -> Form:
    """Give what a form says of values of a type that it allows."""
    if type == "any":
        return form
    return Form(
        type,
        values=form.values,
        rules=_rules_of_type(form.rules, type),
        places=form.places,
        **{name: getattr(form, name) for name in _PARTS.get(type, ())},
    )


def _rules_of_type(rules: Mapping[str, Json], type: str) -> dict[str, Json]:
    kept = {
        name: rule for name, rule in rules.items() if name in _OF_EVERY_TYPE or name in _OF_TYPE.get(type, frozenset())
    }
    if type in ("integer", "number") and not set(kept.get("format", ())) - _FORMATS_OF_TEXT:
        kept.pop("format", None)
    return _of_whole_numbers(kept) if type == "integer" else kept


def _of_whole_numbers(rules: dict[str, Json]) -> dict[str, Json]:
    """Write bounds as the last number that is allowed."""
    low = [ceil(bound) for bound in _finite(rules, "minimum")]
    low += [floor(bound) + 1 for bound in _finite(rules, "exclusiveMinimum")]
    high = [floor(bound) for bound in _finite(rules, "maximum")]
    high += [ceil(bound) - 1 for bound in _finite(rules, "exclusiveMaximum")]
    return {
        **{name: rule for name, rule in rules.items() if not name.endswith("imum")},
        **({"minimum": max(low)} if low else {}),
        **({"maximum": min(high)} if high else {}),
    }


def _finite(rules: Mapping[str, Json], name: str) -> list[Any]:
    return [rules[name]] if abs(rules.get(name, inf)) != inf else []


def together(one: Mapping[str, Json], other: Mapping[str, Json]) -> dict[str, Json]:
    """Give the rules that follow both: of bounds the tightest, of all else each."""
    shared = one.keys() & other.keys()
    return {**one, **other, **{name: _both(name, one[name], other[name]) for name in shared}}


def _both(name: str, one: Json, other: Json) -> Json:
    if name in LOWER_BOUNDS:
        return max(one, other)
    return min(one, other) if name in UPPER_BOUNDS else _each((*one, *other))


def _each(values: Iterable[Json]) -> tuple[Json, ...]:
    found = {canonical(value): value for value in values}
    return tuple(found[text] for text in sorted(found))
