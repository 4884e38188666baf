from typing import Literal

AppsListRequestSort = Literal["createdAt", "id", "name", "updatedAt"]

APPS_LIST_REQUEST_SORT_VALUES: set[AppsListRequestSort] = {
    "createdAt",
    "id",
    "name",
    "updatedAt",
}


def check_apps_list_request_sort(value: str) -> AppsListRequestSort:
    if value in APPS_LIST_REQUEST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APPS_LIST_REQUEST_SORT_VALUES!r}")
