"""The apps of a module in a team, and their tasks: where both a caller and the search for a start look."""

from supervisely_client.api.apps import apps_list
from supervisely_client.models.apps_list_request import AppsListRequest
from supervisely_client.models.apps_tasks_list_request import AppsTasksListRequest
from supervisely_client.models.apps_tasks_list_request_sort import AppsTasksListRequestSort
from supervisely_client.models.filter_ import Filter
from supervisely_client.types import UNSET, Unset

from .call import Caller
from .entities import AppInfo
from .pages import read_all


async def apps_of_module(caller: Caller, team_id: int, module_id: int, *, with_shared: bool) -> list[AppInfo]:
    """Give the team's apps of a module, without their sessions (`apps.list`)."""
    request = AppsListRequest(
        team_id=team_id,
        filter_=[Filter("moduleId", "=", module_id)],
        context=[],
        repository_key=None,
        show_disabled=False,
        integrated_into=[],
        session_tags=[],
        only_running=False,
        with_shared=with_shared,
        force_all_sessions=False,
        sort="id",
        sort_order="asc",
    )
    return await read_all(caller, apps_list.OPERATION, request, AppInfo.from_json)


def tasks_of_app(
    team_id: int,
    app_id: int,
    *,
    show_disabled: bool,
    with_shared: bool,
    sort: AppsTasksListRequestSort = "startedAt",
    filters: list[Filter] | Unset = UNSET,
) -> AppsTasksListRequest:
    """Give the request for an app's tasks, the newest first."""
    return AppsTasksListRequest(
        team_id=team_id,
        app_id=app_id,
        show_disabled=show_disabled,
        with_shared=with_shared,
        sort=sort,
        sort_order="desc",
        filter_=filters,
    )
