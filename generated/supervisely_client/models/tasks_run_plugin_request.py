from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.tasks_run_plugin_request_task_type import (
    TasksRunPluginRequestTaskType,
    check_tasks_run_plugin_request_task_type,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="TasksRunPluginRequest")


@_attrs_define
class TasksRunPluginRequest:
    name: str
    task_type: TasksRunPluginRequestTaskType
    """ infer_rpc is the reference's spelling, inference_rpc the SDK's. """
    plugin_id: int
    agent_id: int | None | Unset = UNSET
    config: Any | Unset = UNSET
    projects: list[Any] | Unset = UNSET
    models: list[Any] | Unset = UNSET
    description: str | Unset = UNSET
    version: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        task_type: str = self.task_type

        plugin_id = self.plugin_id

        agent_id: int | None | Unset
        if isinstance(self.agent_id, Unset):
            agent_id = UNSET
        else:
            agent_id = self.agent_id

        config = self.config

        projects: list[Any] | Unset = UNSET
        if not isinstance(self.projects, Unset):
            projects = self.projects

        models: list[Any] | Unset = UNSET
        if not isinstance(self.models, Unset):
            models = self.models

        description = self.description

        version = self.version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "taskType": task_type,
                "pluginId": plugin_id,
            }
        )
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if config is not UNSET:
            field_dict["config"] = config
        if projects is not UNSET:
            field_dict["projects"] = projects
        if models is not UNSET:
            field_dict["models"] = models
        if description is not UNSET:
            field_dict["description"] = description
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        task_type = check_tasks_run_plugin_request_task_type(d.pop("taskType"))

        plugin_id = d.pop("pluginId")

        def _parse_agent_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        agent_id = _parse_agent_id(d.pop("agentId", UNSET))

        config = d.pop("config", UNSET)

        projects = cast(list[Any], d.pop("projects", UNSET))

        models = cast(list[Any], d.pop("models", UNSET))

        description = d.pop("description", UNSET)

        version = d.pop("version", UNSET)

        tasks_run_plugin_request = cls(
            name=name,
            task_type=task_type,
            plugin_id=plugin_id,
            agent_id=agent_id,
            config=config,
            projects=projects,
            models=models,
            description=description,
            version=version,
        )

        return tasks_run_plugin_request
