from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="AgentStorageFolder")


@_attrs_define
class AgentStorageFolder:
    host_dir: str
    folder: str

    def to_dict(self) -> dict[str, Any]:
        host_dir = self.host_dir

        folder = self.folder

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "hostDir": host_dir,
                "folder": folder,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        host_dir = d.pop("hostDir")

        folder = d.pop("folder")

        agent_storage_folder = cls(
            host_dir=host_dir,
            folder=folder,
        )

        return agent_storage_folder
