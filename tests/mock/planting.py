"""Lies: what an answer may not be, read off the schema without the judge that is to find it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

_JSON_TYPES = {"string": "x", "integer": 7, "boolean": True, "object": {"planted": 1}, "array": [[]], "null": None}


def lies(document: Any, schema: Any, answer: Any) -> Iterator[tuple[str, Any]]:
    """Give the answer again and again, each time with one wrong field, and what is wrong with it."""
    for path, what in _wrong(document, schema, answer, ()):
        planted = deepcopy(answer)
        if not path:
            yield f"as a whole: {what!r}", what
            continue
        holder = planted
        for part in path[:-1]:
            holder = holder[part]
        if what is _MISSING:
            del holder[path[-1]]
        else:
            holder[path[-1]] = what
        yield f"{'/'.join(map(str, path))}: {'missing' if what is _MISSING else repr(what)}", planted


def example(document: Any, schema: Any) -> Any:
    """Give the spec's own example of a schema; an array has one item."""
    for part in _all_of(document, schema):
        if "examples" in part:
            return part["examples"][0]
        if "items" in part:
            return [example(document, part["items"])]
    return {}


_MISSING = object()


def _wrong(document: Any, schema: Any, value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    parts = list(_all_of(document, schema))
    for example in _of_no_allowed_type(_allowed(document, parts)):
        yield path, example
    for part in parts:
        if isinstance(value, dict):
            yield from (((*path, name), _MISSING) for name in part.get("required", ()))
        for name, below in _parts(part, value):
            yield from _wrong(document, below, value[name], (*path, name))


def _of_no_allowed_type(allowed: set[str] | None) -> list[Any]:
    """Give a value of a type that is not allowed, where there is any."""
    if allowed is None:
        return []
    allowed = allowed | {"integer"} if "number" in allowed else allowed
    return [example for name, example in _JSON_TYPES.items() if name not in allowed][:1]


def _parts(schema: Any, value: Any) -> list[tuple[Any, Any]]:
    """Give what stands in the value, each with its schema; of an array the first."""
    if isinstance(value, dict):
        return [(name, below) for name, below in schema.get("properties", {}).items() if name in value]
    if isinstance(value, list) and value and isinstance(schema.get("items"), dict):
        return [(0, schema["items"])]
    return []


def _all_of(document: Any, schema: Any) -> Iterator[Any]:
    """Give the schemas that all hold, references followed."""
    if "$ref" in schema:
        yield from _all_of(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    yield schema
    for below in schema.get("allOf", ()):
        yield from _all_of(document, below)


def _allowed(document: Any, parts: list[Any]) -> set[str] | None:
    """Give the types that a value may have; None for any."""
    found: set[str] | None = None
    for part in parts:
        types = _types(document, part)
        if types is not None:
            found = types if found is None else found & types
    return found


def _types(document: Any, part: Any) -> set[str] | None:
    if "type" in part:
        return {part["type"]} if isinstance(part["type"], str) else set(part["type"])
    branches = part.get("anyOf", part.get("oneOf"))
    if branches is None:
        return None
    types = [_allowed(document, list(_all_of(document, branch))) for branch in branches]
    return None if any(found is None for found in types) else set().union(*(found for found in types if found))
