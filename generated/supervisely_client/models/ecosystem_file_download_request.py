from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemFileDownloadRequest")


@_attrs_define
class EcosystemFileDownloadRequest:
    """The reference requires only moduleId, but a server has refused what has neither filePath nor isArchive; the SDK
    sends fileKey alone too.

    """

    module_id: int
    app_id: int | Unset = UNSET
    file_path: str | Unset = UNSET
    file_key: str | Unset = UNSET
    version: None | str | Unset = UNSET
    """ The SDK sends null for the latest release. """
    is_archive: bool | Unset = UNSET
    """ The whole module. """

    def to_dict(self) -> dict[str, Any]:
        module_id = self.module_id

        app_id = self.app_id

        file_path = self.file_path

        file_key = self.file_key

        version: None | str | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        else:
            version = self.version

        is_archive = self.is_archive

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "moduleId": module_id,
            }
        )
        if app_id is not UNSET:
            field_dict["appId"] = app_id
        if file_path is not UNSET:
            field_dict["filePath"] = file_path
        if file_key is not UNSET:
            field_dict["fileKey"] = file_key
        if version is not UNSET:
            field_dict["version"] = version
        if is_archive is not UNSET:
            field_dict["isArchive"] = is_archive

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        module_id = d.pop("moduleId")

        app_id = d.pop("appId", UNSET)

        file_path = d.pop("filePath", UNSET)

        file_key = d.pop("fileKey", UNSET)

        def _parse_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        version = _parse_version(d.pop("version", UNSET))

        is_archive = d.pop("isArchive", UNSET)

        ecosystem_file_download_request = cls(
            module_id=module_id,
            app_id=app_id,
            file_path=file_path,
            file_key=file_key,
            version=version,
            is_archive=is_archive,
        )

        return ecosystem_file_download_request
