from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TaskMetaApp")


@_attrs_define
class TaskMetaApp:
    """The app that runs; `id` is the app's in its team, not the module's."""

    id: int | Unset = UNSET
    module_id: int | Unset = UNSET
    name: str | Unset = UNSET
    version: str | Unset = UNSET
    is_branch: bool | Unset = UNSET
    log_level: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        module_id = self.module_id

        name = self.name

        version = self.version

        is_branch = self.is_branch

        log_level = self.log_level

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if module_id is not UNSET:
            field_dict["moduleId"] = module_id
        if name is not UNSET:
            field_dict["name"] = name
        if version is not UNSET:
            field_dict["version"] = version
        if is_branch is not UNSET:
            field_dict["isBranch"] = is_branch
        if log_level is not UNSET:
            field_dict["logLevel"] = log_level

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        module_id = d.pop("moduleId", UNSET)

        name = d.pop("name", UNSET)

        version = d.pop("version", UNSET)

        is_branch = d.pop("isBranch", UNSET)

        log_level = d.pop("logLevel", UNSET)

        task_meta_app = cls(
            id=id,
            module_id=module_id,
            name=name,
            version=version,
            is_branch=is_branch,
            log_level=log_level,
        )

        task_meta_app.additional_properties = d
        return task_meta_app

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
