from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectOutput")


@_attrs_define
class ProjectOutput:
    id: int
    title: str
    """ The SDK does not look at the length. """
    preview: str | Unset = UNSET
    """ The address of a picture. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        preview = self.preview

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "title": title,
            }
        )
        if preview is not UNSET:
            field_dict["preview"] = preview

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        preview = d.pop("preview", UNSET)

        project_output = cls(
            id=id,
            title=title,
            preview=preview,
        )

        return project_output
