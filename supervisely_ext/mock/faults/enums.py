"""Where the spec has enums in answers."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from ...contract.spec import OperationSpec

Path: TypeAlias = tuple[str, ...]
"""Names from the answer down; `*` stands for every item of an array."""


@cache
def enums_of(operation: OperationSpec) -> tuple[Path, ...]:
    """Give the place of each enum of texts in the operation's answer."""
    if operation.answer is None:
        return ()
    found = _enums(operation.answer.document, operation.answer.schema, (), frozenset())
    return tuple(dict.fromkeys(path for path in found if path))


def _enums(document: Any, schema: Any, path: Path, seen: frozenset[str]) -> Iterator[Path]:
    reference = schema.get("$ref", "")
    if reference in seen:
        return
    if reference:
        named = document["components"]["schemas"][reference.rpartition("/")[2]]
        yield from _enums(document, named, path, seen | {reference})
    if "enum" in schema:
        yield path
    for part, below in _parts(schema):
        yield from _enums(document, below, (*path, *part), seen)


def _parts(schema: Any) -> Iterator[tuple[Path, Any]]:
    """Give the schemas of which a schema is made, with what they add to the path."""
    for combined in ("allOf", "anyOf", "oneOf"):
        yield from (((), below) for below in schema.get(combined, ()))
    yield from (((name,), below) for name, below in schema.get("properties", {}).items())
    if isinstance(schema.get("items"), dict):
        yield ("*",), schema["items"]
