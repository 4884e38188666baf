from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemCheckForUpdatesRequest")


@_attrs_define
class EcosystemCheckForUpdatesRequest:
    app_keys: list[str]
    last_update: str | Unset = UNSET
    """ ISO 8601; 2022-11-01 when absent. """

    def to_dict(self) -> dict[str, Any]:
        app_keys = self.app_keys

        last_update = self.last_update

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "appKeys": app_keys,
            }
        )
        if last_update is not UNSET:
            field_dict["lastUpdate"] = last_update

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_keys = cast(list[str], d.pop("appKeys"))

        last_update = d.pop("lastUpdate", UNSET)

        ecosystem_check_for_updates_request = cls(
            app_keys=app_keys,
            last_update=last_update,
        )

        return ecosystem_check_for_updates_request
