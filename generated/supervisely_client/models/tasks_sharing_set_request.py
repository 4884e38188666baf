from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="TasksSharingSetRequest")


@_attrs_define
class TasksSharingSetRequest:
    task_id: int
    shared: bool

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        shared = self.shared

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "shared": shared,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("taskId")

        shared = d.pop("shared")

        tasks_sharing_set_request = cls(
            task_id=task_id,
            shared=shared,
        )

        return tasks_sharing_set_request
