from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemChangeOwnerRequest")


@_attrs_define
class EcosystemChangeOwnerRequest:
    id: int
    owner_login: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        owner_login = self.owner_login

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
            }
        )
        if owner_login is not UNSET:
            field_dict["ownerLogin"] = owner_login

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        owner_login = d.pop("ownerLogin", UNSET)

        ecosystem_change_owner_request = cls(
            id=id,
            owner_login=owner_login,
        )

        return ecosystem_change_owner_request
