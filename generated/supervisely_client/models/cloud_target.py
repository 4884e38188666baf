from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CloudTarget")


@_attrs_define
class CloudTarget:
    path_prefix: str
    team_id: int

    def to_dict(self) -> dict[str, Any]:
        path_prefix = self.path_prefix

        team_id = self.team_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "pathPrefix": path_prefix,
                "teamId": team_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        path_prefix = d.pop("pathPrefix")

        team_id = d.pop("teamId")

        cloud_target = cls(
            path_prefix=path_prefix,
            team_id=team_id,
        )

        return cloud_target
