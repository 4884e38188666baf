from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="TasksUsersRequest")


@_attrs_define
class TasksUsersRequest:
    task_id: int
    user_ids: list[int]

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        user_ids = self.user_ids

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "userIds": user_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("taskId")

        user_ids = cast(list[int], d.pop("userIds"))

        tasks_users_request = cls(
            task_id=task_id,
            user_ids=user_ids,
        )

        return tasks_users_request
