from typing import Literal

TasksListRequestSort = Literal["finishedAt", "id", "startedAt", "status", "type"]

TASKS_LIST_REQUEST_SORT_VALUES: set[TasksListRequestSort] = {
    "finishedAt",
    "id",
    "startedAt",
    "status",
    "type",
}


def check_tasks_list_request_sort(value: str) -> TasksListRequestSort:
    if value in TASKS_LIST_REQUEST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TASKS_LIST_REQUEST_SORT_VALUES!r}")
