"""Schemas in one form, however they are written: references followed, `allOf` merged, unions spread out.

`{"type": ["string", "null"]}`, `{"anyOf": [{"type": "string"}, {"type": "null"}]}` and a reference to either have the same form.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import Factory, evolve, field, frozen

from ..shapes import is_list, is_object
from .json_types import TYPES, misshapen, type_of

Json = Any

LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
TEXT_RULES = ("pattern", "format", "multipleOf", "uniqueItems", "contentMediaType", "contentEncoding")
_UNIONS = ("anyOf", "oneOf")
_DEEPEST = 40
_MOST_WAYS = 500
_RULES_NOTHING = (("minLength", 0), ("minItems", 0), ("minProperties", 0), ("uniqueItems", False))


class UnusableDocument(ValueError):
    """A document is no bundled OpenAPI 3.1 description."""


@frozen(eq=False)
class Document:
    """A bundled OpenAPI 3.1 description."""

    json: Json = field(repr=False)
    forms: dict[tuple[str, ...], list["Form"]] = field(
        factory=dict[tuple[str, ...], list["Form"]], init=False, repr=False
    )
    """What was read already, by the places."""
    nodes: dict[str, Json] = field(
        default=Factory(lambda self: {"": self.json}, takes_self=True), init=False, repr=False
    )
    """What pointers were followed to."""

    def at(self, pointer: str) -> Json:
        """Give what a JSON pointer points to. Raises `UnusableDocument`."""
        if pointer not in self.nodes:
            outer, _, step = pointer.rpartition("/")
            try:
                holder, key = self.at(outer), unescape(step)
                self.nodes[pointer] = holder[int(key)] if is_list(holder) else holder[key]
            except (LookupError, TypeError, ValueError) as error:
                raise UnusableDocument(f"{pointer} leads nowhere") from error
        return self.nodes[pointer]

    def resolve(self, pointer: str) -> str:
        """Give the pointer at which a place really stands, behind references. Raises `UnusableDocument`."""
        for _ in range(_DEEPEST):
            node = self.at(pointer)
            if not (is_object(node) and "$ref" in node):
                return pointer
            pointer = target_of(str(node["$ref"]))
        raise UnusableDocument(f"{pointer} refers to itself")


@frozen
class Node:
    """A place in a document, or several whose rules hold together."""

    document: Document = field(eq=False, repr=False)
    pointers: tuple[str, ...]

    def child(self, pointer: str, *steps: str) -> "Node":
        """Give the place below one of the pointers."""
        return Node(self.document, ("/".join([pointer, *(escape(step) for step in steps)]),))

    def joined(self, other: "Node") -> "Node":
        """Give both places as one."""
        return Node(self.document, (*self.pointers, *(each for each in other.pointers if each not in self.pointers)))

    @property
    def pointer(self) -> str:
        """The first place, for people."""
        return self.pointers[0]


@frozen
class Form:
    """One way in which a value can follow a schema: a type, and its rules."""

    type: str
    """A JSON type, or `any`."""
    values: tuple[Json, ...] | None = None
    """The allowed values, in a fixed order; None for all."""
    rules: Mapping[str, Json] = field(factory=dict[str, Json])
    """Bounds, patterns and formats."""
    properties: Mapping[str, Node] = field(factory=dict[str, Node])
    required: frozenset[str] = frozenset()
    closed: bool = False
    """No other properties than these."""
    extra: Node | None = None
    """What other properties must follow."""
    items: Node | None = None
    choices: frozenset[frozenset[str]] | None = None
    """Sets of properties of which one must be there."""
    exclusive: bool = False
    """Only one of them."""
    default: Json = None
    places: tuple[str, ...] = field(default=(), eq=False)
    """Pointers of the schemas that make it up, outermost first."""


def escape(key: str) -> str:
    """Write a key as a step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(step: str) -> str:
    """Read a step of a JSON pointer."""
    return step.replace("~1", "/").replace("~0", "~")


