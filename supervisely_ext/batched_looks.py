"""Looking at many tasks of one server with as few requests as it allows.

A list method gives the tasks whose ids are in a filter, hundreds in one request: `tasks.list` those of a workspace, but not those that
run as application sessions; `apps.tasks.list` those of an app. Where a task stands is learned from `tasks.info` of one task, and the
others are then looked for in the same list. Tasks that no list shows are looked at one by one (`tasks.info`).
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from itertools import groupby
from typing import Any, TypeAlias, TypeVar

from attrs import define, evolve, field, frozen
from supervisely_client.api.apps import apps_tasks_list
from supervisely_client.api.tasks import tasks_list
from supervisely_client.models.apps_tasks_list_request import AppsTasksListRequest
from supervisely_client.models.filter_ import Filter
from supervisely_client.models.tasks_list_request import TasksListRequest
from supervisely_client.operation import Operation

from .call import Caller
from .errors import ApiError, BadRequest, ConnectionFailed, Unauthorized
from .one_task import read_task
from .pages import pages_after
from .repeated import Repeated
from .retry import is_passing
from .shapes import int_at, part
from .transport import AT_ONCE, Transport
from .waiting import SHORTEST_REQUEST

T = TypeVar("T")
Task: TypeAlias = Mapping[str, Any]
"""As the server shows it."""
Failure: TypeAlias = ConnectionFailed | ApiError

_MANY, _FEW = 500, 50
"""How many ids a filter gets, and when the server refuses that; then none."""


@frozen
class WorkspaceList:
    """The list of a workspace's tasks."""

    workspace_id: int

    @property
    def operation(self) -> Operation[..., Any]:
        """The method that gives it."""
        return tasks_list.OPERATION

    def request(self, rules: list[Filter], size: int) -> Any:
        """Give the request for its first page."""
        return TasksListRequest(self.workspace_id, filter_=rules, per_page=size, sort="id", sort_order="asc")


@frozen
class AppList:
    """The list of an app's tasks, sessions included."""

    team_id: int
    app_id: int

    @property
    def operation(self) -> Operation[..., Any]:
        """The method that gives it."""
        return apps_tasks_list.OPERATION

    def request(self, rules: list[Filter], size: int) -> Any:
        """Give the request for its first page."""
        return AppsTasksListRequest(
            self.app_id, self.team_id, filter_=rules, per_page=size, with_shared=True, sort="id", sort_order="asc"
        )


Place: TypeAlias = WorkspaceList | AppList


def places_of(task: Task) -> list[Place]:
    """Give the lists that may show a task, the likelier first."""
    workspace_id, team_id, app_id = task.get("workspaceId"), task.get("teamId"), part(task, "meta", "app").get("id")
    places: list[Place] = [WorkspaceList(workspace_id)] if isinstance(workspace_id, int) else []
    if isinstance(team_id, int) and isinstance(app_id, int):
        places.append(AppList(team_id, app_id))
    return places


@define
class Sight:
    """What one look at many tasks has shown; each of them is in one of the two."""

    seen: dict[int, Task] = field(factory=dict[int, Task])
    failed: dict[int, Failure] = field(factory=dict[int, Failure])

    def without(self, ids: Iterable[int]) -> list[int]:
        """Give those that were not looked at."""
        return [task_id for task_id in ids if task_id not in self.seen and task_id not in self.failed]


