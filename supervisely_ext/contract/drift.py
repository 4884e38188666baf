"""Where the spec is wrong: what a server answered, held against what the spec promises.

Three tiers: a `new field` that the spec does not know, a field `missing` that it promises, and what `contradicts` it. Values are
never kept, only their types.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, get_args

from attrs import frozen

from ..shapes import is_list, is_object
from .forms import forms
from .json_types import type_of
from .places import LOWER_BOUNDS, UPPER_BOUNDS, Form, Json, Node, escape
from .spec import Schema

Tier = Literal["contradicts", "missing", "new field"]
TIERS: tuple[Tier, ...] = get_args(Tier)

CHOICES = ("anyOf", "oneOf")
STAND_IN = "[redacted]"
"""Stands in a recording for a text that was not kept."""
RULES_OF_TEXTS = frozenset({"minLength", "maxLength", "pattern", "uniqueItems"})
"""What cannot be told of a stand-in."""
_RULES = (*LOWER_BOUNDS, *UPPER_BOUNDS, "pattern", "multipleOf", "uniqueItems")


@frozen
class Deviation:
    """One place of the spec that a server does not keep to."""

    tier: Tier
    pointer: str
    """The schema in the bundled spec: of the object for a new or missing field, else the one that the value breaks."""
    name: str
    """The field; of a contradiction the keyword that is broken."""
    seen: frozenset[str] = frozenset()
    """The JSON types that were seen there; none for a missing field."""
    operations: frozenset[str] = frozenset()
    """Whose exchanges showed it."""


def deviations(node: Node, value: Json) -> list[Deviation]:
    """Give where a value deviates from the schema at a place."""
    ways = [form for form in forms(node) if is_of_type(form, value)]
    if not ways:
        return [*_contradicted(node, "type", value, is_of_type), *_of_parts(node, value)]
    # Of several descriptions the one that explains most.
    return min((list(_of_form(node, form, value)) for form in ways), key=_weight)


def _of_parts(node: Node, value: Json) -> Iterator[Deviation]:
    """Give what else a value of a type that nothing has breaks: it would be seen once the type is allowed."""
    alone = [Node(node.document, (pointer,)) for pointer in node.pointers]
    for each in alone:
        found = forms(each)
        if len(alone) > 1 and any(is_of_type(form, value) for form in found):
            yield from deviations(each, value)
        else:
            yield from _broken_rules(each, dict.fromkeys(place for form in found for place in form.places), value)


def _weight(found: list[Deviation]) -> tuple[int, int]:
    return sum(each.tier != "new field" for each in found), len(found)


def is_of_type(form: Form, value: Json) -> bool:
    """Tell whether a value has the form's type."""
    type = type_of(value)
    return form.type in ("any", type) or (form.type == "number" and type == "integer")


def _is_listed(form: Form, value: Json) -> bool:
    return is_of_type(form, value) and (form.values is None or value in form.values)


def _contradicted(node: Node, keyword: str, value: Json, accepts: Callable[[Form, Json], bool]) -> list[Deviation]:
    """Name each of the places whose own schema refuses the value; all when they refuse it only together."""
    alone = [Node(node.document, (pointer,)) for pointer in node.pointers]
    refusing = [each.pointer for each in alone if not any(accepts(form, value) for form in forms(each))]
    return [_contradiction(pointer, keyword, value) for pointer in refusing or node.pointers]


def _contradiction(pointer: str, keyword: str, value: Json) -> Deviation:
    return Deviation("contradicts", pointer, keyword, frozenset({type_of(value)}))


def _of_form(node: Node, form: Form, value: Json) -> Iterator[Deviation]:
    if not _is_listed(form, value):
        yield from _contradicted(node, "enum", value, _is_listed)
    yield from _broken_rules(node, form.places if form.rules else (), value)
    if is_object(value):
        yield from _of_object(node, form, value)
    elif is_list(value) and form.items is not None:
        for item in value:
            yield from deviations(form.items, item)


