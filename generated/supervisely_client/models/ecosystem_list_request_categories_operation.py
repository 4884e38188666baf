from typing import Literal

EcosystemListRequestCategoriesOperation = Literal["and", "or"]

ECOSYSTEM_LIST_REQUEST_CATEGORIES_OPERATION_VALUES: set[EcosystemListRequestCategoriesOperation] = {
    "and",
    "or",
}


def check_ecosystem_list_request_categories_operation(value: str) -> EcosystemListRequestCategoriesOperation:
    if value in ECOSYSTEM_LIST_REQUEST_CATEGORIES_OPERATION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ECOSYSTEM_LIST_REQUEST_CATEGORIES_OPERATION_VALUES!r}"
    )
