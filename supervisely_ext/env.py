"""Ids that the platform passes to an app in its environment, looked up in the official SDK's order."""

import json
import os
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast, overload

from .errors import ArgumentError, MissingVariable

T = TypeVar("T")

_TEAM = ("CONTEXT_TEAMID", "context.teamId", "TEAM_ID")
_WORKSPACE = ("CONTEXT_WORKSPACEID", "context.workspaceId", "WORKSPACE_ID")
_PROJECT = (
    "CONTEXT_PROJECTID",
    "context.projectId",
    "modal.state.slyProjectId",
    "PROJECT_ID",
    "modal.state.inputProjectId",
)


def is_development(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether this is not production: `ENV` is anything but exactly `production`."""
    return environ.get("ENV") != "production"


@overload
def team_id(raise_not_found: Literal[True] = True) -> int: ...
@overload
def team_id(raise_not_found: bool) -> int | None: ...
def team_id(raise_not_found: bool = True) -> int | None:
    """Give the team's id from `CONTEXT_TEAMID`, `context.teamId` or `TEAM_ID`; none set raises `MissingVariable`."""
    return _first_id(_TEAM, raise_not_found)


@overload
def workspace_id(raise_not_found: Literal[True] = True) -> int: ...
@overload
def workspace_id(raise_not_found: bool) -> int | None: ...
def workspace_id(raise_not_found: bool = True) -> int | None:
    """Give the workspace's id from `CONTEXT_WORKSPACEID`, `context.workspaceId` or `WORKSPACE_ID`."""
    return _first_id(_WORKSPACE, raise_not_found)


@overload
def project_id(raise_not_found: Literal[True] = True) -> int: ...
@overload
def project_id(raise_not_found: bool) -> int | None: ...
def project_id(raise_not_found: bool = True) -> int | None:
    """Give the project's id from the context, the app's arguments (`modal.state.…`) or `PROJECT_ID`."""
    return _first_id(_PROJECT, raise_not_found)


@overload
def agent_id(raise_not_found: Literal[True] = True) -> int: ...
@overload
def agent_id(raise_not_found: bool) -> int | None: ...
def agent_id(raise_not_found: bool = True) -> int | None:
    """Give the agent's id from `AGENT_ID`."""
    return _first_id(("AGENT_ID",), raise_not_found)


@overload
def task_id(raise_not_found: Literal[True] = True) -> int: ...
@overload
def task_id(raise_not_found: bool) -> int | None: ...
def task_id(raise_not_found: bool = True) -> int | None:
    """Give the running app's own task id from `TASK_ID`."""
    return _first_id(("TASK_ID",), raise_not_found)


def _first_id(variables: tuple[str, ...], raise_not_found: bool) -> int | None:
    for variable in variables:
        value = os.environ.get(variable)
        if value is not None:
            return _as_id(variable, value)
    if not raise_not_found:
        return None
    raise MissingVariable(
        argument=variables[-1],
        problem="is not set",
        hint=f"Set one of {', '.join(variables)}" if len(variables) > 1 else "",
        variables=variables,
    )


def _as_id(variable: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ArgumentError(argument=variable, problem=f"is {value!r}, not a number")
    return int(value)


def server_address() -> str | None:
    """Give `SERVER_ADDRESS` as it is written, None when it is not set."""
    return os.environ.get("SERVER_ADDRESS")


def app_categories() -> list[str]:
    """Give the categories of the running app from `APP_CATEGORIES`, a JSON list; none when it is not set."""
    return list(_json("APP_CATEGORIES", "[]", list[str]))


def json_variable(variable: str) -> dict[str, Any]:
    """Give a variable that holds a JSON object; empty when it is not set."""
    return dict(_json(variable, "{}", dict[str, Any]))


def _json(variable: str, default: str, kind: type[T]) -> T:
    text = os.environ.get(variable) or default
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if type(value) is not type(json.loads(default)):
        raise ArgumentError(argument=variable, problem=f"is {text!r}, not JSON like {default}")
    return cast(T, value)
