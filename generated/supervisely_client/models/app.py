from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.task import Task


T = TypeVar("T", bound="App")


@_attrs_define
class App:
    """An ecosystem module as installed in a team."""

    id: int
    created_by: int | Unset = UNSET
    module_id: int | Unset = UNSET
    disabled: bool | Unset = UNSET
    user_login: str | Unset = UNSET
    config: Any | Unset = UNSET
    name: str | Unset = UNSET
    slug: str | Unset = UNSET
    module_disabled: bool | Unset = UNSET
    provider: str | Unset = UNSET
    repository_id: int | Unset = UNSET
    path_prefix: str | Unset = UNSET
    base_url: None | str | Unset = UNSET
    is_shared: bool | Unset = UNSET
    tasks: list[Task] | Unset = UNSET
    repo: str | Unset = UNSET
    repo_key: str | Unset = UNSET
    github_module_url: str | Unset = UNSET
    repository_module_url: str | Unset = UNSET
    team_id: int | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        created_by = self.created_by

        module_id = self.module_id

        disabled = self.disabled

        user_login = self.user_login

        config = self.config

        name = self.name

        slug = self.slug

        module_disabled = self.module_disabled

        provider = self.provider

        repository_id = self.repository_id

        path_prefix = self.path_prefix

        base_url: None | str | Unset
        if isinstance(self.base_url, Unset):
            base_url = UNSET
        else:
            base_url = self.base_url

        is_shared = self.is_shared

        tasks: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tasks, Unset):
            tasks = []
            for tasks_item_data in self.tasks:
                tasks_item = tasks_item_data.to_dict()
                tasks.append(tasks_item)

        repo = self.repo

        repo_key = self.repo_key

        github_module_url = self.github_module_url

        repository_module_url = self.repository_module_url

        team_id = self.team_id

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if module_id is not UNSET:
            field_dict["moduleId"] = module_id
        if disabled is not UNSET:
            field_dict["disabled"] = disabled
        if user_login is not UNSET:
            field_dict["userLogin"] = user_login
        if config is not UNSET:
            field_dict["config"] = config
        if name is not UNSET:
            field_dict["name"] = name
        if slug is not UNSET:
            field_dict["slug"] = slug
        if module_disabled is not UNSET:
            field_dict["moduleDisabled"] = module_disabled
        if provider is not UNSET:
            field_dict["provider"] = provider
        if repository_id is not UNSET:
            field_dict["repositoryId"] = repository_id
        if path_prefix is not UNSET:
            field_dict["pathPrefix"] = path_prefix
        if base_url is not UNSET:
            field_dict["baseUrl"] = base_url
        if is_shared is not UNSET:
            field_dict["isShared"] = is_shared
        if tasks is not UNSET:
            field_dict["tasks"] = tasks
        if repo is not UNSET:
            field_dict["repo"] = repo
        if repo_key is not UNSET:
            field_dict["repoKey"] = repo_key
        if github_module_url is not UNSET:
            field_dict["githubModuleUrl"] = github_module_url
        if repository_module_url is not UNSET:
            field_dict["repositoryModuleUrl"] = repository_module_url
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.task import Task  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        created_by = d.pop("createdBy", UNSET)

        module_id = d.pop("moduleId", UNSET)

        disabled = d.pop("disabled", UNSET)

        user_login = d.pop("userLogin", UNSET)

        config = d.pop("config", UNSET)

        name = d.pop("name", UNSET)

        slug = d.pop("slug", UNSET)

        module_disabled = d.pop("moduleDisabled", UNSET)

        provider = d.pop("provider", UNSET)

        repository_id = d.pop("repositoryId", UNSET)

        path_prefix = d.pop("pathPrefix", UNSET)

        def _parse_base_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        base_url = _parse_base_url(d.pop("baseUrl", UNSET))

        is_shared = d.pop("isShared", UNSET)

        _tasks = d.pop("tasks", UNSET)
        tasks: list[Task] | Unset = UNSET
        if _tasks is not UNSET:
            tasks = []
            for tasks_item_data in _tasks:
                tasks_item = Task.from_dict(tasks_item_data)

                tasks.append(tasks_item)

        repo = d.pop("repo", UNSET)

        repo_key = d.pop("repoKey", UNSET)

        github_module_url = d.pop("githubModuleUrl", UNSET)

        repository_module_url = d.pop("repositoryModuleUrl", UNSET)

        team_id = d.pop("teamId", UNSET)

        created_at = d.pop("createdAt", UNSET)

        updated_at = d.pop("updatedAt", UNSET)

        app = cls(
            id=id,
            created_by=created_by,
            module_id=module_id,
            disabled=disabled,
            user_login=user_login,
            config=config,
            name=name,
            slug=slug,
            module_disabled=module_disabled,
            provider=provider,
            repository_id=repository_id,
            path_prefix=path_prefix,
            base_url=base_url,
            is_shared=is_shared,
            tasks=tasks,
            repo=repo,
            repo_key=repo_key,
            github_module_url=github_module_url,
            repository_module_url=repository_module_url,
            team_id=team_id,
            created_at=created_at,
            updated_at=updated_at,
        )

        app.additional_properties = d
        return app

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
