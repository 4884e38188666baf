"""All models, each imported when it is first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .advanced_settings import AdvancedSettings
    from .agent_storage_folder import AgentStorageFolder
    from .app import App
    from .app_page import AppPage
    from .app_patch import AppPatch
    from .apps_info_request import AppsInfoRequest
    from .apps_list_request import AppsListRequest
    from .apps_list_request_session_tags_operation import (
        AppsListRequestSessionTagsOperation,
    )
    from .apps_list_request_sort import AppsListRequestSort
    from .apps_tasks_list_request import AppsTasksListRequest
    from .apps_tasks_list_request_sort import AppsTasksListRequestSort
    from .cloud_target import CloudTarget
    from .context_target import ContextTarget
    from .current_version import CurrentVersion
    from .ecosystem_add_request import EcosystemAddRequest
    from .ecosystem_add_request_provider import EcosystemAddRequestProvider
    from .ecosystem_change_owner_request import EcosystemChangeOwnerRequest
    from .ecosystem_check_for_updates_request import EcosystemCheckForUpdatesRequest
    from .ecosystem_file_download_request import EcosystemFileDownloadRequest
    from .ecosystem_info_request import EcosystemInfoRequest
    from .ecosystem_item_update_request import EcosystemItemUpdateRequest
    from .ecosystem_list_request import EcosystemListRequest
    from .ecosystem_list_request_categories_operation import (
        EcosystemListRequestCategoriesOperation,
    )
    from .ecosystem_list_request_context_root_item import (
        EcosystemListRequestContextRootItem,
    )
    from .ecosystem_list_request_sort import EcosystemListRequestSort
    from .ecosystem_model import EcosystemModel
    from .ecosystem_models_add_request import EcosystemModelsAddRequest
    from .ecosystem_models_list_request import EcosystemModelsListRequest
    from .ecosystem_models_list_request_sort import EcosystemModelsListRequestSort
    from .ecosystem_models_update_request import EcosystemModelsUpdateRequest
    from .ecosystem_release_request import EcosystemReleaseRequest
    from .error import Error
    from .experiment_output import ExperimentOutput
    from .field_value import FieldValue
    from .file_storage_info_request import FileStorageInfoRequest
    from .file_storage_list_request import FileStorageListRequest
    from .filter_ import Filter
    from .filter_operator import FilterOperator
    from .general_output import GeneralOutput
    from .get_task_context_request import GetTaskContextRequest
    from .hashed_file import HashedFile
    from .instance_version import InstanceVersion
    from .instance_version_request import InstanceVersionRequest
    from .integration import Integration
    from .list_request import ListRequest
    from .list_request_archived_type_0 import ListRequestArchivedType0
    from .list_request_pagination_mode import ListRequestPaginationMode
    from .list_request_sort_nulls_order import ListRequestSortNullsOrder
    from .list_request_sort_order import ListRequestSortOrder
    from .log_line import LogLine
    from .membership import Membership
    from .model_output import ModelOutput
    from .model_page import ModelPage
    from .model_properties import ModelProperties
    from .module import Module
    from .module_config import ModuleConfig
    from .module_meta import ModuleMeta
    from .module_page import ModulePage
    from .named_place import NamedPlace
    from .new_log_line import NewLogLine
    from .output_icon import OutputIcon
    from .page import Page
    from .project import Project
    from .project_output import ProjectOutput
    from .project_version import ProjectVersion
    from .project_version_page import ProjectVersionPage
    from .projects_edit_info_request import ProjectsEditInfoRequest
    from .projects_info_request import ProjectsInfoRequest
    from .projects_versions_list_request import ProjectsVersionsListRequest
    from .python_config import PythonConfig
    from .python_settings import PythonSettings
    from .release import Release
    from .render_previews_token_request import RenderPreviewsTokenRequest
    from .service_target import ServiceTarget
    from .started_task import StartedTask
    from .stopped_task import StoppedTask
    from .stored_file import StoredFile
    from .success import Success
    from .task import Task
    from .task_context import TaskContext
    from .task_fields import TaskFields
    from .task_meta import TaskMeta
    from .task_meta_app import TaskMetaApp
    from .task_output import TaskOutput
    from .task_page import TaskPage
    from .task_status import TaskStatus
    from .tasks_app_v2_data_set_request import TasksAppV2DataSetRequest
    from .tasks_data_get_request import TasksDataGetRequest
    from .tasks_data_set_request import TasksDataSetRequest
    from .tasks_files_bulk_add_by_hash_request import TasksFilesBulkAddByHashRequest
    from .tasks_files_bulk_upload_request import TasksFilesBulkUploadRequest
    from .tasks_info_request import TasksInfoRequest
    from .tasks_list_request import TasksListRequest
    from .tasks_list_request_sort import TasksListRequestSort
    from .tasks_logs_add_request import TasksLogsAddRequest
    from .tasks_meta_update_request import TasksMetaUpdateRequest
    from .tasks_output_set_request import TasksOutputSetRequest
    from .tasks_request_direct_request import TasksRequestDirectRequest
    from .tasks_resume_request import TasksResumeRequest
    from .tasks_run_app_request import TasksRunAppRequest
    from .tasks_run_app_request_log_level import TasksRunAppRequestLogLevel
    from .tasks_run_app_request_redirect_requests import (
        TasksRunAppRequestRedirectRequests,
    )
    from .tasks_run_app_request_restart_policy import TasksRunAppRequestRestartPolicy
    from .tasks_run_deploy_request import TasksRunDeployRequest
    from .tasks_run_plugin_request import TasksRunPluginRequest
    from .tasks_run_plugin_request_task_type import TasksRunPluginRequestTaskType
    from .tasks_run_python_request import TasksRunPythonRequest
    from .tasks_sharing_set_request import TasksSharingSetRequest
    from .tasks_status_update_request import TasksStatusUpdateRequest
    from .tasks_stop_request import TasksStopRequest
    from .tasks_users_request import TasksUsersRequest
    from .user import User
    from .users_me_request import UsersMeRequest
    from .violation import Violation
    from .workflow_edge import WorkflowEdge
    from .workflow_icon import WorkflowIcon
    from .workflow_link import WorkflowLink
    from .workflow_meta import WorkflowMeta
    from .workflow_node import WorkflowNode
    from .workflow_node_add_input_request import WorkflowNodeAddInputRequest
    from .workflow_node_add_input_request_type import WorkflowNodeAddInputRequestType
    from .workflow_node_add_output_request import WorkflowNodeAddOutputRequest
    from .workflow_node_add_output_request_type import WorkflowNodeAddOutputRequestType
    from .workflow_node_type import WorkflowNodeType
    from .workflow_settings import WorkflowSettings
    from .workspace import Workspace
    from .workspace_scope import WorkspaceScope
    from .workspace_scope_mode import WorkspaceScopeMode
    from .workspaces_info_request import WorkspacesInfoRequest
else:
    _MODULES = {
        "AdvancedSettings": ".advanced_settings",
        "AgentStorageFolder": ".agent_storage_folder",
        "App": ".app",
        "AppPage": ".app_page",
        "AppPatch": ".app_patch",
        "AppsInfoRequest": ".apps_info_request",
        "AppsListRequest": ".apps_list_request",
        "AppsListRequestSessionTagsOperation": ".apps_list_request_session_tags_operation",
        "AppsListRequestSort": ".apps_list_request_sort",
        "AppsTasksListRequest": ".apps_tasks_list_request",
        "AppsTasksListRequestSort": ".apps_tasks_list_request_sort",
        "CloudTarget": ".cloud_target",
        "ContextTarget": ".context_target",
        "CurrentVersion": ".current_version",
        "EcosystemAddRequest": ".ecosystem_add_request",
        "EcosystemAddRequestProvider": ".ecosystem_add_request_provider",
        "EcosystemChangeOwnerRequest": ".ecosystem_change_owner_request",
        "EcosystemCheckForUpdatesRequest": ".ecosystem_check_for_updates_request",
        "EcosystemFileDownloadRequest": ".ecosystem_file_download_request",
        "EcosystemInfoRequest": ".ecosystem_info_request",
        "EcosystemItemUpdateRequest": ".ecosystem_item_update_request",
        "EcosystemListRequest": ".ecosystem_list_request",
        "EcosystemListRequestCategoriesOperation": ".ecosystem_list_request_categories_operation",
        "EcosystemListRequestContextRootItem": ".ecosystem_list_request_context_root_item",
        "EcosystemListRequestSort": ".ecosystem_list_request_sort",
        "EcosystemModel": ".ecosystem_model",
        "EcosystemModelsAddRequest": ".ecosystem_models_add_request",
        "EcosystemModelsListRequest": ".ecosystem_models_list_request",
        "EcosystemModelsListRequestSort": ".ecosystem_models_list_request_sort",
        "EcosystemModelsUpdateRequest": ".ecosystem_models_update_request",
        "EcosystemReleaseRequest": ".ecosystem_release_request",
        "Error": ".error",
        "ExperimentOutput": ".experiment_output",
        "FieldValue": ".field_value",
        "FileStorageInfoRequest": ".file_storage_info_request",
        "FileStorageListRequest": ".file_storage_list_request",
        "Filter": ".filter_",
        "FilterOperator": ".filter_operator",
        "GeneralOutput": ".general_output",
        "GetTaskContextRequest": ".get_task_context_request",
        "HashedFile": ".hashed_file",
        "InstanceVersion": ".instance_version",
        "InstanceVersionRequest": ".instance_version_request",
        "Integration": ".integration",
        "ListRequest": ".list_request",
        "ListRequestArchivedType0": ".list_request_archived_type_0",
        "ListRequestPaginationMode": ".list_request_pagination_mode",
        "ListRequestSortNullsOrder": ".list_request_sort_nulls_order",
        "ListRequestSortOrder": ".list_request_sort_order",
        "LogLine": ".log_line",
        "Membership": ".membership",
        "ModelOutput": ".model_output",
        "ModelPage": ".model_page",
        "ModelProperties": ".model_properties",
        "Module": ".module",
        "ModuleConfig": ".module_config",
        "ModuleMeta": ".module_meta",
        "ModulePage": ".module_page",
        "NamedPlace": ".named_place",
        "NewLogLine": ".new_log_line",
        "OutputIcon": ".output_icon",
        "Page": ".page",
        "Project": ".project",
        "ProjectOutput": ".project_output",
        "ProjectVersion": ".project_version",
        "ProjectVersionPage": ".project_version_page",
        "ProjectsEditInfoRequest": ".projects_edit_info_request",
        "ProjectsInfoRequest": ".projects_info_request",
        "ProjectsVersionsListRequest": ".projects_versions_list_request",
        "PythonConfig": ".python_config",
        "PythonSettings": ".python_settings",
        "Release": ".release",
        "RenderPreviewsTokenRequest": ".render_previews_token_request",
        "ServiceTarget": ".service_target",
        "StartedTask": ".started_task",
        "StoppedTask": ".stopped_task",
        "StoredFile": ".stored_file",
        "Success": ".success",
        "Task": ".task",
        "TaskContext": ".task_context",
        "TaskFields": ".task_fields",
        "TaskMeta": ".task_meta",
        "TaskMetaApp": ".task_meta_app",
        "TaskOutput": ".task_output",
        "TaskPage": ".task_page",
        "TaskStatus": ".task_status",
        "TasksAppV2DataSetRequest": ".tasks_app_v2_data_set_request",
        "TasksDataGetRequest": ".tasks_data_get_request",
        "TasksDataSetRequest": ".tasks_data_set_request",
        "TasksFilesBulkAddByHashRequest": ".tasks_files_bulk_add_by_hash_request",
        "TasksFilesBulkUploadRequest": ".tasks_files_bulk_upload_request",
        "TasksInfoRequest": ".tasks_info_request",
        "TasksListRequest": ".tasks_list_request",
        "TasksListRequestSort": ".tasks_list_request_sort",
        "TasksLogsAddRequest": ".tasks_logs_add_request",
        "TasksMetaUpdateRequest": ".tasks_meta_update_request",
        "TasksOutputSetRequest": ".tasks_output_set_request",
        "TasksRequestDirectRequest": ".tasks_request_direct_request",
        "TasksResumeRequest": ".tasks_resume_request",
        "TasksRunAppRequest": ".tasks_run_app_request",
        "TasksRunAppRequestLogLevel": ".tasks_run_app_request_log_level",
        "TasksRunAppRequestRedirectRequests": ".tasks_run_app_request_redirect_requests",
        "TasksRunAppRequestRestartPolicy": ".tasks_run_app_request_restart_policy",
        "TasksRunDeployRequest": ".tasks_run_deploy_request",
        "TasksRunPluginRequest": ".tasks_run_plugin_request",
        "TasksRunPluginRequestTaskType": ".tasks_run_plugin_request_task_type",
        "TasksRunPythonRequest": ".tasks_run_python_request",
        "TasksSharingSetRequest": ".tasks_sharing_set_request",
        "TasksStatusUpdateRequest": ".tasks_status_update_request",
        "TasksStopRequest": ".tasks_stop_request",
        "TasksUsersRequest": ".tasks_users_request",
        "User": ".user",
        "UsersMeRequest": ".users_me_request",
        "Violation": ".violation",
        "WorkflowEdge": ".workflow_edge",
        "WorkflowIcon": ".workflow_icon",
        "WorkflowLink": ".workflow_link",
        "WorkflowMeta": ".workflow_meta",
        "WorkflowNode": ".workflow_node",
        "WorkflowNodeAddInputRequest": ".workflow_node_add_input_request",
        "WorkflowNodeAddInputRequestType": ".workflow_node_add_input_request_type",
        "WorkflowNodeAddOutputRequest": ".workflow_node_add_output_request",
        "WorkflowNodeAddOutputRequestType": ".workflow_node_add_output_request_type",
        "WorkflowNodeType": ".workflow_node_type",
        "WorkflowSettings": ".workflow_settings",
        "Workspace": ".workspace",
        "WorkspaceScope": ".workspace_scope",
        "WorkspaceScopeMode": ".workspace_scope_mode",
        "WorkspacesInfoRequest": ".workspaces_info_request",
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
    "AgentStorageFolder",
    "App",
    "AppPage",
    "AppPatch",
    "AppsInfoRequest",
    "AppsListRequest",
    "AppsListRequestSessionTagsOperation",
    "AppsListRequestSort",
    "AppsTasksListRequest",
    "AppsTasksListRequestSort",
    "CloudTarget",
    "ContextTarget",
    "CurrentVersion",
    "EcosystemAddRequest",
    "EcosystemAddRequestProvider",
    "EcosystemChangeOwnerRequest",
    "EcosystemCheckForUpdatesRequest",
    "EcosystemFileDownloadRequest",
    "EcosystemInfoRequest",
    "EcosystemItemUpdateRequest",
    "EcosystemListRequest",
    "EcosystemListRequestCategoriesOperation",
    "EcosystemListRequestContextRootItem",
    "EcosystemListRequestSort",
    "EcosystemModel",
    "EcosystemModelsAddRequest",
    "EcosystemModelsListRequest",
    "EcosystemModelsListRequestSort",
    "EcosystemModelsUpdateRequest",
    "EcosystemReleaseRequest",
    "Error",
    "ExperimentOutput",
    "FieldValue",
    "FileStorageInfoRequest",
    "FileStorageListRequest",
    "Filter",
    "FilterOperator",
    "GeneralOutput",
    "GetTaskContextRequest",
    "HashedFile",
    "InstanceVersion",
    "InstanceVersionRequest",
    "Integration",
    "ListRequest",
    "ListRequestArchivedType0",
    "ListRequestPaginationMode",
    "ListRequestSortNullsOrder",
    "ListRequestSortOrder",
    "LogLine",
    "Membership",
    "ModelOutput",
    "ModelPage",
    "ModelProperties",
    "Module",
    "ModuleConfig",
    "ModuleMeta",
    "ModulePage",
    "NamedPlace",
    "NewLogLine",
    "OutputIcon",
    "Page",
    "Project",
    "ProjectOutput",
    "ProjectsEditInfoRequest",
    "ProjectsInfoRequest",
    "ProjectsVersionsListRequest",
    "ProjectVersion",
    "ProjectVersionPage",
    "PythonConfig",
    "PythonSettings",
    "Release",
    "RenderPreviewsTokenRequest",
    "ServiceTarget",
    "StartedTask",
    "StoppedTask",
    "StoredFile",
    "Success",
    "Task",
    "TaskContext",
    "TaskFields",
    "TaskMeta",
    "TaskMetaApp",
    "TaskOutput",
    "TaskPage",
    "TasksAppV2DataSetRequest",
    "TasksDataGetRequest",
    "TasksDataSetRequest",
    "TasksFilesBulkAddByHashRequest",
    "TasksFilesBulkUploadRequest",
    "TasksInfoRequest",
    "TasksListRequest",
    "TasksListRequestSort",
    "TasksLogsAddRequest",
    "TasksMetaUpdateRequest",
    "TasksOutputSetRequest",
    "TasksRequestDirectRequest",
    "TasksResumeRequest",
    "TasksRunAppRequest",
    "TasksRunAppRequestLogLevel",
    "TasksRunAppRequestRedirectRequests",
    "TasksRunAppRequestRestartPolicy",
    "TasksRunDeployRequest",
    "TasksRunPluginRequest",
    "TasksRunPluginRequestTaskType",
    "TasksRunPythonRequest",
    "TasksSharingSetRequest",
    "TasksStatusUpdateRequest",
    "TasksStopRequest",
    "TaskStatus",
    "TasksUsersRequest",
    "User",
    "UsersMeRequest",
    "Violation",
    "WorkflowEdge",
    "WorkflowIcon",
    "WorkflowLink",
    "WorkflowMeta",
    "WorkflowNode",
    "WorkflowNodeAddInputRequest",
    "WorkflowNodeAddInputRequestType",
    "WorkflowNodeAddOutputRequest",
    "WorkflowNodeAddOutputRequestType",
    "WorkflowNodeType",
    "WorkflowSettings",
    "Workspace",
    "WorkspaceScope",
    "WorkspaceScopeMode",
    "WorkspacesInfoRequest",
)
