"""Each method adds its edge, in both colours."""

import logging
from collections.abc import Callable
from inspect import signature
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest

import supervisely_ext as sly
from supervisely_ext import Api, AsyncApi, errors
from supervisely_ext.blocking import TaskNodeApi, WorkflowApi
from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.workflow import AsyncTaskNodeApi, AsyncWorkflowApi
from supervisely_ext.workflow_edges import EDGES
from supervisely_ext.workflow_recorder import Recorder
from tests.scripted import ScriptedTransport, answer

from .platforms import edges, start_in

Connect = Callable[..., tuple[Any, ScriptedTransport]]

VERSION = {"version": "6.15.0"}
TASK = {"id": 7, "teamId": 447}


class Index:
    """An integer that is no int, as numpy's."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


CALLS: list[tuple[str, tuple[Any, ...], tuple[str, str, Any]]] = [
    ("add_input_project", (76,), ("input", "project", 76)),
    ("add_input_project", (Index(76),), ("input", "project", 76)),
    ("add_input_project", (SimpleNamespace(id=76),), ("input", "project", 76)),
    ("add_input_project", (None, 222), ("input", "project_version", 222)),
    ("add_input_project", (76, None, 4), ("input", "project_version", 222)),
    ("add_input_dataset", (9,), ("input", "dataset", 9)),
    ("add_input_file", (7660,), ("input", "file", 7660)),
    ("add_input_file", ("/a/00135.json",), ("input", "file", 7660)),
    ("add_input_file", ("/a/00135.json", True), ("input", "model_weight", 7660)),
    ("add_input_file", (PurePosixPath("/a/00135.json"),), ("input", "file", 7660)),
    ("add_input_folder", ("models/x/",), ("input", "folder", "/models/x/")),
    ("add_input_folder", (PurePosixPath("models/x"),), ("input", "folder", "/models/x")),
    ("add_input_task", (102,), ("input", "task", 102)),
    ("add_input_job", (33,), ("input", "job", 33)),
    ("add_output_project", (76,), ("output", "project", 76)),
    ("add_output_project", (76, 222), ("output", "project_version", 222)),
    ("add_output_dataset", (SimpleNamespace(id=9),), ("output", "dataset", 9)),
    ("add_output_file", (7660,), ("output", "file", 7660)),
    ("add_output_file", (7660, True), ("output", "model_weight", 7660)),
    ("add_output_folder", ("/models/x",), ("output", "folder", "/models/x")),
    ("add_output_task", (102,), ("output", "task", 102)),
    ("add_output_job", (33,), ("output", "job", 33)),
    ("add_output_app", (), ("output", "app_session", None)),
]


@pytest.mark.parametrize(("method", "given", "edge"), CALLS)
def test_each_method_adds_its_edge(
    workflow: Any, platform: Platform, task_id: int, method: str, given: Any, edge: Any
) -> None:
    """On the server, and in the ledger the same; what is not given as an id was looked up."""
    direction, kind, target = edge
    target = task_id if target is None else target
    assert getattr(workflow, method)(*given, task_id=task_id) == {}
    assert edges(platform) == [(direction, task_id, kind, target)]
    (kept,) = workflow.ledger
    assert (kept.direction, kept.task_id, kept.kind, kept.target) == (direction, task_id, kind, target)
    assert (kept.server, kept.team_id, kept.state, kept.reason) == ("https://mock.invalid", 447, "sent", "")
    assert kept.at == "2026-01-01T00:00:00.000Z"


def test_a_node_adds_to_its_task(workflow: Any, platform: Platform, task_id: int) -> None:
    """Without its id; an id that is given counts all the same."""
    another = start_in(platform, 23821)
    with workflow.task(Index(task_id)) as node:
        node.add_input_project(76)
        node.add_output_dataset(9, meta=sly.WorkflowMeta(node_settings=sly.WorkflowSettings("T")))
        node.add_output_app(another)
    assert [edge[1:] for edge in edges(platform)] == [
        (task_id, "project", 76),
        (task_id, "dataset", 9),
        (another, "app_session", another),
    ]
    assert platform.workflow[447][1]["meta"] == {"customNodeSettings": {"title": "<h4>T</h4>"}}
    assert len(workflow.ledger) == 3


def test_a_node_lets_errors_through(workflow: Any, task_id: int) -> None:
    """Its end hides nothing."""
    with pytest.raises(ZeroDivisionError), workflow.task(task_id):
        raise ZeroDivisionError


@pytest.mark.parametrize("wrong", [0, "7", True, None])
def test_a_node_is_of_a_task(workflow: Any, wrong: Any) -> None:
    with pytest.raises(errors.ArgumentError, match="task_id"):
        workflow.task(wrong)


@pytest.mark.parametrize("kind", [WorkflowApi, TaskNodeApi, AsyncWorkflowApi, AsyncTaskNodeApi])
def test_the_table_has_a_row_for_each_method(kind: type) -> None:
    """And each method ends with task_id and meta, in both colours, for the workflow and for a node."""
    methods = {name: signature(getattr(kind, name)) for name in dir(kind) if name.startswith("add_")}
    assert set(methods) == {f"add_{direction}_{what}" for direction, what in EDGES}
    assert {tuple(each.parameters)[-2:] for each in methods.values()} == {("task_id", "meta")}


class TestTask:
    def test_is_the_environments_when_none_is_given(
        self, platform: Platform, task_id: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUPERVISELY_TASK_ID", str(task_id))
        api = Api("https://mock.invalid", "token", transport=InProcess(platform))
        api.app.workflow.add_output_app()
        assert edges(platform) == [("output", task_id, "app_session", task_id)]

    @pytest.mark.parametrize("enabled", [True, False])
    def test_of_the_environment_that_is_no_id(self, enabled: bool) -> None:
        """Ends no program in the mode that raises for nothing."""
        caller: Any = SimpleNamespace(credentials=SimpleNamespace(task_id=0))
        lenient, collecting = Recorder(caller, enabled, "lenient"), Recorder(caller, enabled)
        assert complete(lenient.add("output", "app", (), None, None)) == {}
        with pytest.raises(errors.ArgumentError, match="task_id: is 0, and an id is a whole number from 1"):
            complete(collecting.add("output", "app", (), None, None))

    def test_must_be_known(self, workflow: Any, platform: Platform) -> None:
        """Where there is none this is collected: it is the environment that is wrong."""
        assert workflow.add_input_dataset(9) == {}
        assert [type(error) for error in workflow.errors] == [errors.MissingVariable]
        assert "SUPERVISELY_TASK_ID" in str(workflow.errors[0])
        assert (edges(platform), len(workflow.ledger)) == ([], 0)


def test_an_interrupted_edge_is_in_the_ledger(connect: Connect) -> None:
    """Ctrl-C goes through; whether the server has the edge is not known, and the ledger says so."""

    def interrupt(request: Any) -> Any:
        raise KeyboardInterrupt

    api, _ = connect(answer(VERSION), answer(TASK), interrupt)
    with pytest.raises(KeyboardInterrupt):
        api.app.workflow.add_input_dataset(9, 7)
    (edge,) = api.app.workflow.ledger
    assert (edge.state, edge.team_id) == ("failed", 447)
    assert "interrupted" in edge.reason


def test_the_ledger_names_the_server_that_answered(connect: Connect) -> None:
    """The one that is known after the first call, when http turned out to be https."""
    api, _ = connect(answer({}), answer(VERSION), answer(TASK), answer({}), server_address="http://sly.example.com")
    api.app.workflow.add_input_dataset(9, 7)
    assert [edge.server for edge in api.app.workflow.ledger] == ["https://sly.example.com"]


@pytest.mark.parametrize("kind", [Api, AsyncApi])
def test_each_client_has_its_own_workflow(kind: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Its switch, its mode, its ledger."""
    caplog.set_level(logging.ERROR)
    one, two = (kind("https://mock.invalid", "token").app.workflow for _ in range(2))
    one.disable()
    assert (one.is_enabled(), two.is_enabled()) == (False, True)
    assert one.ledger is not two.ledger
