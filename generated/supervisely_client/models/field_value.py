from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="FieldValue")


@_attrs_define
class FieldValue:
    field: str
    """ A path such as data.chart.series[0].y. """
    payload: Any
    """ Any JSON; the reference says text, but its example and the SDK have objects. """
    append: bool | Unset = UNSET
    """ Adds to what is there, so that a repetition adds twice. """
    recursive: bool | Unset = UNSET
    """ Merges deeply; only with append. """

    def to_dict(self) -> dict[str, Any]:
        field = self.field

        payload = self.payload

        append = self.append

        recursive = self.recursive

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "field": field,
                "payload": payload,
            }
        )
        if append is not UNSET:
            field_dict["append"] = append
        if recursive is not UNSET:
            field_dict["recursive"] = recursive

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field = d.pop("field")

        payload = d.pop("payload")

        append = d.pop("append", UNSET)

        recursive = d.pop("recursive", UNSET)

        field_value = cls(
            field=field,
            payload=payload,
            append=append,
            recursive=recursive,
        )

        return field_value
