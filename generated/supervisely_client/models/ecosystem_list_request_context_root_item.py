from typing import Literal

EcosystemListRequestContextRootItem = Literal["Download as", "Neural Networks", "Report", "Run App"]

ECOSYSTEM_LIST_REQUEST_CONTEXT_ROOT_ITEM_VALUES: set[EcosystemListRequestContextRootItem] = {
    "Download as",
    "Neural Networks",
    "Report",
    "Run App",
}


def check_ecosystem_list_request_context_root_item(value: str) -> EcosystemListRequestContextRootItem:
    if value in ECOSYSTEM_LIST_REQUEST_CONTEXT_ROOT_ITEM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ECOSYSTEM_LIST_REQUEST_CONTEXT_ROOT_ITEM_VALUES!r}")
