from typing import Literal

AppsTasksListRequestSort = Literal["finishedAt", "id", "startedAt", "status"]

APPS_TASKS_LIST_REQUEST_SORT_VALUES: set[AppsTasksListRequestSort] = {
    "finishedAt",
    "id",
    "startedAt",
    "status",
}


def check_apps_tasks_list_request_sort(value: str) -> AppsTasksListRequestSort:
    if value in APPS_TASKS_LIST_REQUEST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APPS_TASKS_LIST_REQUEST_SORT_VALUES!r}")
