from typing import Literal

ListRequestSortNullsOrder = Literal["first", "last"]

LIST_REQUEST_SORT_NULLS_ORDER_VALUES: set[ListRequestSortNullsOrder] = {
    "first",
    "last",
}


def check_list_request_sort_nulls_order(value: str) -> ListRequestSortNullsOrder:
    if value in LIST_REQUEST_SORT_NULLS_ORDER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_REQUEST_SORT_NULLS_ORDER_VALUES!r}")
