"""Ids that an edge needs and its caller did not give: a task's team, a file's by its path, a version's by its number."""

from collections.abc import Mapping
from typing import Any

from supervisely_client.api.file_storage import file_storage_list
from supervisely_client.api.projects import projects_versions_list
from supervisely_client.api.tasks import tasks_info
from supervisely_client.models.file_storage_list_request import FileStorageListRequest
from supervisely_client.models.filter_ import Filter
from supervisely_client.models.projects_versions_list_request import ProjectsVersionsListRequest
from supervisely_client.models.tasks_info_request import TasksInfoRequest

from .call import Caller
from .errors import TargetNotFound
from .pages import read_all
from .shapes import id_at, int_at


async def find_team(caller: Caller, task_id: int) -> int:
    """Give the team of a task (`tasks.info`). Raises `NotFound`."""
    answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
    return answer.read(lambda body: id_at(body, "teamId"))


async def find_file(caller: Caller, team_id: int, path: str) -> int:
    """Give the id of a team's file (`file-storage.list`). Raises `TargetNotFound`."""
    request = FileStorageListRequest(team_id=team_id, path=path, recursive=True)
    answer = await caller.call(file_storage_list.OPERATION, body=request)
    ids = answer.read(lambda files: [id_at(file, "id") for file in files if file["path"] == path])
    if not ids:
        raise TargetNotFound(operation=answer.operation, wanted=f"file {path!r}", owner=f"team {team_id}")
    return ids[0]


async def find_version(caller: Caller, project_id: int, version_num: int) -> int:
    """Give the id of a project's version (`projects.versions.list`). Raises `TargetNotFound`."""
    request = ProjectsVersionsListRequest(
        project_id=project_id, filter_=[Filter("version", "=", version_num)], sort="id", sort_order="asc"
    )
    versions = await read_all(caller, projects_versions_list.OPERATION, request, _as_version)
    ids = [id for id, number in versions if number == version_num]
    if not ids:
        operation = projects_versions_list.OPERATION.name
        raise TargetNotFound(operation=operation, wanted=f"version {version_num}", owner=f"project {project_id}")
    return ids[0]


def _as_version(entity: Mapping[str, Any]) -> tuple[int, int]:
    return id_at(entity, "id"), int_at(entity, "version")
