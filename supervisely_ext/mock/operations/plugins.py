"""Plugins, which came before apps: this instance has none, so that each start of one is refused."""

from typing import Any

from ..platform import Platform
from ..refusals import not_found
from .registry import Request, answers


@answers("tasks.run.plugin")
def _tasks_run_plugin(platform: Platform, request: Request) -> Any:
    raise not_found("Plugin")


@answers("tasks.run.deploy")
def _tasks_run_deploy(platform: Platform, request: Request) -> Any:
    raise not_found("Model")


@answers("tasks.run.python")
def _tasks_run_python(platform: Platform, request: Request) -> Any:
    platform.find_workspace(request["workspaceId"])
    # assumed: a script needs a plugin to run in
    raise not_found("Plugin")
