from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.workflow_icon import WorkflowIcon
    from ..models.workflow_link import WorkflowLink


T = TypeVar("T", bound="WorkflowSettings")


@_attrs_define
class WorkflowSettings:
    icon: WorkflowIcon | Unset = UNSET
    title: str | Unset = UNSET
    """ HTML. """
    description: str | Unset = UNSET
    """ HTML. """
    main_link: WorkflowLink | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        icon: dict[str, Any] | Unset = UNSET
        if not isinstance(self.icon, Unset):
            icon = self.icon.to_dict()

        title = self.title

        description = self.description

        main_link: dict[str, Any] | Unset = UNSET
        if not isinstance(self.main_link, Unset):
            main_link = self.main_link.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if icon is not UNSET:
            field_dict["icon"] = icon
        if title is not UNSET:
            field_dict["title"] = title
        if description is not UNSET:
            field_dict["description"] = description
        if main_link is not UNSET:
            field_dict["mainLink"] = main_link

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.workflow_icon import WorkflowIcon  # noqa: PLC0415
        from ..models.workflow_link import WorkflowLink  # noqa: PLC0415

        d = dict(src_dict)
        _icon = d.pop("icon", UNSET)
        icon: WorkflowIcon | Unset
        if isinstance(_icon, Unset):
            icon = UNSET
        else:
            icon = WorkflowIcon.from_dict(_icon)

        title = d.pop("title", UNSET)

        description = d.pop("description", UNSET)

        _main_link = d.pop("mainLink", UNSET)
        main_link: WorkflowLink | Unset
        if isinstance(_main_link, Unset):
            main_link = UNSET
        else:
            main_link = WorkflowLink.from_dict(_main_link)

        workflow_settings = cls(
            icon=icon,
            title=title,
            description=description,
            main_link=main_link,
        )

        return workflow_settings
