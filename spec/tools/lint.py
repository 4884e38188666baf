"""Hold the bundled spec to the authoring rules of spec/README.md.

    python spec/tools/lint.py BUNDLE.json

Prints every broken rule with its JSON pointer and exits with 1 when there is one, with 2 when BUNDLE.json cannot be read as a spec.
"""

import json
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from openapi_python_client.strings import snake_case
from openapi_spec_validator import OpenAPIV31SpecValidator

Json = Any
Problem = tuple[str, str]

TAGS = {
    "x-evidence": frozenset({"reference", "sdk", "observed", "assumed"}),
    "x-retry": frozenset({"safe", "never"}),
}
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
# Property names that break the generated models without a warning.
RESERVED = frozenset({"d", "cls", "field_dict", "to_dict", "from_dict", "additional_properties"})


def lint(document: Json) -> list[Problem]:
    """Give every problem as (JSON pointer, what is wrong)."""
    problems = [*_openapi(document), *_paths(document), *_names(document)]
    for pointer, operation in operations(document):
        problems += _operation(document, pointer, operation)
    for pointer, node in walk(document):
        problems += [*_anywhere(document, pointer, node), *_sensitive(document, pointer, node)]
    for pointer in sorted(_reachable(document, "requestBody", "parameters")):
        problems += _request_part(document, pointer)
    for pointer in sorted(_reachable(document, "responses")):
        problems += _answer_part(document, pointer)
    for pointer in sorted(_reachable(document, "requestBody", "responses")):
        problems += _has_example(document, pointer)
    return problems


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Give (pointer, operation) of every operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield f"/paths/{_escape(path)}/{method}", operation


def walk(node: Json, pointer: str = "", *, names: bool = False) -> Iterator[tuple[str, dict[str, Json]]]:
    """Give (pointer, object) of every object below, examples aside, and tables of properties, whose keys are no keywords."""
    if isinstance(node, dict):
        if not names:
            yield pointer, node
        for key, value in node.items():
            if names or key not in ("example", "examples"):
                yield from walk(value, f"{pointer}/{_escape(key)}", names=key == "properties" and not names)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from walk(item, f"{pointer}/{index}")


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _at(document: Json, pointer: str) -> Json:
    node = document
    for segment in pointer.split("/")[1:]:
        key = segment.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


def _resolved(document: Json, node: dict[str, Json]) -> dict[str, Json]:
    return _at(document, node["$ref"].removeprefix("#")) if "$ref" in node else node


def _openapi(document: Json) -> Iterator[Problem]:
    schemas = dict(_metaschema(document))
    yield from schemas.items()
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        pointer = "/" + "/".join(_escape(str(part)) for part in error.absolute_path)
        # Inside a schema the validator's path begins at the schema, and its text may go on with the whole document.
        if not any(known.endswith(pointer) for known in schemas):
            yield pointer, error.message.partition("\n")[0]


def _metaschema(document: Json) -> Iterator[Problem]:
    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    for name, schema in document["components"].get("schemas", {}).items():
        for error in validator.iter_errors(schema):
            yield (
                "/".join(["/components/schemas", name, *(_escape(str(part)) for part in error.absolute_path)]),
                error.message,
            )


def _paths(document: Json) -> Iterator[Problem]:
    for path, item in document["paths"].items():
        if item.keys() - METHODS:
            yield f"/paths/{_escape(path)}", "a path holds operations only; write the rest at each of them"


def _names(document: Json) -> Iterator[Problem]:
    modules: dict[str, str] = {}
    for pointer, operation in operations(document):
        name = operation.get("operationId", "")
        path = pointer.split("/")[2].replace("~1", "")
        if name != path:
            yield pointer, f"operationId {name!r} is not the method's name {path!r}"
        module = snake_case(name)
        if module in modules:
            yield pointer, f"would overwrite the module of {modules[module]!r}"
        modules[module] = name


def _operation(document: Json, pointer: str, operation: Json) -> Iterator[Problem]:
    for key in ("summary", "description", *TAGS):
        if not operation.get(key):
            yield pointer, f"has no {key}"
    if len(operation.get("tags", [])) != 1:
        yield pointer, "needs exactly one tag, its family"
    parameters = [_resolved(document, parameter) for parameter in operation.get("parameters", [])]
    if any(parameter.get("in") in ("path", "cookie") for parameter in parameters):
        yield pointer, "the endpoint template knows no path and cookie parameters"
    if len(_resolved(document, operation.get("requestBody", {})).get("content", {"": ""})) != 1:
        yield pointer, "two request content types: the generated module would not import"
    answers = set(operation.get("responses", ()))
    if sum(code.startswith("2") for code in answers) != 1 or "default" not in answers:
        yield pointer, "needs exactly one 2xx answer and `default` for the refusals"


def _anywhere(document: Json, pointer: str, node: dict[str, Json]) -> Iterator[Problem]:
    for key in node:
        if " " in key:
            yield pointer, f"the key {key!r} has a blank: a comma in unquoted text between braces?"
        if key in TAGS and node[key] not in TAGS[key]:
            yield pointer, f"{key} {node[key]!r} is none of {', '.join(sorted(TAGS[key]))}"
    for name in sorted(RESERVED & node.get("properties", {}).keys()):
        yield f"{pointer}/properties/{name}", "this name breaks the generated model"
    yield from _schema(document, pointer, node)


