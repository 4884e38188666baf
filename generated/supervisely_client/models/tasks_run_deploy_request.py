from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TasksRunDeployRequest")


@_attrs_define
class TasksRunDeployRequest:
    model_id: int
    agent_id: int | None | Unset = UNSET
    restart_policy: str | Unset = UNSET
    """ As in `tasks.run.app`, presumably. """
    description: str | Unset = UNSET
    settings: Any | Unset = UNSET
    plugin_id: int | Unset = UNSET
    version: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        model_id = self.model_id

        agent_id: int | None | Unset
        if isinstance(self.agent_id, Unset):
            agent_id = UNSET
        else:
            agent_id = self.agent_id

        restart_policy = self.restart_policy

        description = self.description

        settings = self.settings

        plugin_id = self.plugin_id

        version = self.version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "modelId": model_id,
            }
        )
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if restart_policy is not UNSET:
            field_dict["restartPolicy"] = restart_policy
        if description is not UNSET:
            field_dict["description"] = description
        if settings is not UNSET:
            field_dict["settings"] = settings
        if plugin_id is not UNSET:
            field_dict["pluginId"] = plugin_id
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        model_id = d.pop("modelId")

        def _parse_agent_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        agent_id = _parse_agent_id(d.pop("agentId", UNSET))

        restart_policy = d.pop("restartPolicy", UNSET)

        description = d.pop("description", UNSET)

        settings = d.pop("settings", UNSET)

        plugin_id = d.pop("pluginId", UNSET)

        version = d.pop("version", UNSET)

        tasks_run_deploy_request = cls(
            model_id=model_id,
            agent_id=agent_id,
            restart_policy=restart_policy,
            description=description,
            settings=settings,
            plugin_id=plugin_id,
            version=version,
        )

        return tasks_run_deploy_request
