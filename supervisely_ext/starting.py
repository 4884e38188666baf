"""Starting an app: at most once, and the truth about it."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import frozen
from supervisely_client.api.tasks import tasks_run_app
from supervisely_client.models.advanced_settings import AdvancedSettings
from supervisely_client.models.tasks_run_app_request import TasksRunAppRequest
from supervisely_client.models.tasks_run_app_request_log_level import TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES
from supervisely_client.models.tasks_run_app_request_redirect_requests import TasksRunAppRequestRedirectRequests
from supervisely_client.models.tasks_run_app_request_restart_policy import TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES
from supervisely_client.types import UNSET

from .call import Caller
from .checks import as_id, as_mapping, as_optional_id, one_of
from .errors import ApiError, ArgumentError, ConnectionFailed, StartUnconfirmed, UnexpectedAnswer
from .kubernetes import KubernetesSettings, as_settings
from .retry import RETRIED_STATUSES
from .shapes import int_at

LogLevel = Literal["info", "debug", "trace", "warning", "error"]
RestartPolicyName = Literal["never", "on_error", "on_startup"]


@frozen(kw_only=True)
class Start:
    """What to start, where and how; the arguments of both `start` methods under one name each."""

    agent_id: int | None
    app_id: int | None
    module_id: int | None
    workspace_id: int | None
    description: str
    params: Mapping[str, Any] | None
    log_level: LogLevel
    users_ids: Sequence[int]
    app_version: str
    is_branch: bool
    task_name: str
    restart_policy: RestartPolicyName
    proxy_keep_url: bool
    redirect_requests: Mapping[str, Any] | None
    limit_by_workspace: bool
    kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None
    multi_user_session: bool

    def request(self) -> TasksRunAppRequest:
        """Check everything and give the request."""
        check_one_app(self.app_id, self.module_id)
        redirect = as_mapping("redirect_requests", self.redirect_requests)
        return TasksRunAppRequest(
            agent_id=as_optional_id("agent_id", self.agent_id),
            workspace_id=as_optional_id("workspace_id", self.workspace_id),
            app_id=UNSET if self.app_id is None else as_id("app_id", self.app_id),
            module_id=UNSET if self.module_id is None else as_id("module_id", self.module_id),
            description=self.description,
            params=dict(as_mapping("params", self.params)),
            log_level=one_of("log_level", self.log_level, TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES),
            users_ids=list(self.users_ids),
            app_version=self.app_version,
            is_branch=self.is_branch,
            task_name=self.task_name,
            restart_policy=one_of("restart_policy", self.restart_policy, TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES),
            proxy_keep_url=self.proxy_keep_url,
            advanced_settings=AdvancedSettings.from_dict(
                {"limitByWorkspace": self.limit_by_workspace, **as_settings(self.kubernetes_settings)}
            ),
            redirect_requests=TasksRunAppRequestRedirectRequests.from_dict(redirect) if redirect else UNSET,
            single_session_mode=self.multi_user_session or UNSET,
        )


def check_one_app(app_id: int | None, module_id: int | None) -> None:
    """Refuse neither and both."""
    if (app_id is None) == (module_id is None):
        problem = "neither is given" if app_id is None else "both are given"
        raise ArgumentError(
            argument="app_id, module_id", problem=problem, hint="Give one of them; module_id is the usual one"
        )


async def run_app(caller: Caller, start: Start) -> list[dict[str, Any]]:
    """Start the app and give the started tasks as the server names them, one a user.

    The request is sent again only when it was certainly not executed. When that is not known: `StartUnconfirmed`.
    """
    request = start.request()
    try:
        answer = await caller.call(tasks_run_app.OPERATION, body=request)
        return answer.read(_started)
    except (ConnectionFailed, ApiError) as error:
        if not _may_have_started(error):
            raise
        raise StartUnconfirmed(
            app_id=start.app_id,
            module_id=start.module_id,
            workspace_id=start.workspace_id,
            task_name=start.task_name,
            reason=str(error),
        ) from error


def _started(body: Any) -> list[dict[str, Any]]:
    # Older answers say id instead of taskId (the SDK reads both).
    tasks = [{**task, "taskId": int_at(task, "taskId" if "taskId" in task else "id")} for task in body]
    if not tasks:
        raise ValueError("no task was started")
    return tasks


def _may_have_started(error: ConnectionFailed | ApiError) -> bool:
    if isinstance(error, ConnectionFailed):
        return error.sent
    return (
        isinstance(error, UnexpectedAnswer)
        or (error.status != 429 and error.status in RETRIED_STATUSES)
        or error.status >= 500
    )
