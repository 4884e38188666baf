from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.filter_operator import FilterOperator, check_filter_operator
from ..types import UNSET, Unset

T = TypeVar("T", bound="Filter")


@_attrs_define
class Filter:
    """Keeps the entities whose field compares to the value as the operator says."""

    field: str
    operator: FilterOperator
    value: Any | Unset = UNSET
    """ A list for `in` and `!in`. """

    def to_dict(self) -> dict[str, Any]:
        field = self.field

        operator: str = self.operator

        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "field": field,
                "operator": operator,
            }
        )
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field = d.pop("field")

        operator = check_filter_operator(d.pop("operator"))

        value = d.pop("value", UNSET)

        filter_ = cls(
            field=field,
            operator=operator,
            value=value,
        )

        return filter_
