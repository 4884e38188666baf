from typing import Literal

EcosystemModelsListRequestSort = Literal["createdAt", "id", "name", "updatedAt"]

ECOSYSTEM_MODELS_LIST_REQUEST_SORT_VALUES: set[EcosystemModelsListRequestSort] = {
    "createdAt",
    "id",
    "name",
    "updatedAt",
}


def check_ecosystem_models_list_request_sort(value: str) -> EcosystemModelsListRequestSort:
    if value in ECOSYSTEM_MODELS_LIST_REQUEST_SORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ECOSYSTEM_MODELS_LIST_REQUEST_SORT_VALUES!r}")
