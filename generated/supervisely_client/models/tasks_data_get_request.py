from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="TasksDataGetRequest")


@_attrs_define
class TasksDataGetRequest:
    task_id: int
    fields: list[str]

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        fields = self.fields

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "fields": fields,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("taskId")

        fields = cast(list[str], d.pop("fields"))

        tasks_data_get_request = cls(
            task_id=task_id,
            fields=fields,
        )

        return tasks_data_get_request
