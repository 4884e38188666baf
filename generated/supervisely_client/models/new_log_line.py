from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewLogLine")


@_attrs_define
class NewLogLine:
    """The SDK passes on what it is given; these are the fields that agents write."""

    message: str | Unset = UNSET
    level: str | Unset = UNSET
    timestamp: str | Unset = UNSET
    """ ISO 8601 in UTC. """
    event_type: str | Unset = UNSET
    service_type: str | Unset = UNSET
    task_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        message = self.message

        level = self.level

        timestamp = self.timestamp

        event_type = self.event_type

        service_type = self.service_type

        task_id = self.task_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if message is not UNSET:
            field_dict["message"] = message
        if level is not UNSET:
            field_dict["level"] = level
        if timestamp is not UNSET:
            field_dict["timestamp"] = timestamp
        if event_type is not UNSET:
            field_dict["event_type"] = event_type
        if service_type is not UNSET:
            field_dict["service_type"] = service_type
        if task_id is not UNSET:
            field_dict["task_id"] = task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        message = d.pop("message", UNSET)

        level = d.pop("level", UNSET)

        timestamp = d.pop("timestamp", UNSET)

        event_type = d.pop("event_type", UNSET)

        service_type = d.pop("service_type", UNSET)

        task_id = d.pop("task_id", UNSET)

        new_log_line = cls(
            message=message,
            level=level,
            timestamp=timestamp,
            event_type=event_type,
            service_type=service_type,
            task_id=task_id,
        )

        new_log_line.additional_properties = d
        return new_log_line

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
