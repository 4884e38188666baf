from typing import Literal

TasksRunAppRequestRestartPolicy = Literal["never", "on_error", "on_startup"]

TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES: set[TasksRunAppRequestRestartPolicy] = {
    "never",
    "on_error",
    "on_startup",
}


def check_tasks_run_app_request_restart_policy(value: str) -> TasksRunAppRequestRestartPolicy:
    if value in TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TASKS_RUN_APP_REQUEST_RESTART_POLICY_VALUES!r}")
