from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="OutputIcon")


@_attrs_define
class OutputIcon:
    class_name: str
    color: str | Unset = UNSET
    background_color: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        class_name = self.class_name

        color = self.color

        background_color = self.background_color

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "className": class_name,
            }
        )
        if color is not UNSET:
            field_dict["color"] = color
        if background_color is not UNSET:
            field_dict["backgroundColor"] = background_color

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        class_name = d.pop("className")

        color = d.pop("color", UNSET)

        background_color = d.pop("backgroundColor", UNSET)

        output_icon = cls(
            class_name=class_name,
            color=color,
            background_color=background_color,
        )

        return output_icon
