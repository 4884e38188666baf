from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.project_version import ProjectVersion


T = TypeVar("T", bound="ProjectVersionPage")


@_attrs_define
class ProjectVersionPage:
    total: int
    """ Entities on all pages together. """
    per_page: int
    pages_count: int
    entities: list[ProjectVersion]
    after: None | str | Unset = UNSET
    """ Only in a listing by token; null at its end. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        total = self.total

        per_page = self.per_page

        pages_count = self.pages_count

        entities = []
        for entities_item_data in self.entities:
            entities_item = entities_item_data.to_dict()
            entities.append(entities_item)

        after: None | str | Unset
        if isinstance(self.after, Unset):
            after = UNSET
        else:
            after = self.after

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "total": total,
                "perPage": per_page,
                "pagesCount": pages_count,
                "entities": entities,
            }
        )
        if after is not UNSET:
            field_dict["after"] = after

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.project_version import ProjectVersion  # noqa: PLC0415

        d = dict(src_dict)
        total = d.pop("total")

        per_page = d.pop("perPage")

        pages_count = d.pop("pagesCount")

        entities = []
        _entities = d.pop("entities")
        for entities_item_data in _entities:
            entities_item = ProjectVersion.from_dict(entities_item_data)

            entities.append(entities_item)

        def _parse_after(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        after = _parse_after(d.pop("after", UNSET))

        project_version_page = cls(
            total=total,
            per_page=per_page,
            pages_count=pages_count,
            entities=entities,
            after=after,
        )

        project_version_page.additional_properties = d
        return project_version_page

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
