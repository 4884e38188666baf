"""Every operation of the spec is called by the layer or listed as reachable through the low-level client only."""

import ast
import json
from importlib import import_module
from pathlib import Path

import supervisely_client

import supervisely_ext
from supervisely_ext.mock.operations import HANDLERS

from .deviations import read

LAYER = Path(supervisely_ext.__file__).parent
SPEC = Path(supervisely_client.__file__).parent / "openapi.json"
LOW_LEVEL_ONLY: dict[str, str] = read("low_level_only.json")


def _operations() -> set[str]:
    paths = json.loads(SPEC.read_text("utf-8"))["paths"].values()
    return {operation["operationId"] for path in paths for operation in path.values() if "operationId" in operation}


def _called() -> set[str]:
    return {name for file in LAYER.glob("*.py") for name in _called_in(ast.parse(file.read_text("utf-8")))}


def _called_in(tree: ast.Module) -> set[str]:
    """Name the operations whose `OPERATION` a module uses; an import alone is no call."""
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("supervisely_client.api.")
        for alias in node.names
    }
    used = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "OPERATION" and isinstance(node.value, ast.Name)
    }
    return {import_module(imported[name]).OPERATION.name for name in used & imported.keys()}


def test_every_operation_is_wrapped_or_listed_as_low_level_only() -> None:
    assert sorted(_operations() - _called() - LOW_LEVEL_ONLY.keys()) == []


def test_what_is_listed_as_low_level_only_exists_and_is_not_wrapped() -> None:
    assert sorted(LOW_LEVEL_ONLY.keys() - _operations()) == []
    assert sorted(LOW_LEVEL_ONLY.keys() & _called()) == []


def test_every_reason_for_low_level_only_is_given() -> None:
    assert [operation for operation, reason in LOW_LEVEL_ONLY.items() if not reason] == []


def test_an_import_alone_is_no_call() -> None:
    source = "from supervisely_client.api.tasks import tasks_info, tasks_list\ntasks_info.OPERATION"
    assert _called_in(ast.parse(source)) == {"tasks.info"}


def test_the_mock_serves_what_the_layer_calls() -> None:
    """Every operation that a method wraps is answered by a handler."""
    assert _called() <= HANDLERS.keys()
