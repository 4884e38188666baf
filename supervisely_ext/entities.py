"""What the server answers, under the names of the official SDK. Each keeps the whole answer in `raw`.

An absent or unknown field is never fatal: what may be missing is None, what is unknown stays in `raw`.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from attrs import field, frozen

from .errors import ArgumentError
from .masking import masked_fields
from .session_tokens import SessionToken
from .shapes import int_at, part, text_at


class _Values(StrEnum):
    @classmethod
    def values(cls) -> list[str]:
        """Give all values."""
        return [member.value for member in cls]

    @classmethod
    def has_value(cls, value: str) -> bool:
        """Tell whether there is such a value."""
        return value in cls.values()


class PluginTaskType(_Values):
    """What a plugin of old did; the reference spells the third infer_rpc."""

    TRAIN = "train"
    INFERENCE = "inference"
    INFERENCE_RPC = "inference_rpc"
    SMART_TOOL = "smarttool"
    CUSTOM = "custom"


class RestartPolicy(_Values):
    """When the platform starts an app again by itself."""

    NEVER = "never"
    ON_ERROR = "on_error"


class Status(_Values):
    """Where a task is on its way: queued, consumed by an agent, started, deployed (serving only), and then an end."""

    QUEUED = "queued"
    CONSUMED = "consumed"
    STARTED = "started"
    DEPLOYED = "deployed"
    ERROR = "error"
    FINISHED = "finished"
    TERMINATING = "terminating"
    STOPPED = "stopped"


def as_status(text: str) -> Status | str:
    """Give the status; one that a newer server invented stays text."""
    try:
        return Status(text)
    except ValueError:
        return text


@frozen(hash=False)
class TaskInfo(Mapping[str, Any]):
    """A task (`tasks.info`, `tasks.list`, `apps.tasks.list`); also a read-only mapping over the answer, as in the SDK.

    Times are ISO 8601 in UTC. Lists leave out what they do not carry.
    """

    id: int
    type: str
    status: Status | str
    name: str | None = None
    """The session's name."""
    description: str | None = None
    team_id: int | None = None
    workspace_id: int | None = None
    user_id: int | None = None
    user_login: str | None = None
    agent_id: int | None = None
    agent_name: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    """None while it runs."""
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TaskInfo":
        """Read a task; lists call the user `createdBy` and the agent `nodeId`."""
        return cls(
            id=int_at(data, "id"),
            type=text_at(data, "type"),
            status=as_status(text_at(data, "status")),
            name=part(data, "meta").get("name"),
            description=data.get("description"),
            team_id=data.get("teamId"),
            workspace_id=data.get("workspaceId"),
            user_id=data.get("userId", data.get("createdBy")),
            user_login=data.get("userLogin", data.get("user")),
            agent_id=data.get("agentId", data.get("nodeId")),
            agent_name=data.get("agentName"),
            started_at=data.get("startedAt"),
            finished_at=data.get("finishedAt"),
            raw=data,
        )

    def __getitem__(self, key: str) -> Any:
        return self.raw[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)


class _AppFields(NamedTuple):
    id: int
    created_by_id: int | None
    module_id: int | None
    disabled: bool | None
    user_login: str | None
    config: dict[str, Any] | None
    name: str | None
    slug: str | None
    is_shared: bool | None
    tasks: list[dict[str, Any]] | None
    repo: str | None
    team_id: int | None


class AppInfo(_AppFields):
    """An app as installed in a team (`apps.list`)."""

    WIRE_NAMES = (
        "id",
        "createdBy",
        "moduleId",
        "disabled",
        "userLogin",
        "config",
        "name",
        "slug",
        "isShared",
        "tasks",
        "repo",
        "teamId",
    )
    """The server's names of the fields, in their order."""

    raw: Mapping[str, Any] = MappingProxyType({})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "AppInfo":
        """Read an app."""
        int_at(data, "id")
        info = cls(*map(data.get, cls.WIRE_NAMES))  # type: ignore[arg-type]  # all but the id may be missing
        info.raw = data
        return info

    def __repr__(self) -> str:
        return masked_fields(self)


class _SessionFields(NamedTuple):
    task_id: int
    user_id: int | None
    module_id: int | None
    app_id: int | None
    details: dict[str, Any]


class SessionInfo(_SessionFields):
    """A run of an app. `details` is the whole task where the server gave it (`get_sessions`), else empty."""

    raw: Mapping[str, Any] = MappingProxyType({})
    server: str | None = None
    """The address of its server; None when it was made by hand."""
    idempotency_key: str | None = None
    """The key that it was started with, where that is known."""

    @classmethod
    def from_json(
        cls,
        data: Mapping[str, Any],
        *,
        module_id: int | None = None,
        server: str | None = None,
        idempotency_key: str | None = None,
    ) -> "SessionInfo":
        """Read a task, which has `meta`, or the short form that a start answers with; `module_id` is for tasks that lack it."""
        if "meta" in data and "taskId" not in data:
            app = part(data, "meta", "app")
            user_id = data.get("createdBy", data.get("userId"))
            module_id = module_id or data.get("moduleId", app.get("moduleId"))
            details = dict(data) if module_id is None else {**data, "moduleId": module_id}
            info = cls(int_at(data, "id"), user_id, module_id, app.get("id"), details)
        else:
            info = cls(int_at(data, "taskId"), data.get("userId"), data.get("moduleId"), data.get("appId"), {})
        info.raw, info.server, info.idempotency_key = data, server, idempotency_key
        return info

    def token(self) -> str:
        """Give a JSON text with which `api.app.attach` finds the session again, in another process too; nothing in it is secret."""
        if self.server is None:
            raise ArgumentError(argument="session", problem="was made by hand, so its server is not known")
        module_id = self.module_id if isinstance(self.module_id, int) else None  # as the server wrote it
        found = SessionToken(server=self.server, task_id=self.task_id, module_id=module_id, key=self.idempotency_key)
        return found.text()

    @property
    def name(self) -> str | None:
        """The session's name, where `details` has it."""
        return part(self.details, "meta").get("name")

    def __repr__(self) -> str:
        return masked_fields(self)
