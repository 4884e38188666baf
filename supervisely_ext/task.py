"""`api.task`: the tasks of a workspace."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from supervisely_client.api.tasks import tasks_list
from supervisely_client.models.tasks_list_request import TasksListRequest

from .checks import as_id, as_ids
from .entities import Status, TaskInfo
from .errors import Unavailable
from .filters import as_filters
from .kubernetes import KubernetesSettings
from .one_task import read_task
from .pages import read_all
from .progress import ProgressOption
from .relay import OnBytes
from .start_check import Validate, check_start
from .start_once import start_once
from .starting import LogLevel, RestartPolicyName, Start
from .task_actions import TaskActions
from .transfer import OnFiles, upload_files
from .waiting import (
    DEFAULT_TIMEOUT,
    DefaultTimeout,
    OnTimeout,
    Polling,
    Target,
    plan_polling,
)
from .watch import OnStatus


class AsyncTaskApi(TaskActions):
    """Tasks: list, look, start, wait, stop."""

    @staticmethod
    def info_sequence() -> list[Any]:
        """Refuse: a task has no fixed fields; `TaskInfo` names those that are known."""
        raise Unavailable(method="task.info_sequence", instead="a task is a TaskInfo, whose attributes are its fields")

    @staticmethod
    def info_tuple_name() -> str:
        """Refuse: a task is no tuple."""
        raise Unavailable(method="task.info_tuple_name", instead="a task is a TaskInfo, and no tuple")

    @staticmethod
    def convert_info_to_json(info: Mapping[str, Any]) -> dict[str, Any]:
        """Give a task as the server sent it."""
        return dict(info)

    async def get_list(self, workspace_id: int, filters: Sequence[Mapping[str, Any]] | None = None) -> list[TaskInfo]:
        """List the tasks of a workspace (`tasks.list`), in order of id.

        A filter is `{"field": "status", "operator": "in", "value": ["started"]}`, its field one of id, type and status. Apps that
        run as application sessions may be missing: `api.app.get_sessions` has them.
        """
        request = TasksListRequest(
            workspace_id=as_id("workspace_id", workspace_id),
            filter_=as_filters("filters", filters),
            sort="id",
            sort_order="asc",
        )
        return await read_all(self._caller, tasks_list.OPERATION, request, TaskInfo.from_json)

    async def get_info_by_id(self, id: int) -> TaskInfo:
        """Give a task (`tasks.info`), also readable like the dict that the official SDK gives. Raises `NotFound`."""
        return await read_task(self._caller, as_id("id", id))

    async def start(
        self,
        agent_id: int | None,
        app_id: int | None = None,
        workspace_id: int | None = None,
        description: str = "application description",
        params: Mapping[str, Any] | None = None,
        log_level: LogLevel = "info",
        users_ids: Sequence[int] | None = None,
        app_version: str = "",
        is_branch: bool = False,
        task_name: str = "pythonSpawned",
        restart_policy: RestartPolicyName = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        limit_by_workspace: bool = False,
        kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
        *,
        validate: Validate = "auto",
        reconcile: bool = True,
        idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """Start an app (`tasks.run.app`) and give what the server names of the task, with its `id`.

        `agent_id` None takes any agent that fits; `params` are sent as they are, so the app's arguments are given as
        `{"state": arguments}`, unlike at `api.app.start`; `app_version` empty lets the server choose.
        With several users there is one task each, and this gives the first. It is started at most once, or `StartUnconfirmed`
        is raised: what that means, and what `validate`, `reconcile` and `idempotency_key` do, is said at `api.app.start`.
        """
        start = Start(
            agent_id=agent_id,
            app_id=app_id,
            module_id=module_id,
            workspace_id=workspace_id,
            description=description,
            params={"state": {}} if params is None else params,
            log_level=log_level,
            users_ids=as_ids("users_ids", users_ids),
            app_version=app_version,
            is_branch=is_branch,
            task_name=task_name,
            restart_policy=restart_policy,
            proxy_keep_url=proxy_keep_url,
            redirect_requests=redirect_requests,
            limit_by_workspace=limit_by_workspace,
            kubernetes_settings=kubernetes_settings,
            multi_user_session=multi_user_session,
        )
        await check_start(self._caller, validate, start)
        started = await start_once(self._caller, start, reconcile=reconcile, idempotency_key=idempotency_key)
        task = started.tasks[0]
        return {**task, "id": task["taskId"]}

    async def upload_files(
        self,
        task_id: int,
        abs_paths: Sequence[str | os.PathLike[str]],
        names: Sequence[str],
        progress_cb: OnFiles | None = None,
        *,
        on_bytes: OnBytes | None = None,
    ) -> None:
        """Give the task files, under names that may have folders (`tasks.files.bulk.upload`).

        Nothing is sent unless all files can be read. A content that the server has is not sent, one that several files share is sent once.
        `progress_cb` gets how many more files are done, `on_bytes` how many more bytes were sent.
        """
        await upload_files(self._caller, task_id, abs_paths, names, progress_cb, on_bytes=on_bytes)

    async def wait(
        self,
        id: int,
        target_status: Target = None,
        wait_attempts: int | None = None,
        wait_attempt_timeout_sec: float | None = None,
        *,
        timeout: float | DefaultTimeout | None = DEFAULT_TIMEOUT,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnStatus | None = None,
        progress: ProgressOption = None,
    ) -> Status | str:
        """Wait until the task has reached the status, or one of several, and give the status it has (`tasks.info`).

        Without a target: until it is finished or stopped. `timeout` is in seconds, None for no limit; when nothing is given, 999 s with
        a target and no limit without. With `wait_attempts` or `wait_attempt_timeout_sec` it looks exactly so often at
        that constant delay; otherwise `polling` says how often. Looks that fail are counted, and end the wait only when the server
        has never answered this client.

        `on_status` is called with each new status. `progress` shows the wait: "auto" where somebody looks, "plain" or "json" as lines
        on standard error, or anything to be called with each `WaitEvent`.

        Raises `TaskFinishedWithError`, `TaskStopped` or `TaskEndedOtherwise` when the task ends in another way, `TaskGone` when it
        vanishes, `NotFound` when it never was, and `WaitingTimeExceeded` when it does not end in time; `on_timeout="stop"` asks the
        server to stop it first. A wait that is interrupted leaves the task alone, unless `stop_on_cancel` (about 5 s at most).
        """
        planned = plan_polling(
            wait_attempts,
            wait_attempt_timeout_sec,
            timeout,
            polling,
            has_target=target_status is not None,
            names=("wait_attempts", "wait_attempt_timeout_sec"),
        )
        return await self._wait(
            id, target_status, planned, on_status, on_timeout, progress, stop_on_cancel=stop_on_cancel
        )
