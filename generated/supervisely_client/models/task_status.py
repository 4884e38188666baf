from typing import Literal

TaskStatus = Literal["consumed", "deployed", "error", "finished", "queued", "started", "stopped", "terminating"]

TASK_STATUS_VALUES: set[TaskStatus] = {
    "consumed",
    "deployed",
    "error",
    "finished",
    "queued",
    "started",
    "stopped",
    "terminating",
}


def check_task_status(value: str) -> TaskStatus:
    if value in TASK_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TASK_STATUS_VALUES!r}")
