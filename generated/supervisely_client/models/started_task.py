from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="StartedTask")


@_attrs_define
class StartedTask:
    task_id: int
    user_id: int | Unset = UNSET
    module_id: int | Unset = UNSET
    app_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        user_id = self.user_id

        module_id = self.module_id

        app_id = self.app_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "taskId": task_id,
            }
        )
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if module_id is not UNSET:
            field_dict["moduleId"] = module_id
        if app_id is not UNSET:
            field_dict["appId"] = app_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("taskId")

        user_id = d.pop("userId", UNSET)

        module_id = d.pop("moduleId", UNSET)

        app_id = d.pop("appId", UNSET)

        started_task = cls(
            task_id=task_id,
            user_id=user_id,
            module_id=module_id,
            app_id=app_id,
        )

        started_task.additional_properties = d
        return started_task

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
