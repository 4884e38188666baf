"""The change of the spec after which nothing deviates any more, as a JSON Patch (RFC 6902).

It never tightens: a missing field becomes optional, a broken rule goes, a type that was seen is allowed beside the old one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from ..shapes import is_list, is_object
from .drift import CHOICES, STAND_IN, TIERS, Deviation
from .places import Document, Json, escape

Step = dict[str, Any]

_EVIDENCE = "x-evidence"
_SAYS_MORE = frozenset({"$ref", "enum", "const", "allOf", *CHOICES})
"""With one of these a schema refuses a value whatever `type` says."""
_SAYS_MORE_OF = {
    "object": ("properties", "required", "additionalProperties", "unevaluatedProperties"),
    "array": ("items",),
}
"""With these a schema without the type would refuse a value of it, once it had the type."""
_OWN_FIELDS = frozenset({"properties", "additionalProperties"})
_WRAPPING = ("enum", "type")
_QUERY = re.compile("/paths/[^/]+/[a-z]+/parameters")


def patch(document: Json, found: Iterable[Deviation]) -> list[Step]:
    """Give the steps, in the order in which they apply; what they add is `observed`. A redacted name is not proposed."""
    changed = deepcopy(document)
    steps: list[Step] = []
    for each in sorted((each for each in found if not each.name.startswith(STAND_IN)), key=_order):
        for step in _steps(Document(changed), each):
            apply(changed, step)
            steps.append(step)
    return steps


def _order(each: Deviation) -> Any:
    """Put the innermost first, and of one schema last what wraps it: that moves all below it."""
    return -each.pointer.count("/"), each.pointer, -TIERS.index(each.tier), each.name in _WRAPPING, each.name


def _steps(document: Document, each: Deviation) -> Iterable[Step]:
    is_query = _QUERY.fullmatch(each.pointer)
    if each.tier == "new field":
        return _new_parameter(document, each) if is_query else _new_field(document, each)
    if each.tier == "missing":
        return _optional_parameter(document, each) if is_query else _made_optional(document, each)
    return [_loosened(document, each), _step("add", f"{each.pointer}/{_EVIDENCE}", "observed")]


def _new_parameter(document: Document, each: Deviation) -> Iterator[Step]:
    operation, _, name = each.pointer.rpartition("/")
    if name not in document.at(operation):
        yield _step("add", each.pointer, [])
    schema = {"type": _types([], each.seen)}
    parameter = {"name": each.name, "in": "query", "schema": schema, _EVIDENCE: "observed"}
    yield _step("add", f"{each.pointer}/-", parameter)


def _optional_parameter(document: Document, each: Deviation) -> Iterator[Step]:
    names = [parameter["name"] for parameter in document.at(each.pointer)]
    yield _step("replace", f"{each.pointer}/{names.index(each.name)}/required", False)


def _step(op: str, path: str, value: Json) -> Step:
    return {"op": op, "path": path, "value": value}


def _new_field(document: Document, each: Deviation) -> Iterator[Step]:
    place = _own_part(document, each.pointer)
    if "properties" not in document.at(place):
        yield _step("add", f"{place}/properties", {})
    yield _step(
        "add", f"{place}/properties/{escape(each.name)}", {"type": _types([], each.seen), _EVIDENCE: "observed"}
    )


def _own_part(document: Document, pointer: str) -> str:
    """Give where an object's own fields stand: of an `allOf` the last part that is no reference."""
    schema = document.at(pointer)
    parts = schema.get("allOf", [])
    own = [index for index, part in enumerate(parts) if is_object(part) and "properties" in part]
    # What says `additionalProperties: false` looks at its own `properties` alone.
    return f"{pointer}/allOf/{own[-1]}" if own and not schema.keys() & _OWN_FIELDS else pointer


def _made_optional(document: Document, each: Deviation) -> Iterator[Step]:
    required: list[str] = document.at(each.pointer)["required"]
    path = f"{each.pointer}/required"
    if required == [each.name]:
        yield {"op": "remove", "path": path}
        return
    place = f"{path}/{required.index(each.name)}"
    yield _step("test", place, each.name)
    yield {"op": "remove", "path": place}


def _loosened(document: Document, each: Deviation) -> Step:
    schema = document.at(each.pointer)
    if each.name not in _WRAPPING:
        return {"op": "remove", "path": f"{each.pointer}/{each.name}"}
    if schema is False:
        return _step("replace", each.pointer, {"type": _types([], each.seen)})
    known = schema.get("type", [])
    says_more = _SAYS_MORE.union(*(_SAYS_MORE_OF.get(type, ()) for type in each.seen))
    if known and known != _types(known, each.seen) and not schema.keys() & says_more:
        return _step("replace", f"{each.pointer}/type", _types(known, each.seen))
    branches = [schema, *({"type": type} for type in _types([], each.seen, flat=True))]
    return _step("replace", each.pointer, {"anyOf": branches})


def _types(known: str | list[str], seen: Iterable[str], *, flat: bool = False) -> Any:
    """Give the value of `type` for all of these; a number may be whole."""
    found = dict.fromkeys([*([known] if isinstance(known, str) else known), *sorted(seen)])
    if "number" in found:
        found.pop("integer", None)
    names = sorted(found, key=lambda name: name == "null")
    return names if flat or len(names) > 1 else names[0]


def apply(document: Json, step: Mapping[str, Any]) -> None:
    """Carry out one step. Raises `ValueError` for a failed `test`, `LookupError` for a place that is not there."""
    parent, _, last = str(step["path"]).rpartition("/")
    holder = Document(document).at(parent)
    if is_list(holder) and last == "-":
        holder.append(deepcopy(step["value"]))
        return
    key: Any = int(last) if is_list(holder) else last.replace("~1", "/").replace("~0", "~")
    match step["op"]:
        case "add" | "replace":
            holder[key] = deepcopy(step["value"])
        case "remove":
            del holder[key]
        case _:
            if holder[key] != step["value"]:
                raise ValueError(f"{step['path']} is not {step['value']!r}")


def source_of(pointer: str, directory: Path) -> str:
    """Give file and line of the component, or of the operation, in a checkout's spec files; empty when it is in none."""
    _, *parts = pointer.split("/")
    name, indent = (parts[2], 4) if parts[0] == "components" else (parts[1].replace("~1", "/"), 2)
    heading = re.compile(rf"^ {{{indent}}}{re.escape(name)}:(?! *\{{\$ref)", re.MULTILINE)
    for file in sorted(directory.glob("*.yaml")):
        text = file.read_text("utf-8")
        found = heading.search(text)
        if found:
            return f"{file}:{text.count(chr(10), 0, found.start()) + 1}"
    return ""
