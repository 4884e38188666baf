"""Functions that a caller gives to be called. Pure."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from .errors import ArgumentError
from .masking import shown

F = TypeVar("F", bound=Callable[..., Any])


def as_callback(argument: str, given: F | None) -> F | None:
    """Give a function or None; a coroutine function is refused, since nobody awaits what it gives."""
    if given is not None and not callable(given):
        raise ArgumentError(argument=argument, problem=f"is {shown(given)}, and it is a function")
    if inspect.iscoroutinefunction(given):
        raise ArgumentError(argument=argument, problem="is a coroutine function, and is called, not awaited")
    return given
