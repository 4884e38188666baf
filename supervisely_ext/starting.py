"""What is started, and the request for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import frozen
from supervisely_client.models.advanced_settings import AdvancedSettings
from supervisely_client.models.tasks_run_app_request import TasksRunAppRequest
from supervisely_client.models.tasks_run_app_request_log_level import TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES
from supervisely_client.models.tasks_run_app_request_redirect_requests import TasksRunAppRequestRedirectRequests
from supervisely_client.models.tasks_run_app_request_restart_policy import TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES
from supervisely_client.types import UNSET

from .checks import as_any_text, as_flag, as_id, as_mapping, as_optional_id, one_of
from .errors import ArgumentError
from .kubernetes import KubernetesSettings, as_settings
from .start_marks import with_mark

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

    def request(self, key: str | None) -> TasksRunAppRequest:
        """Check everything and give the request, with this mark or none."""
        check_one_app(self.app_id, self.module_id)
        redirect = as_mapping("redirect_requests", self.redirect_requests)
        return TasksRunAppRequest(
            agent_id=as_optional_id("agent_id", self.agent_id),
            workspace_id=as_optional_id("workspace_id", self.workspace_id),
            app_id=UNSET if self.app_id is None else as_id("app_id", self.app_id),
            module_id=UNSET if self.module_id is None else as_id("module_id", self.module_id),
            description=as_any_text("description", self.description),
            params=with_mark(as_mapping("params", self.params), key),
            log_level=one_of("log_level", self.log_level, TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES),
            users_ids=list(self.users_ids),
            app_version=as_any_text("app_version", self.app_version),
            is_branch=as_flag("is_branch", self.is_branch),
            task_name=as_any_text("task_name", self.task_name),
            restart_policy=one_of("restart_policy", self.restart_policy, TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES),
            proxy_keep_url=as_flag("proxy_keep_url", self.proxy_keep_url),
            advanced_settings=AdvancedSettings.from_dict(
                {
                    "limitByWorkspace": as_flag("limit_by_workspace", self.limit_by_workspace),
                    **as_settings(self.kubernetes_settings),
                }
            ),
            redirect_requests=TasksRunAppRequestRedirectRequests.from_dict(redirect) if redirect else UNSET,
            single_session_mode=as_flag("multi_user_session", self.multi_user_session) or UNSET,
        )


def check_one_app(app_id: int | None, module_id: int | None) -> None:
    """Refuse neither and both."""
    if (app_id is None) == (module_id is None):
        problem = "neither is given" if app_id is None else "both are given"
        raise ArgumentError(
            argument="app_id, module_id", problem=problem, hint="Give one of them; module_id is the usual one"
        )
