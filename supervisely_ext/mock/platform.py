"""The platform's state, and what can happen to it. Pure but for its clock."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, Literal, TypedDict, Unpack

from attrs import evolve

from ..contract.spec import bundled
from . import lifecycle as courses
from . import snapshots
from .clock import Clock, FastClock, VirtualClock, timestamp
from .configs import check_module, convert_config, read_config, slug_of
from .faults import Faults, Plan
from .instance import Instance
from .journal import Journal
from .lifecycle import Life, Lifecycle, LifecycleError, Script, course, from_the_queue
from .modes import Mode, checked_mode
from .refusals import Refusal
from .replacing import replace_file
from .seeds import Seed, default_seed
from .state import Agent, App, Module, Task, User, Workspace


class AgentChanges(TypedDict, total=False):
    """How an agent is from now on."""

    online: bool
    gpu: bool
    capacity: int | None


class Platform(Instance):
    """A small instance: teams, workspaces, agents, the ecosystem, installed apps and their tasks.

    Begins with what `seed` holds, at the time that it names where the clock is virtual. `lifecycle` is the course of every task, unless its module has
    one of its own; `unfit` says whether a start for which no agent fits waits in the queue or is refused. Safe for threads; ids are never given twice.
    `validate` decides what becomes of what the spec forbids (`mock.modes`), `faults` what goes wrong on purpose; both may change later.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        seed: Seed | None = None,
        lifecycle: Script | None = None,
        unfit: Literal["queue", "refuse"] | None = None,
        validate: Mode = "strict",
        faults: Plan | None = None,
    ) -> None:
        self.clock: Clock = clock or VirtualClock()
        self.lock = RLock()
        self.validate = checked_mode(validate)
        self._plan = faults or Plan()
        self.faults = Faults(self._plan)
        self.journal = Journal()
        self._given = {name: value for name, value in (("lifecycle", lifecycle), ("unfit", unfit)) if value is not None}
        self._seed = seed or default_seed()
        self.calling_task: int | None = None
        """The task that the request being answered comes from (`x-task-id`)."""
        self._moves_seen = 0
        self.reset()

    def reset(self, seed: Seed | None = None) -> None:
        """Begin again, with the same seed or with another one.

        Ids, the journal and the first plan of faults begin again too; time does not go back.
        """
        with self.lock:
            self.journal.clear()
            self.faults.replace(self._plan)
            self._seed = seed or self._seed
            self.load(self._seed)

    def load(self, seed: Seed) -> None:
        """Hold what a seed or a snapshot holds and nothing else, as a whole or not at all, until the next `reset`. Journal and faults stay.

        Time moves on to the last moment in it, unless it is real.
        """
        with self.lock:
            if isinstance(self.clock, VirtualClock | FastClock):
                self.clock.advance(max(0.0, snapshots.last_moment(seed.document) - self.clock.now()))
            began = self.clock.now()
            fresh = Instance()
            snapshots.fill(fresh, seed.document, self._given, began)
            vars(self).update(vars(fresh))
            self.began = began
            self.settle()

    def snapshot(self) -> dict[str, Any]:
        """Give everything as JSON, of which `Seed.from_json` makes the same platform again; answers that are functions are left out."""
        with self.lock:
            now = self.settle()
            return snapshots.shown(self, now if isinstance(self.clock, VirtualClock | FastClock) else None)

    def save_snapshot(self, path: str | Path) -> None:
        """Write a snapshot to a file, as a whole or not at all."""
        text = json.dumps(self.snapshot(), ensure_ascii=False, indent=1)
        replace_file(Path(path), text.encode())

    @property
    def tasks(self) -> Mapping[int, Task]:
        """The tasks by their ids, as they are now; those that come later are not among them."""
        with self.lock:
            self.settle()
            return MappingProxyType(dict(self.known_tasks))

    def settle(self) -> float:
        """Let everything happen that is due, and give the time."""
        with self.lock:
            now = self.clock.now()
            self.schedule.settle(now)
            return now

    def add_app(
        self,
        config: Mapping[str, Any] | str | Path,
        *,
        module_id: int | None = None,
        slug: str | None = None,
        releases: Sequence[Mapping[str, Any]] | None = None,
        lifecycle: Script | None = None,
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
        usual = None if lifecycle is None else course(lifecycle)
        with self.lock:
            module = Module(
                id=module_id or max(self.modules, default=0) + 1,
                slug=slug or slug_of(config, fallback),
                config=shown,
                releases=tuple([shown.get("release", {"version": "v1.0.0"})] if releases is None else releases),
                created_at=timestamp(self.clock.now()),
                files={"config.json": json.dumps(config, default=str).encode(), **(files or {})},
            )
            check_module(module, source)
            self.modules[module.id] = module
            if usual is not None:
                self.lifecycles[module.id] = usual
        return module.id

    def script(self, module_id: int, *scripts: Script) -> None:
        """Give the next starts of a module courses of their own, one each, in turn. Raises `LifecycleError`, and `KeyError` for an unknown module."""
        read = [course(script) for script in scripts]
        with self.lock:
            self.scripts.setdefault(self.modules[module_id].id, []).extend(read)

    def advance(self, task: Task | int, status: str | None = None) -> None:
        """Move a task on by hand: to the next step of its course, or to a status, from which its course goes on if it has it.

        Agents without room are no hindrance. Raises `LifecycleError` for a task that has ended or has no such step, `KeyError` for an unknown one.
        """
        with self.lock:
            now = self.settle()
            task = self.known_tasks[task if isinstance(task, int) else task.id]
            self.schedule.enter(task, _steps_from(task, status), now)
            self.settle()

    def set_agent(self, agent_id: int, **changes: Unpack[AgentChanges]) -> None:
        """Let an agent go (`online=False`) or come back, take away its GPU, change how many tasks it runs at once (`capacity`, None for any number).

        What it works on stands still while it is gone. Raises `KeyError` for an unknown one, `TypeError` or `ValueError` for what no agent can be.
        """
        unknown = changes.keys() - AgentChanges.__annotations__.keys()
        if unknown:
            raise TypeError(f"an agent has no {', '.join(sorted(unknown))}")
        with self.lock:
            now = self.settle()
            agent = self.agents[agent_id]
            evolve(agent, **changes)  # so that a wrong value changes nothing
            for name, value in changes.items():
                setattr(agent, name, value)
            self.schedule.change(agent, now)
            self.settle()

    def answer_command(self, name: str, answer: Any) -> None:
        """Let every running app answer a command (`tasks.request.direct`): a JSON value, or a function from the whole request to one.

        Raises `ValueError` for a value that the spec forbids.
        """
        if not callable(answer):
            _check_answer(name, answer)
        with self.lock:
            self.commands[name] = answer

    def find_task(self, task_id: int | str) -> Task:
        """Give a task by its id or the text of it, moved on to now."""
        if isinstance(task_id, str):
            task_id = int(task_id[:18])  # Python refuses to read very long ones, and none has so many digits
        self.settle()
        return self.find("Task", self.known_tasks, task_id)

    def look(self, tasks: Sequence[Task]) -> None:
        """Show tasks to somebody."""
        now = self.clock.now()
        for task in tasks:
            if task.life.look(now):
                self.schedule.plan(task)
        if tasks and isinstance(self.clock, VirtualClock):
            self.clock.looked(in_vain=self.schedule.is_idle and self.schedule.moves == self._moves_seen)
            self._moves_seen = self.schedule.moves

    def install(self, module: Module, team_id: int) -> App:
        """Give the team's app of the module, installing it first where it is not."""
        with self.lock:
            for app in self.apps.values():
                if app.module is module and app.team_id == team_id:
                    return app
            app = App(self.next_app_id, module, team_id, self.caller, timestamp(self.clock.now()))
            self.next_app_id += 1
            self.apps[app.id] = app
            return app

    def start(self, app: App, workspace: Workspace, agent: Agent | None, user: User, request: dict[str, Any]) -> Task:
        """Start one task, on any agent that fits where none is given."""
        with self.lock:
            now = self.settle()
            released = self.check_start(app.module, agent, request)
            life = Life(self._next_course(app.module), now)
            task = Task(self.next_task_id, app, workspace, user, agent, released, request, life)
            self.next_task_id += 1
            self.schedule.enrol(task)
            self.settle()
        return task

    def check_start(self, module: Module, agent: Agent | None, request: Mapping[str, Any]) -> str:
        """Give the version that is to be started, or refuse."""
        version = str(request.get("appVersion", ""))
        released = version if request.get("isBranch") else module.release(version)
        if released is None:
            raise Refusal(404, "Not Found", {"message": f"Version {version!r} of the app not found"})
        self._check_agents(module, agent)
        return released

    def resume(self, task: Task) -> None:
        """Start a task once more."""
        with self.lock:
            self.change_course(task, self._next_course(task.app.module))

    def _next_course(self, module: Module) -> Lifecycle:
        scripted = self.scripts.get(module.id)
        return from_the_queue(scripted.pop(0) if scripted else self.usual_course(module))

    def _check_agents(self, module: Module, agent: Agent | None) -> None:
        candidates = self.agents.values() if agent is None else (agent,)
        if self.unfit == "refuse" and not any(candidate.fits(module) for candidate in candidates):
            need = "is online and has a GPU" if module.needs_gpu else "is online"
            # assumed: users report the words, nobody the status
            raise Refusal(400, "No agents available to run this app", {"message": f"no agent that may run it {need}"})

    def change_course(self, task: Task, steps: Lifecycle) -> None:
        """Let a task take another course from now on."""
        with self.lock:
            self.schedule.enter(task, steps, self.settle())
            self.settle()

    def stop(self, task: Task) -> None:
        """Send a task that has not ended to its end."""
        with self.lock:
            now = self.settle()
            if task.life.status not in (*courses.ENDS, "terminating"):
                self.schedule.enter(task, courses.STOPPING, now)


def _steps_from(task: Task, status: str | None) -> Lifecycle:
    life = task.life
    if life.status in courses.ENDS:
        raise LifecycleError(f"task {task.id} has ended: it is {life.status}")
    if status is None:
        if len(life.steps) == 1:
            raise LifecycleError(f"nothing comes after {life.status!r} in the course of task {task.id}; name a status")
        return life.steps[1:]
    later = [index for index, step in enumerate(life.steps) if index and step.status == status]
    return life.steps[later[0] :] if later else course([(status,)])


def _check_answer(name: str, answer: Any) -> None:
    try:
        json.dumps(answer, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"the answer to {name!r} is no JSON ({error})") from error
    schema = bundled().operations["tasks.request.direct"].answer
    if schema is not None and not schema.accepts(answer):
        violation = next(schema.violations(answer))
        raise ValueError(
            f"the spec forbids the answer to {name!r} at {violation.pointer or 'its root'}: {violation.message}"
        )
