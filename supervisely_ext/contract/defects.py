"""One defect in a value that was right: each kind where the schema makes it one."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from ..shapes import is_list, is_object
from .forms import forms
from .json_types import type_of
from .places import LOWER_BOUNDS, UPPER_BOUNDS, Form, Json, Node, escape

_SAMPLES: Mapping[str, Json] = {
    "null": None,
    "boolean": True,
    "integer": 7,
    "number": 0.5,
    "string": "text",
    "array": ["item"],
    "object": {"key": "value"},
}
_UNKNOWN = "noSuchProperty"


@frozen
class Defective:
    """A value that breaks one rule."""

    value: Json
    pointer: str
    """Where, in the value."""
    defect: str
    """What was done: `wrong type`, `null`, `missing`, `unknown property`, `unlisted value`, `out of bounds`, `too short`, `too long`."""


@frozen
class _Place:
    """A place in a value that a defect can be put into."""

    path: tuple[str | int, ...]
    defect: str
    spoil: Callable[[Any, Any], None]
    """Takes what holds the place, and the last step to it."""

    def put_into(self, value: Json) -> Defective:
        holder: Any = [deepcopy(value)]
        *outer, last = (0, *self.path)
        node = holder
        for step in outer:
            node = node[step]
        self.spoil(node, last)
        return Defective(holder[0], "".join(f"/{escape(str(step))}" for step in self.path), self.defect)


def defective(node: Node, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Defective]:
    """Give the values with one defect each; a value that no defect fits is left out."""
    return values.flatmap(lambda value: _one_of(value, list(_places(node, value, ()))))


def _one_of(value: Json, places: list[_Place]) -> st.SearchStrategy[Defective]:
    """Draw the kind first: places for a wrong type are many, for other kinds few."""
    kinds = sorted({place.defect for place in places})
    if not kinds:
        return st.nothing()
    by_kind = {kind: [place for place in places if place.defect == kind] for kind in kinds}
    place = st.sampled_from(kinds).flatmap(lambda kind: st.sampled_from(by_kind[kind]))
    return place.map(lambda place: place.put_into(value))


def _places(node: Node, value: Json, path: tuple[str | int, ...]) -> Iterator[_Place]:
    ways = forms(node)
    yield from _of_type(ways, path)
    for form in ways:
        if form.type in (type_of(value), "number" if type_of(value) == "integer" else ""):
            yield from _of_form(form, value, path)


def _of_type(ways: list[Form], path: tuple[str | int, ...]) -> Iterator[_Place]:
    allowed = {form.type for form in ways}
    if "any" in allowed:
        return
    if "number" in allowed:
        allowed.add("integer")
    if all(form.values is not None for form in ways):
        yield _Place(path, "unlisted value", _replace("no such value"))
    for type in _SAMPLES.keys() - allowed:
        yield _Place(path, "null" if type == "null" else "wrong type", _replace(_SAMPLES[type]))


def _replace(new: Json) -> Callable[[Any, Any], None]:
    def spoil(holder: Any, step: Any) -> None:
        holder[step] = deepcopy(new)

    return spoil


def _of_form(form: Form, value: Json, path: tuple[str | int, ...]) -> Iterator[_Place]:
    for name, bound in form.rules.items():
        if name in _BEYOND:
            yield _Place(path, _DEFECTS[name], _replace(_BEYOND[name](bound)))
    if is_object(value):
        yield from _of_object(form, value, path)
    elif is_list(value) and form.items is not None:
        for index, item in enumerate(value):
            yield from _places(form.items, item, (*path, index))


def _of_object(form: Form, value: Mapping[str, Json], path: tuple[str | int, ...]) -> Iterator[_Place]:
    for name in sorted(form.required & value.keys()):
        yield _Place((*path, name), "missing", _remove)
    if form.closed:
        yield _Place((*path, _UNKNOWN), "unknown property", _replace(None))
    for name, part in form.properties.items():
        if name in value:
            yield from _places(part, value[name], (*path, name))


def _remove(holder: Any, step: Any) -> None:
    del holder[step]


_BEYOND: Mapping[str, Callable[[Any], Json]] = {
    "minimum": lambda bound: bound - 1,
    "exclusiveMinimum": lambda bound: bound,
    "maximum": lambda bound: bound + 1,
    "exclusiveMaximum": lambda bound: bound,
    "minLength": lambda bound: "x" * (bound - 1),
    "maxLength": lambda bound: "x" * (bound + 1),
    "maxItems": lambda bound: [None] * (bound + 1),
}
_DEFECTS = {
    name: ("out of bounds" if "imum" in name else "too short" if name in LOWER_BOUNDS else "too long")
    for name in (*LOWER_BOUNDS, *UPPER_BOUNDS)
}
