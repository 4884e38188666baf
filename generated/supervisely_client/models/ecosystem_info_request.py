from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemInfoRequest")


@_attrs_define
class EcosystemInfoRequest:
    id: int | Unset = UNSET
    slug: str | Unset = UNSET
    app_key: str | Unset = UNSET
    version: str | Unset = UNSET
    """ A release; the latest when absent. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        slug = self.slug

        app_key = self.app_key

        version = self.version

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if slug is not UNSET:
            field_dict["slug"] = slug
        if app_key is not UNSET:
            field_dict["appKey"] = app_key
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        slug = d.pop("slug", UNSET)

        app_key = d.pop("appKey", UNSET)

        version = d.pop("version", UNSET)

        ecosystem_info_request = cls(
            id=id,
            slug=slug,
            app_key=app_key,
            version=version,
        )

        return ecosystem_info_request
