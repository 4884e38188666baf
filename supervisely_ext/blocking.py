"""The blocking classes. Written by ./codegen.sh from the Async classes: change those."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from .app import AsyncAppApi
from .entities import AppInfo, SessionInfo, Status, TaskInfo
from .modules import ModuleInfo
from .starting import LogLevel, RestartPolicy
from .task import AsyncTaskApi
from .task_actions import Target
from .transport import complete
from .waiting import (
    DEFAULT_TIMEOUT,
    MAX_WAIT_ATTEMPTS,
    WAIT_ATTEMPT_TIMEOUT_SEC,
    DefaultTimeout,
)
from .watch import OnStatus


class AppApi:
    """Apps: find in the ecosystem, start, wait, stop, list sessions."""

    Status: TypeAlias = Status

    def __init__(self, inner: AsyncAppApi) -> None:
        self._inner = inner

    def get_list(
        self,
        team_id: int,
        filter: Sequence[Mapping[str, Any]] | None = None,
        context: Sequence[str] | None = None,
        repository_key: str | None = None,
        show_disabled: bool = False,
        integrated_into: Sequence[str] | None = None,
        session_tags: Sequence[str] | None = None,
        only_running: bool = False,
        with_shared: bool = True,
        force_all_sessions: bool = True,
    ) -> list[AppInfo]:
        """List the apps of a team with their sessions (`apps.list`), in order of id.

        `force_all_sessions` includes every session there ever was, which is slow; `only_running` overrules it.
        """
        return complete(
            self._inner.get_list(
                team_id,
                filter,
                context,
                repository_key,
                show_disabled,
                integrated_into,
                session_tags,
                only_running,
                with_shared,
                force_all_sessions,
            )
        )

    def get_ecosystem_module_id(self, slug: str) -> int:
        """Find the id of the module with this slug, such as `supervisely-ecosystem/export-to-dota` (`ecosystem.list`).

        Raises `NotFoundInEcosystem`, which names slugs that are near, or the ids when several modules have the slug.
        """
        return complete(self._inner.get_ecosystem_module_id(slug))

    def get_ecosystem_module_info(
        self, module_id: int | None = None, version: str | None = None, slug: str | None = None
    ) -> ModuleInfo:
        """Give a module of the ecosystem (`ecosystem.info`) by id or by slug; the latest version unless told. Raises `NotFound`."""
        return complete(self._inner.get_ecosystem_module_info(module_id, version, slug))

    def get_sessions(
        self,
        team_id: int,
        module_id: int,
        show_disabled: bool = False,
        session_name: str | None = None,
        statuses: Sequence[Status | str] | None = None,
        with_shared: bool = False,
    ) -> list[SessionInfo]:
        """List the sessions of a module's apps in a team, the last started first (`apps.list`, `apps.tasks.list`).

        `session_name` is compared here, not by the server. `statuses` keeps those only.
        """
        return complete(
            self._inner.get_sessions(team_id, module_id, show_disabled, session_name, statuses, with_shared)
        )

    def start(
        self,
        agent_id: int | None,
        app_id: int | None = None,
        workspace_id: int | None = None,
        description: str = "",
        params: Mapping[str, Any] | None = None,
        log_level: LogLevel = "info",
        users_id: int | Sequence[int] | None = None,
        app_version: str | None = None,
        is_branch: bool = False,
        task_name: str = "run-from-python",
        restart_policy: RestartPolicy = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
    ) -> SessionInfo:
        """Start an app (`tasks.run.app`) and give its session.

        `agent_id` None takes any agent that fits; `params` are the app's arguments, as `ModuleInfo.get_arguments` gives them. Without
        `app_version` the latest release is looked up first (`ecosystem.info`; `NoRelease` when there is none), which needs
        `module_id`. The request is sent again only when it was certainly not executed; when that is not known: `StartUnconfirmed`.
        """
        return complete(
            self._inner.start(
                agent_id,
                app_id,
                workspace_id,
                description,
                params,
                log_level,
                users_id,
                app_version,
                is_branch,
                task_name,
                restart_policy,
                proxy_keep_url,
                module_id,
                redirect_requests,
                multi_user_session,
            )
        )

    def wait(
        self,
        id: int,
        target_status: Target = None,
        attempts: int | None = None,
        attempt_delay_sec: float | None = None,
        *,
        timeout: float | DefaultTimeout | None = DEFAULT_TIMEOUT,
        on_status: OnStatus | None = None,
    ) -> Status | str:
        """Wait until the app's task has reached the status, or one of several, and give the status it has (`tasks.info`).

        As `api.task.wait`, which says more; with `attempts` or `attempt_delay_sec` it looks exactly so often at that constant delay.
        """
        return complete(
            self._inner.wait(id, target_status, attempts, attempt_delay_sec, timeout=timeout, on_status=on_status)
        )

    def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return complete(self._inner.get_status(task_id))

    def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        return complete(self._inner.stop(id))


class TaskApi:
    """Tasks: list, look, start, wait, stop."""

    MAX_WAIT_ATTEMPTS: int = MAX_WAIT_ATTEMPTS
    WAIT_ATTEMPT_TIMEOUT_SEC: int = WAIT_ATTEMPT_TIMEOUT_SEC
    Status: TypeAlias = Status

    def __init__(self, inner: AsyncTaskApi) -> None:
        self._inner = inner

    def get_list(self, workspace_id: int, filters: Sequence[Mapping[str, Any]] | None = None) -> list[TaskInfo]:
        """List the tasks of a workspace (`tasks.list`), in order of id.

        A filter is `{"field": "status", "operator": "in", "value": ["started"]}`, its field one of id, type and status. Apps that
        run as application sessions may be missing: `api.app.get_sessions` has them.
        """
        return complete(self._inner.get_list(workspace_id, filters))

    def get_info_by_id(self, id: int) -> TaskInfo:
        """Give a task (`tasks.info`), also readable like the dict that the official SDK gives. Raises `NotFound`."""
        return complete(self._inner.get_info_by_id(id))

    def start(
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
        restart_policy: RestartPolicy = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        limit_by_workspace: bool = False,
        multi_user_session: bool = False,
    ) -> dict[str, Any]:
        """Start an app (`tasks.run.app`) and give what the server names of the task, with its `id`.

        `agent_id` None takes any agent that fits; `params` are the app's arguments; `app_version` empty lets the server choose.
        With several users there is one task each, and this gives the first. The request is sent again only when it
        was certainly not executed; when that is not known: `StartUnconfirmed`.
        """
        return complete(
            self._inner.start(
                agent_id,
                app_id,
                workspace_id,
                description,
                params,
                log_level,
                users_ids,
                app_version,
                is_branch,
                task_name,
                restart_policy,
                proxy_keep_url,
                module_id,
                redirect_requests,
                limit_by_workspace,
                multi_user_session,
            )
        )

    def wait(
        self,
        id: int,
        target_status: Target = None,
        wait_attempts: int | None = None,
        wait_attempt_timeout_sec: float | None = None,
        *,
        timeout: float | DefaultTimeout | None = DEFAULT_TIMEOUT,
        on_status: OnStatus | None = None,
    ) -> Status | str:
        """Wait until the task has reached the status, or one of several, and give the status it has (`tasks.info`).

        Without a target: until it is finished or stopped. `timeout` is in seconds, None for no limit; when nothing is given, 999 s with
        a target and no limit without. With `wait_attempts` or `wait_attempt_timeout_sec` it looks exactly so often at
        that constant delay. `on_status` is called with each new status.

        Raises `TaskFinishedWithError`, `TaskStopped` or `TaskEndedOtherwise` when the task ends in another way,
        `WaitingTimeExceeded` when it does not end in time.
        """
        return complete(
            self._inner.wait(
                id, target_status, wait_attempts, wait_attempt_timeout_sec, timeout=timeout, on_status=on_status
            )
        )

    def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return complete(self._inner.get_status(task_id))

    def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        return complete(self._inner.stop(id))
