from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectsEditInfoRequest")


@_attrs_define
class ProjectsEditInfoRequest:
    id: int
    name: str | Unset = UNSET
    description: str | Unset = UNSET
    readme: str | Unset = UNSET
    custom_data: Any | Unset = UNSET
    type_: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        description = self.description

        readme = self.readme

        custom_data = self.custom_data

        type_ = self.type_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if readme is not UNSET:
            field_dict["readme"] = readme
        if custom_data is not UNSET:
            field_dict["customData"] = custom_data
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        readme = d.pop("readme", UNSET)

        custom_data = d.pop("customData", UNSET)

        type_ = d.pop("type", UNSET)

        projects_edit_info_request = cls(
            id=id,
            name=name,
            description=description,
            readme=readme,
            custom_data=custom_data,
            type_=type_,
        )

        return projects_edit_info_request
