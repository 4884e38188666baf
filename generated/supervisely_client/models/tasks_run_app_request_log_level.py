from typing import Literal

TasksRunAppRequestLogLevel = Literal["debug", "error", "info", "trace", "warning"]

TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES: set[TasksRunAppRequestLogLevel] = {
    "debug",
    "error",
    "info",
    "trace",
    "warning",
}


def check_tasks_run_app_request_log_level(value: str) -> TasksRunAppRequestLogLevel:
    if value in TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TASKS_RUN_APP_REQUEST_LOG_LEVEL_VALUES!r}")