def target_of(reference: str) -> str:
    """Give the pointer that a local reference names. Raises `UnusableDocument`."""
    if not reference.startswith("#/"):
        raise UnusableDocument(f"the reference {reference} leads out of the document: bundle it first")
    return reference.removeprefix("#")


def forms(node: Node) -> list[Form]:
    """Give every way to follow the schema there, each once, the types in a fixed order."""
    known = node.document.forms
    if node.pointers not in known:
        found = [Form("any")]
        for pointer in node.pointers:
            found = _both(found, list(_read(node, pointer, 0)))
        unique = {repr(_key(form)): form for form in found}
        known[node.pointers] = sorted(unique.values(), key=lambda form: (_rank(form.type), repr(_key(form))))
    return known[node.pointers]


def _rank(type: str) -> int:
    return TYPES.index(type) if type in TYPES else len(TYPES)


def _key(form: Form) -> Any:
    """Tell forms of one document apart, wherever their parts stand."""
    parts = [sorted((name, node.pointers) for name, node in form.properties.items()), form.extra, form.items]
    choices = sorted(map(sorted, form.choices or ())), form.exclusive, form.default
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
        ways = _both(ways, list(_read(node, place, depth + 1)))
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
        return [evolve(way, choices=_every(way.choices, choices), exclusive=way.exclusive or exclusive) for way in ways]
    read = [form for index in range(len(branches)) for form in _read(node, f"{pointer}/{index}", depth + 1)]
    return _both(ways, read)


def _own(node: Node, pointer: str, schema: Mapping[str, Json]) -> Iterator[Form]:
    """Read the keywords that stand in the schema itself."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    for type in _types(schema, values):
        allowed = None if values is None or type == "null" else _of_type(type, values)
        every = type == "boolean" and allowed is not None and len(allowed) > 1
        yield _of_keywords(node, pointer, schema, type, None if every else allowed)


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
    return tuple(sorted((value for value in values if type_of(value) == type), key=repr))


def _of_keywords(
    node: Node, pointer: str, schema: Mapping[str, Json], type: str, values: tuple[Json, ...] | None
) -> Form:
    if type in ("null", "boolean"):
        return Form(type, values, default=schema.get("default"), places=(pointer,))
    extra = schema.get("additionalProperties", True)
    return Form(
        type,
        values,
        rules=_rules(schema, type),
        properties={name: node.child(pointer, "properties", name) for name in schema.get("properties", ())},
        required=frozenset(schema.get("required", ())),
        closed=extra is False,
        extra=node.child(pointer, "additionalProperties") if isinstance(extra, dict) and extra else None,
        items=node.child(pointer, "items") if schema.get("items", True) not in (True, {}) else None,
        default=schema.get("default"),
        places=(pointer,),
    )


def _rules(schema: Mapping[str, Json], type: str) -> dict[str, Json]:
    """Give bounds, patterns and formats without those that rule nothing; of whole numbers the bounds themselves."""
    rules = {name: schema[name] for name in (*LOWER_BOUNDS, *UPPER_BOUNDS, *TEXT_RULES) if name in schema}
    if type == "integer":
        for beyond, bound, step, tightest in (
            ("exclusiveMinimum", "minimum", 1, max),
            ("exclusiveMaximum", "maximum", -1, min),
        ):
            if isinstance(rules.get(beyond), int):
                own = rules.pop(beyond) + step
                rules[bound] = tightest(own, rules.get(bound, own))
    return {name: rule for name, rule in rules.items() if (name, rule) not in _RULES_NOTHING}


def _both(ones: list[Form], others: list[Form]) -> list[Form]:
    """Give the ways that follow one of each."""
    if len(ones) * len(others) > _MOST_WAYS:
        raise UnusableDocument(f"there are more than {_MOST_WAYS} ways to follow {others[0].places[:1]}")
    return [both for one in ones for other in others for both in _meet(one, other)]


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
        choices=_every(one.choices, other.choices),
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


def _every(one: frozenset[frozenset[str]] | None, other: frozenset[frozenset[str]] | None) -> Any:
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
