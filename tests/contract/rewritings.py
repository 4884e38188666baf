"""Other ways to write the same spec."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

Json = Any

_OF_TYPES = (
    "items",
    "properties",
    "required",
    "format",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "default",
)


def reordered(document: Json, random: Random) -> Json:
    """Put the keys of every object into another order, and the names of every `required` and `enum`."""
    if isinstance(document, dict):
        items = list(document.items())
        random.shuffle(items)
        return {key: _shuffled(key, value, random) for key, value in items}
    if isinstance(document, list):
        return [reordered(value, random) for value in document]
    return document


def _shuffled(key: str, value: Json, random: Random) -> Json:
    if key in ("required", "enum", "type") and isinstance(value, list):
        return random.sample(value, len(value))
    return reordered(value, random)


def renamed(document: Json, random: Random) -> Json:
    """Give every component schema another name."""
    schemas = document["components"]["schemas"]
    names = {name: f"{name}Of{random.randrange(1000)}" for name in schemas}
    document = _with_references(document, lambda name: f"#/components/schemas/{names[name]}")
    document["components"]["schemas"] = {names[name]: schema for name, schema in _schemas(document).items()}
    return document


def inlined(document: Json, random: Random) -> Json:
    """Write about half of the references out, where they do not lead back to themselves."""
    schemas = _schemas(document)

    def write(node: Json, within: tuple[str, ...]) -> Json:
        if isinstance(node, list):
            return [write(value, within) for value in node]
        if not isinstance(node, dict):
            return node
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if name in schemas and name not in within and len(node) == 1 and len(within) < 3 and random.random() < 0.5:
            return write(deepcopy(schemas[name]), (*within, name))
        return {key: write(value, within) for key, value in node.items()}

    return {**document, "paths": write(document["paths"], ())}


def extracted(document: Json, random: Random) -> Json:
    """Turn properties' schemas into components of their own."""
    document = deepcopy(document)
    for name, schema in list(_schemas(document).items()):
        for property, part in schema.get("properties", {}).items():
            if "$ref" not in part and random.random() < 0.3:
                _schemas(document)[f"{name}{property.title()}Here"] = part
                schema["properties"][property] = {"$ref": f"#/components/schemas/{name}{property.title()}Here"}
    return document


def respelled(document: Json, random: Random) -> Json:
    """Write null as a branch of `anyOf` instead of a type, types as parts of `allOf`, and single values as `const`."""
    if isinstance(document, list):
        return [respelled(value, random) for value in document]
    if not isinstance(document, dict):
        return document
    schema = {key: respelled(value, random) for key, value in document.items()}
    if isinstance(schema.get("type"), list) and "null" in schema["type"] and "enum" not in schema:
        rest = [type for type in schema["type"] if type != "null"]
        # A keyword may stand with the type that it rules, or outside, where null does not mind it.
        described = {key: schema.pop(key) for key in list(schema) if key in _OF_TYPES and random.random() < 0.5}
        schema["anyOf"] = [{"type": "null"}, {"type": rest, **described}]
        del schema["type"]
    elif schema.get("type") in ("string", "integer", "number", "array") and random.random() < 0.3:
        schema["allOf"] = [*schema.get("allOf", []), {"type": schema.pop("type")}]
    if isinstance(schema.get("enum"), list) and len(schema["enum"]) == 1:
        schema["const"] = schema.pop("enum")[0]
    return schema


def reworded(document: Json, random: Random) -> Json:
    """Change every description, summary and evidence."""
    if isinstance(document, list):
        return [reworded(value, random) for value in document]
    if not isinstance(document, dict):
        return document
    texts = {"description", "summary", "x-evidence"}
    return {
        key: "in other words" if key in texts and isinstance(value, str) else reworded(value, random)
        for key, value in document.items()
    }


REWRITINGS: tuple[Callable[[Json, Random], Json], ...] = (
    reordered,
    renamed,
    inlined,
    extracted,
    respelled,
    reworded,
)


def _schemas(document: Json) -> dict[str, Json]:
    schemas: dict[str, Json] = document["components"]["schemas"]
    return schemas


def _with_references(node: Json, rename: Callable[[str], str]) -> Json:
    if isinstance(node, list):
        return [_with_references(value, rename) for value in node]
    if not isinstance(node, dict):
        return node
    return {
        key: rename(value.rpartition("/")[2])
        if key == "$ref" and str(value).startswith("#/components/schemas/")
        else _with_references(value, rename)
        for key, value in node.items()
    }
