from typing import Literal

AppsListRequestSessionTagsOperation = Literal["and", "or"]

APPS_LIST_REQUEST_SESSION_TAGS_OPERATION_VALUES: set[AppsListRequestSessionTagsOperation] = {
    "and",
    "or",
}


def check_apps_list_request_session_tags_operation(value: str) -> AppsListRequestSessionTagsOperation:
    if value in APPS_LIST_REQUEST_SESSION_TAGS_OPERATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APPS_LIST_REQUEST_SESSION_TAGS_OPERATION_VALUES!r}")
