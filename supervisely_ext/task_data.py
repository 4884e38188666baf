"""What a task holds and can be given: fields, status, meta, logs."""

from collections.abc import Mapping, Sequence
from typing import Any

from supervisely_client.api.tasks import (
    get_task_context,
    tasks_data_get,
    tasks_data_set,
    tasks_logs_add,
    tasks_meta_update,
    tasks_status_update,
)
from supervisely_client.models.field_value import FieldValue
from supervisely_client.models.get_task_context_request import GetTaskContextRequest
from supervisely_client.models.new_log_line import NewLogLine
from supervisely_client.models.task_status import TASK_STATUS_VALUES
from supervisely_client.models.tasks_data_get_request import TasksDataGetRequest
from supervisely_client.models.tasks_data_set_request import TasksDataSetRequest
from supervisely_client.models.tasks_logs_add_request import TasksLogsAddRequest
from supervisely_client.models.tasks_meta_update_request import TasksMetaUpdateRequest
from supervisely_client.models.tasks_status_update_request import TasksStatusUpdateRequest

from .checks import as_id, as_list, as_mapping, as_model, as_text, as_whole, one_of
from .entities import Status
from .errors import ArgumentError
from .masking import shown
from .namespace import Namespace
from .one_task import read_log


class TaskData(Namespace):
    """Reads and writes what a task holds."""

    async def get_context(self, id: int) -> dict[str, Any]:
        """Give the task's team and workspace, each with id and name (`GetTaskContext`). Raises `NotFound`."""
        answer = await self._caller.call(get_task_context.OPERATION, body=GetTaskContextRequest(id=as_id("id", id)))
        return answer.read(dict)

    async def submit_logs(self, logs: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the log of the task that this runs in (`tasks.logs.add`); never repeated, since that would double them."""
        lines = [as_model("logs", NewLogLine.from_dict, line) for line in as_list("logs", logs)]
        await self._caller.call(tasks_logs_add.OPERATION, body=TasksLogsAddRequest(logs=lines))

    async def get_logs(
        self, task_id: int, since_time: str | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Give the log's lines (`tasks.log.download`), those after `since_time` (ISO 8601), at most `limit`."""
        since = None if since_time is None else as_text("since_time", since_time)
        most = None if limit is None else as_whole("limit", limit, minimum=0)
        return await read_log(self._caller, as_id("task_id", task_id), since, most)

    async def set_fields(self, task_id: int, fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Set fields of the app's page (`tasks.data.set`): `{"field": "data.x", "payload": …, "append"?, "recursive"?}`.

        Repeated after a lost answer, unless a field appends; then only when it certainly did not arrive.
        """
        values = [as_model("fields", FieldValue.from_dict, _field(field)) for field in as_list("fields", fields)]
        request = TasksDataSetRequest(task_id=as_id("task_id", task_id), fields=values)
        return (await self._caller.call(tasks_data_set.OPERATION, body=request)).read(dict)

    async def set_fields_from_dict(self, task_id: int, d: Mapping[str, Any]) -> dict[str, Any]:
        """Set fields by their names (`tasks.data.set`)."""
        fields = [{"field": field, "payload": payload} for field, payload in as_mapping("d", d).items()]
        return await self.set_fields(task_id, fields)

    async def set_field(
        self, task_id: int, field: str, payload: Any, append: bool = False, recursive: bool = False
    ) -> dict[str, Any]:
        """Set one field (`tasks.data.set`); `append` adds to what is there, `recursive` merges deeply."""
        value = {"field": field, "payload": payload, "append": append, "recursive": recursive}
        return await self.set_fields(task_id, [value])

    async def get_fields(self, task_id: int, fields: Sequence[str]) -> dict[str, Any]:
        """Give fields of the app's page by their names (`tasks.data.get`)."""
        names = [as_text("fields", field) for field in as_list("fields", fields)]
        request = TasksDataGetRequest(task_id=as_id("task_id", task_id), fields=names)
        return (await self._caller.call(tasks_data_get.OPERATION, body=request)).read(lambda body: dict(body["result"]))

    async def get_field(self, task_id: int, field: str) -> Any:
        """Give one field (`tasks.data.get`); None when the app does not have it."""
        return (await self.get_fields(task_id, [field])).get(field)

    async def update_meta(
        self,
        id: int,
        data: Mapping[str, Any],
        agent_storage_folder: str | None = None,
        relative_app_dir: str | None = None,
    ) -> None:
        """Set parts of the task's meta (`tasks.meta.update`); a folder of the agent's storage takes both last arguments."""
        meta = {**as_mapping("data", data), "id": as_id("id", id)}
        if agent_storage_folder is not None or relative_app_dir is not None:
            meta["agentStorageFolder"] = {
                "hostDir": as_text("agent_storage_folder", agent_storage_folder),
                "folder": as_text("relative_app_dir", relative_app_dir),
            }
        await self._caller.call(
            tasks_meta_update.OPERATION, body=as_model("data", TasksMetaUpdateRequest.from_dict, meta)
        )

    async def update_status(self, task_id: int, status: Status | str) -> None:
        """Set the task's status (`tasks.status.update`), as only the task itself should."""
        wanted = one_of("status", str(status), TASK_STATUS_VALUES)
        request = TasksStatusUpdateRequest(id=as_id("task_id", task_id), status=wanted)
        await self._caller.call(tasks_status_update.OPERATION, body=request)


def _field(field: object) -> dict[str, Any]:
    given = as_mapping("fields", field)
    if "payload" not in given:
        raise ArgumentError(argument="fields", problem=f"{shown(given)} has no payload; None empties the field")
    for flag in ("append", "recursive"):
        if not isinstance(given.get(flag, False), bool):
            raise ArgumentError(argument=flag, problem=f"is {shown(given[flag])}", allowed=(True, False))
    return {**given, "field": as_text("field", given.get("field"))}
