"""What an edge comes to that is wrong, not wanted or not added."""

import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

import supervisely_ext as sly
from supervisely_ext import errors
from supervisely_ext.mock import Platform
from tests.scripted import ScriptedTransport

from .platforms import edges

Connect = Callable[..., tuple[Any, ScriptedTransport]]


class TestOff:
    @pytest.fixture(autouse=True)
    def development(self, production: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENV", "development")

    def test_nothing_is_sent_and_nothing_is_lost(
        self, workflow: Any, platform: Platform, task_id: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        """One warning; a path and a number of a version stay as they were given."""
        assert not workflow.is_enabled()
        with workflow.task(task_id) as node:
            assert node.add_input_dataset(9) is None
            assert node.add_input_file("/a/00135.json") is None
            assert node.add_input_project(76, version_num=4) is None
        assert edges(platform) == []
        assert [(edge.kind, edge.target, edge.state) for edge in workflow.ledger] == [
            ("dataset", 9, "off"),
            ("file", "/a/00135.json", "off"),
            ("project", 76, "off"),
        ]
        assert [edge.reason for edge in workflow.ledger] == ["", "", "version 4 was not looked up"]
        assert [edge.team_id for edge in workflow.ledger] == [None] * 3
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert "enable()" in caplog.text

    def test_without_a_task_there_is_no_edge_and_no_error(self, workflow: Any) -> None:
        """A program is developed outside the platform."""
        assert workflow.add_output_app() is None
        assert (workflow.errors, len(workflow.ledger)) == ([], 0)

    def test_wrong_arguments_are_found_in_development(self, workflow: Any, task_id: int) -> None:
        with pytest.raises(errors.ArgumentError):
            workflow.add_input_dataset(None, task_id)

    def test_enable_and_disable_switch(self, workflow: Any, platform: Platform, task_id: int) -> None:
        """For nodes that are there as well."""
        node = workflow.task(task_id)
        workflow.enable()
        assert workflow.is_enabled()
        assert node.add_input_dataset(9) == {}
        workflow.disable()
        assert node.add_input_dataset(10) is None
        assert edges(platform) == [("input", task_id, "dataset", 9)]


WRONG = [
    ("add_input_project", ()),
    ("add_input_project", (76, 222, 4)),
    ("add_input_project", (None, None, 4)),
    ("add_input_project", (76, None, 0)),
    ("add_input_project", ("76",)),
    ("add_input_dataset", (None,)),
    ("add_input_dataset", (SimpleNamespace(id="9"),)),
    ("add_input_file", (1.5,)),
    ("add_input_file", ("",)),
    ("add_input_file", ("https://example.com/a.json",)),
    ("add_input_folder", (None,)),
    ("add_input_task", (0,)),
    ("add_input_job", (-1,)),
    ("add_output_project", (None,)),
    ("add_output_dataset", (True,)),
    ("add_output_file", ("/a/00135.json",)),
    ("add_output_folder", (5,)),
    ("add_output_task", (None,)),
    ("add_output_job", ("33",)),
]


class TestModes:
    @pytest.mark.parametrize(("method", "given"), WRONG)
    @pytest.mark.parametrize("mode", ["strict", "collect"])
    def test_wrong_arguments_raise_before_anything_is_sent(
        self, connect: Connect, method: str, given: Any, mode: str
    ) -> None:
        api, transport = connect()
        api.app.workflow.set_mode(mode)
        with pytest.raises(errors.ArgumentError):
            getattr(api.app.workflow, method)(*given, task_id=7)
        assert (transport.requests, len(api.app.workflow.ledger), api.app.workflow.errors) == ([], 0, [])

    @pytest.mark.parametrize(("method", "given"), WRONG)
    def test_lenient_logs_wrong_arguments(
        self, connect: Connect, caplog: pytest.LogCaptureFixture, method: str, given: Any
    ) -> None:
        """With the method and the reason."""
        api, transport = connect()
        api.app.workflow.set_mode("lenient")
        assert getattr(api.app.workflow, method)(*given, task_id=7) == {}
        assert transport.requests == []
        (record,) = caplog.records
        assert method in record.getMessage()

    def test_collect_goes_on(
        self, workflow: Any, platform: Platform, task_id: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        """One warning and one error for each edge; the others are added; in the end everything is said at once."""
        workflow.raise_errors()
        results = [workflow.add_input_dataset(9, each) for each in (task_id, 1, task_id + 1)]
        results.append(workflow.add_input_file("/nowhere.json", task_id=task_id))
        results.append(workflow.add_input_project(76, version_num=99, task_id=task_id))
        assert results == [{}] * 5
        not_found, target_not_found = errors.NotFound, errors.TargetNotFound
        assert [type(error) for error in workflow.errors] == [not_found] * 2 + [target_not_found] * 2
        warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
        assert len(warnings) == 4
        assert all(str(error) in warning for error, warning in zip(workflow.errors, warnings, strict=True))
        assert [edge.state for edge in workflow.ledger] == ["sent", *["failed"] * 4]
        assert [edge.reason for edge in workflow.ledger][3:] == [
            "team 447 has no file '/nowhere.json' (file-storage.list)",
            "project 76 has no version 99 (projects.versions.list)",
        ]
        with pytest.raises(errors.LineageIncomplete, match="4 edges were not added") as caught:
            workflow.raise_errors()
        assert caught.value.errors == tuple(workflow.errors)
        twin = pickle.loads(pickle.dumps(caught.value))
        assert (str(twin), list(map(repr, twin.errors))) == (str(caught.value), list(map(repr, workflow.errors)))

    def test_many_errors_are_not_all_told(self) -> None:
        """The first five are; all are in `errors`."""
        one = errors.TargetNotFound(operation="a.list", wanted="file 'x'", owner="team 1")
        assert str(errors.LineageIncomplete(errors=(one,) * 5)).count(str(one)) == 5
        assert str(errors.LineageIncomplete(errors=(one,) * 9)).endswith("; …")

    @pytest.mark.parametrize("version", ["6.15.0", "6.9.0", "unknown"])
    def test_strict_raises(self, workflow: Any, platform: Platform, version: str) -> None:
        """What is wrong with the task, the age of the server, its answer."""
        workflow.set_mode("strict")
        platform.version = version
        kinds = {"6.15.0": errors.NotFound, "6.9.0": errors.InstanceTooOld, "unknown": errors.UnexpectedAnswer}
        with pytest.raises(kinds[version]):
            workflow.add_output_app(1)
        assert (workflow.errors, [edge.state == "sent" for edge in workflow.ledger]) == ([], [False])

    def test_strict_raises_for_a_missing_task(self, workflow: Any) -> None:
        workflow.set_mode("strict")
        with pytest.raises(errors.MissingVariable):
            workflow.add_output_app()

    @pytest.mark.parametrize(("version", "result"), [("6.15.0", {}), ("6.9.0", None), ("unknown", {})])
    def test_lenient_logs(
        self, workflow: Any, platform: Platform, caplog: pytest.LogCaptureFixture, version: str, result: Any
    ) -> None:
        """Nothing is raised, nothing collected; the ledger has it."""
        workflow.set_mode("lenient")
        platform.version = version
        assert workflow.add_output_app(1) == result
        assert workflow.errors == []
        assert (len(caplog.records), len(workflow.ledger)) == (1, 1)

    def test_a_mode_is_one_of_three(self, workflow: Any) -> None:
        with pytest.raises(errors.ArgumentError, match="Did you mean strict"):
            workflow.set_mode("strickt")


class TestMeta:
    def test_wrong_settings_raise(self, workflow: Any, platform: Platform, task_id: int) -> None:
        """With the place; nothing is sent."""
        wrong = {"customNodeSettings": {"icon": {"icon": "zmdi-x", "color": 5}}}
        with pytest.raises(errors.ArgumentError, match="/customNodeSettings/icon/backgroundColor"):
            workflow.add_input_dataset(9, task_id, wrong)
        with pytest.raises(errors.ArgumentError, match="icon_color"):
            workflow.add_input_dataset(9, task_id, sly.WorkflowMeta(sly.WorkflowSettings(icon="x")))
        assert edges(platform) == []

    @pytest.mark.parametrize(
        ("meta", "sent"),
        [
            ({"customNodeSettings": {"mainLink": {"url": "/u"}}}, {}),
            ("text", {}),
            (sly.WorkflowMeta(sly.WorkflowSettings("T", icon="x")), {"customRelationSettings": {"title": "<h4>T</h4>"}}),
            (sly.WorkflowMeta(), {}),
            (sly.WorkflowMeta(relation_settings=cast("Any", "text")), {}),
            (sly.WorkflowMeta(cast("Any", SimpleNamespace(as_dict={"title": "T"}))), {"customRelationSettings": {"title": "T"}}),
        ],
    )  # fmt: skip
    def test_lenient_drops_what_is_wrong(
        self, workflow: Any, platform: Platform, task_id: int, meta: Any, sent: Any
    ) -> None:
        """The edge is sent all the same."""
        workflow.set_mode("lenient")
        workflow.add_input_dataset(9, task_id, meta)
        assert [edge["meta"] for edge in platform.workflow[447]] == [sent]

    def test_the_ledger_keeps_what_was_sent(self, workflow: Any, task_id: int) -> None:
        """A dict that changes later changes nothing there; the official SDK's objects are taken."""
        meta: dict[str, Any] = {"customNodeSettings": {"title": "one"}}
        workflow.add_input_dataset(9, task_id, meta)
        meta["customNodeSettings"]["title"] = "two"
        workflow.add_input_dataset(10, task_id, SimpleNamespace(as_dict=meta))
        titles = [edge.meta["customNodeSettings"]["title"] for edge in workflow.ledger]
        assert titles == ["one", "two"]
