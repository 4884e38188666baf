"""Places in the bundled spec where a mistake fits; each change gives a document that still says something."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

Json = Any
Change = tuple[str, str, Callable[[Json], None]]
"""A JSON pointer, what becomes of it, and the change of a document."""

_OTHER = {
    "string": "integer",
    "integer": "string",
    "number": "string",
    "boolean": "string",
    "object": "string",
    "array": "object",
}
_SAMPLES: dict[str, Json] = {"string": "sample", "integer": 1, "object": {}}


def _schemas(node: Json, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Give (pointer, schema) of whatever has a type, properties or an enum; examples are none."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _schemas(item, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    if {"type", "properties", "enum"} & node.keys() and not pointer.endswith("/properties"):
        yield pointer, node
    for key, value in node.items():
        if key not in ("example", "examples", "securitySchemes"):
            yield from _schemas(value, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")


def _at(document: Json, pointer: str) -> Json:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def dropped_fields(document: Json) -> Iterator[Change]:
    """A property is gone, from the examples too."""
    for pointer, schema in _schemas(document):
        for name in schema.get("properties", {}):
            yield f"{pointer}/properties/{name}", "gone", partial(_drop, pointer, name)


def _drop(pointer: str, name: str, document: Json) -> None:
    schema = _at(document, pointer)
    del schema["properties"][name]
    _free(pointer, name, document)
    for example in _examples(schema):
        example.pop(name, None)


def freed_fields(document: Json) -> Iterator[Change]:
    """What was required may be missing."""
    for pointer, schema in _schemas(document):
        for name in schema.get("required", ()):
            yield f"{pointer}/required", f"without {name}", partial(_free, pointer, name)


def _free(pointer: str, name: str, document: Json) -> None:
    schema = _at(document, pointer)
    required = [other for other in schema.pop("required", ()) if other != name]
    if required:
        schema["required"] = required


def renamed_values(document: Json) -> Iterator[Change]:
    """One of the listed values has another name, in the examples too."""
    for pointer, schema in _schemas(document):
        for index, value in enumerate(schema.get("enum", ())):
            if isinstance(value, str):
                yield f"{pointer}/enum/{index}", f"{value}_renamed", partial(_rename, pointer, value)


def _rename(pointer: str, value: str, document: Json) -> None:
    schema = _at(document, pointer)
    schema["enum"] = _renamed(schema["enum"], value)
    for _, other in _schemas(document):
        if "examples" in other:
            other["examples"] = _renamed(other["examples"], value)


def _renamed(node: Json, value: str) -> Json:
    if isinstance(node, dict):
        return {key: _renamed(each, value) for key, each in node.items()}
    if isinstance(node, list):
        return [_renamed(each, value) for each in node]
    return f"{value}_renamed" if node == value else node


def changed_types(document: Json) -> Iterator[Change]:
    """A property has another type, in the examples too."""
    for pointer, schema in _schemas(document):
        for name, part in schema.get("properties", {}).items():
            if isinstance(part.get("type"), str):
                yield f"{pointer}/properties/{name}/type", _OTHER[part["type"]], partial(_retype, pointer, name)


def _retype(pointer: str, name: str, document: Json) -> None:
    schema = _at(document, pointer)
    part = schema["properties"][name]
    kept = {key: value for key, value in part.items() if key.startswith("x-") or key == "description"}
    schema["properties"][name] = {**kept, "type": _OTHER[part["type"]]}
    for example in _examples(schema):
        if name in example:
            example[name] = _SAMPLES[_OTHER[part["type"]]]


def _examples(schema: Json) -> Iterator[dict[str, Json]]:
    yield from (example for example in schema.get("examples", ()) if isinstance(example, dict))


def repeated_operations(document: Json) -> Iterator[Change]:
    """What must not be sent twice may be."""
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and operation.get("x-retry") == "never":
                pointer = f"/paths/{path.replace('/', '~1')}/{verb}"
                yield f"{pointer}/x-retry", "safe", partial(_may_repeat, pointer)


def _may_repeat(pointer: str, document: Json) -> None:
    _at(document, pointer)["x-retry"] = "safe"
