from typing import Literal

TasksRunPluginRequestTaskType = Literal["custom", "infer_rpc", "inference", "inference_rpc", "smarttool", "train"]

TASKS_RUN_PLUGIN_REQUEST_TASK_TYPE_VALUES: set[TasksRunPluginRequestTaskType] = {
    "custom",
    "infer_rpc",
    "inference",
    "inference_rpc",
    "smarttool",
    "train",
}


def check_tasks_run_plugin_request_task_type(value: str) -> TasksRunPluginRequestTaskType:
    if value in TASKS_RUN_PLUGIN_REQUEST_TASK_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TASKS_RUN_PLUGIN_REQUEST_TASK_TYPE_VALUES!r}")
