"""What must hold of a document before operations can be read from it; schemas are judged where they are read."""

from typing import Any

from jsonschema import Draft202012Validator

Json = Any


def _table_of(name: str) -> Json:
    return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{name}"}}


_TEXTS = {"type": "array", "items": {"type": "string"}}
_REFERENCE = {"required": ["$ref"], "properties": {"$ref": {"type": "string"}}}
_PARAMETERS = {"type": "array", "items": {"$ref": "#/$defs/parameter"}}

_SERVERS = {
    "type": "array",
    "items": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}},
}

_PARTS: Json = {
    "document": {
        "type": "object",
        "required": ["openapi", "paths"],
        "properties": {
            "openapi": {"type": "string", "pattern": r"^3\.1\."},
            "servers": _SERVERS,
            "security": {"$ref": "#/$defs/security"},
            "paths": _table_of("path"),
            "components": {
                "type": "object",
                "properties": {
                    "schemas": {"type": "object"},
                    "parameters": _table_of("parameter"),
                    "requestBodies": _table_of("body"),
                    "responses": _table_of("body"),
                    "headers": _table_of("header"),
                    "securitySchemes": _table_of("scheme"),
                },
            },
        },
    },
    "path": {
        "type": "object",
        "properties": {"$ref": False, "parameters": _PARAMETERS, "servers": _SERVERS},
        "patternProperties": {
            "^(get|put|post|delete|options|head|patch|trace)$": {"$ref": "#/$defs/operation"},
        },
    },
    "operation": {
        "type": "object",
        "properties": {
            "operationId": {"type": "string"},
            "tags": _TEXTS,
            "parameters": _PARAMETERS,
            "requestBody": {"$ref": "#/$defs/body"},
            "responses": _table_of("body"),
            "security": {"$ref": "#/$defs/security"},
            "servers": _SERVERS,
            "x-filter-fields": _TEXTS,
        },
    },
    "parameter": {
        "type": "object",
        "anyOf": [_REFERENCE, {"required": ["name", "in"]}],
        "properties": {"name": {"type": "string"}, "in": {"type": "string"}, "content": _table_of("content")},
    },
    "body": {
        "type": "object",
        "properties": {
            "$ref": {"type": "string"},
            "content": _table_of("content"),
            "headers": _table_of("header"),
        },
    },
    "header": {"type": "object", "properties": {"$ref": {"type": "string"}, "content": _table_of("content")}},
    "content": {"type": "object"},
    "scheme": {"type": "object"},
    "security": {"type": "array", "items": {"type": "object", "additionalProperties": _TEXTS}},
}


def problem_of(part: Json, kind: str = "document") -> str | None:
    """Tell what keeps operations from being read from a document, or a part of one, and where; None when nothing does."""
    judge: Any = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": _PARTS})
    error = next(judge.iter_errors(part), None)
    if error is None:
        return None
    wanted = error.validator_value if error.validator in ("type", "required", "pattern") else error.validator
    return f"{error.json_path} does not meet {error.validator}: {wanted}"
