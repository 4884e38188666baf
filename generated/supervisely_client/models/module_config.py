from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ModuleConfig")


@_attrs_define
class ModuleConfig:
    """The app's configuration; it may say more."""

    context_menu: Any | Unset = UNSET
    modal_template_state: Any | Unset = UNSET
    task_location: str | Unset = UNSET
    categories: list[str] | Unset = UNSET
    session_tags: list[str] | Unset = UNSET
    integrated_into: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        context_menu = self.context_menu

        modal_template_state = self.modal_template_state

        task_location = self.task_location

        categories: list[str] | Unset = UNSET
        if not isinstance(self.categories, Unset):
            categories = self.categories

        session_tags: list[str] | Unset = UNSET
        if not isinstance(self.session_tags, Unset):
            session_tags = self.session_tags

        integrated_into: list[str] | Unset = UNSET
        if not isinstance(self.integrated_into, Unset):
            integrated_into = self.integrated_into

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if context_menu is not UNSET:
            field_dict["contextMenu"] = context_menu
        if modal_template_state is not UNSET:
            field_dict["modalTemplateState"] = modal_template_state
        if task_location is not UNSET:
            field_dict["taskLocation"] = task_location
        if categories is not UNSET:
            field_dict["categories"] = categories
        if session_tags is not UNSET:
            field_dict["sessionTags"] = session_tags
        if integrated_into is not UNSET:
            field_dict["integratedInto"] = integrated_into

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        context_menu = d.pop("contextMenu", UNSET)

        modal_template_state = d.pop("modalTemplateState", UNSET)

        task_location = d.pop("taskLocation", UNSET)

        categories = cast(list[str], d.pop("categories", UNSET))

        session_tags = cast(list[str], d.pop("sessionTags", UNSET))

        integrated_into = cast(list[str], d.pop("integratedInto", UNSET))

        module_config = cls(
            context_menu=context_menu,
            modal_template_state=modal_template_state,
            task_location=task_location,
            categories=categories,
            session_tags=session_tags,
            integrated_into=integrated_into,
        )

        module_config.additional_properties = d
        return module_config

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
