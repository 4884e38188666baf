"""Records what the official SDK offers in `TaskApi` and `AppApi`, names and parameters only.

    .venv-sdk/bin/python tests/conformance/record_signatures.py

writes `tests/data/sdk_signatures.json`, the same for the same SDK. `describe` serves our own classes as well. `AppApi.Workflow`,
a class there and an attribute here, stands beside the namespaces.
"""

import inspect
import json
from enum import Enum
from pathlib import Path
from typing import Any

RECORD = Path(__file__).parents[1] / "data" / "sdk_signatures.json"
NESTED = {"Workflow", "workflow"}


def describe(kind: type) -> dict[str, dict[str, Any]]:
    """Give every public name of a class, what it is and, of methods, the parameters."""
    names = sorted(name for name in dir(kind) if not name.startswith("_") and name not in NESTED)
    return {name: _member(kind, name) for name in names}


def describe_entity(kind: type) -> dict[str, Any]:
    """Give the fields of an entity in their order, and the methods of its own."""
    own = [name for base in kind.__mro__ if base.__module__.startswith("supervisely") for name in vars(base)]
    methods = sorted({name for name in own if not name.startswith("_") and callable(getattr(kind, name))})
    return {"fields": _fields(kind), "methods": {name: _member(kind, name) for name in methods}}


def _fields(kind: Any) -> list[str]:
    if hasattr(kind, "_fields"):
        return list(kind._fields)
    return list(getattr(kind, "model_fields", None) or kind.__annotations__)


def _member(kind: type, name: str) -> dict[str, Any]:
    raw = inspect.getattr_static(kind, name)
    value = getattr(kind, name)
    if isinstance(raw, type) and issubclass(raw, Enum):
        members = {member.name: member.value for member in raw}
        methods = sorted(each for each in ("values", "has_value") if hasattr(raw, each))
        return {"kind": "enum", "members": members, "methods": methods}
    if isinstance(raw, type):
        return {"kind": "type", "name": raw.__name__}
    if not callable(value):
        return {"kind": "attribute", "value": _plain(value)}
    how = {staticmethod: "static", classmethod: "class"}.get(type(raw), "method")
    # A method's own self is no parameter; classmethods are bound already.
    skipped = 1 if how == "method" else 0
    parameters = list(inspect.signature(value).parameters.values())[skipped:]
    return {"kind": how, "colour": _colour(value), "parameters": [_parameter(each) for each in parameters]}


def _colour(function: Any) -> str:
    if inspect.isasyncgenfunction(function):
        return "async generator"
    if inspect.iscoroutinefunction(function):
        return "coroutine"
    return "generator" if inspect.isgeneratorfunction(function) else "plain"


def _parameter(parameter: inspect.Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {"name": parameter.name, "kind": parameter.kind.description}
    if parameter.default is not inspect.Parameter.empty:
        described["default"] = _plain(parameter.default)
    return described


def _plain(value: Any) -> Any:
    try:
        return json.loads(json.dumps(value))
    except TypeError:
        return repr(value)


def record() -> dict[str, Any]:
    """Give what the installed SDK offers."""
    from importlib.metadata import version

    from supervisely.api import app_api, task_api

    return {
        "supervisely": version("supervisely"),
        "namespaces": {
            "TaskApi": describe(task_api.TaskApi),
            "AppApi": describe(app_api.AppApi),
            "Workflow": describe(app_api.AppApi.Workflow),
        },
        "entities": {
            kind.__name__: describe_entity(kind)
            for kind in (
                app_api.AppInfo,
                app_api.ModuleInfo,
                app_api.SessionInfo,
                app_api.WorkflowMeta,
                app_api.WorkflowSettings,
                task_api.KubernetesSettings,
            )
        },
    }


def main() -> None:
    """Write the record."""
    RECORD.write_text(json.dumps(record(), indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
