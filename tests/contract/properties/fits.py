"""Whether a value is of the type that an annotation promises."""

import typing
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, Literal, Union


def fits(value: Any, annotation: Any) -> bool:
    """Tell whether the value is of the type, and what is in it of the types inside."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is Any:
        return True
    if annotation is None:
        return value is None
    if origin in (Union, UnionType):
        return any(fits(value, each) for each in inner)
    if origin is Literal:
        return value in inner
    if not isinstance(value, origin or annotation):
        return False
    return all(fits(each, expected) for each, expected in _parts(value, origin, inner))


def _parts(value: Any, origin: Any, inner: tuple[Any, ...]) -> Iterable[tuple[Any, Any]]:
    if origin is tuple:
        return zip(value, inner, strict=True)
    if isinstance(value, Mapping) and inner:
        return [(each, kind) for pair in value.items() for each, kind in zip(pair, inner, strict=True)]
    return [(each, inner[0]) for each in value] if inner else []
