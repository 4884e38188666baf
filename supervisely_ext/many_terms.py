"""What a wait for many tasks is asked for, checked before anything is sent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias, cast, get_args

from attrs import evolve, frozen

from .address import ServerAddress, parse_server_address
from .batched_looks import BatchedLooks, WorkspaceList
from .call import Caller
from .callbacks import as_callback
from .checks import as_id, as_number, as_optional_id, one_of
from .entities import SessionInfo, Status
from .errors import ArgumentError
from .progress import ProgressOption, as_observer
from .shapes import is_object
from .task_group import TaskGroup
from .waiting import ON_TIMEOUT_VALUES, OnTimeout, Polling, Target, as_polling, as_targets
from .watch import Watch

Tasks: TypeAlias = Iterable[int | SessionInfo | Mapping[str, Any]]
"""Ids, sessions, or tasks as the server or `start` gives them."""
OnTaskStatus: TypeAlias = Callable[[int, Status | str], None]
"""Is called with the task's id and each new status that it has."""
OnError: TypeAlias = Literal["collect", "raise"]
ON_ERROR_VALUES: frozenset[OnError] = frozenset(get_args(OnError))


@frozen(kw_only=True)
class Terms:
    """The arguments that every wait for many tasks takes; `Terms.groups` checks them."""

    target_status: Target | Mapping[int, Target] = None
    timeout: float | None = None
    timeouts: Mapping[int, float] | None = None
    workspace_id: int | None = None
    on_timeout: OnTimeout = "raise"
    stop_on_cancel: bool = False
    polling: Polling | None = None
    on_status: OnTaskStatus | None = None
    progress: ProgressOption = None

    def schedule(self) -> Polling:
        """Give when to look; its time-out is that of the whole wait."""
        polling = as_polling(self.polling, Polling())
        if self.timeout is not None:
            polling = evolve(polling, timeout=as_number("timeout", self.timeout, minimum=0))
        return polling

    def groups(self, crowds: Sequence[tuple[Caller, Tasks]]) -> list[TaskGroup]:
        """Give the tasks of each server, ready to be waited for."""
        one_of("on_timeout", self.on_timeout, ON_TIMEOUT_VALUES)
        as_callback("on_status", self.on_status)
        known = [(caller, as_tasks(tasks, caller.server.address)) for caller, tasks in crowds]
        everything = frozenset(task_id for _, tasks in known for task_id in tasks)
        targets = self._targets(everything)
        timeouts = {
            task_id: as_number(f"timeouts[{task_id}]", seconds, minimum=0)
            for task_id, seconds in _of_tasks(
                "timeouts", {} if self.timeouts is None else self.timeouts, everything
            ).items()
        }
        return [self._group(caller, tasks, targets, timeouts) for caller, tasks in known]

    def _targets(self, everything: frozenset[int]) -> Callable[[int], tuple[Status, ...]]:
        """Give the function from a task to its targets."""
        if not is_object(self.target_status):
            targets = as_targets(cast(Target, self.target_status))
            return lambda task_id: targets
        each = {
            task_id: as_targets(target, f"target_status[{task_id}]")
            for task_id, target in _of_tasks("target_status", self.target_status, everything).items()
        }
        return lambda task_id: each.get(task_id, ())

    def _group(
        self,
        caller: Caller,
        tasks: Mapping[int, int | None],
        targets: Callable[[int], tuple[Status, ...]],
        timeouts: Mapping[int, float],
    ) -> TaskGroup:
        begun, address = caller.transport.monotonic(), str(caller.server.address)
        observer = as_observer(self.progress)
        watches = {
            task_id: Watch(
                task_id=task_id,
                targets=targets(task_id),
                url=f"{address}/apps/sessions/{task_id}",
                begun=begun,
                on_status=None if self.on_status is None else partial(self.on_status, task_id),
                on_event=observer,
            )
            for task_id in tasks
        }
        workspace_id = as_optional_id("workspace_id", self.workspace_id)
        places = {task_id: known or workspace_id for task_id, known in tasks.items()}
        looks = BatchedLooks({task_id: WorkspaceList(place) for task_id, place in places.items() if place})
        deadlines = {task_id: begun + timeouts[task_id] for task_id in tasks if task_id in timeouts}
        return TaskGroup(caller, looks, watches, deadlines)


def _of_tasks(argument: str, given: object, everything: frozenset[int]) -> dict[int, Any]:
    """Check a dict that says something of some of the tasks."""
    if not isinstance(given, Mapping):
        raise ArgumentError(argument=argument, problem=f"is {given!r}, and it is a dict from the ids of tasks")
    by_id = {as_id(argument, task_id): value for task_id, value in cast(Mapping[object, Any], given).items()}
    for task_id in by_id.keys() - everything:
        raise ArgumentError(argument=argument, problem=f"names {task_id}, which is none of the tasks")
    return by_id


def as_tasks(tasks: object, server: ServerAddress, argument: str = "tasks") -> dict[int, int | None]:
    """Give the ids, each once, with the workspaces where they are known. Refuses the sessions of another server."""
    kind = type(tasks).__name__
    if isinstance(tasks, str | SessionInfo | Mapping) or not isinstance(tasks, Iterable):
        problem = f"is {kind}, and it is a list of tasks"
        raise ArgumentError(argument=argument, problem=problem, hint="For tasks of several servers: sly.wait_all")
    found: dict[int, int | None] = {}
    for index, task in enumerate(cast(Iterable[object], tasks)):
        task_id, workspace_id = _as_task(f"{argument}[{index}]", task, server)
        found[task_id] = found.get(task_id) or workspace_id
    return found


def _as_task(argument: str, task: object, server: ServerAddress) -> tuple[int, int | None]:
    if isinstance(task, SessionInfo):
        if task.server is not None and parse_server_address(task.server).place != server.place:
            problem = f"is a session of {task.server}, and this client is of {server}"
            raise ArgumentError(argument=argument, problem=problem, hint="For tasks of several servers: sly.wait_all")
        workspace_id = task.details.get("workspaceId")  # as the server wrote it
        return task.task_id, workspace_id if isinstance(workspace_id, int) else None
    if is_object(task):
        workspace_id = task.get("workspaceId")
        return as_id(f"{argument}['id']", task.get("id")), as_optional_id(f"{argument}['workspaceId']", workspace_id)
    return as_id(argument, task), None
