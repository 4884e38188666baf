from typing import Literal

ListRequestArchivedType0 = Literal["forever"]

LIST_REQUEST_ARCHIVED_TYPE_0_VALUES: set[ListRequestArchivedType0] = {
    "forever",
}


def check_list_request_archived_type_0(value: str) -> ListRequestArchivedType0:
    if value in LIST_REQUEST_ARCHIVED_TYPE_0_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_REQUEST_ARCHIVED_TYPE_0_VALUES!r}")
