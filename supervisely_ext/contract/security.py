"""What a caller must show to call an operation."""

from collections.abc import Iterator, Mapping

from ..shapes import is_object
from .json_types import canonical
from .places import Document, Json, escape

_HINTS = frozenset({"description", "bearerFormat", "scopes"})
"""What a scheme says that asks nothing of the caller; which scopes are needed stands at the operation."""
_NAMING = ("type", "scheme", "in", "name")


def needs_token(document: Json, operation: Json) -> bool:
    """Tell whether the operation is for known callers only."""
    return {} not in _security(document, operation)


def _security(document: Json, operation: Json) -> list[Mapping[str, list[str]]]:
    return operation.get("security", document.get("security")) or [{}]


def ways_in(document: Document, operation: Json) -> dict[frozenset[str], str]:
    """Give each way to be let in, as all that must be shown, with its name for people."""
    return {
        frozenset(_asked(document, way)): " and ".join(_named(document, name, way[name]) for name in way)
        for way in _security(document.json, operation)
    }


def _asked(document: Document, way: Mapping[str, list[str]]) -> Iterator[str]:
    for name, scopes in way.items():
        # A scheme is what it asks for, not what it is called.
        scheme = canonical(_without_hints(_scheme(document, name) or name))
        yield scheme
        yield from (f"{scheme} {scope}" for scope in scopes)


def _named(document: Document, name: str, scopes: list[str]) -> str:
    scheme = _scheme(document, name)
    facts = [str(scheme[key]) for key in _NAMING if key in scheme]
    return f"{name} ({', '.join([*facts, *scopes])})"


def _scheme(document: Document, name: str) -> Json:
    """Give what a scheme says; nothing where the document does not describe it."""
    if name not in document.json.get("components", {}).get("securitySchemes", {}):
        return {}
    return document.at(document.resolve(f"/components/securitySchemes/{escape(name)}"))


def _without_hints(scheme: Json) -> Json:
    if not is_object(scheme):
        return scheme
    return {key: _without_hints(value) for key, value in scheme.items() if key not in _HINTS}
