"""The blocking classes. Written by ./codegen.sh from the Async classes: change those."""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from os import PathLike
from types import TracebackType
from typing import Any, Literal, TypeAlias, Unpack

from .app import AsyncAppApi
from .app_run import RunResult, StopWhen
from .app_start import StartArguments
from .completing import complete, entered, iterate
from .entities import (
    AppInfo,
    PluginTaskType,
    RestartPolicy,
    SessionInfo,
    Status,
    TaskInfo,
)
from .errors import StartUnconfirmed, SuperviselyError, Unavailable
from .kubernetes import KubernetesSettings
from .lineage import Edge, Ledger
from .lineage_graph import LineageGraph
from .lineage_nodes import Statuses
from .listings import Convert, Progress
from .many_terms import OnError, OnTaskStatus, Tasks
from .modules import ModuleInfo
from .outcomes import Outcome, Outcomes
from .progress import ProgressOption
from .relay import OnBytes
from .start_check import Validate
from .starting import LogLevel, RestartPolicyName
from .task import AsyncTaskApi
from .transfer import OnFiles
from .waiting import (
    DEFAULT_TIMEOUT,
    MAX_WAIT_ATTEMPTS,
    WAIT_ATTEMPT_TIMEOUT_SEC,
    DefaultTimeout,
    OnTimeout,
    Polling,
    Target,
)
from .watch import OnStatus
from .workflow import AsyncTaskNodeApi, AsyncWorkflowApi
from .workflow_adding import Added, HasId
from .workflow_recorder import Mode
from .workflow_settings import Meta


