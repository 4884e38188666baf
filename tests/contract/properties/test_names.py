"""`spec diff` names every method that a change touches: whatever a method really asks, it is named for."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from supervisely_ext.app_refusals import Unavailable
from supervisely_ext.contract.python_names import callers, snake_case
from supervisely_ext.contract.spec import OperationSpec

from . import servers
from .effort import effort
from .methods import METHODS, NAMESPACES, calls
from .test_client import PASSES_ON, attempt

PREFIXES = dict(
    zip(NAMESPACES, ("api", "api.task", "api.app", "api.app.workflow", "api.app.workflow.task"), strict=True)
)

SILENT = {
    *(
        f"AsyncTaskApi.{name}"
        for name in ("convert_info_to_json", "info_sequence", "info_tuple_name", "raise_for_status")
    ),
    *(
        f"AsyncAppApi.{name}"
        for name in ("convert_info_to_json", "info_sequence", "info_tuple_name", "attach", "get_url")
    ),
    *(
        f"AsyncWorkflowApi.{name}"
        for name in ("disable", "enable", "graph", "is_enabled", "raise_errors", "set_mode", "task")
    ),
    "AsyncApi.close",
}
"""What asks nothing of the server."""


@pytest.mark.parametrize("name", sorted(METHODS.keys() - PASSES_ON.keys()))
def test_what_a_method_asks_it_is_named_for(name: str, tmp_path: Path) -> None:
    """With generated arguments, on a server that answers as the spec's examples do."""
    method = METHODS[name]
    public = f"{PREFIXES[method.namespace]}.{method.function.__name__}"

    refused = False
    asked_ever = False

    @effort(10)
    @given(calls(method, tmp_path))
    def check(arguments: dict[str, Any]) -> None:
        nonlocal refused, asked_ever
        asked: set[str] = set()

        def answer(operation: OperationSpec) -> Any:
            asked.add(operation.name)
            return servers.exemplary(operation)

        result = attempt(method, servers.server(answer), arguments, OSError)
        refused = refused or isinstance(result, Unavailable)
        asked_ever = asked_ever or bool(asked)
        unnamed = [operation for operation in asked if public not in callers().get(snake_case(operation), ())]
        assert unnamed == []

    check()
    assert asked_ever != (refused or name in SILENT)  # else all that is said of its requests and answers says nothing
