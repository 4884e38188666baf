from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.tasks_run_app_request_log_level import (
    TasksRunAppRequestLogLevel,
    check_tasks_run_app_request_log_level,
)
from ..models.tasks_run_app_request_restart_policy import (
    TasksRunAppRequestRestartPolicy,
    check_tasks_run_app_request_restart_policy,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.advanced_settings import AdvancedSettings
    from ..models.tasks_run_app_request_redirect_requests import (
        TasksRunAppRequestRedirectRequests,
    )


T = TypeVar("T", bound="TasksRunAppRequest")


@_attrs_define
class TasksRunAppRequest:
    agent_id: int | None
    """ Null for any agent that fits. The web interface calls it nodeId, which is not taken here. """
    workspace_id: int | None | Unset = UNSET
    """ The reference requires a number, the SDK sends null too. """
    module_id: int | Unset = UNSET
    app_id: int | Unset = UNSET
    """ The app's id in the team; outdated. """
    app_service_id: int | Unset = UNSET
    description: str | Unset = UNSET
    params: Any | Unset = UNSET
    """ `state` holds the app's arguments. That the server takes further keys beside it is assumed. """
    log_level: TasksRunAppRequestLogLevel | Unset = UNSET
    """ The reference knows info, debug and trace, the SDK info, debug, warning and error. """
    users_ids: list[int] | Unset = UNSET
    """ One session for each of them; the caller when empty. """
    app_version: str | Unset = UNSET
    """ A release such as v1.0.0, or a branch. """
    is_branch: bool | Unset = UNSET
    is_shared: bool | Unset = UNSET
    is_private: bool | Unset = UNSET
    task_name: str | Unset = UNSET
    """ Shown as the session's name. """
    restart_policy: TasksRunAppRequestRestartPolicy | Unset = UNSET
    """ on_startup is in the reference only. """
    proxy_keep_url: bool | Unset = UNSET
    advanced_settings: AdvancedSettings | Unset = UNSET
    """ Where and with how much of the machine the app runs; the others on Kubernetes only. """
    redirect_requests: TasksRunAppRequestRedirectRequests | Unset = UNSET
    """ Sends the app's traffic to a developer's machine; other keys pass too. """
    single_session_mode: bool | Unset = UNSET
    """ One session for all users. Since instance 6.15.2. """

    def to_dict(self) -> dict[str, Any]:
        agent_id: int | None
        agent_id = self.agent_id

        workspace_id: int | None | Unset
        if isinstance(self.workspace_id, Unset):
            workspace_id = UNSET
        else:
            workspace_id = self.workspace_id

        module_id = self.module_id

        app_id = self.app_id

        app_service_id = self.app_service_id

        description = self.description

        params = self.params

        log_level: str | Unset = UNSET
        if not isinstance(self.log_level, Unset):
            log_level = self.log_level

        users_ids: list[int] | Unset = UNSET
        if not isinstance(self.users_ids, Unset):
            users_ids = self.users_ids

        app_version = self.app_version

        is_branch = self.is_branch

        is_shared = self.is_shared

        is_private = self.is_private

        task_name = self.task_name

        restart_policy: str | Unset = UNSET
        if not isinstance(self.restart_policy, Unset):
            restart_policy = self.restart_policy

        proxy_keep_url = self.proxy_keep_url

        advanced_settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.advanced_settings, Unset):
            advanced_settings = self.advanced_settings.to_dict()

        redirect_requests: dict[str, Any] | Unset = UNSET
        if not isinstance(self.redirect_requests, Unset):
            redirect_requests = self.redirect_requests.to_dict()

        single_session_mode = self.single_session_mode

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "agentId": agent_id,
            }
        )
        if workspace_id is not UNSET:
            field_dict["workspaceId"] = workspace_id
        if module_id is not UNSET:
            field_dict["moduleId"] = module_id
        if app_id is not UNSET:
            field_dict["appId"] = app_id
        if app_service_id is not UNSET:
            field_dict["appServiceId"] = app_service_id
        if description is not UNSET:
            field_dict["description"] = description
        if params is not UNSET:
            field_dict["params"] = params
        if log_level is not UNSET:
            field_dict["logLevel"] = log_level
        if users_ids is not UNSET:
            field_dict["usersIds"] = users_ids
        if app_version is not UNSET:
            field_dict["appVersion"] = app_version
        if is_branch is not UNSET:
            field_dict["isBranch"] = is_branch
        if is_shared is not UNSET:
            field_dict["isShared"] = is_shared
        if is_private is not UNSET:
            field_dict["isPrivate"] = is_private
        if task_name is not UNSET:
            field_dict["taskName"] = task_name
        if restart_policy is not UNSET:
            field_dict["restartPolicy"] = restart_policy
        if proxy_keep_url is not UNSET:
            field_dict["proxyKeepUrl"] = proxy_keep_url
        if advanced_settings is not UNSET:
            field_dict["advancedSettings"] = advanced_settings
        if redirect_requests is not UNSET:
            field_dict["redirectRequests"] = redirect_requests
        if single_session_mode is not UNSET:
            field_dict["singleSessionMode"] = single_session_mode

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.advanced_settings import AdvancedSettings  # noqa: PLC0415
        from ..models.tasks_run_app_request_redirect_requests import (
            TasksRunAppRequestRedirectRequests,  # noqa: PLC0415
        )

        d = dict(src_dict)

        def _parse_agent_id(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        agent_id = _parse_agent_id(d.pop("agentId"))

        def _parse_workspace_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        workspace_id = _parse_workspace_id(d.pop("workspaceId", UNSET))

        module_id = d.pop("moduleId", UNSET)

        app_id = d.pop("appId", UNSET)

        app_service_id = d.pop("appServiceId", UNSET)

        description = d.pop("description", UNSET)

        params = d.pop("params", UNSET)

        _log_level = d.pop("logLevel", UNSET)
        log_level: TasksRunAppRequestLogLevel | Unset
        if isinstance(_log_level, Unset):
            log_level = UNSET
        else:
            log_level = check_tasks_run_app_request_log_level(_log_level)

        users_ids = cast(list[int], d.pop("usersIds", UNSET))

        app_version = d.pop("appVersion", UNSET)

        is_branch = d.pop("isBranch", UNSET)

        is_shared = d.pop("isShared", UNSET)

        is_private = d.pop("isPrivate", UNSET)

        task_name = d.pop("taskName", UNSET)

        _restart_policy = d.pop("restartPolicy", UNSET)
        restart_policy: TasksRunAppRequestRestartPolicy | Unset
        if isinstance(_restart_policy, Unset):
            restart_policy = UNSET
        else:
            restart_policy = check_tasks_run_app_request_restart_policy(_restart_policy)

        proxy_keep_url = d.pop("proxyKeepUrl", UNSET)

        _advanced_settings = d.pop("advancedSettings", UNSET)
        advanced_settings: AdvancedSettings | Unset
        if isinstance(_advanced_settings, Unset):
            advanced_settings = UNSET
        else:
            advanced_settings = AdvancedSettings.from_dict(_advanced_settings)

        _redirect_requests = d.pop("redirectRequests", UNSET)
        redirect_requests: TasksRunAppRequestRedirectRequests | Unset
        if isinstance(_redirect_requests, Unset):
            redirect_requests = UNSET
        else:
            redirect_requests = TasksRunAppRequestRedirectRequests.from_dict(_redirect_requests)

        single_session_mode = d.pop("singleSessionMode", UNSET)

        tasks_run_app_request = cls(
            agent_id=agent_id,
            workspace_id=workspace_id,
            module_id=module_id,
            app_id=app_id,
            app_service_id=app_service_id,
            description=description,
            params=params,
            log_level=log_level,
            users_ids=users_ids,
            app_version=app_version,
            is_branch=is_branch,
            is_shared=is_shared,
            is_private=is_private,
            task_name=task_name,
            restart_policy=restart_policy,
            proxy_keep_url=proxy_keep_url,
            advanced_settings=advanced_settings,
            redirect_requests=redirect_requests,
            single_session_mode=single_session_mode,
        )

        return tasks_run_app_request
