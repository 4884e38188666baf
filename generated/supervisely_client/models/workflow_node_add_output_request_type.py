from typing import Literal

WorkflowNodeAddOutputRequestType = Literal[
    "app_session", "dataset", "file", "folder", "job", "model_weight", "project", "project_version", "task"
]

WORKFLOW_NODE_ADD_OUTPUT_REQUEST_TYPE_VALUES: set[WorkflowNodeAddOutputRequestType] = {
    "app_session",
    "dataset",
    "file",
    "folder",
    "job",
    "model_weight",
    "project",
    "project_version",
    "task",
}


def check_workflow_node_add_output_request_type(value: str) -> WorkflowNodeAddOutputRequestType:
    if value in WORKFLOW_NODE_ADD_OUTPUT_REQUEST_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WORKFLOW_NODE_ADD_OUTPUT_REQUEST_TYPE_VALUES!r}")
