from typing import Literal

ListRequestSortOrder = Literal["asc", "desc"]

LIST_REQUEST_SORT_ORDER_VALUES: set[ListRequestSortOrder] = {
    "asc",
    "desc",
}


def check_list_request_sort_order(value: str) -> ListRequestSortOrder:
    if value in LIST_REQUEST_SORT_ORDER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_REQUEST_SORT_ORDER_VALUES!r}")
