from typing import Literal

WorkflowNodeType = Literal["task"]

WORKFLOW_NODE_TYPE_VALUES: set[WorkflowNodeType] = {
    "task",
}


def check_workflow_node_type(value: str) -> WorkflowNodeType:
    if value in WORKFLOW_NODE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WORKFLOW_NODE_TYPE_VALUES!r}")
