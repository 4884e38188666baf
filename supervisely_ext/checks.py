"""Checks that arguments of several operations share: each gives the value in its right type, or says what is wrong. Pure."""

import math
import operator
import os
import re
import sys
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from .errors import ArgumentError
from .masking import shown
from .shapes import is_list, is_object, is_path

C = TypeVar("C", bound=str)
M = TypeVar("M")

_METHOD = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


def as_id(argument: str, value: Any) -> int:
    """Give an id; anything that is not a whole number from 1 is refused."""
    try:
        number = operator.index(value)
    except TypeError:
        number = 0
    if isinstance(value, bool) or number < 1:
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and an id is a whole number from 1")
    return number


def as_optional_id(argument: str, value: Any) -> int | None:
    """Give an id or None."""
    return None if value is None else as_id(argument, value)


def as_ids(argument: str, value: Any) -> list[int]:
    """Give the ids of an id, a list of ids or None."""
    if value is None:
        return []
    return [as_id(argument, item) for item in (value if is_list(value) else [value])]


def as_number(argument: str, value: Any, *, minimum: float, maximum: float = sys.float_info.max) -> float:
    """Give a finite number from the minimum on, up to the maximum when there is one."""
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not minimum <= number <= maximum:
        limits = f"from {minimum:g}" if maximum == sys.float_info.max else f"from {minimum:g} to {maximum:g}"
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a number {limits}")
    return number


def as_whole(argument: str, value: Any, *, minimum: int) -> int:
    """Give a whole number from the minimum on."""
    number = as_number(argument, value, minimum=minimum)
    if number != int(number):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a whole number")
    return int(number)


def as_text(argument: str, value: Any) -> str:
    """Give a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a text")
    return value


def as_method(value: Any) -> str:
    """Give the name of a method of the API, which becomes part of an address."""
    if not _METHOD.fullmatch(as_text("method", value)):
        raise ArgumentError(argument="method", problem=f"is {shown(value)}", hint="Example: tasks.list")
    return str(value)


def as_any_text(argument: str, value: Any) -> str:
    """Give a text, which may be empty."""
    if not isinstance(value, str):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a text")
    return value


def as_optional_text(argument: str, value: Any) -> str | None:
    """Give a text, which may be empty, or None."""
    return None if value is None else as_any_text(argument, value)


def as_flag(argument: str, value: Any) -> bool:
    """Give True or False; nothing else is one of them."""
    if not isinstance(value, bool):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is True or False")
    return value


def as_path(argument: str, value: Any) -> str:
    """Give the path of a file."""
    path: Any = os.fspath(value) if is_path(value) else value
    if not isinstance(path, str) or not path or "\0" in path or not _is_encodable(path):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a path")
    return path


def _is_encodable(path: str) -> bool:
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True


def as_list(argument: str, value: object) -> list[Any]:
    """Give a list; a text is none, and neither is None."""
    if not is_list(value):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a list")
    return list(value)


def as_mapping(argument: str, value: object) -> Mapping[str, Any]:
    """Give a mapping; None is an empty one."""
    if value is None:
        return {}
    if not is_object(value):
        raise ArgumentError(argument=argument, problem=f"is {shown(value)}, and it is a dict")
    return value


def as_model(argument: str, build: Callable[[Mapping[str, Any]], M], value: object) -> M:
    """Give the request's model of a dict; what it cannot be built from is refused."""
    data = as_mapping(argument, value)
    try:
        return build(data)
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise ArgumentError(argument=argument, problem=f"has another shape than it must have ({error})") from error


def one_of(argument: str, value: object, allowed: Collection[C]) -> C:
    """Give the value, which must be among the allowed."""
    if not isinstance(value, str) or value not in allowed:
        near = get_close_matches(str(value), list(allowed), n=1)
        raise ArgumentError(
            argument=argument,
            problem=f"is {shown(value)}",
            allowed=tuple(sorted(allowed)),
            hint=f"Did you mean {near[0]}?" if near else "",
        )
    return cast(C, value)
