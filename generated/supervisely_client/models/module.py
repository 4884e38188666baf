from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.module_config import ModuleConfig
    from ..models.module_meta import ModuleMeta


T = TypeVar("T", bound="Module")


@_attrs_define
class Module:
    """A module of the ecosystem. What a repository's config.json spells in snake_case comes in camelCase."""

    id: int
    slug: str
    name: str
    type_: str
    """ app, project, collection, client_side_app. """
    config: ModuleConfig
    """ The app's configuration; it may say more. """
    created_at: str
    updated_at: str
    readme: None | str | Unset = UNSET
    repo: None | str | Unset = UNSET
    repository_module_url: None | str | Unset = UNSET
    meta: ModuleMeta | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.module_meta import ModuleMeta  # noqa: PLC0415

        id = self.id

        slug = self.slug

        name = self.name

        type_ = self.type_

        config = self.config.to_dict()

        created_at = self.created_at

        updated_at = self.updated_at

        readme: None | str | Unset
        if isinstance(self.readme, Unset):
            readme = UNSET
        else:
            readme = self.readme

        repo: None | str | Unset
        if isinstance(self.repo, Unset):
            repo = UNSET
        else:
            repo = self.repo

        repository_module_url: None | str | Unset
        if isinstance(self.repository_module_url, Unset):
            repository_module_url = UNSET
        else:
            repository_module_url = self.repository_module_url

        meta: dict[str, Any] | None | Unset
        if isinstance(self.meta, Unset):
            meta = UNSET
        elif isinstance(self.meta, ModuleMeta):
            meta = self.meta.to_dict()
        else:
            meta = self.meta

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "slug": slug,
                "name": name,
                "type": type_,
                "config": config,
                "createdAt": created_at,
                "updatedAt": updated_at,
            }
        )
        if readme is not UNSET:
            field_dict["readme"] = readme
        if repo is not UNSET:
            field_dict["repo"] = repo
        if repository_module_url is not UNSET:
            field_dict["repositoryModuleUrl"] = repository_module_url
        if meta is not UNSET:
            field_dict["meta"] = meta

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.module_config import ModuleConfig  # noqa: PLC0415
        from ..models.module_meta import ModuleMeta  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        slug = d.pop("slug")

        name = d.pop("name")

        type_ = d.pop("type")

        config = ModuleConfig.from_dict(d.pop("config"))

        created_at = d.pop("createdAt")

        updated_at = d.pop("updatedAt")

        def _parse_readme(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        readme = _parse_readme(d.pop("readme", UNSET))

        def _parse_repo(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        repo = _parse_repo(d.pop("repo", UNSET))

        def _parse_repository_module_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        repository_module_url = _parse_repository_module_url(d.pop("repositoryModuleUrl", UNSET))

        def _parse_meta(data: object) -> ModuleMeta | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                meta_type_0 = ModuleMeta.from_dict(data)

                return meta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ModuleMeta | None | Unset, data)

        meta = _parse_meta(d.pop("meta", UNSET))

        module = cls(
            id=id,
            slug=slug,
            name=name,
            type_=type_,
            config=config,
            created_at=created_at,
            updated_at=updated_at,
            readme=readme,
            repo=repo,
            repository_module_url=repository_module_url,
            meta=meta,
        )

        module.additional_properties = d
        return module

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
