"""Everything that a platform holds."""

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any, Literal, TypeAlias, TypeVar, cast, get_args

from attrs import Factory, converters, define, field

from . import lifecycle
from .lifecycle import Lifecycle, course
from .refusals import not_found
from .scheduling import Schedule
from .state import Agent, App, Module, Task, Team, User, Workspace
from .tokens import AllowedTokens, read_tokens

E = TypeVar("E")

Entity = dict[str, Any]
"""As the server shows it."""


Unfit: TypeAlias = Literal["queue", "refuse"]


def _checked_unfit(unfit: str) -> Unfit:
    if unfit not in get_args(Unfit):
        raise ValueError(f"unfit must be {' or '.join(get_args(Unfit))} (is {unfit!r})")
    return cast(Unfit, unfit)


def _commands() -> dict[str, Any]:
    return {"is_running": {"running": True}, "is_ready": {"status": "ready"}}


@define(eq=False, slots=False, repr=False)
class Instance:
    """Teams, workspaces, agents, the ecosystem, installed apps and their tasks, all by their ids."""

    era: str = field(init=False, factory=lambda: token_hex(4))
    """Another after each beginning and in each process, so that who follows can tell that ids began anew."""
    version: str = "6.18.3"
    tokens: AllowedTokens = field(factory=AllowedTokens, converter=read_tokens)
    """The API tokens that are right; any one where there are none."""
    unfit: Unfit = field(default="queue", converter=_checked_unfit)
    """What becomes of a start for which no agent fits."""
    lifecycle: Lifecycle | None = field(default=None, converter=converters.optional(course))
    """The course of every task whose module has none of its own."""
    lifecycles: dict[int, Lifecycle] = Factory(dict[int, Lifecycle])
    """The courses of modules' tasks."""
    scripts: dict[int, list[Lifecycle]] = Factory(dict[int, list[Lifecycle]])
    """The courses of modules' next tasks, one for each start."""
    teams: dict[int, Team] = Factory(dict[int, Team])
    workspaces: dict[int, Workspace] = Factory(dict[int, Workspace])
    users: dict[int, User] = Factory(dict[int, User])
    agents: dict[int, Agent] = Factory(dict[int, Agent])
    modules: dict[int, Module] = Factory(dict[int, Module])
    apps: dict[int, App] = Factory(dict[int, App])
    known_tasks: dict[int, Task] = Factory(dict[int, Task])
    """As they were when somebody last looked; `Platform.tasks` has them as they are."""
    projects: dict[int, Entity] = Factory(dict[int, Entity])
    versions: dict[int, Entity] = Factory(dict[int, Entity])
    """The versions of projects."""
    files: dict[int, Entity] = Factory(dict[int, Entity])
    """The files of teams; what tasks upload is not among them (assumed)."""
    models: dict[int, Entity] = Factory(dict[int, Entity])
    """The neural networks of the ecosystem."""
    contents: dict[str, bytes] = Factory(dict[str, bytes])
    """What was uploaded, by its hash."""
    workflow: dict[int, list[Entity]] = Factory(dict[int, list[Entity]])
    """The edges of each team's tasks: `{"direction", "node", "type", "id", "meta"}`."""
    commands: dict[str, Any] = Factory(_commands)
    next_task_id: int = 21012
    next_app_id: int = 578
    schedule: Schedule = field(
        init=False, default=Factory(lambda self: Schedule(self.agents, self.known_tasks), takes_self=True)
    )

    @property
    def caller(self) -> User:
        """The user that every token stands for."""
        return next(iter(self.users.values()))

    def usual_course(self, module: Module) -> Lifecycle:
        """Give the course of a module's tasks."""
        usual = lifecycle.serving() if module.serves else lifecycle.after_seconds()
        return self.lifecycles.get(module.id) or self.lifecycle or usual

    def find_workspace(self, workspace_id: int | None) -> Workspace:
        """Give a workspace, the first for None."""
        return self.find("Workspace", self.workspaces, workspace_id or next(iter(self.workspaces)))

    def find_agent(self, agent_id: int | None) -> Agent | None:
        """Give an agent, None for any."""
        return None if agent_id is None else self.find("Agent", self.agents, agent_id)

    def find_user(self, user_id: int) -> User:
        """Give a user."""
        return self.find("User", self.users, user_id)

    def find_module(self, matches: Callable[[Module], bool]) -> Module:
        """Give the first module that matches."""
        found = next((module for module in self.modules.values() if matches(module)), None)
        if found is None:
            raise not_found("Module")
        return found

    def find_app(self, app_id: int) -> App:
        """Give an installed app."""
        return self.find("App", self.apps, app_id)

    def find(self, kind: str, entities: Mapping[int, E], wanted: int) -> E:
        """Give an entity, or refuse because there is no such one."""
        if wanted not in entities:
            raise not_found(kind)
        return entities[wanted]
