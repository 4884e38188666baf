from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="WorkflowIcon")


@_attrs_define
class WorkflowIcon:
    icon: str
    """ A name that begins with zmdi-. """
    color: str
    background_color: str

    def to_dict(self) -> dict[str, Any]:
        icon = self.icon

        color = self.color

        background_color = self.background_color

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "icon": icon,
                "color": color,
                "backgroundColor": background_color,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        icon = d.pop("icon")

        color = d.pop("color")

        background_color = d.pop("backgroundColor")

        workflow_icon = cls(
            icon=icon,
            color=color,
            background_color=background_color,
        )

        return workflow_icon
