"""What tasks have read and made is kept for each team."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform
from tests.parity.recorded import calls

from .asking import ask, start

INPUT, OUTPUT = "workflow.node.add-input", "workflow.node.add-output"


def edge(task_id: Any, **more: Any) -> dict[str, Any]:
    return {"teamId": 447, "node": {"type": "task", "id": task_id}, "type": "project", "id": 76, **more}


def test_edges_are_kept_in_order(platform: Platform) -> None:
    """Inputs and outputs, whatever the kind of their ids; a task's id may come as text."""
    task_id = start(platform)
    assert ask(platform, INPUT, edge(task_id)) == (200, {})
    assert ask(platform, OUTPUT, edge(str(task_id), type="folder", id="/models/x")) == (200, {})
    node = {"type": "task", "id": task_id}
    assert platform.workflow == {
        447: [
            {"direction": "input", "node": node, "type": "project", "id": 76, "meta": {}},
            {"direction": "output", "node": node, "type": "folder", "id": "/models/x", "meta": {}},
        ]
    }


def test_the_same_edge_again_is_that_edge(platform: Platform) -> None:
    """Its last settings count, each kind for itself; an output is no input."""
    task_id = start(platform)
    for meta in (
        {"customNodeSettings": {"title": "first"}, "customRelationSettings": {"title": "kept"}},
        {"customNodeSettings": {"title": "last"}},
        None,
    ):
        assert ask(platform, INPUT, edge(task_id) | ({} if meta is None else {"meta": meta}))[0] == 200
    ask(platform, OUTPUT, edge(task_id))
    kept, _ = platform.workflow[447]
    assert kept["meta"] == {"customNodeSettings": {"title": "last"}, "customRelationSettings": {"title": "kept"}}


@pytest.mark.parametrize("method", [INPUT, OUTPUT])
def test_a_task_of_nobody_has_no_edges(platform: Platform, method: str) -> None:
    """An unknown task is not found, nor is one of another team."""
    task_id = start(platform)
    assert ask(platform, method, edge(1))[0] == 404
    assert ask(platform, method, edge(task_id, teamId=1))[0] == 404
    assert platform.workflow == {}


def recorded() -> list[Any]:
    """The edges that the official SDK was seen to send."""
    exchanges = [(call, request) for call in calls() for request in call.requests if ".node." in request.path]
    return [pytest.param(request.path.rpartition("/")[2], request.body, id=str(call)) for call, request in exchanges]


@pytest.mark.parametrize(("method", "body"), recorded())
def test_the_sdks_edges_are_taken(platform: Platform, method: str, body: dict[str, Any]) -> None:
    """All but those without an id, which it makes of values of a wrong type; the task's id as text too."""
    node = {"type": "task", "id": type(body["node"]["id"])(start(platform))}
    status, _ = ask(platform, method, {**body, "node": node})
    assert status == (200 if "id" in body else 400)