def _schema(document: Json, pointer: str, node: dict[str, Json]) -> Iterator[Problem]:
    if "nullable" in node:
        yield pointer, "nullable is OpenAPI 3.0; write type: [..., 'null'] or anyOf with null"
    if "null" in node.get("type", ()) and "enum" in node:
        yield pointer, "an enum with null makes three classes; write anyOf with a $ref and null"
    for where, schema, example in _examples(pointer, node):
        for error in Draft202012Validator({**document, "$ref": f"#{schema}"}).iter_errors(example):
            yield where, error.message


def _sensitive(document: Json, pointer: str, node: dict[str, Json]) -> Iterator[Problem]:
    marked = node.get("x-sensitive")
    if marked not in (None, True):
        yield pointer, "x-sensitive says true, or is not there"
    if marked and node.keys() & {"enum", "const", "pattern"}:
        yield pointer, "what stands in for a sensitive text would break its rules"
    if node.get("format") == "binary" and not marked:
        yield pointer, "contents of files are x-sensitive"
    for name, part in node.get("properties", {}).items():
        named = any(fnmatchcase(name.lower(), pattern) for pattern in document.get("x-sensitive-names", ()))
        if named and "string" in part.get("type", ()) and not part.get("x-sensitive"):
            yield f"{pointer}/properties/{name}", "a text of this name is x-sensitive"


def _examples(pointer: str, node: dict[str, Json]) -> Iterator[tuple[str, str, Json]]:
    """Give (pointer, pointer of its schema, example); those of a media type have names and a `value`."""
    examples = node.get("examples", [])
    if isinstance(examples, list):
        yield from ((f"{pointer}/examples/{index}", pointer, example) for index, example in enumerate(examples))
    elif "schema" in node:
        for name, example in examples.items():
            yield f"{pointer}/examples/{_escape(name)}/value", f"{pointer}/schema", example["value"]


def _reachable(document: Json, *parts: str) -> set[str]:
    """Give pointers of these parts of the operations, and of the components that they lead to."""
    found: set[str] = set()
    waiting = [
        f"{pointer}/{part}" for pointer, operation in operations(document) for part in parts if part in operation
    ]
    while waiting:
        pointer = waiting.pop()
        if pointer not in found:
            found.add(pointer)
            waiting += [node["$ref"].removeprefix("#") for _, node in walk(_at(document, pointer)) if "$ref" in node]
    return found


def _request_part(document: Json, root: str) -> Iterator[Problem]:
    part = _at(document, root)
    for pointer, node in walk(part, root):
        if "default" in node:
            yield pointer, "a default in a request is sent by the client; describe it instead"
        if "/content/" in pointer and "schema" in node:
            yield from _closed(document, f"{pointer}/schema", node["schema"])
    if root.startswith("/components/schemas/"):
        yield from _closed(document, root, part)


def _closed(document: Json, pointer: str, schema: dict[str, Json]) -> Iterator[Problem]:
    composed = "allOf" in schema
    closed = "unevaluatedProperties" if composed else "additionalProperties"
    shared = any(
        {"$ref": f"#{pointer}"} in other.get("allOf", []) for other in document["components"]["schemas"].values()
    )
    if (composed or schema.get("type") == "object") and closed not in schema and not shared:
        yield pointer, f"a request says {closed}: false, or a schema where it takes names it does not list"


def _answer_part(document: Json, root: str) -> Iterator[Problem]:
    for pointer, node in walk(_at(document, root), root):
        if "enum" in node and pointer != root:
            yield pointer, "a closed enum in an answer: a newer server's value would lose the whole answer"
        if False in (node.get("additionalProperties"), node.get("unevaluatedProperties")):
            yield pointer, "a closed object in an answer: new fields of a newer server would be dropped"
        if "enum" in _resolved(document, node) and "$ref" in node and not _is_open(document, pointer):
            name = node["$ref"].rpartition("/")[2]
            yield pointer, f"{name} is closed here; write anyOf with it and type: string"


def _has_example(document: Json, root: str) -> Iterator[Problem]:
    schema = _at(document, root)
    is_object = "allOf" in schema or schema.get("type") == "object"
    if root.startswith("/components/schemas/") and is_object and not schema.get("examples"):
        yield root, "an object needs an example"


def _is_open(document: Json, pointer: str) -> bool:
    parent = pointer.rpartition("/")[0]
    return parent.endswith("/anyOf") and {"type": "string"} in _at(document, parent)


def main(path: str) -> int:
    """Print the problems; 1 when there are any, 2 when they cannot be looked for."""
    try:
        problems = lint(_read(path))
    except Exception as error:  # noqa: BLE001 - each rule reads on its own terms, and a document may be wrong anywhere
        print(f"spec: {path} cannot be linted, it is no bundled OpenAPI 3.1 document: {_words(error)}", file=sys.stderr)
        return 2
    for pointer, problem in problems:
        print(f"spec: #{pointer}: {problem}", file=sys.stderr)
    return bool(problems)


def _read(path: str) -> Json:
    document = json.loads(Path(path).read_text("utf-8"))
    missing = {"openapi", "paths", "components"} - set(document if isinstance(document, dict) else ())
    if missing:
        raise ValueError(f"it has no {', '.join(sorted(missing))}")
    return document


def _words(error: Exception) -> str:
    text = str(error) if isinstance(error, OSError | ValueError) else f"{type(error).__name__}: {error}"
    return text.partition("\n")[0][:200]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
