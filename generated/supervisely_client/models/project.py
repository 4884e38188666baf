from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.current_version import CurrentVersion


T = TypeVar("T", bound="Project")


@_attrs_define
class Project:
    id: int
    name: str | Unset = UNSET
    type_: str | Unset = UNSET
    """ images, videos, volumes, point_clouds and others; an open set. """
    description: None | str | Unset = UNSET
    size: str | Unset = UNSET
    """ Bytes. """
    readme: None | str | Unset = UNSET
    workspace_id: int | Unset = UNSET
    team_id: int | Unset = UNSET
    images_count: int | None | Unset = UNSET
    items_count: int | None | Unset = UNSET
    datasets_count: int | None | Unset = UNSET
    local_entities_count: int | None | Unset = UNSET
    remote_entities_count: int | None | Unset = UNSET
    reference_image_url: None | str | Unset = UNSET
    """ Null in a project without images. """
    custom_data: Any | Unset = UNSET
    backup_archive: Any | Unset = UNSET
    import_settings: Any | Unset = UNSET
    version: CurrentVersion | None | Unset = UNSET
    created_by: int | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    embeddings_enabled: bool | Unset = UNSET
    embeddings_updated_at: None | str | Unset = UNSET
    embeddings_in_progress: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.current_version import CurrentVersion  # noqa: PLC0415

        id = self.id

        name = self.name

        type_ = self.type_

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        size = self.size

        readme: None | str | Unset
        if isinstance(self.readme, Unset):
            readme = UNSET
        else:
            readme = self.readme

        workspace_id = self.workspace_id

        team_id = self.team_id

        images_count: int | None | Unset
        if isinstance(self.images_count, Unset):
            images_count = UNSET
        else:
            images_count = self.images_count

        items_count: int | None | Unset
        if isinstance(self.items_count, Unset):
            items_count = UNSET
        else:
            items_count = self.items_count

        datasets_count: int | None | Unset
        if isinstance(self.datasets_count, Unset):
            datasets_count = UNSET
        else:
            datasets_count = self.datasets_count

        local_entities_count: int | None | Unset
        if isinstance(self.local_entities_count, Unset):
            local_entities_count = UNSET
        else:
            local_entities_count = self.local_entities_count

        remote_entities_count: int | None | Unset
        if isinstance(self.remote_entities_count, Unset):
            remote_entities_count = UNSET
        else:
            remote_entities_count = self.remote_entities_count

        reference_image_url: None | str | Unset
        if isinstance(self.reference_image_url, Unset):
            reference_image_url = UNSET
        else:
            reference_image_url = self.reference_image_url

        custom_data = self.custom_data

        backup_archive = self.backup_archive

        import_settings = self.import_settings

        version: dict[str, Any] | None | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        elif isinstance(self.version, CurrentVersion):
            version = self.version.to_dict()
        else:
            version = self.version

        created_by = self.created_by

        created_at = self.created_at

        updated_at = self.updated_at

        embeddings_enabled = self.embeddings_enabled

        embeddings_updated_at: None | str | Unset
        if isinstance(self.embeddings_updated_at, Unset):
            embeddings_updated_at = UNSET
        else:
            embeddings_updated_at = self.embeddings_updated_at

        embeddings_in_progress = self.embeddings_in_progress

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if type_ is not UNSET:
            field_dict["type"] = type_
        if description is not UNSET:
            field_dict["description"] = description
        if size is not UNSET:
            field_dict["size"] = size
        if readme is not UNSET:
            field_dict["readme"] = readme
        if workspace_id is not UNSET:
            field_dict["workspaceId"] = workspace_id
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if images_count is not UNSET:
            field_dict["imagesCount"] = images_count
        if items_count is not UNSET:
            field_dict["itemsCount"] = items_count
        if datasets_count is not UNSET:
            field_dict["datasetsCount"] = datasets_count
        if local_entities_count is not UNSET:
            field_dict["localEntitiesCount"] = local_entities_count
        if remote_entities_count is not UNSET:
            field_dict["remoteEntitiesCount"] = remote_entities_count
        if reference_image_url is not UNSET:
            field_dict["referenceImageUrl"] = reference_image_url
        if custom_data is not UNSET:
            field_dict["customData"] = custom_data
        if backup_archive is not UNSET:
            field_dict["backupArchive"] = backup_archive
        if import_settings is not UNSET:
            field_dict["importSettings"] = import_settings
        if version is not UNSET:
            field_dict["version"] = version
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at
        if embeddings_enabled is not UNSET:
            field_dict["embeddingsEnabled"] = embeddings_enabled
        if embeddings_updated_at is not UNSET:
            field_dict["embeddingsUpdatedAt"] = embeddings_updated_at
        if embeddings_in_progress is not UNSET:
            field_dict["embeddingsInProgress"] = embeddings_in_progress

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.current_version import CurrentVersion  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        type_ = d.pop("type", UNSET)

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        size = d.pop("size", UNSET)

        def _parse_readme(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        readme = _parse_readme(d.pop("readme", UNSET))

        workspace_id = d.pop("workspaceId", UNSET)

        team_id = d.pop("teamId", UNSET)

        def _parse_images_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        images_count = _parse_images_count(d.pop("imagesCount", UNSET))

        def _parse_items_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        items_count = _parse_items_count(d.pop("itemsCount", UNSET))

        def _parse_datasets_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        datasets_count = _parse_datasets_count(d.pop("datasetsCount", UNSET))

        def _parse_local_entities_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        local_entities_count = _parse_local_entities_count(d.pop("localEntitiesCount", UNSET))

        def _parse_remote_entities_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        remote_entities_count = _parse_remote_entities_count(d.pop("remoteEntitiesCount", UNSET))

        def _parse_reference_image_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reference_image_url = _parse_reference_image_url(d.pop("referenceImageUrl", UNSET))

        custom_data = d.pop("customData", UNSET)

        backup_archive = d.pop("backupArchive", UNSET)

        import_settings = d.pop("importSettings", UNSET)

        def _parse_version(data: object) -> CurrentVersion | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                version_type_0 = CurrentVersion.from_dict(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CurrentVersion | None | Unset, data)

        version = _parse_version(d.pop("version", UNSET))

        created_by = d.pop("createdBy", UNSET)

        created_at = d.pop("createdAt", UNSET)

        updated_at = d.pop("updatedAt", UNSET)

        embeddings_enabled = d.pop("embeddingsEnabled", UNSET)

        def _parse_embeddings_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        embeddings_updated_at = _parse_embeddings_updated_at(d.pop("embeddingsUpdatedAt", UNSET))

        embeddings_in_progress = d.pop("embeddingsInProgress", UNSET)

        project = cls(
            id=id,
            name=name,
            type_=type_,
            description=description,
            size=size,
            readme=readme,
            workspace_id=workspace_id,
            team_id=team_id,
            images_count=images_count,
            items_count=items_count,
            datasets_count=datasets_count,
            local_entities_count=local_entities_count,
            remote_entities_count=remote_entities_count,
            reference_image_url=reference_image_url,
            custom_data=custom_data,
            backup_archive=backup_archive,
            import_settings=import_settings,
            version=version,
            created_by=created_by,
            created_at=created_at,
            updated_at=updated_at,
            embeddings_enabled=embeddings_enabled,
            embeddings_updated_at=embeddings_updated_at,
            embeddings_in_progress=embeddings_in_progress,
        )

        project.additional_properties = d
        return project

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
