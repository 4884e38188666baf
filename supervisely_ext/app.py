"""`api.app`: the apps of a team, their sessions, and the ecosystem they come from."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from supervisely_client.api.apps import apps_info, apps_list, apps_tasks_list
from supervisely_client.api.instance import instance_get_render_previews_session_token
from supervisely_client.models.apps_info_request import AppsInfoRequest
from supervisely_client.models.apps_list_request import AppsListRequest
from supervisely_client.models.apps_tasks_list_request import AppsTasksListRequest
from supervisely_client.models.context_target import CONTEXT_TARGET_VALUES
from supervisely_client.models.filter_ import Filter
from supervisely_client.models.integration import INTEGRATION_VALUES
from supervisely_client.models.render_previews_token_request import RenderPreviewsTokenRequest
from supervisely_client.types import UNSET

from .app_files import AppFiles
from .app_refusals import AppRefusals
from .call import Caller
from .checks import as_flag, as_id, as_ids, as_list, as_mapping, as_number, as_optional_text, as_text, one_of
from .ecosystem import Ecosystem
from .entities import AppInfo, SessionInfo, Status
from .errors import (
    ApiError,
    ConnectionFailed,
    NotFound,
    UnexpectedAnswer,
)
from .filters import as_filters
from .kubernetes import KubernetesSettings
from .pages import read_all
from .progress import ProgressOption
from .shapes import part
from .start_check import Validate, check_start
from .starting import LogLevel, RestartPolicyName, Start, check_one_app, run_app
from .task_actions import TaskActions
from .waiting import DEFAULT_TIMEOUT, DefaultTimeout, OnTimeout, Polling, Target, as_targets, plan_polling
from .watch import OnStatus
from .workflow import AsyncWorkflowApi


class AsyncAppApi(AppRefusals, AppFiles, Ecosystem, TaskActions):
    """Apps: find in the ecosystem, start, wait, stop, list sessions."""

    InfoType: TypeAlias = AppInfo
    workflow: AsyncWorkflowApi

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller)
        self.workflow = AsyncWorkflowApi(caller)

    @staticmethod
    def info_sequence() -> list[Any]:
        """Name the fields of an `AppInfo` as the server spells them."""
        return [name if name != "createdBy" else (["createdBy"], "created_by_id") for name in AppInfo.WIRE_NAMES]

    @staticmethod
    def info_tuple_name() -> str:
        """Give the name of the entities' type."""
        return AppInfo.__name__

    @staticmethod
    def convert_info_to_json(info: AppInfo) -> dict[str, Any]:
        """Give an app under the server's names."""
        return dict(zip(AppInfo.WIRE_NAMES, info, strict=True))

    async def get_info_by_id(self, id: int) -> AppInfo:
        """Give an app of the team by its id, which is not a task's (`apps.info`). Raises `NotFound`."""
        try:
            answer = await self._caller.call(apps_info.OPERATION, body=AppsInfoRequest(id=as_id("id", id)))
        except NotFound as error:
            error.details = {"message": f"no app has the id {id}; for a task use api.task.get_info_by_id({id})"}
            raise
        return answer.read(AppInfo.from_json)

    async def is_ready_for_api_calls(self, task_id: int) -> bool:
        """Tell whether the app says that it runs; an app that cannot be reached does not. Raises `Unauthorized` and the like."""
        caller = self._caller.once()
        try:
            answer = await self._direct(caller, as_id("task_id", task_id), "is_running", {}, timeout=1)
        except (ConnectionFailed, UnexpectedAnswer):
            return False
        except ApiError as error:
            if error.status in (401, 403):
                raise
            return False
        return bool(part({"answer": answer.json}, "answer").get("running"))

    async def wait_until_ready_for_api_calls(
        self, task_id: int, attempts: int = 10, attempt_delay_sec: float | None = 10
    ) -> bool:
        """Wait until the app says that it runs, looking so often at that constant delay in seconds; False when it never does."""
        most = as_number("attempts", attempts, minimum=1)
        pause = as_number("attempt_delay_sec", 1 if attempt_delay_sec is None else attempt_delay_sec, minimum=0)
        looks = 0
        while not await self.is_ready_for_api_calls(task_id):
            looks += 1
            if looks >= most:
                return False
            await self._caller.transport.sleep(pause)
        return True

    async def get_session_token(self, slug: str) -> str:
        """Give the session token of the app that renders previews (`instance.get-render-previews-session-token`), a secret."""
        request = RenderPreviewsTokenRequest(slug=as_text("slug", slug))
        return (await self._caller.call(instance_get_render_previews_session_token.OPERATION, body=request)).read(str)

    def get_url(self, task_id: int) -> str:
        """Give the path of a session's page, to follow the server's address."""
        return f"/apps/sessions/{as_id('task_id', task_id)}"

    async def initialize(
        self,
        task_id: int,
        template: str,
        data: Mapping[str, Any] | None = None,
        state: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Set template, data and state of the app's page at once (`tasks.data.set`)."""
        page = {**as_mapping("data", data), "notifyDialog": None, "scrollIntoView": None}
        fields = {"template": template, "data": page, "state": dict(as_mapping("state", state))}
        return await self.set_fields_from_dict(task_id, fields)

    def _convert(self, entity: dict[str, Any]) -> Any:
        return AppInfo.from_json(entity)

    async def get_list(
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
        request = AppsListRequest(
            team_id=as_id("team_id", team_id),
            filter_=as_filters("filter", filter),
            context=[one_of("context", name, CONTEXT_TARGET_VALUES) for name in context or ()],
            repository_key=as_optional_text("repository_key", repository_key),
            show_disabled=as_flag("show_disabled", show_disabled),
            integrated_into=[one_of("integrated_into", name, INTEGRATION_VALUES) for name in integrated_into or ()],
            session_tags=[as_text("session_tags", tag) for tag in as_list("session_tags", session_tags or ())],
            only_running=as_flag("only_running", only_running),
            with_shared=as_flag("with_shared", with_shared),
            force_all_sessions=as_flag("force_all_sessions", force_all_sessions) and not only_running,
            sort="id",
            sort_order="asc",
        )
        return await read_all(self._caller, apps_list.OPERATION, request, AppInfo.from_json)

    async def get_sessions(
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
        apps = AppsListRequest(
            team_id=as_id("team_id", team_id),
            filter_=[Filter("moduleId", "=", as_id("module_id", module_id))],
            context=[],
            repository_key=None,
            show_disabled=False,
            integrated_into=[],
            session_tags=[],
            only_running=False,
            with_shared=as_flag("with_shared", with_shared),
            force_all_sessions=False,
            sort="id",
            sort_order="asc",
        )
        shown = as_flag("show_disabled", show_disabled)
        wanted = UNSET if statuses is None else [Filter("status", "in", list(as_targets(statuses, "statuses")))]
        reader = partial(SessionInfo.from_json, module_id=module_id)
        sessions: list[SessionInfo] = []
        for app in await read_all(self._caller, apps_list.OPERATION, apps, AppInfo.from_json):
            tasks = AppsTasksListRequest(
                team_id=team_id,
                app_id=app.id,
                show_disabled=shown,
                with_shared=with_shared,
                sort="startedAt",
                sort_order="desc",
                filter_=wanted,
            )
            sessions += await read_all(self._caller, apps_tasks_list.OPERATION, tasks, reader)
        return [session for session in sessions if session_name in (None, session.name)]

    async def start(
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
    ) -> SessionInfo:
        """Start an app (`tasks.run.app`) and give its session.

        `validate` "auto" logs a warning when the arguments do not fit the module as this client has looked it up already; True looks it up
        and raises `InvalidArguments` before anything is started; False does not look.

        `agent_id` None takes any agent that fits; `params` are the app's arguments, as `ModuleInfo.get_arguments` gives them. Without
        `app_version` the latest release is looked up first (`ecosystem.info`; `NoRelease` when there is none), which needs
        `module_id`. The request is sent again only when it was certainly not executed; when that is not known: `StartUnconfirmed`.
        """
        sessions = await self.start_sessions(
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
        )
        return sessions[0]

    async def start_sessions(
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
    ) -> list[SessionInfo]:
        """Start an app (`tasks.run.app`) and give its sessions, one for each of `users_id`; arguments and errors as of `start`."""
        check_one_app(app_id, module_id)
        if app_version is None:
            app_version = await self._latest_version(module_id)
        start = Start(
            agent_id=agent_id,
            app_id=app_id,
            module_id=module_id,
            workspace_id=workspace_id,
            description=description,
            params=_with_state(params),
            log_level=log_level,
            users_ids=as_ids("users_id", users_id),
            app_version=app_version,
            is_branch=is_branch,
            task_name=task_name,
            restart_policy=restart_policy,
            proxy_keep_url=proxy_keep_url,
            redirect_requests=redirect_requests,
            limit_by_workspace=False,
            kubernetes_settings=kubernetes_settings,
            multi_user_session=multi_user_session,
        )
        await check_start(self._caller, validate, start)
        return [SessionInfo.from_json(task) for task in await run_app(self._caller, start)]

    async def wait(
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
        planned = plan_polling(
            attempts,
            attempt_delay_sec,
            timeout,
            polling,
            has_target=target_status is not None,
            names=("attempts", "attempt_delay_sec"),
        )
        return await self._wait(
            id, target_status, planned, on_status, on_timeout, progress, stop_on_cancel=stop_on_cancel
        )


def _with_state(params: Mapping[str, Any] | None) -> Mapping[str, Any]:
    given = as_mapping("params", params)
    return given if "state" in given else {"state": dict(given)}
