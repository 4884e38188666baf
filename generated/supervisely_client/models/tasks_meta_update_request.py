from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.agent_storage_folder import AgentStorageFolder


T = TypeVar("T", bound="TasksMetaUpdateRequest")


@_attrs_define
class TasksMetaUpdateRequest:
    id: int
    template_root_directory: str | Unset = UNSET
    agent_storage_folder: AgentStorageFolder | Unset = UNSET
    name: str | Unset = UNSET
    """ The session's name. """
    k_8_s_markers: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        template_root_directory = self.template_root_directory

        agent_storage_folder: dict[str, Any] | Unset = UNSET
        if not isinstance(self.agent_storage_folder, Unset):
            agent_storage_folder = self.agent_storage_folder.to_dict()

        name = self.name

        k_8_s_markers = self.k_8_s_markers

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if template_root_directory is not UNSET:
            field_dict["templateRootDirectory"] = template_root_directory
        if agent_storage_folder is not UNSET:
            field_dict["agentStorageFolder"] = agent_storage_folder
        if name is not UNSET:
            field_dict["name"] = name
        if k_8_s_markers is not UNSET:
            field_dict["k8sMarkers"] = k_8_s_markers

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.agent_storage_folder import AgentStorageFolder  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        template_root_directory = d.pop("templateRootDirectory", UNSET)

        _agent_storage_folder = d.pop("agentStorageFolder", UNSET)
        agent_storage_folder: AgentStorageFolder | Unset
        if isinstance(_agent_storage_folder, Unset):
            agent_storage_folder = UNSET
        else:
            agent_storage_folder = AgentStorageFolder.from_dict(_agent_storage_folder)

        name = d.pop("name", UNSET)

        k_8_s_markers = d.pop("k8sMarkers", UNSET)

        tasks_meta_update_request = cls(
            id=id,
            template_root_directory=template_root_directory,
            agent_storage_folder=agent_storage_folder,
            name=name,
            k_8_s_markers=k_8_s_markers,
        )

        tasks_meta_update_request.additional_properties = d
        return tasks_meta_update_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
