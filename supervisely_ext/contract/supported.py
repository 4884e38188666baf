"""Which documents operations can be read from: bundled OpenAPI, written as `spec/README.md` says."""

from typing import Any

from jsonschema import Draft202012Validator

from ..shapes import is_object
from .operations import METHODS
from .places import Document, Json, UnusableDocument, escape

_VERBS = list(METHODS)
_PARAMETER = {
    "title": "a parameter in its place (no $ref), with name, in and schema",
    "type": "object",
    "required": ["name", "in", "schema"],
    "properties": {"name": {"type": "string"}, "schema": {"type": "object"}},
}
_REQUEST = {
    "title": "a body in its place (no $ref), of one content type with a schema",
    "type": "object",
    "required": ["content"],
    "properties": {
        "content": {
            "title": "one content type with a schema",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {
                "title": "a content type with a schema",
                "type": "object",
                "required": ["schema"],
                "properties": {"schema": {"type": "object"}},
            },
        }
    },
}
_ANSWER = {
    "title": "an answer with the schemas of its content types",
    "type": "object",
    "properties": {"content": {"type": "object", "additionalProperties": {"type": "object"}}},
}
_OPERATION = {
    "title": "an operation with an operationId and responses",
    "type": "object",
    "required": ["operationId", "responses"],
    "properties": {
        "operationId": {"type": "string"},
        "parameters": {"type": "array", "items": _PARAMETER},
        "requestBody": _REQUEST,
        "responses": {
            "title": "answers, one of them of a 2xx status",
            "type": "object",
            "not": {"propertyNames": {"pattern": "^[^2]"}},
            "additionalProperties": _ANSWER,
            "patternProperties": {
                "^2": {**_ANSWER, "title": "an answer in its place (no $ref)", "not": {"required": ["$ref"]}}
            },
        },
    },
}
_PATH = {
    "title": "a path with operations",
    "type": "object",
    "propertyNames": {"title": f"operations alone ({', '.join(_VERBS)}), each with its own parameters", "enum": _VERBS},
    "additionalProperties": _OPERATION,
}
_DOCUMENT: Any = Draft202012Validator({"properties": {"paths": {"additionalProperties": _PATH}}})


def usable(document: Json) -> Document:
    """Give a document that operations can be read from. Raises `UnusableDocument`."""
    if not is_object(document) or not is_object(document.get("paths")) or not is_object(document.get("components")):
        raise UnusableDocument("the spec is no bundled OpenAPI document: it lacks paths or components")
    error = next(_DOCUMENT.iter_errors(document), None)
    if error is not None:
        place = "".join(f"/{escape(str(step))}" for step in error.absolute_path)
        supported = error.schema.get("title", f"of type {error.schema.get('type')}")
        raise UnusableDocument(f"the spec has {place}, where only this is supported: {supported}")
    return Document(document)
