from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.output_icon import OutputIcon


T = TypeVar("T", bound="GeneralOutput")


@_attrs_define
class GeneralOutput:
    title: str
    """ The SDK does not look at the length. """
    description: str | Unset = UNSET
    icon: OutputIcon | Unset = UNSET
    icon_url: str | Unset = UNSET
    title_url: str | Unset = UNSET
    download: bool | Unset = UNSET
    is_error: bool | Unset = UNSET
    show_logs: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        description = self.description

        icon: dict[str, Any] | Unset = UNSET
        if not isinstance(self.icon, Unset):
            icon = self.icon.to_dict()

        icon_url = self.icon_url

        title_url = self.title_url

        download = self.download

        is_error = self.is_error

        show_logs = self.show_logs

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "title": title,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if icon is not UNSET:
            field_dict["icon"] = icon
        if icon_url is not UNSET:
            field_dict["iconUrl"] = icon_url
        if title_url is not UNSET:
            field_dict["titleUrl"] = title_url
        if download is not UNSET:
            field_dict["download"] = download
        if is_error is not UNSET:
            field_dict["isError"] = is_error
        if show_logs is not UNSET:
            field_dict["showLogs"] = show_logs

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.output_icon import OutputIcon  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        description = d.pop("description", UNSET)

        _icon = d.pop("icon", UNSET)
        icon: OutputIcon | Unset
        if isinstance(_icon, Unset):
            icon = UNSET
        else:
            icon = OutputIcon.from_dict(_icon)

        icon_url = d.pop("iconUrl", UNSET)

        title_url = d.pop("titleUrl", UNSET)

        download = d.pop("download", UNSET)

        is_error = d.pop("isError", UNSET)

        show_logs = d.pop("showLogs", UNSET)

        general_output = cls(
            title=title,
            description=description,
            icon=icon,
            icon_url=icon_url,
            title_url=title_url,
            download=download,
            is_error=is_error,
            show_logs=show_logs,
        )

        return general_output
