"""Operators that change a spec in one place, each with what the change means: written here, not asked of `spec diff`."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from attrs import frozen

Json = Any

BREAKING, RISKY, SAFE = "breaking", "risky", "safe"


@frozen
class Operator:
    """One way to change a schema, and its class where the schema is sent and where it is answered."""

    name: str
    request: str
    answer: str
    places: Callable[[Json], Iterator[Any]]
    """Gives what `apply` needs for each place of a schema where the operator fits."""
    apply: Callable[[Json, Any], None]
    open_answer: str = ""
    """Of values beside which any other may be answered: callers are ready for them."""


@frozen
class Mutation:
    """A mutated spec."""

    operator: str
    place: str
    document: Json
    expected: str


def _own_properties(schema: Json) -> Iterator[str]:
    yield from schema.get("properties", {})


def _typed(schema: Json, *types: str) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        if part.get("type") in types and not {"enum", "anyOf", "$ref"} & part.keys():
            yield name


def _add_property(schema: Json, _: Any) -> None:
    schema["properties"]["addedHere"] = {"type": "string"}


def _add_required(schema: Json, _: Any) -> None:
    _add_property(schema, _)
    schema["required"] = [*schema.get("required", []), "addedHere"]


def _has_properties(schema: Json) -> Iterator[None]:
    if "properties" in schema and schema.get("additionalProperties") is not False and "allOf" not in schema:
        yield None


def _is_plain_object(schema: Json) -> Iterator[None]:
    if "properties" in schema and "allOf" not in schema:
        yield None


def _drop_property(schema: Json, name: str) -> None:
    del schema["properties"][name]
    schema["required"] = [other for other in schema.get("required", []) if other != name]


def _not_chosen(schema: Json) -> Iterator[str]:
    chosen = {name for branch in schema.get("oneOf", []) for name in branch.get("required", [])}
    yield from (name for name in _own_properties(schema) if name not in chosen)


def _optional(schema: Json) -> Iterator[str]:
    yield from (name for name in _not_chosen(schema) if name not in schema.get("required", []))


def _required(schema: Json) -> Iterator[str]:
    yield from (name for name in schema.get("required", []) if name in schema.get("properties", {}))


def _require(schema: Json, name: str) -> None:
    schema["required"] = [*schema.get("required", []), name]


def _free(schema: Json, name: str) -> None:
    schema["required"] = [other for other in schema["required"] if other != name]


def _nullable(schema: Json, name: str) -> None:
    part = schema["properties"][name]
    part["type"] = [part["type"], "null"]


def _null_types(schema: Json) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        if isinstance(part.get("type"), list) and "null" in part["type"]:
            yield name


def _not_null(schema: Json, name: str) -> None:
    part = schema["properties"][name]
    part["type"] = [type for type in part["type"] if type != "null"]


def _retype(schema: Json, name: str) -> None:
    part = schema["properties"][name]
    swap = {"string": "integer", "integer": "string", "boolean": "array", "array": "boolean"}
    schema["properties"][name] = {"type": swap[part["type"]]}


def _to_number(schema: Json, name: str) -> None:
    schema["properties"][name]["type"] = "number"


def _to_integer(schema: Json, name: str) -> None:
    schema["properties"][name]["type"] = "integer"


def _enums(schema: Json) -> Iterator[str | None]:
    if len(schema.get("enum", ())) > 1:
        yield None
    for name, part in schema.get("properties", {}).items():
        if len(part.get("enum", ())) > 1:
            yield name


def _enum_of(schema: Json, name: str | None) -> Json:
    return schema if name is None else schema["properties"][name]


def _more_values(schema: Json, name: str | None) -> None:
    _enum_of(schema, name)["enum"].append("added-here")


def _fewer_values(schema: Json, name: str | None) -> None:
    _enum_of(schema, name)["enum"].pop()


def _list_values(schema: Json, name: str) -> None:
    schema["properties"][name]["enum"] = ["only", "these"]


def _bounded(schema: Json) -> Iterator[str]:
    yield from (name for name, part in schema.get("properties", {}).items() if "minimum" in part)


def _unbounded(schema: Json) -> Iterator[str]:
    yield from (name for name in _typed(schema, "integer") if "maximum" not in schema["properties"][name])


def _loosen(schema: Json, name: str) -> None:
    del schema["properties"][name]["minimum"]


def _tighten(schema: Json, name: str) -> None:
    schema["properties"][name]["maximum"] = 10**9


def _pattern(schema: Json, name: str) -> None:
    schema["properties"][name]["pattern"] = "^[a-z]+$"


def _texts(schema: Json) -> Iterator[str]:
    yield from (name for name in _typed(schema, "string") if "pattern" not in schema["properties"][name])


def _default(schema: Json, name: str) -> None:
    schema["properties"][name]["default"] = {"string": "changed", "integer": 17, "boolean": True}[
        schema["properties"][name]["type"]
    ]


def _closed(schema: Json) -> Iterator[None]:
    if schema.get("additionalProperties") is False:
        yield None


def _open(schema: Json, _: Any) -> None:
    del schema["additionalProperties"]


def _openly(schema: Json) -> Iterator[None]:
    if schema.get("type") == "object" and schema.get("additionalProperties") is None and "properties" in schema:
        yield None


def _close(schema: Json, _: Any) -> None:
    schema["additionalProperties"] = False


def _flag(keyword: str) -> Callable[[Json, str], None]:
    def apply(schema: Json, name: str) -> None:
        schema["properties"][name][keyword] = True

    return apply


def _refuse_bound(schema: Json, name: str) -> None:
    part = schema["properties"][name]
    part["exclusiveMinimum"] = part.pop("minimum")


def _two_patterns(schema: Json, name: str) -> None:
    schema["properties"][name] = {"allOf": [schema["properties"][name], {"pattern": "^a"}, {"pattern": "z$"}]}


def _needs_other(schema: Json, name: str) -> None:
    schema["dependentRequired"] = {name: ["addedHere"]}


def _extra_typed(schema: Json) -> Iterator[None]:
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and "type" in extra:
        yield None


def _other_than_extra(schema: Json, _: Any) -> None:
    types = schema["additionalProperties"]["type"]
    added = {"type": "array" if "boolean" in types else "boolean"}
    schema["properties"] = {**schema.get("properties", {}), "addedHere": added}


_SCALARS = ("string", "integer", "boolean")

OPERATORS = (
    Operator("add an optional property", SAFE, SAFE, _is_plain_object, _add_property),
    Operator("add a required property", BREAKING, SAFE, _is_plain_object, _add_required),
    Operator("drop a property", BREAKING, BREAKING, _not_chosen, _drop_property),
    Operator("require a property", BREAKING, SAFE, _optional, _require),
    Operator("make a property optional", SAFE, BREAKING, _required, _free),
    Operator("allow null", SAFE, BREAKING, lambda s: _typed(s, "string", "integer", "boolean", "array"), _nullable),
    Operator("forbid null", BREAKING, SAFE, _null_types, _not_null),
    Operator("change a type", BREAKING, BREAKING, lambda s: _typed(s, "string", "integer", "boolean"), _retype),
    Operator("widen integer to number", SAFE, BREAKING, lambda s: _typed(s, "integer"), _to_number),
    Operator("narrow number to integer", BREAKING, SAFE, lambda s: _typed(s, "number"), _to_integer),
    Operator("add a value", SAFE, BREAKING, _enums, _more_values, SAFE),
    Operator("drop a value", BREAKING, SAFE, _enums, _fewer_values, RISKY),
    Operator("list the values", BREAKING, SAFE, _texts, _list_values),
    Operator("drop a bound", SAFE, RISKY, _bounded, _loosen),
    Operator("add a bound", BREAKING, SAFE, _unbounded, _tighten),
    Operator("add a pattern", BREAKING, SAFE, _texts, _pattern),
    Operator("change a default", RISKY, RISKY, lambda s: _typed(s, "string", "integer", "boolean"), _default),
    Operator("open an object", SAFE, SAFE, _closed, _open),
    Operator("close an object", BREAKING, SAFE, _openly, _close),
    Operator("make read-only", BREAKING, SAFE, lambda s: _typed(s, *_SCALARS), _flag("readOnly")),
    Operator("make write-only", SAFE, BREAKING, lambda s: _typed(s, *_SCALARS), _flag("writeOnly")),
    Operator("deprecate a property", SAFE, SAFE, lambda s: _typed(s, *_SCALARS), _flag("deprecated")),
    Operator("refuse the bound itself", BREAKING, SAFE, _bounded, _refuse_bound),
    Operator("add two patterns", BREAKING, SAFE, _texts, _two_patterns),
    Operator("let a property need another", BREAKING, SAFE, _optional, _needs_other),
    Operator("describe one of the others otherwise", BREAKING, BREAKING, _extra_typed, _other_than_extra),
)


def _drop_operation(document: Json, path: str) -> None:
    del document["paths"][path]


def _verb(document: Json, path: str) -> str:
    return next(iter(document["paths"][path]))


def _operation(document: Json, path: str) -> Json:
    return document["paths"][path][_verb(document, path)]


def _swap_verb(document: Json, path: str) -> None:
    verb = _verb(document, path)
    document["paths"][path]["put" if verb == "post" else "post"] = document["paths"][path].pop(verb)


def _rename(document: Json, path: str) -> None:
    _operation(document, path)["operationId"] += ".renamed"


def _move(document: Json, path: str) -> None:
    _operation(document, path)["tags"] = ["elsewhere"]


def _swap_retry(document: Json, path: str) -> None:
    operation = _operation(document, path)
    operation["x-retry"] = "never" if operation["x-retry"] == "safe" else "safe"


def _gate(document: Json, path: str) -> None:
    _operation(document, path)["x-min-instance-version"] = "99.0.0"


def _deprecate(document: Json, path: str) -> None:
    _operation(document, path)["deprecated"] = True


def _add_operation(document: Json, path: str) -> None:
    added = deepcopy(_operation(document, path))
    added["operationId"] += ".again"
    document["paths"][f"{path}.again"] = {"post": added}


def _filter_less(document: Json, path: str) -> None:
    operation = _operation(document, path)
    operation["x-filter-fields"] = operation["x-filter-fields"][1:]


def _filter_more(document: Json, path: str) -> None:
    _operation(document, path)["x-filter-fields"].append("addedHere")


def _set(key: str, value: Json) -> Callable[[Json, str], None]:
    def apply(document: Json, path: str) -> None:
        _operation(document, path)[key] = deepcopy(value)

    return apply


def _drop(key: str) -> Callable[[Json, str], None]:
    def apply(document: Json, path: str) -> None:
        del _operation(document, path)[key]

    return apply


def _answer_also(status: str) -> Callable[[Json, str], None]:
    def apply(document: Json, path: str) -> None:
        answers = _operation(document, path)["responses"]
        answers[status] = deepcopy(answers["200"])

    return apply


def _refuse_nothing(document: Json, path: str) -> None:
    del _operation(document, path)["responses"]["default"]


def _retype_answer(document: Json, path: str) -> None:
    answer = _operation(document, path)["responses"]["200"]
    answer["content"] = {f"{media_type}+other": content for media_type, content in answer["content"].items()}


def _say_header(document: Json, path: str) -> None:
    _operation(document, path)["responses"]["200"]["headers"] = {"X-Added-Here": {"schema": {"type": "string"}}}


def _ask_header(required: bool) -> Callable[[Json, str], None]:
    def apply(document: Json, path: str) -> None:
        header = {"name": "X-Added-Here", "in": "header", "required": required, "schema": {"type": "string"}}
        operation = _operation(document, path)
        operation["parameters"] = [*operation.get("parameters", []), header]

    return apply


def _empty_body(document: Json, path: str) -> None:
    for content in _operation(document, path)["requestBody"]["content"].values():
        del content["schema"]


def _is_for_known(operation: Json) -> bool:
    return "security" not in operation


def _has_body(operation: Json) -> bool:
    return "requestBody" in operation


_BODY = {"required": True, "content": {"application/octet-stream": {}}}

OF_OPERATIONS: tuple[tuple[str, str, Callable[[Json], bool], Callable[[Json, str], None]], ...] = (
    ("drop an operation", BREAKING, lambda operation: True, _drop_operation),
    ("add an operation", SAFE, lambda operation: True, _add_operation),
    ("change the verb", BREAKING, lambda operation: True, _swap_verb),
    ("rename an operation", BREAKING, lambda operation: True, _rename),
    ("move to another family", BREAKING, lambda operation: True, _move),
    ("change whether it is repeated", RISKY, lambda operation: "x-retry" in operation, _swap_retry),
    ("raise the instance's version", RISKY, lambda operation: True, _gate),
    ("deprecate", SAFE, lambda operation: "deprecated" not in operation, _deprecate),
    ("drop a filter field", BREAKING, lambda operation: bool(operation.get("x-filter-fields")), _filter_less),
    ("ask for more than the token", BREAKING, _is_for_known, _set("security", [{"apiKey": [], "other": []}])),
    ("take something else than the token", SAFE, _is_for_known, _set("security", [{"apiKey": []}, {"other": []}])),
    ("ask for no token", SAFE, _is_for_known, _set("security", [])),
    ("ask for a token", RISKY, lambda operation: not _is_for_known(operation), _drop("security")),
    ("move to another server", BREAKING, lambda operation: True, _set("servers", [{"url": "https://elsewhere"}])),
    ("answer with another success", BREAKING, lambda operation: True, _answer_also("201")),
    ("refuse with another status", RISKY, lambda operation: True, _answer_also("409")),
    ("describe no refusal", RISKY, lambda operation: True, _refuse_nothing),
    (
        "answer in another media type",
        BREAKING,
        lambda operation: "content" in operation["responses"]["200"],
        _retype_answer,
    ),
    ("answer with a header more", SAFE, lambda operation: True, _say_header),
    ("ask for a header", BREAKING, lambda operation: True, _ask_header(True)),
    ("take a header", SAFE, lambda operation: True, _ask_header(False)),
    ("ask for a body", BREAKING, lambda operation: not _has_body(operation), _set("requestBody", _BODY)),
    ("take no body", BREAKING, _has_body, _drop("requestBody")),
    ("describe no body", BREAKING, _has_body, _empty_body),
    ("gate a value of type", RISKY, lambda operation: True, _set("x-min-instance-version-of-type", {"x": "99.0.0"})),
    ("add a filter field", SAFE, lambda operation: bool(operation.get("x-filter-fields")), _filter_more),
)


def draw(document: Json, number: int, seed: int) -> list[Mutation]:
    """Draw mutations: operators in turn, so that each comes, and of each a place by the seed."""
    random = Random(seed)
    use = _directions(document)
    pools = [[*_of_schemas(document, use, operator)] for operator in OPERATORS]
    pools += [[*_of_operations(document, *operator)] for operator in OF_OPERATIONS]
    for pool in pools:
        random.shuffle(pool)
    drawn: list[Mutation] = []
    while len(drawn) < number and any(pools):
        drawn += [pool.pop()() for pool in pools if pool]
    return drawn


def _of_schemas(document: Json, use: dict[str, set[str]], operator: Operator) -> Iterator[Callable[[], Mutation]]:
    for name, schema in document["components"]["schemas"].items():
        expected = _worst({getattr(operator, direction) for direction in use[name]})
        for place in operator.places(schema) if expected else ():

            def mutate(name: str = name, place: Any = place, expected: str = expected) -> Mutation:
                mutated = deepcopy(document)
                operator.apply(mutated["components"]["schemas"][name], place)
                return Mutation(operator.name, f"{name} {place}", mutated, expected)

            yield mutate


def _of_operations(
    document: Json, name: str, expected: str, fits: Callable[[Json], bool], apply: Callable[[Json, str], None]
) -> Iterator[Callable[[], Mutation]]:
    for path in document["paths"]:
        if fits(_operation(document, path)):

            def mutate(path: str = path) -> Mutation:
                mutated = deepcopy(document)
                apply(mutated, path)
                return Mutation(name, path, mutated, expected)

            yield mutate


def _worst(classes: set[str]) -> str:
    return next((each for each in (BREAKING, RISKY, SAFE) if each in classes), "")


def _directions(document: Json) -> dict[str, set[str]]:
    """Tell which schemas are sent, which are answered, and of which an answer only names some values."""
    use: dict[str, set[str]] = {name: set() for name in document["components"]["schemas"]}
    for item in document["paths"].values():
        for operation in item.values():
            _mark(document, use, [operation.get("requestBody"), operation.get("parameters")], "request")
            _mark(document, use, operation["responses"], "answer")
    return use


def _mark(document: Json, use: dict[str, set[str]], node: Json, direction: str) -> None:
    if isinstance(node, dict):
        _, _, kind, name = [*str(node.get("$ref", "")).split("/"), "", "", "", ""][:4]
        if kind == "responses" or (kind == "schemas" and direction not in use[name]):
            if kind == "schemas":
                use[name].add(direction)
            _mark(document, use, document["components"][kind][name], direction)
        if {"type": "string"} in node.get("anyOf", ()) and direction == "answer":
            direction = "open_answer"
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _mark(document, use, value, direction)
