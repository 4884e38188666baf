from typing import Literal

WorkspaceScopeMode = Literal["by_session_visibility", "specific_workspace"]

WORKSPACE_SCOPE_MODE_VALUES: set[WorkspaceScopeMode] = {
    "by_session_visibility",
    "specific_workspace",
}


def check_workspace_scope_mode(value: str) -> WorkspaceScopeMode:
    if value in WORKSPACE_SCOPE_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WORKSPACE_SCOPE_MODE_VALUES!r}")
