"""Keywords that are compared as they are written: in one spelling, references followed, wording left out."""

from collections.abc import Callable, Mapping

from ..shapes import is_list, is_object
from .json_types import canonical
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
_WORDING = frozenset({"title", "description", "examples", "example", "default", "deprecated", "$comment", "$defs"})
_SAY_NOTHING_EMPTY = frozenset(
    {"dependentRequired", "dependentSchemas", "patternProperties", "propertyNames", "prefixItems"}
    | {"properties", "unevaluatedItems", "unevaluatedProperties"}
)

_Within = tuple[str, ...]
"""The references that were followed so far."""


def verbatim(document: Document, schema: Mapping[str, Json]) -> Mapping[str, Json]:
    """Give these keywords of a schema."""
    written = _keywords(document, {keyword: schema[keyword] for keyword in KEYWORDS if keyword in schema}, ())
    # `false` is understood: it closes the object.
    return {
        keyword: value for keyword, value in written.items() if (keyword, value) != ("unevaluatedProperties", False)
    }


def written_out(document: Document, schema: Json, within: _Within = ()) -> Json:
    """Give a schema without wording and names; in place of what contains itself stands how far up that is."""
    if not is_object(schema):
        return schema
    own = _keywords(document, schema, within)
    if "$ref" not in schema:
        return own or True
    target = target_of(str(schema["$ref"]))
    if target in within:
        behind: Json = {"$ref": len(within) - within.index(target)}
    else:
        behind = written_out(document, document.at(target), (*within, target))
    return {**own, "$ref": behind} if own else behind


def _keywords(document: Document, schema: Mapping[str, Json], within: _Within) -> dict[str, Json]:
    written = {
        key: _WRITERS.get(key, _as_it_is)(document, schema[key], within)
        for key in sorted(schema)
        if key not in _WORDING and key != "$ref" and not key.startswith("x-")
    }
    return {
        key: value for key, value in written.items() if key not in _SAY_NOTHING_EMPTY or value not in (True, {}, [])
    }


def _as_it_is(document: Document, value: Json, within: _Within) -> Json:
    return value


def _set(document: Document, value: Json, within: _Within) -> Json:
    return sorted(value, key=canonical) if is_list(value) else [value]


def _listed(document: Document, value: Json, within: _Within) -> Json:
    return [written_out(document, part, within) for part in value] if is_list(value) else value


def _alternatives(document: Document, value: Json, within: _Within) -> Json:
    return _set(document, _listed(document, value, within), within)


def _by_name(write: "_Write") -> "_Write":
    """Write a table, whose keys are names of properties and no keywords."""

    def table(document: Document, value: Json, within: _Within) -> Json:
        return {name: write(document, value[name], within) for name in sorted(value)} if is_object(value) else value

    return table


_Write = Callable[[Document, Json, _Within], Json]
_WRITERS: Mapping[str, _Write] = {
    **dict.fromkeys(("not", "if", "then", "else", "items", "contains", "propertyNames"), written_out),
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "unevaluatedItems"), written_out),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), _by_name(written_out)),
    **dict.fromkeys(("anyOf", "oneOf", "allOf"), _alternatives),
    **dict.fromkeys(("required", "enum", "type"), _set),
    "dependentRequired": _by_name(_set),
    "prefixItems": _listed,
}