class AppApi:
    """Apps: find in the ecosystem, start, wait, stop, list sessions."""

    InfoType: TypeAlias = AppInfo
    Status: TypeAlias = Status
    PluginTaskType: TypeAlias = PluginTaskType
    RestartPolicy: TypeAlias = RestartPolicy
    MAX_WAIT_ATTEMPTS: int = MAX_WAIT_ATTEMPTS
    WAIT_ATTEMPT_TIMEOUT_SEC: int = WAIT_ATTEMPT_TIMEOUT_SEC

    def __init__(self, inner: AsyncAppApi) -> None:
        self._inner = inner
        self.workflow = WorkflowApi(inner.workflow)

    @staticmethod
    def info_sequence() -> list[Any]:
        """Name the fields of an `AppInfo` as the server spells them."""
        return AsyncAppApi.info_sequence()

    @staticmethod
    def info_tuple_name() -> str:
        """Give the name of the entities' type."""
        return AsyncAppApi.info_tuple_name()

    @staticmethod
    def convert_info_to_json(info: AppInfo) -> dict[str, Any]:
        """Give an app under the server's names."""
        return AsyncAppApi.convert_info_to_json(info)

    def get_info_by_id(self, id: int) -> AppInfo:
        """Give an app of the team by its id, which is not a task's (`apps.info`). Raises `NotFound`."""
        return complete(self._inner.get_info_by_id(id))

    def is_ready_for_api_calls(self, task_id: int) -> bool:
        """Tell whether the app says that it runs; an app that cannot be reached does not. Raises `Unauthorized` and the like."""
        return complete(self._inner.is_ready_for_api_calls(task_id))

    def wait_until_ready_for_api_calls(
        self, task_id: int, attempts: int = 10, attempt_delay_sec: float | None = 10
    ) -> bool:
        """Wait until the app says that it runs, looking so often at that constant delay in seconds; False when it never does."""
        return complete(self._inner.wait_until_ready_for_api_calls(task_id, attempts, attempt_delay_sec))

    def get_session_token(self, slug: str) -> str:
        """Give the session token of the app that renders previews (`instance.get-render-previews-session-token`), a secret."""
        return complete(self._inner.get_session_token(slug))

    def get_url(self, task_id: int) -> str:
        """Give the path of a session's page, to follow the server's address."""
        return self._inner.get_url(task_id)

    def initialize(
        self, task_id: int, template: str, data: Mapping[str, Any] | None = None, state: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Set template, data and state of the app's page at once (`tasks.data.set`)."""
        return complete(self._inner.initialize(task_id, template, data, state))

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

    def get_sessions(
        self,
        team_id: int,
        module_id: int,
        show_disabled: bool = False,
        session_name: str | None = None,
        statuses: Sequence[Status | str] | None = None,
        with_shared: bool = False,
    ) -> list[SessionInfo]:
        """List the sessions of a module's apps in a team (`apps.list`, `apps.tasks.list`), app by app, the last started first.

        `session_name` is compared here, not by the server. `statuses` keeps those only.
        """
        return complete(
            self._inner.get_sessions(team_id, module_id, show_disabled, session_name, statuses, with_shared)
        )

    def wait(
        self,
        id: int,
        target_status: Target = None,
        attempts: int | None = None,
        attempt_delay_sec: float | None = None,
        *,
        timeout: float | DefaultTimeout | None = DEFAULT_TIMEOUT,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnStatus | None = None,
        progress: ProgressOption = None,
    ) -> Status | str:
        """Wait until the app's task has reached the status, or one of several, and give the status it has (`tasks.info`).

        As `api.task.wait`, which says more; with `attempts` or `attempt_delay_sec` it looks exactly so often at that constant delay.
        """
        return complete(
            self._inner.wait(
                id,
                target_status,
                attempts,
                attempt_delay_sec,
                timeout=timeout,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def run(
        self,
        agent_id: int | None = None,
        *,
        target_status: Target = Status.FINISHED,
        timeout: float | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnStatus | None = None,
        progress: ProgressOption = None,
        **start: Unpack[StartArguments],
    ) -> RunResult:
        """Start an app, wait until it is finished, and give what came of it: `start` and `wait` in one call, with the errors of both.

        `timeout` is in seconds, None for no limit; the app is not stopped when it is over, unless `on_timeout` says so. An app that
        serves never finishes: wait for `target_status="started"`, or use `running`.
        """
        return complete(
            self._inner.run(
                agent_id,
                target_status=target_status,
                timeout=timeout,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
                **start,
            )
        )

    def running(
        self, agent_id: int | None = None, *, stop: StopWhen = "always", **start: Unpack[StartArguments]
    ) -> AbstractContextManager[SessionInfo]:
        """Start an app for the time of a `with` block, which gets its session; arguments as of `start`.

        When the block ends, however it does, an app that still runs is asked to stop (`tasks.info`, `tasks.stop`); with
        `stop="on_error"` only when the block fails or is cancelled. That it could not be stopped is a note on the block's error, or
        an error where there is none. Interrupted while it asks, it asks once more, for 5 s at most.
        """
        return entered(self._inner.running(agent_id, stop=stop, **start))

    def run_dtl(self, workspace_id: int, dtl_graph: Any, agent_id: int | None = None) -> None:
        """Refuse: data transformation is an app."""
        return complete(self._inner.run_dtl(workspace_id, dtl_graph, agent_id))

    def run_train(
        self, agent_id: int, input_project_id: int, input_model_id: int, result_nn_name: str, train_config: Any = None
    ) -> None:
        """Refuse: training is an app."""
        return complete(self._inner.run_train(agent_id, input_project_id, input_model_id, result_nn_name, train_config))

    def run_inference(
        self,
        agent_id: int,
        input_project_id: int,
        input_model_id: int,
        result_project_name: str,
        inference_config: Any = None,
    ) -> None:
        """Refuse: inference is an app."""
        return complete(
            self._inner.run_inference(agent_id, input_project_id, input_model_id, result_project_name, inference_config)
        )

    def get_training_metrics(self, task_id: int) -> None:
        """Refuse: training apps show their metrics themselves."""
        return complete(self._inner.get_training_metrics(task_id))

    def deploy_model(self, agent_id: int, model_id: int) -> None:
        """Refuse: serving is an app."""
        return complete(self._inner.deploy_model(agent_id, model_id))

    def get_import_files_list(self, id: int) -> None:
        """Refuse: import apps read Team Files."""
        return complete(self._inner.get_import_files_list(id))

    def download_import_file(self, id: int, file_path: str, save_path: str) -> None:
        """Refuse: import apps read Team Files."""
        return complete(self._inner.download_import_file(id, file_path, save_path))

    def create_task_detached(self, workspace_id: int, task_type: str | None = None) -> None:
        """Refuse: tasks are started."""
        return complete(self._inner.create_task_detached(workspace_id, task_type))

    def upload_files(self, task_id: int, abs_paths: Any, names: Any, progress_cb: Any = None) -> None:
        """Refuse: files belong to a task."""
        return complete(self._inner.upload_files(task_id, abs_paths, names, progress_cb))

    def download_git_file(
        self,
        module_id: int,
        save_path: str | os.PathLike[str],
        app_id: int | None = None,
        version: str | None = None,
        file_path: str | None = None,
        file_key: str | None = None,
        log_progress: bool = True,
        ext_logger: logging.Logger | None = None,
        *,
        on_bytes: OnBytes | None = None,
    ) -> None:
        """Save a file of an app's repository, by its path there or by its key.

        What is at `save_path` stays untouched until the new file is whole. `on_bytes` gets the bytes as they arrive;
        `log_progress` logs one line when the file is there. Raises `ConnectionFailed` for a body that stays broken.
        """
        return complete(
            self._inner.download_git_file(
                module_id, save_path, app_id, version, file_path, file_key, log_progress, ext_logger, on_bytes=on_bytes
            )
        )

    def download_git_archive(
        self,
        ecosystem_item_id: int,
        app_id: int | None,
        version: str | None,
        save_path: str | os.PathLike[str],
        log_progress: bool = True,
        ext_logger: logging.Logger | None = None,
        *,
        on_bytes: OnBytes | None = None,
    ) -> None:
        """Save an app's whole repository as an archive, as `download_git_file` saves a file; `version` None is the latest."""
        return complete(
            self._inner.download_git_archive(
                ecosystem_item_id, app_id, version, save_path, log_progress, ext_logger, on_bytes=on_bytes
            )
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
        restart_policy: RestartPolicyName = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
        *,
        validate: Validate = "auto",
        reconcile: bool = True,
        idempotency_key: str | None = None,
    ) -> SessionInfo:
        """Start an app (`tasks.run.app`) at most once, and give its session.

        `agent_id` None takes any agent that fits; `params` are the app's arguments, as `ModuleInfo.get_arguments` gives them, or these
        as `{"state": arguments}`, which an app with an object among its options that is named `state` needs. Without
        `app_version` the latest release is looked up first (`ecosystem.info`; `NoRelease` when there is none), which needs `module_id`.
        `validate` "auto" logs a warning when the arguments do not fit the module as this client has looked it up already; True looks it
        up and raises `InvalidArguments` before anything is started; False does not look.

        The request is sent again only when it was certainly not received: no connection was made, or the answer was 429. The task is
        marked with a random key in `params.supervisely_ext.start`, beside `params.state`. When the answer is lost (5xx, a reset, a
        time-out, no JSON), the newest 1,000 tasks of the app (`apps.list`, `apps.tasks.list`) and of the workspace (`tasks.list`) are
        searched for the key, of those that a list shows without `params` the newest 50 (`tasks.info`): at once and then for 60 s, after
        pauses of 1, 2, 4, 8 and then 10 s, through failures of the search too.
        A task is taken for this start only if key, app and user agree and there is no second one; then its session is given. Else
        `StartUnconfirmed` is raised, and nothing is sent a second time: the task may still appear, and `find_start` looks again.

        That the server shows the key is assumed. One that refuses it (400) gets the request once more without, and no key from then on.
        Without a key or a `workspace_id` there is no search. `reconcile=False` sends no key.

        `idempotency_key` is a key of your own, a text of up to 128 characters. It is searched for before anything is sent (two requests
        more, and up to two once a client): a process that begins anew finds the task of the one before, also when it has ended, in
        whatever way. The same key, app and user are the same start, whatever else is different. It needs a `workspace_id`; a server that
        refuses it raises `BadRequest`. This holds for one process at a time: two at the same instant can both start, and so can one
        that begins anew before the lists show the task.

        Cancelled, or interrupted by Ctrl-C, this leaves at once, and the task may run: with a key of your own it can be found.
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
                kubernetes_settings,
                multi_user_session,
                validate=validate,
                reconcile=reconcile,
                idempotency_key=idempotency_key,
            )
        )

    def start_sessions(
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
        restart_policy: RestartPolicyName = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
        *,
        validate: Validate = "auto",
        reconcile: bool = True,
        idempotency_key: str | None = None,
    ) -> list[SessionInfo]:
        """Start an app (`tasks.run.app`) and give its sessions, one for each of `users_id`; arguments and errors as of `start`."""
        return complete(
            self._inner.start_sessions(
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
                kubernetes_settings,
                multi_user_session,
                validate=validate,
                reconcile=reconcile,
                idempotency_key=idempotency_key,
            )
        )

    def find_start(self, unconfirmed: StartUnconfirmed) -> SessionInfo | None:
        """Look once more for the session of an unconfirmed start, the first of several users'; None when it is not there.

        Raises `StartUnconfirmed` when there are sessions with its key, but not as one start makes them.
        """
        return complete(self._inner.find_start(unconfirmed))

    def attach(self, token: str) -> SessionInfo:
        """Give the session that `SessionInfo.token` was written for (`tasks.info`), on the same server only. Raises `NotFound`."""
        return complete(self._inner.attach(token))

    def get_ecosystem_module_id(self, slug: str) -> int:
        """Find the id of the module with this slug, such as `supervisely-ecosystem/export-to-dota` (`ecosystem.list`).

        Raises `NotFoundInEcosystem`, which names slugs that are near, or `SeveralInEcosystem` with their ids.
        """
        return complete(self._inner.get_ecosystem_module_id(slug))

    def get_ecosystem_module_info(
        self, module_id: int | None = None, version: str | None = None, slug: str | None = None
    ) -> ModuleInfo:
        """Give a module of the ecosystem (`ecosystem.info`) by id or by slug; the latest version unless told. Raises `NotFound`."""
        return complete(self._inner.get_ecosystem_module_info(module_id, version, slug))

    def get_info(self, module_id: int, version: str | None = None) -> dict[str, Any]:
        """Give a module of the ecosystem as the server sends it (`ecosystem.info`)."""
        return complete(self._inner.get_info(module_id, version))

    def get_list_ecosystem_modules(
        self,
        search: str | None = None,
        categories: Sequence[str] | None = None,
        categories_operation: Literal["or", "and"] = "or",
    ) -> list[dict[str, Any]]:
        """List the modules of the ecosystem (`ecosystem.list`); empty when none fits."""
        return complete(self._inner.get_list_ecosystem_modules(search, categories, categories_operation))

    def find_module_id_by_app_name(self, app_name: str) -> int:
        """Find the id of the only module that the search for a name gives (`ecosystem.list`). Raises `NotFoundInEcosystem` or `SeveralInEcosystem`."""
        return complete(self._inner.find_module_id_by_app_name(app_name))

    def raise_for_status(self, status: Status | str) -> None:
        """Raise `TaskFinishedWithError` for `error`; every other status is fine."""
        return self._inner.raise_for_status(status)

    def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return complete(self._inner.get_status(task_id))

    def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        return complete(self._inner.stop(id))

    def get_context(self, id: int) -> dict[str, Any]:
        """Give the task's team and workspace, each with id and name (`GetTaskContext`). Raises `NotFound`."""
        return complete(self._inner.get_context(id))

    def submit_logs(self, logs: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the log of the task that this runs in (`tasks.logs.add`); never repeated, since that would double them."""
        return complete(self._inner.submit_logs(logs))

    def get_logs(self, task_id: int, since_time: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Give the log's lines (`tasks.log.download`), those after `since_time` (ISO 8601), at most `limit`."""
        return complete(self._inner.get_logs(task_id, since_time, limit))

    def set_fields(self, task_id: int, fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Set fields of the app's page (`tasks.data.set`): `{"field": "data.x", "payload": …, "append"?, "recursive"?}`.

        Repeated after a lost answer, unless a field appends; then only when it certainly did not arrive.
        """
        return complete(self._inner.set_fields(task_id, fields))

    def set_fields_from_dict(self, task_id: int, d: Mapping[str, Any]) -> dict[str, Any]:
        """Set fields by their names (`tasks.data.set`)."""
        return complete(self._inner.set_fields_from_dict(task_id, d))

    def set_field(
        self, task_id: int, field: str, payload: Any, append: bool = False, recursive: bool = False
    ) -> dict[str, Any]:
        """Set one field (`tasks.data.set`); `append` adds to what is there, `recursive` merges deeply."""
        return complete(self._inner.set_field(task_id, field, payload, append, recursive))

    def get_fields(self, task_id: int, fields: Sequence[str]) -> dict[str, Any]:
        """Give fields of the app's page by their names (`tasks.data.get`)."""
        return complete(self._inner.get_fields(task_id, fields))

    def get_field(self, task_id: int, field: str) -> Any:
        """Give one field (`tasks.data.get`); None when the app does not have it."""
        return complete(self._inner.get_field(task_id, field))

    def update_meta(
        self,
        id: int,
        data: Mapping[str, Any],
        agent_storage_folder: str | None = None,
        relative_app_dir: str | None = None,
    ) -> None:
        """Set parts of the task's meta (`tasks.meta.update`); a folder of the agent's storage takes both last arguments."""
        return complete(self._inner.update_meta(id, data, agent_storage_folder, relative_app_dir))

    def update_status(self, task_id: int, status: Status | str) -> None:
        """Set the task's status (`tasks.status.update`), as only the task itself should."""
        return complete(self._inner.update_status(task_id, status))

    def set_output_project(
        self, task_id: int, project_id: int, project_name: str | None = None, project_preview: str | None = None
    ) -> dict[str, Any]:
        """Show a project; its name and preview are looked up where they are not given (`projects.info`).

        In an import app (`APP_CATEGORIES`) the project's history of imports is continued first.
        """
        return complete(self._inner.set_output_project(task_id, project_id, project_name, project_preview))

    def set_output_report(
        self, task_id: int, file_id: int, file_name: str, description: str = "Report"
    ) -> dict[str, Any]:
        """Show a report, a file of Team Files."""
        return complete(self._inner.set_output_report(task_id, file_id, file_name, description))

    def set_output_archive(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None
    ) -> dict[str, Any]:
        """Show an archive to download; its address is looked up where it is not given (`file-storage.info`)."""
        return complete(self._inner.set_output_archive(task_id, file_id, file_name, file_url))

    def set_output_file_download(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None, download: bool = True
    ) -> dict[str, Any]:
        """Show a file to download or open; its address is looked up where it is not given (`file-storage.info`)."""
        return complete(self._inner.set_output_file_download(task_id, file_id, file_name, file_url, download))

    def set_output_directory(self, task_id: int, file_id: int, directory_path: str) -> dict[str, Any]:
        """Show a folder of Team Files; `file_id` is any file in it."""
        return complete(self._inner.set_output_directory(task_id, file_id, directory_path))

    def set_output_error(
        self, task_id: int, title: str, description: str | None = None, show_logs: bool = True
    ) -> dict[str, Any]:
        """Show an error, with a link to the log."""
        return complete(self._inner.set_output_error(task_id, title, description, show_logs))

    def set_output_text(
        self,
        task_id: int,
        title: str,
        description: str | None = None,
        show_logs: bool = False,
        zmdi_icon: str = "zmdi-comment-alt-text",
        icon_color: str = "#33c94c",
        background_color: str = "#d9f7e4",
    ) -> dict[str, Any]:
        """Show a text, with an icon of the Material Design Iconic Font."""
        return complete(
            self._inner.set_output_text(task_id, title, description, show_logs, zmdi_icon, icon_color, background_color)
        )

    def set_output_experiment(self, task_id: int, experiment_info: Mapping[str, Any]) -> dict[str, Any]:
        """Show the result of a training."""
        return complete(self._inner.set_output_experiment(task_id, experiment_info))

    def send_request(
        self,
        task_id: int,
        method: str,
        data: Mapping[str, Any],
        context: Mapping[str, Any] | None = None,
        skip_response: bool = False,
        timeout: int | None = 60,
        outside_request: bool = True,
        retries: int = 10,
        raise_error: bool = False,
    ) -> Any:
        """Send a command to the app and give what it answers (`tasks.request.direct`).

        `timeout` is how many seconds the server waits for the app. A command may do anything, so it is sent again only when it
        was certainly not executed, at most `retries` times in all; `raise_error` means once.
        """
        return complete(
            self._inner.send_request(
                task_id, method, data, context, skip_response, timeout, outside_request, retries, raise_error
            )
        )

    def is_running(self, task_id: int) -> bool:
        """Tell whether the app answers at all; what it answers does not matter.

        Raises `ConnectionFailed`, and where the app was not asked `Unauthorized`, `Forbidden`, `RedirectRefused`, or for a login page
        `UnexpectedAnswer`.
        """
        return complete(self._inner.is_running(task_id))

    def is_ready(self, task_id: int) -> bool:
        """Tell whether the app says that it is ready. Raises when it does not answer."""
        return complete(self._inner.is_ready(task_id))

    def wait_all(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until each task has reached its target or ended otherwise, and give all outcomes in order (`tasks.list`, `tasks.info`).

        Raises for none of them: look at `.failed`, or call `.raise_errors()`. With `on_error="raise"` the first error is raised at
        once, its `outcomes` being what is known by then; `stop_others` asks the server to stop the rest as soon as one fails.

        `tasks` are ids, sessions or tasks; one given twice is waited for once. `target_status` is one of `wait`, or a dict of them by
        id. `timeout` (seconds) ends the wait, none when not given; `timeouts` ends that for single tasks, by id. `workspace_id`, where
        most of the tasks are, saves a request. Everything else as in `wait`, but `on_status`, which is called with id and status. The
        first 20 that end with `error` get the ends of their logs.
        """
        return complete(
            self._inner.wait_all(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                on_error=on_error,
                stop_others=stop_others,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def wait_any(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until a task has reached its target, and give all outcomes; `.succeeded` has it, and those that were there with it.

        The others go on, unless `stop_others`. Tasks that fail are left behind, and raised when none is left; with `on_error="raise"`
        the first error is. Arguments as of `wait_all`.
        """
        return complete(
            self._inner.wait_any(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                on_error=on_error,
                stop_others=stop_others,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def as_completed(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Iterator[Outcome]:
        """Give each task's outcome when it has reached its target, ended otherwise or run out of time, the first first.

        What is left when you stop iterating goes on unwatched. Arguments as of `wait_all`; they are checked when the iteration begins.
        """
        return iterate(
            self._inner.as_completed(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def follow_logs(
        self, id: int, since_time: str | None = None, *, timeout: float | None = None, polling: Polling | None = None
    ) -> Iterator[dict[str, Any]]:
        """Give the lines of the task's log, those after `since_time` (ISO 8601), as they come (`tasks.log.download`, `tasks.info`).

        Ends when the task has, in whatever way, and a last look has shown no further line. No line is lost or given twice, whether
        pages are cut, looks fail or lines have equal times. Two may be missing: one that is more than 5 s older than a line given before, and
        one of more lines with the same time than the server gives at once, which is warned of.
        `timeout` is in seconds; without `polling`, looks come every 1 to 10 s, soon again after each new line. Raises
        `WaitingTimeExceeded`, `NotFound`, and `TaskGone` when the task vanishes; arguments are checked when the iteration begins.
        """
        return iterate(self._inner.follow_logs(id, since_time, timeout=timeout, polling=polling))

    def get_list_all_pages(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> Any:
        """Give the entities of all pages, converted; sorted by id unless `data` says otherwise.

        `limit` stops as soon as so many were read; `progress_cb` gets the number of each page's entities. With
        `return_first_response`: (entities, the first page). A list that does not add up is read once more; then `UnexpectedAnswer`,
        whose `details` are what was read.
        """
        return complete(
            self._inner.get_list_all_pages(
                method, data, progress_cb, convert_json_info_cb, limit, return_first_response
            )
        )

    def get_list_all_pages_generator(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> Iterator[list[Any]]:
        """Give page after page, following the server's cursor (`after`), at most `limit` entities in all."""
        return iterate(
            self._inner.get_list_all_pages_generator(
                method, data, progress_cb, convert_json_info_cb, limit, return_first_response
            )
        )

    def get_list_idx_page_async(self, method: str, data: Mapping[str, Any]) -> tuple[int, list[Any]]:
        """Give the number of pages, and the entities of the page that `data` asks for."""
        raise Unavailable(method="get_list_idx_page_async", instead="it suspends; use AsyncApi")

    def get_list_page_generator_async(
        self, method: str, data: Mapping[str, Any], pages_count: int | None = None, semaphore: Any = None
    ) -> Iterator[list[Any]]:
        """Give page after page, at most `pages_count`; `semaphore`, an asyncio one, is held for each request."""
        raise Unavailable(method="get_list_page_generator_async", instead="it suspends; use AsyncApi")


class TaskApi:
    """Tasks: list, look, start, wait, stop."""

    Status: TypeAlias = Status
    PluginTaskType: TypeAlias = PluginTaskType
    RestartPolicy: TypeAlias = RestartPolicy
    MAX_WAIT_ATTEMPTS: int = MAX_WAIT_ATTEMPTS
    WAIT_ATTEMPT_TIMEOUT_SEC: int = WAIT_ATTEMPT_TIMEOUT_SEC

    def __init__(self, inner: AsyncTaskApi) -> None:
        self._inner = inner

    @staticmethod
    def info_sequence() -> list[Any]:
        """Refuse: a task has no fixed fields; `TaskInfo` names those that are known."""
        return AsyncTaskApi.info_sequence()

    @staticmethod
    def info_tuple_name() -> str:
        """Refuse: a task is no tuple."""
        return AsyncTaskApi.info_tuple_name()

    @staticmethod
    def convert_info_to_json(info: Mapping[str, Any]) -> dict[str, Any]:
        """Give a task as the server sent it."""
        return AsyncTaskApi.convert_info_to_json(info)

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
                kubernetes_settings,
                multi_user_session,
                validate=validate,
                reconcile=reconcile,
                idempotency_key=idempotency_key,
            )
        )

    def upload_files(
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
        return complete(self._inner.upload_files(task_id, abs_paths, names, progress_cb, on_bytes=on_bytes))

    def wait(
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
        return complete(
            self._inner.wait(
                id,
                target_status,
                wait_attempts,
                wait_attempt_timeout_sec,
                timeout=timeout,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def raise_for_status(self, status: Status | str) -> None:
        """Raise `TaskFinishedWithError` for `error`; every other status is fine."""
        return self._inner.raise_for_status(status)

    def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return complete(self._inner.get_status(task_id))

    def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        return complete(self._inner.stop(id))

    def get_context(self, id: int) -> dict[str, Any]:
        """Give the task's team and workspace, each with id and name (`GetTaskContext`). Raises `NotFound`."""
        return complete(self._inner.get_context(id))

    def submit_logs(self, logs: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the log of the task that this runs in (`tasks.logs.add`); never repeated, since that would double them."""
        return complete(self._inner.submit_logs(logs))

    def get_logs(self, task_id: int, since_time: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Give the log's lines (`tasks.log.download`), those after `since_time` (ISO 8601), at most `limit`."""
        return complete(self._inner.get_logs(task_id, since_time, limit))

    def set_fields(self, task_id: int, fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Set fields of the app's page (`tasks.data.set`): `{"field": "data.x", "payload": …, "append"?, "recursive"?}`.

        Repeated after a lost answer, unless a field appends; then only when it certainly did not arrive.
        """
        return complete(self._inner.set_fields(task_id, fields))

    def set_fields_from_dict(self, task_id: int, d: Mapping[str, Any]) -> dict[str, Any]:
        """Set fields by their names (`tasks.data.set`)."""
        return complete(self._inner.set_fields_from_dict(task_id, d))

    def set_field(
        self, task_id: int, field: str, payload: Any, append: bool = False, recursive: bool = False
    ) -> dict[str, Any]:
        """Set one field (`tasks.data.set`); `append` adds to what is there, `recursive` merges deeply."""
        return complete(self._inner.set_field(task_id, field, payload, append, recursive))

    def get_fields(self, task_id: int, fields: Sequence[str]) -> dict[str, Any]:
        """Give fields of the app's page by their names (`tasks.data.get`)."""
        return complete(self._inner.get_fields(task_id, fields))

    def get_field(self, task_id: int, field: str) -> Any:
        """Give one field (`tasks.data.get`); None when the app does not have it."""
        return complete(self._inner.get_field(task_id, field))

    def update_meta(
        self,
        id: int,
        data: Mapping[str, Any],
        agent_storage_folder: str | None = None,
        relative_app_dir: str | None = None,
    ) -> None:
        """Set parts of the task's meta (`tasks.meta.update`); a folder of the agent's storage takes both last arguments."""
        return complete(self._inner.update_meta(id, data, agent_storage_folder, relative_app_dir))

    def update_status(self, task_id: int, status: Status | str) -> None:
        """Set the task's status (`tasks.status.update`), as only the task itself should."""
        return complete(self._inner.update_status(task_id, status))

    def set_output_project(
        self, task_id: int, project_id: int, project_name: str | None = None, project_preview: str | None = None
    ) -> dict[str, Any]:
        """Show a project; its name and preview are looked up where they are not given (`projects.info`).

        In an import app (`APP_CATEGORIES`) the project's history of imports is continued first.
        """
        return complete(self._inner.set_output_project(task_id, project_id, project_name, project_preview))

    def set_output_report(
        self, task_id: int, file_id: int, file_name: str, description: str = "Report"
    ) -> dict[str, Any]:
        """Show a report, a file of Team Files."""
        return complete(self._inner.set_output_report(task_id, file_id, file_name, description))

    def set_output_archive(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None
    ) -> dict[str, Any]:
        """Show an archive to download; its address is looked up where it is not given (`file-storage.info`)."""
        return complete(self._inner.set_output_archive(task_id, file_id, file_name, file_url))

    def set_output_file_download(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None, download: bool = True
    ) -> dict[str, Any]:
        """Show a file to download or open; its address is looked up where it is not given (`file-storage.info`)."""
        return complete(self._inner.set_output_file_download(task_id, file_id, file_name, file_url, download))

    def set_output_directory(self, task_id: int, file_id: int, directory_path: str) -> dict[str, Any]:
        """Show a folder of Team Files; `file_id` is any file in it."""
        return complete(self._inner.set_output_directory(task_id, file_id, directory_path))

    def set_output_error(
        self, task_id: int, title: str, description: str | None = None, show_logs: bool = True
    ) -> dict[str, Any]:
        """Show an error, with a link to the log."""
        return complete(self._inner.set_output_error(task_id, title, description, show_logs))

    def set_output_text(
        self,
        task_id: int,
        title: str,
        description: str | None = None,
        show_logs: bool = False,
        zmdi_icon: str = "zmdi-comment-alt-text",
        icon_color: str = "#33c94c",
        background_color: str = "#d9f7e4",
    ) -> dict[str, Any]:
        """Show a text, with an icon of the Material Design Iconic Font."""
        return complete(
            self._inner.set_output_text(task_id, title, description, show_logs, zmdi_icon, icon_color, background_color)
        )

    def set_output_experiment(self, task_id: int, experiment_info: Mapping[str, Any]) -> dict[str, Any]:
        """Show the result of a training."""
        return complete(self._inner.set_output_experiment(task_id, experiment_info))

    def send_request(
        self,
        task_id: int,
        method: str,
        data: Mapping[str, Any],
        context: Mapping[str, Any] | None = None,
        skip_response: bool = False,
        timeout: int | None = 60,
        outside_request: bool = True,
        retries: int = 10,
        raise_error: bool = False,
    ) -> Any:
        """Send a command to the app and give what it answers (`tasks.request.direct`).

        `timeout` is how many seconds the server waits for the app. A command may do anything, so it is sent again only when it
        was certainly not executed, at most `retries` times in all; `raise_error` means once.
        """
        return complete(
            self._inner.send_request(
                task_id, method, data, context, skip_response, timeout, outside_request, retries, raise_error
            )
        )

    def is_running(self, task_id: int) -> bool:
        """Tell whether the app answers at all; what it answers does not matter.

        Raises `ConnectionFailed`, and where the app was not asked `Unauthorized`, `Forbidden`, `RedirectRefused`, or for a login page
        `UnexpectedAnswer`.
        """
        return complete(self._inner.is_running(task_id))

    def is_ready(self, task_id: int) -> bool:
        """Tell whether the app says that it is ready. Raises when it does not answer."""
        return complete(self._inner.is_ready(task_id))

    def wait_all(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until each task has reached its target or ended otherwise, and give all outcomes in order (`tasks.list`, `tasks.info`).

        Raises for none of them: look at `.failed`, or call `.raise_errors()`. With `on_error="raise"` the first error is raised at
        once, its `outcomes` being what is known by then; `stop_others` asks the server to stop the rest as soon as one fails.

        `tasks` are ids, sessions or tasks; one given twice is waited for once. `target_status` is one of `wait`, or a dict of them by
        id. `timeout` (seconds) ends the wait, none when not given; `timeouts` ends that for single tasks, by id. `workspace_id`, where
        most of the tasks are, saves a request. Everything else as in `wait`, but `on_status`, which is called with id and status. The
        first 20 that end with `error` get the ends of their logs.
        """
        return complete(
            self._inner.wait_all(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                on_error=on_error,
                stop_others=stop_others,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def wait_any(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until a task has reached its target, and give all outcomes; `.succeeded` has it, and those that were there with it.

        The others go on, unless `stop_others`. Tasks that fail are left behind, and raised when none is left; with `on_error="raise"`
        the first error is. Arguments as of `wait_all`.
        """
        return complete(
            self._inner.wait_any(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                on_error=on_error,
                stop_others=stop_others,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def as_completed(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Iterator[Outcome]:
        """Give each task's outcome when it has reached its target, ended otherwise or run out of time, the first first.

        What is left when you stop iterating goes on unwatched. Arguments as of `wait_all`; they are checked when the iteration begins.
        """
        return iterate(
            self._inner.as_completed(
                tasks,
                target_status,
                timeout=timeout,
                timeouts=timeouts,
                workspace_id=workspace_id,
                on_timeout=on_timeout,
                stop_on_cancel=stop_on_cancel,
                polling=polling,
                on_status=on_status,
                progress=progress,
            )
        )

    def follow_logs(
        self, id: int, since_time: str | None = None, *, timeout: float | None = None, polling: Polling | None = None
    ) -> Iterator[dict[str, Any]]:
        """Give the lines of the task's log, those after `since_time` (ISO 8601), as they come (`tasks.log.download`, `tasks.info`).

        Ends when the task has, in whatever way, and a last look has shown no further line. No line is lost or given twice, whether
        pages are cut, looks fail or lines have equal times. Two may be missing: one that is more than 5 s older than a line given before, and
        one of more lines with the same time than the server gives at once, which is warned of.
        `timeout` is in seconds; without `polling`, looks come every 1 to 10 s, soon again after each new line. Raises
        `WaitingTimeExceeded`, `NotFound`, and `TaskGone` when the task vanishes; arguments are checked when the iteration begins.
        """
        return iterate(self._inner.follow_logs(id, since_time, timeout=timeout, polling=polling))

    def get_list_all_pages(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> Any:
        """Give the entities of all pages, converted; sorted by id unless `data` says otherwise.

        `limit` stops as soon as so many were read; `progress_cb` gets the number of each page's entities. With
        `return_first_response`: (entities, the first page). A list that does not add up is read once more; then `UnexpectedAnswer`,
        whose `details` are what was read.
        """
        return complete(
            self._inner.get_list_all_pages(
                method, data, progress_cb, convert_json_info_cb, limit, return_first_response
            )
        )

    def get_list_all_pages_generator(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> Iterator[list[Any]]:
        """Give page after page, following the server's cursor (`after`), at most `limit` entities in all."""
        return iterate(
            self._inner.get_list_all_pages_generator(
                method, data, progress_cb, convert_json_info_cb, limit, return_first_response
            )
        )

    def get_list_idx_page_async(self, method: str, data: Mapping[str, Any]) -> tuple[int, list[Any]]:
        """Give the number of pages, and the entities of the page that `data` asks for."""
        raise Unavailable(method="get_list_idx_page_async", instead="it suspends; use AsyncApi")

    def get_list_page_generator_async(
        self, method: str, data: Mapping[str, Any], pages_count: int | None = None, semaphore: Any = None
    ) -> Iterator[list[Any]]:
        """Give page after page, at most `pages_count`; `semaphore`, an asyncio one, is held for each request."""
        raise Unavailable(method="get_list_page_generator_async", instead="it suspends; use AsyncApi")


class TaskNodeApi:
    """A task to which edges are added without repeating its id: `with api.app.workflow.task(task_id) as node`."""

    def __init__(self, inner: AsyncTaskNodeApi) -> None:
        self._inner = inner

    def __enter__(self) -> "TaskNodeApi":
        complete(self._inner.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        complete(self._inner.__aexit__(kind, error, traceback))

    def add_input_project(
        self,
        project: int | HasId | None = None,
        version_id: int | None = None,
        version_num: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a project; or a version of it, by the version's id or by its number in the project."""
        return complete(self._inner.add_input_project(project, version_id, version_num, task_id, meta))

    def add_input_dataset(self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task read a dataset."""
        return complete(self._inner.add_input_dataset(dataset, task_id, meta))

    def add_input_file(
        self,
        file: int | HasId | str | PathLike[str],
        model_weight: bool = False,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a file of the team, or with `model_weight` the weights of a model.

        A path is looked up among the files of the team in the environment (`TEAM_ID`), else of the task's team.
        """
        return complete(self._inner.add_input_file(file, model_weight, task_id, meta))

    def add_input_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task read files of a folder, by its path in the team's files; a slash at the beginning is added."""
        return complete(self._inner.add_input_folder(path, task_id, meta))

    def add_input_task(self, input_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used another task."""
        return complete(self._inner.add_input_task(input_task_id, task_id, meta))

    def add_input_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used a labeling job; instances from 6.11.11 take it."""
        return complete(self._inner.add_input_job(id, task_id, meta))

    def add_output_project(
        self,
        project: int | HasId | None,
        version_id: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task made a project, or the version of it with this id."""
        return complete(self._inner.add_output_project(project, version_id, task_id, meta))

    def add_output_dataset(self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made a dataset."""
        return complete(self._inner.add_output_dataset(dataset, task_id, meta))

    def add_output_file(
        self, file: int | HasId, model_weight: bool = False, task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made a file of the team, or with `model_weight` the weights of a model."""
        return complete(self._inner.add_output_file(file, model_weight, task_id, meta))

    def add_output_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made files in a folder, by its path in the team's files; a slash at the beginning is added."""
        return complete(self._inner.add_output_folder(path, task_id, meta))

    def add_output_app(self, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task's own session, open also when the app does not run, shows what it made."""
        return complete(self._inner.add_output_app(task_id, meta))

    def add_output_task(self, output_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made another task."""
        return complete(self._inner.add_output_task(output_task_id, task_id, meta))

    def add_output_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made a labeling job; instances from 6.11.11 take it."""
        return complete(self._inner.add_output_job(id, task_id, meta))


class WorkflowApi:
    """Adds to the lineage what a task reads and makes; on when `ENV` is `production`, or after `enable`.

    `ledger` holds every edge that was asked for, whatever became of it; `errors` what went wrong in the mode `collect`.
    """

    ledger: Ledger
    errors: list[SuperviselyError]

    def __init__(self, inner: AsyncWorkflowApi) -> None:
        self._inner = inner
        self.ledger = inner.ledger
        self.errors = inner.errors

    def enable(self) -> None:
        """Send edges from now on."""
        return self._inner.enable()

    def disable(self) -> None:
        """Send no edges from now on; the ledger keeps them."""
        return self._inner.disable()

    def is_enabled(self) -> bool:
        """Tell whether edges are sent."""
        return self._inner.is_enabled()

    def set_mode(self, mode: Mode) -> None:
        """Say what an edge that cannot be added does.

        `collect`, the default, goes on: the error is in `errors` and in one warning, the method gives `{}`; only wrong arguments raise.
        `strict` raises. `lenient` is the official SDK's way: it logs the reason and gives `{}`, for wrong arguments too, and drops
        wrong settings. A server that is too old gives None instead of `{}`.
        """
        return self._inner.set_mode(mode)

    def raise_errors(self) -> None:
        """Raise `LineageIncomplete` when there are `errors`."""
        return self._inner.raise_errors()

    def task(self, task_id: int) -> "TaskNodeApi":
        """Give a task's node: its methods are these, and need no `task_id`. Mode, switch and ledger stay the same."""
        return TaskNodeApi(self._inner.task(task_id))

    def graph(self, *ledgers: Iterable[Edge], statuses: Statuses | None = None) -> LineageGraph:
        """Give the graph of this ledger and others, such as those of other processes; each edge counts once.

        `statuses` is by task id, or by (server, task id), which several servers need. Raises `ArgumentError`.
        """
        return self._inner.graph(*ledgers, statuses=statuses)

    def check_instance_compatibility(self, *, min_instance_version: str | None = None) -> bool:
        """Tell whether the server has the workflow, or is that version at least (`instance.version`).

        Raises `UnexpectedAnswer` when the server does not say its version.
        """
        return complete(self._inner.check_instance_compatibility(min_instance_version=min_instance_version))

    def add_input_project(
        self,
        project: int | HasId | None = None,
        version_id: int | None = None,
        version_num: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a project; or a version of it, by the version's id or by its number in the project."""
        return complete(self._inner.add_input_project(project, version_id, version_num, task_id, meta))

    def add_input_dataset(self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task read a dataset."""
        return complete(self._inner.add_input_dataset(dataset, task_id, meta))

    def add_input_file(
        self,
        file: int | HasId | str | PathLike[str],
        model_weight: bool = False,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a file of the team, or with `model_weight` the weights of a model.

        A path is looked up among the files of the team in the environment (`TEAM_ID`), else of the task's team.
        """
        return complete(self._inner.add_input_file(file, model_weight, task_id, meta))

    def add_input_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task read files of a folder, by its path in the team's files; a slash at the beginning is added."""
        return complete(self._inner.add_input_folder(path, task_id, meta))

    def add_input_task(self, input_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used another task."""
        return complete(self._inner.add_input_task(input_task_id, task_id, meta))

    def add_input_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used a labeling job; instances from 6.11.11 take it."""
        return complete(self._inner.add_input_job(id, task_id, meta))

    def add_output_project(
        self,
        project: int | HasId | None,
        version_id: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task made a project, or the version of it with this id."""
        return complete(self._inner.add_output_project(project, version_id, task_id, meta))

    def add_output_dataset(self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made a dataset."""
        return complete(self._inner.add_output_dataset(dataset, task_id, meta))

    def add_output_file(
        self, file: int | HasId, model_weight: bool = False, task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made a file of the team, or with `model_weight` the weights of a model."""
        return complete(self._inner.add_output_file(file, model_weight, task_id, meta))

    def add_output_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made files in a folder, by its path in the team's files; a slash at the beginning is added."""
        return complete(self._inner.add_output_folder(path, task_id, meta))

    def add_output_app(self, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task's own session, open also when the app does not run, shows what it made."""
        return complete(self._inner.add_output_app(task_id, meta))

    def add_output_task(self, output_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made another task."""
        return complete(self._inner.add_output_task(output_task_id, task_id, meta))

    def add_output_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made a labeling job; instances from 6.11.11 take it."""
        return complete(self._inner.add_output_job(id, task_id, meta))
