"""Hold the bundled spec to the authoring rules of spec/README.md.

    python spec/tools/lint.py BUNDLE.json

Prints every broken rule with its JSON pointer and exits with 1 when there is one.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

Json = Any
Problem = tuple[str, str]

TAGS = {
    "x-evidence": frozenset({"reference", "sdk", "observed", "assumed"}),
    "x-retry": frozenset({"safe", "never"}),
}
# Property names that break the generated models without a warning.
RESERVED = frozenset({"d", "cls", "field_dict", "to_dict", "from_dict", "additional_properties"})


def lint(document: Json) -> list[Problem]:
    """Give every problem as (JSON pointer, what is wrong)."""
    problems = [*_openapi(document), *_names(document)]
    for pointer, operation in operations(document):
        problems += _operation(pointer, operation)
    for pointer, node in walk(document):
        problems += _anywhere(document, pointer, node)
    for name in sorted(_reachable(document, "requestBody")):
        problems += _request_schema(document, name)
    for name in sorted(_reachable(document, "responses")):
        problems += _answer_schema(document, name)
    for name in sorted(_reachable(document, "requestBody") | _reachable(document, "responses")):
        problems += _has_example(document, name)
    return problems


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Give (pointer, operation) of every operation."""
    for path, item in document["paths"].items():
        for method in item:
            yield f"/paths/{_escape(path)}/{method}", item[method]


def walk(node: Json, pointer: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """Give (pointer, object) of every object below, examples aside."""
    if isinstance(node, dict):
        yield pointer, node
        for key, value in node.items():
            if key not in ("example", "examples"):
                yield from walk(value, f"{pointer}/{_escape(key)}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from walk(item, f"{pointer}/{index}")


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _openapi(document: Json) -> Iterator[Problem]:
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield "/" + "/".join(_escape(str(part)) for part in error.absolute_path), error.message


def _names(document: Json) -> Iterator[Problem]:
    modules: dict[str, str] = {}
    for pointer, operation in operations(document):
        name = operation.get("operationId", "")
        path = pointer.split("/")[2].replace("~1", "")
        if name != path:
            yield pointer, f"operationId {name!r} is not the method's name {path!r}"
        module = re.sub(r"[^a-z0-9]+", "_", name.lower())
        if module in modules:
            yield pointer, f"would overwrite the module of {modules[module]!r}"
        modules[module] = name


def _operation(pointer: str, operation: Json) -> Iterator[Problem]:
    for key in ("summary", "description", *TAGS):
        if not operation.get(key):
            yield pointer, f"has no {key}"
    if len(operation.get("tags", [])) != 1:
        yield pointer, "needs exactly one tag, its family"
    if operation.get("parameters") and any(p.get("in") in ("path", "cookie") for p in operation["parameters"]):
        yield pointer, "the endpoint template knows no path and cookie parameters"
    if len(operation.get("requestBody", {}).get("content", {"": ""})) != 1:
        yield pointer, "two request content types: the generated module would not import"
    answers = set(operation["responses"])
    if sum(code.startswith("2") for code in answers) != 1 or "default" not in answers:
        yield pointer, "needs exactly one 2xx answer and `default` for the refusals"


def _anywhere(document: Json, pointer: str, node: dict[str, Json]) -> Iterator[Problem]:
    for key in node:
        if " " in key:
            yield pointer, f"the key {key!r} has a blank: a comma in unquoted text between braces?"
        if key in TAGS and node[key] not in TAGS[key]:
            yield pointer, f"{key} {node[key]!r} is none of {', '.join(sorted(TAGS[key]))}"
    if pointer.endswith("/properties"):
        for name in sorted(RESERVED & node.keys()):
            yield f"{pointer}/{name}", "this name breaks the generated model"
    yield from _schema(document, pointer, node)


def _schema(document: Json, pointer: str, node: dict[str, Json]) -> Iterator[Problem]:
    if "nullable" in node:
        yield pointer, "nullable is OpenAPI 3.0; write type: [..., 'null'] or anyOf with null"
    if "null" in node.get("type", ()) and "enum" in node:
        yield pointer, "an enum with null makes three classes; write anyOf with a $ref and null"
    for index, example in enumerate(node.get("examples", [])):
        for error in Draft202012Validator({**document, "$ref": f"#{pointer}"}).iter_errors(example):
            yield f"{pointer}/examples/{index}", error.message


def _reachable(document: Json, part: str) -> set[str]:
    """Name the component schemas that requests (or answers) lead to."""
    found: set[str] = set()
    waiting = [operation.get(part) for _, operation in operations(document)]
    while waiting:
        for _, node in walk(waiting.pop()):
            kind, _, name = node.get("$ref", "").removeprefix("#/components/").partition("/")
            if kind == "responses":
                waiting.append(document["components"]["responses"][name])
            elif name and name not in found:
                found.add(name)
                waiting.append(document["components"]["schemas"][name])
    return found


def _request_schema(document: Json, name: str) -> Iterator[Problem]:
    root = f"/components/schemas/{name}"
    schema = document["components"]["schemas"][name]
    for pointer, node in walk(schema, root):
        if "default" in node and not pointer.endswith("/properties"):
            yield pointer, "a default in a request is sent by the client; describe it instead"
    composed = "allOf" in schema
    closed = "unevaluatedProperties" if composed else "additionalProperties"
    shared = any({"$ref": f"#{root}"} in other.get("allOf", []) for other in document["components"]["schemas"].values())
    if (composed or schema.get("type") == "object") and closed not in schema and not shared:
        yield root, f"a request says {closed}: false, or a schema where it takes names it does not list"


def _answer_schema(document: Json, name: str) -> Iterator[Problem]:
    root = f"/components/schemas/{name}"
    for pointer, node in walk(document["components"]["schemas"][name], root):
        if "enum" in node and pointer != root:
            yield pointer, "a closed enum in an answer: a newer server's value would lose the whole answer"
        if node.get("additionalProperties") is False:
            yield pointer, "a closed object in an answer: new fields of a newer server would be dropped"
        reference = node.get("$ref", "").rpartition("/")[2]
        if "enum" in document["components"]["schemas"].get(reference, {}) and not _is_open(document, pointer):
            yield pointer, f"{reference} is closed here; write anyOf with it and type: string"


def _has_example(document: Json, name: str) -> Iterator[Problem]:
    schema = document["components"]["schemas"][name]
    if ("allOf" in schema or schema.get("type") == "object") and not schema.get("examples"):
        yield f"/components/schemas/{name}", "an object needs an example"


def _is_open(document: Json, pointer: str) -> bool:
    parent, _, last = pointer.rpartition("/")
    if not parent.endswith("/anyOf"):
        return False
    node = document
    for segment in parent.split("/")[1:]:
        node = node[segment.replace("~1", "/").replace("~0", "~")]
    return last.isdigit() and {"type": "string"} in node


def main(path: str) -> int:
    """Print the problems; 1 when there are any."""
    problems = lint(json.loads(Path(path).read_text("utf-8")))
    for pointer, problem in problems:
        print(f"spec: #{pointer}: {problem}", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
