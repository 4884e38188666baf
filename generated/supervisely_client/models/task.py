from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.task_meta import TaskMeta


T = TypeVar("T", bound="Task")


@_attrs_define
class Task:
    """A task as `tasks.info` shows it; lists leave out some fields and name others differently."""

    id: int
    type_: str
    """ app, export, import, clone and others; an open set. """
    status: str
    """ A task status; open, because a newer server may know more. """
    started_at: None | str | Unset = UNSET
    """ ISO 8601 in UTC. """
    finished_at: None | str | Unset = UNSET
    """ ISO 8601 in UTC; null while it runs. """
    description: None | str | Unset = UNSET
    meta: TaskMeta | Unset = UNSET
    """ What only some kinds of task have. """
    team_id: int | Unset = UNSET
    workspace_id: int | Unset = UNSET
    user_id: int | Unset = UNSET
    user_login: str | Unset = UNSET
    agent_id: int | None | Unset = UNSET
    agent_name: None | str | Unset = UNSET
    settings: Any | Unset = UNSET
    """ `message.state` holds the state that the task was started with. """
    size: str | Unset = UNSET
    """ Bytes; lists only. """
    attempt: int | Unset = UNSET
    """ Lists only. """
    archived: bool | Unset = UNSET
    """ Lists only. """
    created_by: int | Unset = UNSET
    """ The user; lists only. """
    node_id: int | None | Unset = UNSET
    """ The agent; lists only. """
    is_shared: bool | Unset = UNSET
    """ Lists only. """
    user: str | Unset = UNSET
    """ The user's login; lists only. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        type_ = self.type_

        status = self.status

        started_at: None | str | Unset
        if isinstance(self.started_at, Unset):
            started_at = UNSET
        else:
            started_at = self.started_at

        finished_at: None | str | Unset
        if isinstance(self.finished_at, Unset):
            finished_at = UNSET
        else:
            finished_at = self.finished_at

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        meta: dict[str, Any] | Unset = UNSET
        if not isinstance(self.meta, Unset):
            meta = self.meta.to_dict()

        team_id = self.team_id

        workspace_id = self.workspace_id

        user_id = self.user_id

        user_login = self.user_login

        agent_id: int | None | Unset
        if isinstance(self.agent_id, Unset):
            agent_id = UNSET
        else:
            agent_id = self.agent_id

        agent_name: None | str | Unset
        if isinstance(self.agent_name, Unset):
            agent_name = UNSET
        else:
            agent_name = self.agent_name

        settings = self.settings

        size = self.size

        attempt = self.attempt

        archived = self.archived

        created_by = self.created_by

        node_id: int | None | Unset
        if isinstance(self.node_id, Unset):
            node_id = UNSET
        else:
            node_id = self.node_id

        is_shared = self.is_shared

        user = self.user

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "type": type_,
                "status": status,
            }
        )
        if started_at is not UNSET:
            field_dict["startedAt"] = started_at
        if finished_at is not UNSET:
            field_dict["finishedAt"] = finished_at
        if description is not UNSET:
            field_dict["description"] = description
        if meta is not UNSET:
            field_dict["meta"] = meta
        if team_id is not UNSET:
            field_dict["teamId"] = team_id
        if workspace_id is not UNSET:
            field_dict["workspaceId"] = workspace_id
        if user_id is not UNSET:
            field_dict["userId"] = user_id
        if user_login is not UNSET:
            field_dict["userLogin"] = user_login
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if agent_name is not UNSET:
            field_dict["agentName"] = agent_name
        if settings is not UNSET:
            field_dict["settings"] = settings
        if size is not UNSET:
            field_dict["size"] = size
        if attempt is not UNSET:
            field_dict["attempt"] = attempt
        if archived is not UNSET:
            field_dict["archived"] = archived
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if node_id is not UNSET:
            field_dict["nodeId"] = node_id
        if is_shared is not UNSET:
            field_dict["isShared"] = is_shared
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.task_meta import TaskMeta  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        type_ = d.pop("type")

        status = d.pop("status")

        def _parse_started_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        started_at = _parse_started_at(d.pop("startedAt", UNSET))

        def _parse_finished_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        finished_at = _parse_finished_at(d.pop("finishedAt", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        _meta = d.pop("meta", UNSET)
        meta: TaskMeta | Unset
        if isinstance(_meta, Unset):
            meta = UNSET
        else:
            meta = TaskMeta.from_dict(_meta)

        team_id = d.pop("teamId", UNSET)

        workspace_id = d.pop("workspaceId", UNSET)

        user_id = d.pop("userId", UNSET)

        user_login = d.pop("userLogin", UNSET)

        def _parse_agent_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        agent_id = _parse_agent_id(d.pop("agentId", UNSET))

        def _parse_agent_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        agent_name = _parse_agent_name(d.pop("agentName", UNSET))

        settings = d.pop("settings", UNSET)

        size = d.pop("size", UNSET)

        attempt = d.pop("attempt", UNSET)

        archived = d.pop("archived", UNSET)

        created_by = d.pop("createdBy", UNSET)

        def _parse_node_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        node_id = _parse_node_id(d.pop("nodeId", UNSET))

        is_shared = d.pop("isShared", UNSET)

        user = d.pop("user", UNSET)

        task = cls(
            id=id,
            type_=type_,
            status=status,
            started_at=started_at,
            finished_at=finished_at,
            description=description,
            meta=meta,
            team_id=team_id,
            workspace_id=workspace_id,
            user_id=user_id,
            user_login=user_login,
            agent_id=agent_id,
            agent_name=agent_name,
            settings=settings,
            size=size,
            attempt=attempt,
            archived=archived,
            created_by=created_by,
            node_id=node_id,
            is_shared=is_shared,
            user=user,
        )

        task.additional_properties = d
        return task

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
