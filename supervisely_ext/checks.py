"""Checks that arguments of several operations share; what is allowed comes from the generated client, so from the spec."""

import operator
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from supervisely_client.models.filter_ import Filter
from supervisely_client.models.filter_operator import FILTER_OPERATOR_VALUES

from .errors import ArgumentError
from .shapes import is_object

C = TypeVar("C", bound=str)


def as_id(argument: str, value: Any) -> int:
    """Give an id; anything that is not a whole number from 1 is refused."""
    try:
        number = operator.index(value)
    except TypeError:
        number = 0
    if isinstance(value, bool) or number < 1:
        raise ArgumentError(argument=argument, problem=f"is {value!r}, and an id is a whole number from 1")
    return number


def as_optional_id(argument: str, value: Any) -> int | None:
    """Give an id or None."""
    return None if value is None else as_id(argument, value)


def one_of(argument: str, value: object, allowed: Collection[C]) -> C:
    """Give the value, which must be among the allowed."""
    if not isinstance(value, str) or value not in allowed:
        near = get_close_matches(str(value), list(allowed), n=1)
        raise ArgumentError(
            argument=argument,
            problem=f"is {value!r}",
            allowed=tuple(sorted(allowed)),
            hint=f"Did you mean {near[0]}?" if near else "",
        )
    return cast(C, value)


def as_filters(argument: str, filters: Sequence[Mapping[str, Any]] | None) -> list[Filter]:
    """Give filters as `{"field": …, "operator": …, "value": …}`."""
    return [_as_filter(f"{argument}[{index}]", item) for index, item in enumerate(filters or ())]


def _as_filter(argument: str, item: object) -> Filter:
    if not is_object(item) or not {"field", "operator"} <= set(item) <= {"field", "operator", "value"}:
        raise ArgumentError(argument=argument, problem=f"is {item!r}", allowed=("field, operator and value",))
    one_of(f"{argument}['operator']", item["operator"], FILTER_OPERATOR_VALUES)
    return Filter.from_dict(item)
