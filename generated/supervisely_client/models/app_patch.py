from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="AppPatch")


@_attrs_define
class AppPatch:
    data: list[Any] | Unset = UNSET
    """ A JSON patch. """
    state: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        data: list[Any] | Unset = UNSET
        if not isinstance(self.data, Unset):
            data = self.data

        state = self.state

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if data is not UNSET:
            field_dict["data"] = data
        if state is not UNSET:
            field_dict["state"] = state

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        data = cast(list[Any], d.pop("data", UNSET))

        state = d.pop("state", UNSET)

        app_patch = cls(
            data=data,
            state=state,
        )

        return app_patch
