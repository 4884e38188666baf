"""All models, each imported when it is first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .advanced_settings import AdvancedSettings
    from .app import App
    from .app_page import AppPage
    from .apps_list_request import AppsListRequest
    from .apps_list_request_session_tags_operation import (
        AppsListRequestSessionTagsOperation,
    )
    from .apps_list_request_sort import AppsListRequestSort
    from .apps_tasks_list_request import AppsTasksListRequest
    from .apps_tasks_list_request_sort import AppsTasksListRequestSort
    from .context_target import ContextTarget
    from .ecosystem_info_request import EcosystemInfoRequest
    from .ecosystem_list_request import EcosystemListRequest
    from .ecosystem_list_request_categories_operation import (
        EcosystemListRequestCategoriesOperation,
    )
    from .ecosystem_list_request_context_root_item import (
        EcosystemListRequestContextRootItem,
    )
    from .ecosystem_list_request_sort import EcosystemListRequestSort
    from .error import Error
    from .filter_ import Filter
    from .filter_operator import FilterOperator
    from .instance_version import InstanceVersion
    from .instance_version_request import InstanceVersionRequest
    from .integration import Integration
    from .list_request import ListRequest
    from .list_request_archived_type_0 import ListRequestArchivedType0
    from .list_request_pagination_mode import ListRequestPaginationMode
    from .list_request_sort_nulls_order import ListRequestSortNullsOrder
    from .list_request_sort_order import ListRequestSortOrder
    from .module import Module
    from .module_config import ModuleConfig
    from .module_meta import ModuleMeta
    from .module_page import ModulePage
    from .page import Page
    from .release import Release
    from .started_task import StartedTask
    from .stopped_task import StoppedTask
    from .task import Task
    from .task_meta import TaskMeta
    from .task_meta_app import TaskMetaApp
    from .task_page import TaskPage
    from .task_status import TaskStatus
    from .tasks_info_request import TasksInfoRequest
    from .tasks_list_request import TasksListRequest
    from .tasks_list_request_sort import TasksListRequestSort
    from .tasks_run_app_request import TasksRunAppRequest
    from .tasks_run_app_request_log_level import TasksRunAppRequestLogLevel
    from .tasks_run_app_request_redirect_requests import (
        TasksRunAppRequestRedirectRequests,
    )
    from .tasks_run_app_request_restart_policy import TasksRunAppRequestRestartPolicy
    from .tasks_stop_request import TasksStopRequest
    from .violation import Violation
    from .workspace_scope import WorkspaceScope
    from .workspace_scope_mode import WorkspaceScopeMode
else:
    _MODULES = {
        "AdvancedSettings": ".advanced_settings",
        "App": ".app",
        "AppPage": ".app_page",
        "AppsListRequest": ".apps_list_request",
        "AppsListRequestSessionTagsOperation": ".apps_list_request_session_tags_operation",
        "AppsListRequestSort": ".apps_list_request_sort",
        "AppsTasksListRequest": ".apps_tasks_list_request",
        "AppsTasksListRequestSort": ".apps_tasks_list_request_sort",
        "ContextTarget": ".context_target",
        "EcosystemInfoRequest": ".ecosystem_info_request",
        "EcosystemListRequest": ".ecosystem_list_request",
        "EcosystemListRequestCategoriesOperation": ".ecosystem_list_request_categories_operation",
        "EcosystemListRequestContextRootItem": ".ecosystem_list_request_context_root_item",
        "EcosystemListRequestSort": ".ecosystem_list_request_sort",
        "Error": ".error",
        "Filter": ".filter_",
        "FilterOperator": ".filter_operator",
        "InstanceVersion": ".instance_version",
        "InstanceVersionRequest": ".instance_version_request",
        "Integration": ".integration",
        "ListRequest": ".list_request",
        "ListRequestArchivedType0": ".list_request_archived_type_0",
        "ListRequestPaginationMode": ".list_request_pagination_mode",
        "ListRequestSortNullsOrder": ".list_request_sort_nulls_order",
        "ListRequestSortOrder": ".list_request_sort_order",
        "Module": ".module",
        "ModuleConfig": ".module_config",
        "ModuleMeta": ".module_meta",
        "ModulePage": ".module_page",
        "Page": ".page",
        "Release": ".release",
        "StartedTask": ".started_task",
        "StoppedTask": ".stopped_task",
        "Task": ".task",
        "TaskMeta": ".task_meta",
        "TaskMetaApp": ".task_meta_app",
        "TaskPage": ".task_page",
        "TaskStatus": ".task_status",
        "TasksInfoRequest": ".tasks_info_request",
        "TasksListRequest": ".tasks_list_request",
        "TasksListRequestSort": ".tasks_list_request_sort",
        "TasksRunAppRequest": ".tasks_run_app_request",
        "TasksRunAppRequestLogLevel": ".tasks_run_app_request_log_level",
        "TasksRunAppRequestRedirectRequests": ".tasks_run_app_request_redirect_requests",
        "TasksRunAppRequestRestartPolicy": ".tasks_run_app_request_restart_policy",
        "TasksStopRequest": ".tasks_stop_request",
        "Violation": ".violation",
        "WorkspaceScope": ".workspace_scope",
        "WorkspaceScopeMode": ".workspace_scope_mode",
    }

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


__all__ = (
    "AdvancedSettings",
    "App",
    "AppPage",
    "AppsListRequest",
    "AppsListRequestSessionTagsOperation",
    "AppsListRequestSort",
    "AppsTasksListRequest",
    "AppsTasksListRequestSort",
    "ContextTarget",
    "EcosystemInfoRequest",
    "EcosystemListRequest",
    "EcosystemListRequestCategoriesOperation",
    "EcosystemListRequestContextRootItem",
    "EcosystemListRequestSort",
    "Error",
    "Filter",
    "FilterOperator",
    "InstanceVersion",
    "InstanceVersionRequest",
    "Integration",
    "ListRequest",
    "ListRequestArchivedType0",
    "ListRequestPaginationMode",
    "ListRequestSortNullsOrder",
    "ListRequestSortOrder",
    "Module",
    "ModuleConfig",
    "ModuleMeta",
    "ModulePage",
    "Page",
    "Release",
    "StartedTask",
    "StoppedTask",
    "Task",
    "TaskMeta",
    "TaskMetaApp",
    "TaskPage",
    "TasksInfoRequest",
    "TasksListRequest",
    "TasksListRequestSort",
    "TasksRunAppRequest",
    "TasksRunAppRequestLogLevel",
    "TasksRunAppRequestRedirectRequests",
    "TasksRunAppRequestRestartPolicy",
    "TasksStopRequest",
    "TaskStatus",
    "Violation",
    "WorkspaceScope",
    "WorkspaceScopeMode",
)
