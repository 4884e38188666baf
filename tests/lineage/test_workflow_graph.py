"""`api.app.workflow.graph()`, in both colours."""

from pathlib import Path
from typing import Any

from supervisely_ext import Ledger
from supervisely_ext.mock import Platform
from tests.mock.asking import start

from .samples import edge


def test_the_graph_is_of_what_this_client_recorded(api: Any, platform: Platform) -> None:
    """And of what is recorded later, when it is asked again."""
    task_id = start(platform)
    api.app.workflow.enable()
    api.app.workflow.add_input_project(76, task_id=task_id)
    before = api.app.workflow.graph()
    assert [node.name for node in before.nodes] == [f"Task {task_id}", "Project 76"]
    api.app.workflow.add_output_folder("/models/x", task_id=task_id)
    after = api.app.workflow.graph(statuses={task_id: "started"})
    assert [node.name for node in before.diff(after).added_nodes] == ["Folder /models/x"]
    assert after.node("task", task_id).status == "started"
    assert {arc.state for arc in after.arcs} == {"sent"}


def test_ledgers_of_other_processes_join_in(api: Any, tmp_path: Path) -> None:
    """As they are saved and loaded; an edge that two of them hold counts once. What was off is there, too."""
    api.app.workflow.disable()
    api.app.workflow.add_input_task(5, task_id=6)
    Ledger([edge(5, "input", "project", 76), *api.app.workflow.ledger]).save(tmp_path / "other.jsonl")
    graph = api.app.workflow.graph(Ledger.load(tmp_path / "other.jsonl"))
    assert [node.name for node in graph.upstream(6)] == ["Task 5", "Project 76"]
    assert sorted(len(arc.edges) for arc in graph.arcs) == [1, 1]
    assert {arc.state for arc in graph.arcs} == {"sent", "off"}
