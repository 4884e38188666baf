from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TasksInfoRequest")


@_attrs_define
class TasksInfoRequest:
    id: int | str
    """ A number in the reference; the SDK sends the text of an environment variable too. """
    with_progress: bool | Unset = UNSET
    with_assigned_users: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id: int | str
        id = self.id

        with_progress = self.with_progress

        with_assigned_users = self.with_assigned_users

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
            }
        )
        if with_progress is not UNSET:
            field_dict["withProgress"] = with_progress
        if with_assigned_users is not UNSET:
            field_dict["withAssignedUsers"] = with_assigned_users

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_id(data: object) -> int | str:
            return cast(int | str, data)

        id = _parse_id(d.pop("id"))

        with_progress = d.pop("withProgress", UNSET)

        with_assigned_users = d.pop("withAssignedUsers", UNSET)

        tasks_info_request = cls(
            id=id,
            with_progress=with_progress,
            with_assigned_users=with_assigned_users,
        )

        return tasks_info_request
