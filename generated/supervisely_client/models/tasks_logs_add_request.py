from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.new_log_line import NewLogLine


T = TypeVar("T", bound="TasksLogsAddRequest")


@_attrs_define
class TasksLogsAddRequest:
    logs: list[NewLogLine]

    def to_dict(self) -> dict[str, Any]:
        logs = []
        for logs_item_data in self.logs:
            logs_item = logs_item_data.to_dict()
            logs.append(logs_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "logs": logs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_log_line import NewLogLine  # noqa: PLC0415

        d = dict(src_dict)
        logs = []
        _logs = d.pop("logs")
        for logs_item_data in _logs:
            logs_item = NewLogLine.from_dict(logs_item_data)

            logs.append(logs_item)

        tasks_logs_add_request = cls(
            logs=logs,
        )

        return tasks_logs_add_request
