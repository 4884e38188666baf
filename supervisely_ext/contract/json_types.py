"""The types of JSON values, and of the keywords of a schema; when two values are the same."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..shapes import is_list, is_object

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "$ref": ("string",),
    "type": ("string", "array"),
    **dict.fromkeys(("enum", "required", "allOf", "anyOf", "oneOf"), ("array",)),
    "properties": ("object",),
    **dict.fromkeys(("items", "additionalProperties"), ("object", "boolean")),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), ("integer",)),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), ("integer", "number")
    ),
    **dict.fromkeys(("pattern", "format", "contentMediaType", "contentEncoding"), ("string",)),
    **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), ("boolean",)),
    **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames"), ("object", "boolean")),
    **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), ("object", "boolean")),
    **dict.fromkeys(("dependentRequired", "dependentSchemas", "patternProperties", "discriminator"), ("object",)),
    **dict.fromkeys(("minContains", "maxContains"), ("integer",)),
    "prefixItems": ("array",),
}
_PARTS: Mapping[str, tuple[str, ...]] = {
    "required": ("string",),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), ("object", "boolean")),
}


def type_of(value: Any) -> str:
    """Name the JSON type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def canonical(value: Any) -> str:
    """Write a value so that equal ones have equal texts: 1 is 1.0, and is not true."""
    return json.dumps(_whole(value), sort_keys=True)


def _whole(value: Any) -> Any:
    if is_object(value):
        return {name: _whole(part) for name, part in value.items()}
    if is_list(value):
        return [_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def misshapen(schema: Any) -> str | None:
    """Tell what is wrong with the types of a schema's keywords."""
    if not is_object(schema):
        return f"it is of type {type_of(schema)}"
    return next(_problems(schema), None)


def _problems(schema: Mapping[str, Any]) -> Iterator[str]:
    for keyword in sorted(schema.keys() & _SHAPES.keys()):
        if type_of(schema[keyword]) not in _SHAPES[keyword]:
            yield f"{keyword} is of type {type_of(schema[keyword])}, not {' or '.join(_SHAPES[keyword])}"
    for keyword in sorted(schema.keys() & _PARTS.keys()):
        if not all(type_of(each) in _PARTS[keyword] for each in schema[keyword]):
            yield f"{keyword} has something that is not of type {' or '.join(_PARTS[keyword])}"
    written = schema.get("type", [])
    for name in [written] if isinstance(written, str) else written:
        if name not in TYPES:
            yield f"type {name!r} is none of {', '.join(TYPES)}"
