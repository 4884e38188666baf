from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.app_patch import AppPatch
    from ..models.field_value import FieldValue


T = TypeVar("T", bound="TasksAppV2DataSetRequest")


@_attrs_define
class TasksAppV2DataSetRequest:
    task_id: int
    payload: AppPatch | Unset = UNSET
    fields: list[FieldValue] | Unset = UNSET
    """ In the reference's example only, which looks like one of `tasks.data.set`; the SDK sends payload. """

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        payload: dict[str, Any] | Unset = UNSET
        if not isinstance(self.payload, Unset):
            payload = self.payload.to_dict()

        fields: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.fields, Unset):
            fields = []
            for fields_item_data in self.fields:
                fields_item = fields_item_data.to_dict()
                fields.append(fields_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
            }
        )
        if payload is not UNSET:
            field_dict["payload"] = payload
        if fields is not UNSET:
            field_dict["fields"] = fields

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.app_patch import AppPatch  # noqa: PLC0415
        from ..models.field_value import FieldValue  # noqa: PLC0415

        d = dict(src_dict)
        task_id = d.pop("taskId")

        _payload = d.pop("payload", UNSET)
        payload: AppPatch | Unset
        if isinstance(_payload, Unset):
            payload = UNSET
        else:
            payload = AppPatch.from_dict(_payload)

        _fields = d.pop("fields", UNSET)
        fields: list[FieldValue] | Unset = UNSET
        if _fields is not UNSET:
            fields = []
            for fields_item_data in _fields:
                fields_item = FieldValue.from_dict(fields_item_data)

                fields.append(fields_item)

        tasks_app_v2_data_set_request = cls(
            task_id=task_id,
            payload=payload,
            fields=fields,
        )

        return tasks_app_v2_data_set_request
