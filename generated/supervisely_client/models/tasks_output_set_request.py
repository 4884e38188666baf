from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.task_output import TaskOutput


T = TypeVar("T", bound="TasksOutputSetRequest")


@_attrs_define
class TasksOutputSetRequest:
    task_id: int
    output: TaskOutput

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        output = self.output.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "output": output,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.task_output import TaskOutput  # noqa: PLC0415

        d = dict(src_dict)
        task_id = d.pop("taskId")

        output = TaskOutput.from_dict(d.pop("output"))

        tasks_output_set_request = cls(
            task_id=task_id,
            output=output,
        )

        return tasks_output_set_request
