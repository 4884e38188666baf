"""Telling the shapes of decoded JSON apart, for readers and type checkers alike. Pure."""

from collections.abc import Mapping
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Tell whether the value is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether the value is a JSON array."""
    return isinstance(value, list)


def part(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Give a nested object; empty when it is missing, null or no object."""
    for key in path:
        value = data.get(key)
        data = value if is_object(value) else {}
    return data
