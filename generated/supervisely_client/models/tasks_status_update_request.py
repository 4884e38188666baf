from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.task_status import TaskStatus, check_task_status

T = TypeVar("T", bound="TasksStatusUpdateRequest")


@_attrs_define
class TasksStatusUpdateRequest:
    id: int
    status: TaskStatus
    """ queued, consumed by an agent, started, deployed (serving only), then finished or error; or terminating and
    stopped. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        status: str = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        status = check_task_status(d.pop("status"))

        tasks_status_update_request = cls(
            id=id,
            status=status,
        )

        return tasks_status_update_request
