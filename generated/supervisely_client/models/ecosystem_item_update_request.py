from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemItemUpdateRequest")


@_attrs_define
class EcosystemItemUpdateRequest:
    module_id: int
    token: str | Unset = UNSET
    """ A secret; opens the repository. """
    is_shared: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        module_id = self.module_id

        token = self.token

        is_shared = self.is_shared

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "moduleId": module_id,
            }
        )
        if token is not UNSET:
            field_dict["token"] = token
        if is_shared is not UNSET:
            field_dict["isShared"] = is_shared

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        module_id = d.pop("moduleId")

        token = d.pop("token", UNSET)

        is_shared = d.pop("isShared", UNSET)

        ecosystem_item_update_request = cls(
            module_id=module_id,
            token=token,
            is_shared=is_shared,
        )

        return ecosystem_item_update_request
