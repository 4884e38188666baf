from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import types
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="EcosystemReleaseRequest")


@_attrs_define
class EcosystemReleaseRequest:
    app_key: str
    release: str
    """ JSON text with version, name and createdAt. """
    config: str
    """ The app's config.json, as text. """
    archive: File
    """ A tar file of type application/gzip or application/x-tar. """
    slug: str | Unset = UNSET
    sub_app_path: str | Unset = UNSET
    readme: str | Unset = UNSET
    modal_template: str | Unset = UNSET
    user_id: str | Unset = UNSET
    is_shared: str | Unset = UNSET
    """ The SDK sends `true` or leaves it out. """
    files: str | Unset = UNSET
    """ JSON text with texts by name. """

    def to_dict(self) -> dict[str, Any]:
        app_key = self.app_key

        release = self.release

        config = self.config

        archive = self.archive.to_tuple()

        slug = self.slug

        sub_app_path = self.sub_app_path

        readme = self.readme

        modal_template = self.modal_template

        user_id = self.user_id

        is_shared = self.is_shared

        files = self.files

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "appKey": app_key,
                "release": release,
                "config": config,
                "archive": archive,
            }
        )
        if slug is not UNSET:
            field_dict["slug"] = slug
        if sub_app_path is not UNSET:
            field_dict["subAppPath"] = sub_app_path
        if readme is not UNSET:
            field_dict["readme"] = readme
        if modal_template is not UNSET:
            field_dict["modalTemplate"] = modal_template
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if is_shared is not UNSET:
            field_dict["isShared"] = is_shared
        if files is not UNSET:
            field_dict["files"] = files

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("appKey", (None, str(self.app_key).encode(), "text/plain")))

        files.append(("release", (None, str(self.release).encode(), "text/plain")))

        files.append(("config", (None, str(self.config).encode(), "text/plain")))

        files.append(("archive", self.archive.to_tuple()))

        if not isinstance(self.slug, Unset):
            files.append(("slug", (None, str(self.slug).encode(), "text/plain")))

        if not isinstance(self.sub_app_path, Unset):
            files.append(("subAppPath", (None, str(self.sub_app_path).encode(), "text/plain")))

        if not isinstance(self.readme, Unset):
            files.append(("readme", (None, str(self.readme).encode(), "text/plain")))

        if not isinstance(self.modal_template, Unset):
            files.append(("modalTemplate", (None, str(self.modal_template).encode(), "text/plain")))

        if not isinstance(self.user_id, Unset):
            files.append(("userId", (None, str(self.user_id).encode(), "text/plain")))

        if not isinstance(self.is_shared, Unset):
            files.append(("isShared", (None, str(self.is_shared).encode(), "text/plain")))

        if not isinstance(self.files, Unset):
            files.append(("files", (None, str(self.files).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_key = d.pop("appKey")

        release = d.pop("release")

        config = d.pop("config")

        archive = File(payload=BytesIO(d.pop("archive")))

        slug = d.pop("slug", UNSET)

        sub_app_path = d.pop("subAppPath", UNSET)

        readme = d.pop("readme", UNSET)

        modal_template = d.pop("modalTemplate", UNSET)

        user_id = d.pop("userId", UNSET)

        is_shared = d.pop("isShared", UNSET)

        files = d.pop("files", UNSET)

        ecosystem_release_request = cls(
            app_key=app_key,
            release=release,
            config=config,
            archive=archive,
            slug=slug,
            sub_app_path=sub_app_path,
            readme=readme,
            modal_template=modal_template,
            user_id=user_id,
            is_shared=is_shared,
            files=files,
        )

        return ecosystem_release_request
