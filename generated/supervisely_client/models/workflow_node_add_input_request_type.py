from typing import Literal

WorkflowNodeAddInputRequestType = Literal[
    "dataset", "file", "folder", "job", "model_weight", "project", "project_version", "task"
]

WORKFLOW_NODE_ADD_INPUT_REQUEST_TYPE_VALUES: set[WorkflowNodeAddInputRequestType] = {
    "dataset",
    "file",
    "folder",
    "job",
    "model_weight",
    "project",
    "project_version",
    "task",
}


def check_workflow_node_add_input_request_type(value: str) -> WorkflowNodeAddInputRequestType:
    if value in WORKFLOW_NODE_ADD_INPUT_REQUEST_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WORKFLOW_NODE_ADD_INPUT_REQUEST_TYPE_VALUES!r}")
