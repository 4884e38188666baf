"""What the platform keeps: entities, with what the server knows of each."""

from collections.abc import Mapping
from typing import Any

from attrs import Attribute, Factory, define, field, frozen

from .lifecycle import Life
from .tasklog import TaskLog
from .written import Shown


@frozen
class Team:
    """Owns workspaces and apps."""

    id: int
    name: str


@frozen
class Workspace:
    """Where tasks run."""

    id: int
    team_id: int
    name: str


@frozen
class User:
    """Who starts tasks."""

    id: int
    login: str


def _check_truth(agent: object, attribute: "Attribute[bool]", value: Any) -> None:
    if not isinstance(value, bool):
        raise TypeError(f"an agent's {attribute.name} must be True or False (is {value!r})")


def _check_capacity(agent: object, attribute: object, value: Any) -> None:
    if value is not None and not (type(value) is int and value >= 1):
        raise ValueError(f"an agent's capacity must be a whole number, at least 1, or None for any (is {value!r})")


@define
class Agent:
    """What runs tasks."""

    id: int
    name: str
    online: bool = field(default=True, validator=_check_truth)
    gpu: bool = field(default=True, validator=_check_truth)
    capacity: int | None = field(default=None, validator=_check_capacity)
    """How many tasks at once; None for any number."""
    gone_at: float | None = None
    """Since when it is not online."""

    def fits(self, module: "Module") -> bool:
        """Tell whether it could run the app: it is there, and has the GPU that the app needs."""
        return self.online and (self.gpu or not module.needs_gpu)


@frozen
class Module:
    """An app of the ecosystem; `config` as the server shows it."""

    id: int
    slug: str
    config: dict[str, Any]
    releases: tuple[Mapping[str, Any], ...]
    created_at: str
    files: Mapping[str, bytes] = field(factory=dict[str, bytes], repr=False)
    """The app's repository; the same in every version (assumed)."""

    @property
    def serves(self) -> bool:
        """Tell whether its runs are application sessions, which go on until they are stopped."""
        return self.config.get("taskLocation") == "application_sessions"

    @property
    def needs_gpu(self) -> bool:
        """Tell whether it runs on agents with a GPU only."""
        return self.config.get("needGPU") is True or self.config.get("gpu") == "required"

    @property
    def menu(self) -> dict[str, Any]:
        """The menu that it is started from; empty when there is none."""
        return self.config.get("contextMenu") or {}

    @property
    def shown(self) -> dict[str, Any]:
        """The module as `ecosystem.*` shows it."""
        return {
            "id": self.id,
            "slug": self.slug,
            "name": self.config.get("name", ""),
            "type": self.config.get("type", "app"),
            "config": self.config,
            "readme": None,
            "repo": f"https://github.com/{self.slug}",
            "repositoryModuleUrl": f"https://github.com/{self.slug}",
            "meta": {"releases": list(self.releases)},
            "createdAt": self.created_at,
            "updatedAt": self.created_at,
        }

    def release(self, version: str) -> str | None:
        """Give the version to start: the newest for an empty one, None for an unknown one."""
        versions = [str(release["version"]) for release in self.releases]
        if not version:
            return versions[0] if versions else None
        return version if version in versions else None


@frozen
class App:
    """A module as installed in a team."""

    id: int
    module: Module
    team_id: int
    created_by: User
    created_at: str


@define(eq=False)
class Task:
    """A run of an app."""

    id: int
    app: App
    workspace: Workspace
    user: User
    agent: Agent | None
    """None while any agent may take it."""
    version: str
    request: dict[str, Any] = field(repr=False)
    """What was asked of `tasks.run.app`."""
    life: Life
    placed: bool = False
    """Whether the agent works on it."""
    meta: dict[str, Any] = field(factory=dict[str, Any], repr=False)
    """What was set of `meta`; it stands above what the server puts there itself."""
    data: dict[str, Any] = field(factory=lambda: {"data": {}, "state": {}}, repr=False)
    """The fields of the app's page."""
    files: dict[str, str] = field(factory=dict[str, str], repr=False)
    """The hashes of its files, by their paths."""
    log: TaskLog = field(repr=False, default=Factory(lambda self: TaskLog(self.id, self.life), takes_self=True))
    shared: bool = False
    users: list[int] = field(factory=list[int])
    """The ids of further users."""
    meta_changes: int = field(default=0, init=False)
    shown: dict[str, Shown] = field(factory=dict[str, Shown], init=False, repr=False)
    """How answers show it, as of its last change that they show."""
    shown_as_of: tuple[object, ...] = field(default=(), init=False, repr=False)

    @property
    def is_for_any_agent(self) -> bool:
        """Tell whether its start named no agent."""
        return self.request.get("agentId", self.agent) is None

    def views(self) -> dict[str, Shown]:
        """Give what may be shown of it once more because nothing has changed: to be filled by who shows it."""
        as_of = (len(self.life.history), self.log.added, self.meta_changes, self.agent, self.shared)
        if as_of != self.shown_as_of:
            self.shown, self.shown_as_of = {}, as_of
        return self.shown

    def set_meta(self, entries: Mapping[str, Any]) -> None:
        """Set entries of `meta`."""
        self.meta.update(entries)
        self.meta_changes += 1
