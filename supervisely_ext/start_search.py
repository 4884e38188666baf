"""Looking for the tasks of a start whose answer was lost, by the mark that it carries."""

from functools import partial

from attrs import define, field
from supervisely_client.api.apps import apps_tasks_list
from supervisely_client.api.tasks import tasks_info, tasks_list
from supervisely_client.api.users import users_me
from supervisely_client.api.workspaces import workspaces_info
from supervisely_client.models.tasks_info_request import TasksInfoRequest
from supervisely_client.models.tasks_list_request import TasksListRequest
from supervisely_client.models.users_me_request import UsersMeRequest
from supervisely_client.models.workspaces_info_request import WorkspacesInfoRequest

from .app_tasks import apps_of_module, tasks_of_app
from .call import Caller
from .checks import as_id
from .errors import ApiError, ConnectionFailed, Forbidden, NotFound
from .pages import read_newest
from .shapes import id_at, int_at, part
from .start_marks import Entry, Wanted, carries, has_params, user_of

WINDOW = 60.0
"""Seconds for which a start is looked for; a commit may come late, and lists lag behind."""
_LONGEST_PAUSE = 10.0
_SHORTEST_PAUSE = 0.01
_LONGEST_REQUEST = 10.0
"""Seconds for each request of a look; the next look is worth more than a slow answer."""
_JITTER = 0.2
_NEWEST = 1000
"""Tasks of a list that are looked at."""
_MOST_INFOS = 50
"""Tasks of a list without `params` that are asked for one by one."""


def pause_after(looks: int, searched: float, random: float) -> float | None:
    """Give the seconds until the next look, None when the window ends; the last look is at its end."""
    rest = WINDOW - searched
    pause = min(2.0 ** (looks - 1), _LONGEST_PAUSE) * (1 + _JITTER * (2 * random - 1))
    return None if rest < _SHORTEST_PAUSE else min(pause, rest)


@define
class StartSearch:
    """One search, and what it has seen."""

    _caller: Caller
    wanted: Wanted
    looks: int = 0
    seconds: float = 0.0
    team_id: int | None = None
    tasks_seen: int = 0
    """In the last look that came to its end."""
    found: tuple[int, ...] = ()
    """The tasks with the key, the app and the users of the start, also when they are too few or too many."""
    failure: ApiError | ConnectionFailed | None = None
    """Why the last look did not come to its end."""
    _infos: dict[int, Entry] = field(factory=dict[int, Entry])

    async def until_found(self) -> list[Entry]:
        """Look again and again until the start's tasks are there, empty when they are not at the window's end. Raises `SeveralCarry`."""
        transport = self._caller.transport
        begun = transport.monotonic()
        while True:
            found = await self._try()
            self.seconds = transport.monotonic() - begun
            pause = pause_after(self.looks, self.seconds, transport.random())
            if found or pause is None:
                return found
            await transport.sleep(pause)

    async def _try(self) -> list[Entry]:
        self.failure = None
        try:
            return await self.look(self._caller.once().within(_LONGEST_REQUEST))
        except (ApiError, ConnectionFailed) as failure:
            self.failure = failure
            return []

    async def look(self, caller: Caller, *, both_lists: bool = True) -> list[Entry]:
        """Look once, in the list of the app's tasks and in the workspace's; without `both_lists` there only if the team has no such app."""
        self.looks += 1
        self.team_id = await self._team_id(caller)
        app_ids = await self._app_ids(caller, self.team_id)
        own = await self._tasks_of_apps(caller, self.team_id, app_ids)
        tasks = own
        if both_lists or not app_ids:
            tasks = own | await self._tasks_of_workspace(caller) | own  # the app's first, as its own list shows them
        marked = await self._marked(caller, tasks)
        running_it = [task for task in marked if task["id"] in own or self._runs_app(task, app_ids)]
        users = await self._users(caller) if running_it else ()
        found = [task for task in running_it if user_of(task) in users]
        self.tasks_seen, self.found = len(tasks), tuple(task["id"] for task in found)
        return self.wanted.settle(found, users)

    async def _tasks_of_apps(self, caller: Caller, team_id: int, app_ids: list[int]) -> dict[int, Entry]:
        tasks: dict[int, Entry] = {}
        for app_id in app_ids:
            request = tasks_of_app(team_id, app_id, show_disabled=True, with_shared=True, sort="id")
            tasks |= await read_newest(caller, apps_tasks_list.OPERATION, request, _NEWEST)
        return tasks

    async def _tasks_of_workspace(self, caller: Caller) -> dict[int, Entry]:
        request = TasksListRequest(workspace_id=self.wanted.workspace_id, sort="id", sort_order="desc")
        return await read_newest(caller, tasks_list.OPERATION, request, _NEWEST)

    async def _team_id(self, caller: Caller) -> int:
        workspace_id, teams = self.wanted.workspace_id, caller.learnt.teams
        if workspace_id not in teams:
            answer = await caller.call(workspaces_info.OPERATION, body=WorkspacesInfoRequest(id=workspace_id))
            teams[workspace_id] = answer.read(lambda body: id_at(body, "teamId"))
        return teams[workspace_id]

    async def _users(self, caller: Caller) -> tuple[int, ...]:
        if self.wanted.users_ids:
            return self.wanted.users_ids
        if caller.learnt.user_id is None:
            answer = await caller.call(users_me.OPERATION, body=UsersMeRequest())
            caller.learnt.user_id = answer.read(lambda body: id_at(body, "id"))
        return (caller.learnt.user_id,)

    async def _app_ids(self, caller: Caller, team_id: int) -> list[int]:
        if self.wanted.app_id is not None:
            return [self.wanted.app_id]
        module_id = as_id("module_id", self.wanted.module_id)
        return [app.id for app in await apps_of_module(caller, team_id, module_id, with_shared=True)]

    def _runs_app(self, task: Entry, app_ids: list[int]) -> bool:
        app = part(task, "meta", "app")
        return app.get("id") in app_ids or app.get("moduleId") == self.wanted.module_id is not None

    async def _marked(self, caller: Caller, tasks: dict[int, Entry]) -> list[Entry]:
        """Give the tasks with the key; a list need not show `params`, nor a user."""
        bare = [number for number, task in tasks.items() if not has_params(task)][:_MOST_INFOS]
        tasks = tasks | await self._read(caller, bare)
        marked = {number: task for number, task in tasks.items() if carries(task, self.wanted.key)}
        nameless = [number for number, task in marked.items() if user_of(task) is None]
        return list((marked | await self._read(caller, nameless)).values())

    async def _read(self, caller: Caller, task_ids: list[int]) -> dict[int, Entry]:
        unread = [task_id for task_id in task_ids if task_id not in self._infos]
        infos = await caller.transport.fan_out([partial(_info, caller, task_id) for task_id in unread])
        self._infos.update((task_id, info) for task_id, info in zip(unread, infos, strict=True) if info is not None)
        return {task_id: self._infos.get(task_id, {"id": task_id}) for task_id in task_ids}


async def _info(caller: Caller, task_id: int) -> Entry | None:
    """Give a task; one that may not be seen says nothing. None for one that is not there, though a list shows it: this answer may lag."""
    try:
        answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
    except Forbidden:
        return {"id": task_id}
    except NotFound:
        return None
    return answer.read(lambda body: {**body, "id": int_at(body, "id")})
