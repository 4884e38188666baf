"""What changed of parameters and headers beside their schemas."""

from collections.abc import Iterator

from .form_diff import Found
from .forms import forms
from .notes import FLAGS
from .payloads import Payload
from .places import Json

_OF_ADDRESSES = ("query", "cookie")


def beside_schemas(old: Payload, new: Payload) -> Iterator[Found]:
    """Give what changed of the entries that both tables have."""
    for name in sorted(old.places.keys() & new.places.keys()):
        place, place_now = old.places[name], new.places[name]
        before, after = old.node.document.at(place), new.node.document.at(place_now)
        if (before.get("deprecated") is True) != (after.get("deprecated") is True):
            kind = FLAGS["deprecated"][before.get("deprecated") is True]
            yield Found(kind, f".{name}", place, place_now)
        if _is_composed(new, name) and _style(before) != _style(after):
            yield Found("style-changed", f".{name}", place, place_now, f"{_style(before)} -> {_style(after)}")


def _is_composed(table: Payload, name: str) -> bool:
    """Tell whether it may be a list or an object: all else is written in one way."""
    node = table.node.child(table.node.pointer, "properties", name)
    return any(form.type in ("array", "object", "any") for form in forms(node))


def _style(entry: Json) -> str:
    """Name the way in which values are written, with the defaults of OpenAPI."""
    if entry.get("content"):
        return str(min(entry["content"]))
    style = entry.get("style", "form" if entry.get("in") in _OF_ADDRESSES else "simple")
    explode = entry.get("explode", style == "form")
    return f"{style}, {'exploded' if explode else 'not exploded'}{', reserved' if entry.get('allowReserved') else ''}"
