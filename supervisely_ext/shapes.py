"""Telling the shapes of decoded JSON apart, for readers and type checkers alike. Pure."""

import os
from collections.abc import Mapping
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Tell whether the value is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether the value is a JSON array; a tuple is as good."""
    return isinstance(value, list | tuple)


def is_path(value: object) -> TypeGuard[os.PathLike[Any]]:
    """Tell whether the value is a path that is no text."""
    return isinstance(value, os.PathLike)


def part(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Give a nested object; empty when it is missing, null or no object."""
    for key in path:
        value = data.get(key)
        data = value if is_object(value) else {}
    return data


def text_at(data: Mapping[str, Any], key: str) -> str:
    """Give a text that must be there; raises `KeyError` or `TypeError`."""
    value = data[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is {type(value).__name__}, not text")
    return value


def int_at(data: Mapping[str, Any], key: str) -> int:
    """Give a whole number that must be there; raises `KeyError` or `TypeError`."""
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{key} is {type(value).__name__}, not a whole number")
    return value


def id_at(data: Mapping[str, Any], key: str) -> int:
    """Give an id that must be there, to be sent on; raises `KeyError`, `TypeError` or `ValueError`."""
    value = int_at(data, key)
    if value < 1:
        raise ValueError(f"{key} is {value}, and an id is a whole number from 1")
    return value
