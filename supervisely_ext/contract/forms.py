"""Schemas in one form, however they are written: references followed, `allOf` merged, unions spread out.

`{"type": ["string", "null"]}`, `{"anyOf": [{"type": "string"}, {"type": "null"}]}` and a reference to either have the same form.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from ..shapes import is_object
from .json_types import TYPES, canonical, misshapen, type_of
from .meeting import both, merged_places
from .places import LOWER_BOUNDS, TEXT_RULES, UPPER_BOUNDS, Form, Json, Node, UnusableDocument, target_of
from .rules import of_type
from .verbatim import verbatim

_UNIONS = ("anyOf", "oneOf")
_DEEPEST = 40
_RULES_NOTHING = (("minLength", 0), ("minItems", 0), ("minProperties", 0), ("uniqueItems", (False,)))


def forms(node: Node) -> list[Form]:
    """Give every way to follow the schema there, each once, the types in a fixed order."""
    known = node.document.forms
    if node.pointers not in known:
        found = [Form("any")]
        for pointer in node.pointers:
            found = both(found, list(_read(node, pointer, 0)))
        unique: dict[str, Form] = {}
        for form in found:
            alike = unique.setdefault(repr(_key(form)), form)
            unique[repr(_key(form))] = evolve(form, places=merged_places(alike.places, form.places))
        known[node.pointers] = sorted(unique.values(), key=lambda form: (_rank(form.type), repr(_key(form))))
    return known[node.pointers]


def _rank(type: str) -> int:
    return TYPES.index(type) if type in TYPES else len(TYPES)


def _key(form: Form) -> Any:
    """Tell forms of one document apart, wherever their parts stand."""
    parts = [sorted((name, node.pointers) for name, node in form.properties.items()), form.extra, form.items]
    choices = sorted(map(sorted, form.choices or ())), form.exclusive
    return (
        form.type,
        form.values,
        sorted(form.rules.items(), key=repr),
        parts,
        sorted(form.required),
        form.closed,
        choices,
    )


def _read(node: Node, pointer: str, depth: int) -> Iterator[Form]:
    if depth > _DEEPEST:
        raise UnusableDocument(f"{pointer} refers to itself")
    schema = node.document.at(pointer)
    if isinstance(schema, bool):
        yield from [Form("any")] if schema else []
        return
    _refuse_misshapen(pointer, [schema])
    ways = list(_own(node, pointer, schema))
    for place in _conjuncts(pointer, schema):
        ways = both(ways, list(_read(node, place, depth + 1)))
    yield from _spread(node, pointer, schema, ways, depth)


def _refuse_misshapen(pointer: str, schemas: list[Json]) -> None:
    for problem in filter(None, map(misshapen, schemas)):
        raise UnusableDocument(f"{pointer} is no schema: {problem}")


def _spread(node: Node, pointer: str, schema: Mapping[str, Json], ways: list[Form], depth: int) -> Iterable[Form]:
    """Apply what speaks of all the rest: unions, and what no part has named."""
    for keyword in _UNIONS:
        if keyword in schema:
            ways = _with_union(node, f"{pointer}/{keyword}", schema[keyword], ways, depth)
    if schema.get("unevaluatedProperties") is False:
        return [evolve(way, closed=True) if way.type == "object" else way for way in ways]
    return ways


def _conjuncts(pointer: str, schema: Mapping[str, Json]) -> Iterator[str]:
    if "$ref" in schema:
        yield target_of(schema["$ref"])
    for index in range(len(schema.get("allOf", ()))):
        yield f"{pointer}/allOf/{index}"


def _with_union(node: Node, pointer: str, branches: list[Json], ways: list[Form], depth: int) -> list[Form]:
    if all(is_object(branch) and branch.keys() <= {"required"} for branch in branches):
        _refuse_misshapen(pointer, branches)
        choices = frozenset(frozenset(branch.get("required", ())) for branch in branches)
        exclusive = pointer.endswith("oneOf")
        if frozenset() in choices and not exclusive:
            return ways
        return both(ways, [Form("any", choices=choices, exclusive=exclusive)])
    read = [form for index in range(len(branches)) for form in _read(node, f"{pointer}/{index}", depth + 1)]
    return both(ways, read)


def _own(node: Node, pointer: str, schema: Mapping[str, Json]) -> Iterator[Form]:
    """Read the keywords that stand in the schema itself."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    for type in _types(schema, values):
        allowed = None if values is None or type == "null" else _of_type(type, values)
        whole = type == "boolean" and allowed is not None and len(allowed) > 1
        yield _of_keywords(node, pointer, schema, type, None if whole else allowed)


def _types(schema: Mapping[str, Json], values: Iterable[Json] | None) -> list[str]:
    written: Json = schema.get("type", [])
    named: list[str] = [written] if isinstance(written, str) else list(written)
    if "number" in named:
        named = [type for type in named if type != "integer"]
    if values is None:
        return named or ["any"]
    found = list(dict.fromkeys(type_of(value) for value in values))
    return [type for type in found if not named or type in named or (type == "integer" and "number" in named)]


def _of_type(type: str, values: Iterable[Json]) -> tuple[Json, ...]:
    return tuple(sorted((value for value in values if type_of(value) == type), key=canonical))


def _of_keywords(
    node: Node, pointer: str, schema: Mapping[str, Json], type: str, values: tuple[Json, ...] | None
) -> Form:
    extra = schema.get("additionalProperties", True)
    form = Form(
        type,
        values,
        rules=_rules(node, schema),
        properties={name: node.child(pointer, "properties", name) for name in schema.get("properties", ())},
        required=frozenset(schema.get("required", ())),
        closed=extra is False,
        extra=node.child(pointer, "additionalProperties") if isinstance(extra, dict) and extra else None,
        items=node.child(pointer, "items") if schema.get("items", True) not in (True, {}) else None,
        places=(pointer,),
    )
    return of_type(form, type)


def _rules(node: Node, schema: Mapping[str, Json]) -> dict[str, Json]:
    """Give what rules something: of bounds the number, of all else the values that hold together."""
    bounds = {name: schema[name] for name in (*LOWER_BOUNDS, *UPPER_BOUNDS) if name in schema}
    texts = {name: schema[name] for name in TEXT_RULES if name in schema}
    rules = {**bounds, **{name: (rule,) for name, rule in {**texts, **verbatim(node.document, schema)}.items()}}
    return {name: rule for name, rule in rules.items() if (name, rule) not in _RULES_NOTHING}
