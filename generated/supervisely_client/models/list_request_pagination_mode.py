from typing import Literal

ListRequestPaginationMode = Literal["page", "token"]

LIST_REQUEST_PAGINATION_MODE_VALUES: set[ListRequestPaginationMode] = {
    "page",
    "token",
}


def check_list_request_pagination_mode(value: str) -> ListRequestPaginationMode:
    if value in LIST_REQUEST_PAGINATION_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_REQUEST_PAGINATION_MODE_VALUES!r}")
