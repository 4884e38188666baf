from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="StoredFile")


@_attrs_define
class StoredFile:
    """A file of a team."""

    path: str
    id: int | Unset = UNSET
    user_id: int | Unset = UNSET
    storage_path: str | Unset = UNSET
    """ Where the bytes are, below the instance's address. """
    meta: Any | Unset = UNSET
    """ ext, mime, size. """
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    hash_: None | str | Unset = UNSET
    full_storage_url: str | Unset = UNSET
    team_id: int | Unset = UNSET
    name: str | Unset = UNSET
    is_dir: bool | Unset = UNSET
    """ Newer instances only. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        path = self.path

        id = self.id

        user_id = self.user_id

        storage_path = self.storage_path

        meta = self.meta

        created_at = self.created_at

        updated_at = self.updated_at

        hash_: None | str | Unset
        if isinstance(self.hash_, Unset):
            hash_ = UNSET
        else:
            hash_ = self.hash_

        full_storage_url = self.full_storage_url

        team_id = self.team_id

        name = self.name

        is_dir = self.is_dir

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "path": path,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if storage_path is not UNSET:
            field_dict["storagePath"] = storage_path
        if meta is not UNSET:
            field_dict["meta"] = meta
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at
        if hash_ is not UNSET:
            field_dict["hash"] = hash_
        if full_storage_url is not UNSET:
            field_dict["fullStorageUrl"] = full_storage_url
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if name is not UNSET:
            field_dict["name"] = name
        if is_dir is not UNSET:
            field_dict["isDir"] = is_dir

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        path = d.pop("path")

        id = d.pop("id", UNSET)

        user_id = d.pop("userId", UNSET)

        storage_path = d.pop("storagePath", UNSET)

        meta = d.pop("meta", UNSET)

        created_at = d.pop("createdAt", UNSET)

        updated_at = d.pop("updatedAt", UNSET)

        def _parse_hash_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hash_ = _parse_hash_(d.pop("hash", UNSET))

        full_storage_url = d.pop("fullStorageUrl", UNSET)

        team_id = d.pop("teamId", UNSET)

        name = d.pop("name", UNSET)

        is_dir = d.pop("isDir", UNSET)

        stored_file = cls(
            path=path,
            id=id,
            user_id=user_id,
            storage_path=storage_path,
            meta=meta,
            created_at=created_at,
            updated_at=updated_at,
            hash_=hash_,
            full_storage_url=full_storage_url,
            team_id=team_id,
            name=name,
            is_dir=is_dir,
        )

        stored_file.additional_properties = d
        return stored_file

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
