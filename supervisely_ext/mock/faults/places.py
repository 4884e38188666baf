"""Where the spec has fields and enums in answers."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from ...contract.spec import OperationSpec

Path: TypeAlias = tuple[str, ...]
"""Names from the answer down; `*` stands for every item of an array."""

_RECORDS: tuple[Path, ...] = ((), ("*",), ("entities", "*"))
"""The answer's own object, and those of its entities."""


@cache
def enums_of(operation: OperationSpec) -> tuple[Path, ...]:
    """Give the place of each enum of texts in the operation's answer."""
    return tuple(dict.fromkeys(path for path, schema in _answer(operation) if path and "enum" in schema))


@cache
def fields_of(operation: OperationSpec) -> Mapping[Path, bool]:
    """Give the place of each field of the operation's answer and of its entities, and whether it is promised."""
    found: dict[Path, bool] = {}
    for path, schema in _answer(operation):
        if path in _RECORDS:
            required = schema.get("required", ())
            for name in (*schema.get("properties", ()), *required):
                found[*path, name] = name in required or found.get((*path, name), False)
    return found


def _answer(operation: OperationSpec) -> Iterator[tuple[Path, Any]]:
    """Give the schemas of all that may stand in the answer, with their places."""
    if operation.answer is not None:
        yield from _schemas(operation.answer.document, operation.answer.schema, (), frozenset())


def _schemas(document: Any, schema: Any, path: Path, seen: frozenset[str]) -> Iterator[tuple[Path, Any]]:
    reference = schema.get("$ref", "")
    if reference in seen:
        return
    if reference:
        named = document["components"]["schemas"][reference.rpartition("/")[2]]
        yield from _schemas(document, named, path, seen | {reference})
    yield path, schema
    for part, below in _parts(schema):
        yield from _schemas(document, below, (*path, *part), seen)


def _parts(schema: Any) -> Iterator[tuple[Path, Any]]:
    """Give the schemas of which a schema is made, with what they add to the path."""
    for combined in ("allOf", "anyOf", "oneOf"):
        yield from (((), below) for below in schema.get(combined, ()))
    yield from (((name,), below) for name, below in schema.get("properties", {}).items())
    if isinstance(schema.get("items"), dict):
        yield ("*",), schema["items"]
