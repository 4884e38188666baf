from typing import Literal

EcosystemListRequestSort = Literal["config", "createdAt", "id", "name", "slug", "type", "updatedAt"]

ECOSYSTEM_LIST_REQUEST_SORT_VALUES: set[EcosystemListRequestSort] = {
    "config",
    "createdAt",
    "id",
    "name",
    "slug",
    "type",
    "updatedAt",
}


def check_ecosystem_list_request_sort(value: str) -> EcosystemListRequestSort:
    if value in ECOSYSTEM_LIST_REQUEST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ECOSYSTEM_LIST_REQUEST_SORT_VALUES!r}")
