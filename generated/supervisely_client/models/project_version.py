from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectVersion")


@_attrs_define
class ProjectVersion:
    id: int
    version: int
    project_id: int | Unset = UNSET
    created_by: int | Unset = UNSET
    team_file_id: int | None | Unset = UNSET
    description: None | str | Unset = UNSET
    status: str | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    project_updated_at: None | str | Unset = UNSET
    team_id: int | Unset = UNSET
    name: None | str | Unset = UNSET
    preview_project_id: int | None | Unset = UNSET
    """ Older instances leave it out. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        version = self.version

        project_id = self.project_id

        created_by = self.created_by

        team_file_id: int | None | Unset
        if isinstance(self.team_file_id, Unset):
            team_file_id = UNSET
        else:
            team_file_id = self.team_file_id

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        status = self.status

        created_at = self.created_at

        updated_at = self.updated_at

        project_updated_at: None | str | Unset
        if isinstance(self.project_updated_at, Unset):
            project_updated_at = UNSET
        else:
            project_updated_at = self.project_updated_at

        team_id = self.team_id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        preview_project_id: int | None | Unset
        if isinstance(self.preview_project_id, Unset):
            preview_project_id = UNSET
        else:
            preview_project_id = self.preview_project_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "version": version,
            }
        )
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if team_file_id is not UNSET:
            field_dict["teamFileId"] = team_file_id
        if description is not UNSET:
            field_dict["description"] = description
        if status is not UNSET:
            field_dict["status"] = status
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at
        if project_updated_at is not UNSET:
            field_dict["projectUpdatedAt"] = project_updated_at
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if name is not UNSET:
            field_dict["name"] = name
        if preview_project_id is not UNSET:
            field_dict["previewProjectId"] = preview_project_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        version = d.pop("version")

        project_id = d.pop("projectId", UNSET)

        created_by = d.pop("createdBy", UNSET)

        def _parse_team_file_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        team_file_id = _parse_team_file_id(d.pop("teamFileId", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        status = d.pop("status", UNSET)

        created_at = d.pop("createdAt", UNSET)

        updated_at = d.pop("updatedAt", UNSET)

        def _parse_project_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        project_updated_at = _parse_project_updated_at(d.pop("projectUpdatedAt", UNSET))

        team_id = d.pop("teamId", UNSET)

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_preview_project_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        preview_project_id = _parse_preview_project_id(d.pop("previewProjectId", UNSET))

        project_version = cls(
            id=id,
            version=version,
            project_id=project_id,
            created_by=created_by,
            team_file_id=team_file_id,
            description=description,
            status=status,
            created_at=created_at,
            updated_at=updated_at,
            project_updated_at=project_updated_at,
            team_id=team_id,
            name=name,
            preview_project_id=preview_project_id,
        )

        project_version.additional_properties = d
        return project_version

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
