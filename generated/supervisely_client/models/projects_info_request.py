from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectsInfoRequest")


@_attrs_define
class ProjectsInfoRequest:
    id: int
    extra_fields: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        extra_fields: list[str] | Unset = UNSET
        if not isinstance(self.extra_fields, Unset):
            extra_fields = self.extra_fields

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
            }
        )
        if extra_fields is not UNSET:
            field_dict["extraFields"] = extra_fields

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        extra_fields = cast(list[str], d.pop("extraFields", UNSET))

        projects_info_request = cls(
            id=id,
            extra_fields=extra_fields,
        )

        return projects_info_request
