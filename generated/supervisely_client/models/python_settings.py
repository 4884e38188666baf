from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PythonSettings")


@_attrs_define
class PythonSettings:
    agent_id: int | None | Unset = UNSET
    """ The reference's example calls it nodeId. """
    node_id: int | None | Unset = UNSET
    """ Only in the reference's example. """
    version: str | Unset = UNSET
    plugin_id: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        agent_id: int | None | Unset
        if isinstance(self.agent_id, Unset):
            agent_id = UNSET
        else:
            agent_id = self.agent_id

        node_id: int | None | Unset
        if isinstance(self.node_id, Unset):
            node_id = UNSET
        else:
            node_id = self.node_id

        version = self.version

        plugin_id = self.plugin_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if node_id is not UNSET:
            field_dict["nodeId"] = node_id
        if version is not UNSET:
            field_dict["version"] = version
        if plugin_id is not UNSET:
            field_dict["pluginId"] = plugin_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_agent_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        agent_id = _parse_agent_id(d.pop("agentId", UNSET))

        def _parse_node_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        node_id = _parse_node_id(d.pop("nodeId", UNSET))

        version = d.pop("version", UNSET)

        plugin_id = d.pop("pluginId", UNSET)

        python_settings = cls(
            agent_id=agent_id,
            node_id=node_id,
            version=version,
            plugin_id=plugin_id,
        )

        return python_settings
