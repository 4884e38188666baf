from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.field_value import FieldValue


T = TypeVar("T", bound="TasksDataSetRequest")


@_attrs_define
class TasksDataSetRequest:
    task_id: int
    fields: list[FieldValue]
    notify: bool | Unset = UNSET
    """ Tells open pages of the app. True when absent. """
    persistent: bool | Unset = UNSET
    """ The reference does not explain it. """

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        fields = []
        for fields_item_data in self.fields:
            fields_item = fields_item_data.to_dict()
            fields.append(fields_item)

        notify = self.notify

        persistent = self.persistent

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "fields": fields,
            }
        )
        if notify is not UNSET:
            field_dict["notify"] = notify
        if persistent is not UNSET:
            field_dict["persistent"] = persistent

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.field_value import FieldValue  # noqa: PLC0415

        d = dict(src_dict)
        task_id = d.pop("taskId")

        fields = []
        _fields = d.pop("fields")
        for fields_item_data in _fields:
            fields_item = FieldValue.from_dict(fields_item_data)

            fields.append(fields_item)

        notify = d.pop("notify", UNSET)

        persistent = d.pop("persistent", UNSET)

        tasks_data_set_request = cls(
            task_id=task_id,
            fields=fields,
            notify=notify,
            persistent=persistent,
        )

        return tasks_data_set_request
