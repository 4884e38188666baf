from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ServiceTarget")


@_attrs_define
class ServiceTarget:
    name: str
    team_id: int | Unset = UNSET
    is_system: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        team_id = self.team_id

        is_system = self.is_system

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if is_system is not UNSET:
            field_dict["isSystem"] = is_system

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        team_id = d.pop("teamId", UNSET)

        is_system = d.pop("isSystem", UNSET)

        service_target = cls(
            name=name,
            team_id=team_id,
            is_system=is_system,
        )

        return service_target
