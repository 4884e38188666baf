"""The platform's state, and what can happen to it. Pure but for its clock."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from . import lifecycle
from .clock import Clock, VirtualClock, timestamp
from .configs import check_module, convert_config, read_config, slug_of
from .faults import Faults, Plan
from .journal import Journal
from .lifecycle import Life, Lifecycle
from .modes import Mode, checked_mode
from .refusals import Refusal, not_found
from .seeds import Seed, default_seed
from .state import Agent, App, Module, Task, User, Workspace

E = TypeVar("E")

Entity = dict[str, Any]
"""As the server shows it."""


def _by_id(entities: Sequence[Mapping[str, Any]]) -> dict[int, Entity]:
    return {entity["id"]: deepcopy(dict(entity)) for entity in entities}


class Platform:
    """A small instance: teams, workspaces, agents, the ecosystem, installed apps and their tasks.

    Begins with what `seed` holds. `lifecycle` is the course of every task, unless `lifecycles` has one for its module. Safe for threads; ids are never given twice.
    `validate` decides what becomes of what the spec forbids (`mock.modes`), `faults` what goes wrong on purpose; both may change later.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        seed: Seed | None = None,
        lifecycle: Lifecycle | None = None,
        validate: Mode = "strict",
        faults: Plan | None = None,
    ) -> None:
        seed = seed or default_seed()
        self.clock: Clock = clock or VirtualClock()
        self.lock = RLock()
        self.validate = checked_mode(validate)
        self.faults = Faults(faults)
        self.journal = Journal()
        self.tokens: frozenset[str] = frozenset()
        """The tokens that are right; any is when there are none."""
        self.began = self.clock.now()
        self.version = seed.version
        self.lifecycle = lifecycle
        self.lifecycles: dict[int, Lifecycle] = {}
        self.teams = {team.id: team for team in seed.teams}
        self.workspaces = {workspace.id: workspace for workspace in seed.workspaces}
        self.users = {user.id: user for user in seed.users}
        self.agents = {agent.id: agent for agent in seed.agents}
        self.modules: dict[int, Module] = {}
        self.apps: dict[int, App] = {}
        self.tasks: dict[int, Task] = {}
        self.projects = _by_id(seed.projects)
        self.versions = _by_id(seed.versions)
        """The versions of projects."""
        self.files = _by_id(seed.files)
        """The files of teams; what tasks upload is not among them (assumed)."""
        self.contents: dict[str, bytes] = {}
        """What was uploaded, by its hash."""
        self.workflow: dict[int, list[Entity]] = {}
        """The edges of each team's tasks: `{"direction", "node", "type", "id", "meta"}`."""
        self.commands: dict[str, Any] = {"is_running": {"running": True}, "is_ready": {"status": "ready"}}
        self.calling_task: int | None = None
        """The task that the request being answered comes from (`x-task-id`)."""
        self._task_ids = itertools.count(21012)
        self._app_ids = itertools.count(578)
        for module in seed.modules:
            self.add_app(module.config, module_id=module.id, slug=module.slug, releases=module.releases)

    def add_app(
        self,
        config: Mapping[str, Any] | str | Path,
        *,
        module_id: int | None = None,
        slug: str | None = None,
        releases: Sequence[Mapping[str, Any]] | None = None,
        lifecycle: Lifecycle | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> int:
        """Add an app to the ecosystem by its config.json, as a dict or a path, and give the module's id.

        `files` are what can be downloaded of it, beside its config.json. Raises `ConfigError` when the spec forbids what the server would show of it.
        """
        source = "the config"
        fallback = "app"
        if isinstance(config, str | Path):
            source, fallback = str(config), Path(config).stem
            config = read_config(Path(config))
        shown = convert_config(config)
        module = Module(
            id=module_id or max(self.modules, default=0) + 1,
            slug=slug or slug_of(config, fallback),
            config=shown,
            releases=tuple([shown.get("release", {"version": "v1.0.0"})] if releases is None else releases),
            created_at=timestamp(self.clock.now()),
            files={"config.json": json.dumps(config, default=str).encode(), **(files or {})},
        )
        check_module(module, source)
        with self.lock:
            self.modules[module.id] = module
            if lifecycle is not None:
                self.lifecycles[module.id] = lifecycle
        return module.id

    def answer_command(self, name: str, answer: Any) -> None:
        """Let every running app answer a command (`tasks.request.direct`): a JSON value, or a function from the whole request to one."""
        self.commands[name] = answer

    @property
    def caller(self) -> User:
        """The user that every token stands for."""
        return next(iter(self.users.values()))

    def find_workspace(self, workspace_id: int | None) -> Workspace:
        """Give a workspace, the first for None."""
        return self.find("Workspace", self.workspaces, workspace_id or next(iter(self.workspaces)))

    def find_agent(self, agent_id: int | None) -> Agent:
        """Give an agent, the first for None."""
        return self.find("Agent", self.agents, agent_id or next(iter(self.agents)))

    def find_user(self, user_id: int) -> User:
        """Give a user."""
        return self.find("User", self.users, user_id)

    def find_module(self, matches: Callable[[Module], bool]) -> Module:
        """Give the first module that matches."""
        found = next((module for module in self.modules.values() if matches(module)), None)
        if found is None:
            raise not_found("Module")
        return found

    def find_task(self, task_id: int | str) -> Task:
        """Give a task by its id or the text of it, moved on to now."""
        if isinstance(task_id, str):
            task_id = int(task_id[:18])  # Python refuses to read very long ones, and none has so many digits
        task = self.find("Task", self.tasks, task_id)
        task.life.move(self.clock.now())
        return task

    def find_app(self, app_id: int) -> App:
        """Give an installed app."""
        return self.find("App", self.apps, app_id)

    def look(self, task: Task) -> Task:
        """Show a task to somebody."""
        task.life.look(self.clock.now())
        return task

    def find(self, kind: str, entities: Mapping[int, E], wanted: int) -> E:
        """Give an entity, or refuse because there is no such one."""
        if wanted not in entities:
            raise not_found(kind)
        return entities[wanted]

    def install(self, module: Module, team_id: int) -> App:
        """Give the team's app of the module, installing it first where it is not."""
        for app in self.apps.values():
            if app.module is module and app.team_id == team_id:
                return app
        app = App(next(self._app_ids), module, team_id, self.caller, timestamp(self.clock.now()))
        self.apps[app.id] = app
        return app

    def start(self, app: App, workspace: Workspace, agent: Agent, user: User, request: dict[str, Any]) -> Task:
        """Start one task."""
        version = str(request.get("appVersion", ""))
        released = version if request.get("isBranch") else app.module.release(version)
        if released is None:
            raise Refusal(404, "Not Found", {"message": f"Version {version!r} of the app not found"})
        life = Life(self._course(app.module), self.clock.now())
        task = Task(next(self._task_ids), app, workspace, user, agent, released, request, life)
        self.tasks[task.id] = task
        return task

    def _course(self, module: Module) -> Lifecycle:
        usual = lifecycle.serving() if module.serves else lifecycle.after_seconds()
        return self.lifecycles.get(module.id) or self.lifecycle or usual

    def stop(self, task: Task) -> None:
        """Send a task that has not ended to its end."""
        if task.life.status not in (*lifecycle.ENDS, "terminating"):
            task.life.follow(lifecycle.STOPPING, self.clock.now())
