"""What is told when the official SDK is another one than was recorded."""

import copy
from typing import Any

import pytest

from tests.conformance.drift import changes

RECORD: dict[str, Any] = {
    "supervisely": "6.74.51",
    "namespaces": {"TaskApi": {"stop": {"kind": "method", "parameters": [{"name": "id"}]}, "wait": {"kind": "method"}}},
}


def test_the_same_sdk_has_not_changed() -> None:
    assert list(changes(RECORD, copy.deepcopy(RECORD))) == []


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("namespaces", "TaskApi", "stop"), None, "namespaces.TaskApi.stop is gone"),
        (("namespaces", "TaskApi", "restart"), {}, "namespaces.TaskApi.restart is new"),
        (
            ("namespaces", "TaskApi", "stop", "parameters"),
            [{"name": "task_id"}],
            'namespaces.TaskApi.stop.parameters was [{"name": "id"}], is [{"name": "task_id"}]',
        ),
        (("supervisely",), "6.75.0", 'supervisely was "6.74.51", is "6.75.0"'),
    ],
)
def test_a_change_is_told_with_its_place(path: tuple[str, ...], value: Any, told: str) -> None:
    """A name that went, came, or takes something else."""
    now = copy.deepcopy(RECORD)
    place = now
    for name in path[:-1]:
        place = place[name]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert list(changes(RECORD, now)) == [told]
