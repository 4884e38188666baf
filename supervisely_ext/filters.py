"""The filters of list methods, from `{"field", "operator", "value"}` to the request's model."""

from collections.abc import Mapping, Sequence
from typing import Any

from supervisely_client.models.filter_ import Filter
from supervisely_client.models.filter_operator import FILTER_OPERATOR_VALUES

from .checks import as_list, one_of
from .errors import ArgumentError
from .masking import shown
from .shapes import is_object


def as_filters(argument: str, filters: Sequence[Mapping[str, Any]] | None) -> list[Filter]:
    """Give the models; what is no filter, or has an unknown operator, is refused."""
    return [_as_filter(f"{argument}[{index}]", item) for index, item in enumerate(as_list(argument, filters or ()))]


def _as_filter(argument: str, item: object) -> Filter:
    if not is_object(item) or not {"field", "operator"} <= set(item) <= {"field", "operator", "value"}:
        raise ArgumentError(argument=argument, problem=f"is {shown(item)}", allowed=("field, operator and value",))
    one_of(f"{argument}['operator']", item["operator"], FILTER_OPERATOR_VALUES)
    return Filter.from_dict(item)
