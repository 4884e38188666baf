from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="FileStorageListRequest")


@_attrs_define
class FileStorageListRequest:
    team_id: int
    path: str
    recursive: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        team_id = self.team_id

        path = self.path

        recursive = self.recursive

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "teamId": team_id,
                "path": path,
            }
        )
        if recursive is not UNSET:
            field_dict["recursive"] = recursive

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        team_id = d.pop("teamId")

        path = d.pop("path")

        recursive = d.pop("recursive", UNSET)

        file_storage_list_request = cls(
            team_id=team_id,
            path=path,
            recursive=recursive,
        )

        return file_storage_list_request