@define
class BatchedLooks:
    """Looks at the same tasks again and again, and remembers where they stand."""

    place: dict[int, Place] = field(factory=dict[int, Place])
    """The list that shows a task; none for a task that was in no list so far."""
    _questions: dict[tuple[Place, int], Repeated[Any]] = field(
        factory=dict[tuple[Place, int], Repeated[Any]], init=False
    )
    """What a list is asked, by the first id's place among those that are looked for."""
    _until: float = field(default=float("inf"), init=False)

    async def look(self, caller: Caller, ids: Sequence[int], until: float = float("inf")) -> Sight:
        """Look at each of the tasks once; no request gets more time than is left until then, or than a second."""
        sight, self._until = Sight(), until
        asked = await self._look_where_they_stand(caller, ids, sight)
        await self._seek(caller, sight.without(ids), asked, sight)
        return sight

    async def _look_where_they_stand(self, caller: Caller, ids: Sequence[int], sight: Sight) -> set[Place]:
        """Ask the known lists; tasks that have none may stand in any of them."""
        groups: dict[Place, list[int]] = {}
        homeless: list[int] = []
        for place, together in groupby(ids, self.place.get):
            (homeless if place is None else groups.setdefault(place, [])).extend(together)
        await at_once(
            caller.transport,
            [
                partial(self._look_in, caller, place, group + homeless, sight)
                for place, group in groups.items()
                if len(group) + len(homeless) > 1  # one alone is looked at by tasks.info, which knows it surely
            ],
        )
        return set(groups)

    async def _seek(self, caller: Caller, unseen: list[int], asked: set[Place], sight: Sight) -> None:
        """Look at one task, then at the others in the lists that may show it; and so on with those that are in none."""
        width = 1
        while unseen:
            looked, unseen = unseen[:width], unseen[width:]
            await at_once(caller.transport, [partial(self._look_at, caller, task_id, sight) for task_id in looked])
            failures = [sight.failed[task_id] for task_id in looked if task_id in sight.failed]
            if _is_away(caller, failures, len(looked)) or (self._is_late(caller) and any(map(_is_outage, failures))):
                sight.failed.update(dict.fromkeys(unseen, failures[-1]))
                return
            unseen = await self._look_beside(caller, looked, unseen, asked, sight)
            width = AT_ONCE

    async def _look_beside(
        self, caller: Caller, looked: list[int], unseen: list[int], asked: set[Place], sight: Sight
    ) -> list[int]:
        """Look in the lists that may show what was just looked at, and give what is in none of them."""
        near: dict[Place, list[int]] = {}
        for task_id in looked:
            for place in places_of(sight.seen.get(task_id, {})):
                if place not in asked:
                    near.setdefault(place, []).append(task_id)
        for place in sorted(near, key=lambda place: isinstance(place, AppList)):
            asked.add(place)
            candidates = [task_id for task_id in near[place] if task_id not in self.place] + unseen
            if len(candidates) > 1:
                await self._look_in(caller, place, candidates, sight)
            unseen = sight.without(unseen)
        return unseen

    async def _look_at(self, caller: Caller, task_id: int, sight: Sight) -> None:
        self.place.pop(task_id, None)  # if it had a place, it was not there
        try:
            sight.seen[task_id] = (await read_task(self._timed(caller), task_id)).raw
        except (ConnectionFailed, ApiError) as error:
            sight.failed[task_id] = error

    async def _look_in(self, caller: Caller, place: Place, ids: Sequence[int], sight: Sight) -> None:
        """Look in a list; what it does not show stays unseen."""
        size = caller.server.ids_at_once.get(place.operation.name, _MANY)
        if size:
            calls = [
                partial(self._look_for, caller, place, begin, ids[begin : begin + size], sight)
                for begin in range(0, len(ids), size)
            ]
            await at_once(caller.transport, calls)

    async def _look_for(self, caller: Caller, place: Place, begin: int, ids: Sequence[int], sight: Sight) -> None:
        try:
            tasks = await _read_list(
                lambda: self._timed(caller), place, ids, self._questions.setdefault((place, begin), Repeated())
            )
        except BadRequest:
            caller.server.ids_at_once[place.operation.name] = _FEW if len(ids) > _FEW else 0
            await self._look_in(caller, place, ids, sight)
        except (ConnectionFailed, ApiError) as error:
            # The list may be the only thing that fails; but when the server does, a request for each task is no help.
            if _is_outage(error):
                sight.failed.update(dict.fromkeys(sight.without(ids), error))
        else:
            sight.seen.update(tasks)
            self.place.update(dict.fromkeys(tasks, place))

    def _timed(self, caller: Caller) -> Caller:
        if self._until == float("inf"):
            return caller
        return caller.within(max(SHORTEST_REQUEST, self._until - caller.transport.monotonic()))

    def _is_late(self, caller: Caller) -> bool:
        return caller.transport.monotonic() >= self._until + SHORTEST_REQUEST


async def _read_list(
    caller: Callable[[], Caller], place: Place, ids: Sequence[int], question: Repeated[Any]
) -> dict[int, Task]:
    """Give those of the tasks that the list shows."""
    first_request, wanted = place.request([Filter("id", "in", list(ids))], len(ids)), frozenset(ids)
    found: dict[int, Task] = {}

    def read(page: Task) -> Task:
        int_at(page, "perPage")
        int_at(page, "pagesCount")
        found.update(_statuses(page["entities"], wanted))
        return page

    async def ask(number: int | None) -> Task:
        if number is None:
            return (await question.ask(caller(), place.operation, body=first_request)).read(read)
        request = evolve(first_request, page=number, per_page=first["perPage"])
        return (await caller().call(place.operation, body=request)).read(read)

    first = await ask(None)
    async with aclosing(pages_after(caller().transport, first, ask)) as pages:
        async for _ in pages:
            pass
    return found


def _statuses(tasks: Iterable[Task], wanted: frozenset[int]) -> Iterator[tuple[int, Task]]:
    for task in tasks:
        task_id, status = task["id"], task["status"]
        if not isinstance(status, str):
            raise TypeError(f"status is {type(status).__name__}, not text")
        if task_id in wanted:
            yield task_id, task


def _is_outage(failure: Failure) -> bool:
    return isinstance(failure, ConnectionFailed) or is_passing(failure.status)


def _is_away(caller: Caller, failures: Sequence[Failure], looks: int) -> bool:
    """Tell whether it is no use to ask for more: every look of several failed, the server has never answered, or it refuses the token."""
    if len(failures) < looks or not all(
        _is_outage(failure) or isinstance(failure, Unauthorized) for failure in failures
    ):
        return False
    return looks > 1 or not caller.server.answered or isinstance(failures[0], Unauthorized)


async def at_once(transport: Transport, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """Run calls at once and give their results in order; one alone without the cost of that."""
    return [await call() for call in calls] if len(calls) < 2 else await transport.fan_out(calls)
