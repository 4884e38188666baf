"""Keywords that are compared as they are written: in one spelling, references followed, wording left out."""

import json
from collections.abc import Iterable, Mapping

from ..shapes import is_list, is_object
from .places import Document, Json, target_of

KEYWORDS = (
    *("not", "if", "then", "else", "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
    *(
        "patternProperties",
        "propertyNames",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "unevaluatedItems",
    ),
)
_NO_ORDER = frozenset({"required", "enum", "type"})
_SAYS_NOTHING = frozenset({"title", "description", "examples", "example", "deprecated", "$comment"})


def verbatim(document: Document, places: Iterable[str]) -> Mapping[str, Json]:
    """Give these keywords of the schemas at some places, each with all that the places say of it."""
    found: dict[str, list[Json]] = {}
    for schema in map(document.at, places):
        for keyword in schema.keys() & KEYWORDS:
            # `false` is understood: it closes the object.
            if (keyword, schema[keyword]) != ("unevaluatedProperties", False):
                found.setdefault(keyword, []).append(written_out(document, schema[keyword]))
    return {keyword: sorted(values, key=json.dumps) for keyword, values in found.items()}


def written_out(document: Document, schema: Json, within: tuple[str, ...] = ()) -> Json:
    """Give a schema without wording and names; in place of what contains itself stands how far up that is."""
    if is_list(schema):
        return [written_out(document, part, within) for part in schema]
    if not is_object(schema):
        return schema
    if "$ref" in schema:
        target = target_of(str(schema["$ref"]))
        if target in within:
            return {"$ref": len(within) - within.index(target)}
        return written_out(document, document.at(target), (*within, target))
    return {key: _ordered(key, written_out(document, schema[key], within)) for key in sorted(schema) if _says(key)}


def _ordered(key: str, value: Json) -> Json:
    return sorted(value, key=json.dumps) if key in _NO_ORDER and is_list(value) else value


def _says(key: str) -> bool:
    return key not in _SAYS_NOTHING and not key.startswith("x-")