def _broken_rules(node: Node, places: Iterable[str], value: Json) -> Iterator[Deviation]:
    for place in places:
        schema = node.document.at(place)
        untold = RULES_OF_TEXTS if value == STAND_IN or (is_list(value) and STAND_IN in value) else ()
        rules = {keyword: schema[keyword] for keyword in _RULES if keyword in schema and keyword not in untold}
        yield from (_contradiction(place, broken.keyword, value) for broken in Schema({}, rules).violations(value))


def _of_object(node: Node, form: Form, value: Mapping[str, Json]) -> Iterator[Deviation]:
    schemas = {place: node.document.at(place) for place in form.places}
    for name in form.required - value.keys():
        yield from (
            Deviation("missing", place, name) for place in schemas if name in schemas[place].get("required", ())
        )
    for place, keyword in _choices(schemas):
        met = sum(set(branch.get("required", ())) <= value.keys() for branch in schemas[place][keyword])
        if met == 0 or (keyword == "oneOf" and met > 1):
            yield _contradiction(place, keyword, value)
    for name, part in value.items():
        if name in form.properties:
            yield from deviations(form.properties[name], part)
            continue
        yield from (new_field(place, name, part) for place in _unaware(form, schemas, name))
        # One part may describe what another excludes.
        described = [
            f"{place}/properties/{escape(name)}" for place in schemas if name in schemas[place].get("properties", ())
        ]
        if described:
            yield from deviations(Node(node.document, tuple(described)), part)
        elif form.extra is not None:
            yield from deviations(form.extra, part)


def query_deviations(form: Form, fields: Mapping[str, Json]) -> Iterator[Deviation]:
    """Give where a query deviates from its form."""
    (place,) = form.places
    yield from (Deviation("missing", place, name) for name in sorted(form.required - fields.keys()))
    for name, value in fields.items():
        yield from (
            deviations(form.properties[name], value) if name in form.properties else [new_field(place, name, value)]
        )


def new_field(pointer: str, name: str, value: Json) -> Deviation:
    """Give the deviation of a field that the schema at a place does not know."""
    return Deviation("new field", pointer, name, frozenset({type_of(value)}))


def _unaware(form: Form, schemas: Mapping[str, Json], name: str) -> list[str]:
    """Name each of the places that say there is no such field; where none says so, the object's own."""
    closed = [place for place, schema in schemas.items() if _excludes(schema, name)]
    if form.extra is not None or any(schema.get("additionalProperties") in (True, {}) for schema in schemas.values()):
        return closed
    closed += [place for place, schema in schemas.items() if schema.get("unevaluatedProperties") is False]
    return closed or ([_owner(schemas)] if is_described(form) else [])


def _excludes(schema: Json, name: str) -> bool:
    return schema.get("additionalProperties") is False and name not in schema.get("properties", ())


def is_described(form: Form) -> bool:
    """Tell whether the spec names an object's fields, or says that there are none; else it may hold anything."""
    return bool(form.properties) or form.closed


def _choices(schemas: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Give the places of choices between required fields."""
    for place, schema in schemas.items():
        for keyword in CHOICES:
            if keyword in schema and all(
                is_object(branch) and branch.keys() <= {"required"} for branch in schema[keyword]
            ):
                yield place, keyword


def _owner(schemas: Mapping[str, Json]) -> str:
    """Give the object's own schema: the first that is neither a reference nor a union, if there is one."""
    own = [
        place for place, schema in schemas.items() if "$ref" not in schema and schema.keys() & {"allOf", "properties"}
    ]
    return next(iter(own or schemas))


def gathered(found: Iterable[tuple[str, Deviation]]) -> list[Deviation]:
    """Put together what several exchanges showed of one place; each comes with its operation. The worst tier comes first."""
    groups: dict[tuple[Tier, str, str], tuple[set[str], set[str]]] = {}
    for operation, each in found:
        seen, operations = groups.setdefault((each.tier, each.pointer, each.name), (set(), set()))
        seen |= each.seen
        operations.add(operation)
    return [
        Deviation(*key, frozenset(groups[key][0]), frozenset(groups[key][1]))
        for key in sorted(groups, key=lambda key: (TIERS.index(key[0]), *key[1:]))
    ]
