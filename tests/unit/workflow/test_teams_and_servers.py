"""Each edge goes to the server of its client and the team of its task."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import supervisely_ext as sly
from supervisely_ext import Api, errors
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess
from tests.scripted import ScriptedTransport, answer

from .platforms import OTHER_TEAM, add_team, edges, start_in

Connect = Callable[..., tuple[Any, ScriptedTransport]]

VERSION = {"version": "6.15.0"}
TASK = {"id": 7, "teamId": 447}


class TestTeams:
    def test_each_edge_has_the_team_of_its_task(self, workflow: Any, platform: Platform, task_id: int) -> None:
        """In whatever order; each team is asked for once."""
        other = add_team(platform, OTHER_TEAM)
        for each in (task_id, other, task_id):
            workflow.add_input_dataset(9, each)
            workflow.add_output_project(76, task_id=each)
        assert {edge[1] for edge in edges(platform)} == {task_id}
        assert {edge[1] for edge in edges(platform, OTHER_TEAM)} == {other}
        assert [edge.team_id for edge in workflow.ledger] == [447, 447, 999, 999, 447, 447]

    def test_a_team_is_asked_for_once(self, connect: Connect) -> None:
        api, transport = connect(answer(VERSION), answer(TASK), answer({"success": True}), answer({}))
        assert api.app.workflow.add_input_dataset(9, 7) == {"success": True}
        api.app.workflow.add_input_dataset(10, 7)
        edge = "workflow.node.add-input"
        assert transport.methods == ["instance.version", "tasks.info", edge, edge]

    def test_a_team_that_is_no_id_is_a_failure_like_others(self, connect: Connect) -> None:
        """The edge is kept without it."""
        api, _ = connect(answer(VERSION), answer({**TASK, "teamId": 0}))
        assert api.app.workflow.add_input_dataset(9, 7) == {}
        (edge,) = api.app.workflow.ledger
        assert (edge.state, edge.team_id) == ("failed", None)
        assert "teamId is 0, and an id is a whole number from 1" in edge.reason

    def test_after_a_failure_everything_is_asked_again(self, connect: Connect) -> None:
        """The task may be another team's by now, the server another version."""
        moved = {**TASK, "teamId": OTHER_TEAM}
        api, transport = connect(
            answer(VERSION), answer(TASK), answer({"error": "Task not found"}, 404),
            answer(VERSION), answer(moved), answer({}),
        )  # fmt: skip
        workflow = api.app.workflow
        assert [workflow.add_input_dataset(9, 7) for _ in range(2)] == [{}, {}]
        assert [(edge.state, edge.team_id) for edge in workflow.ledger] == [("failed", 447), ("sent", OTHER_TEAM)]
        assert transport.methods[3:5] == ["instance.version", "tasks.info"]

    @pytest.mark.parametrize(("variable", "team"), [({"TEAM_ID": "448"}, 448), ({}, 447)])
    def test_a_path_is_looked_up_in_the_environments_team_or_else_the_tasks(
        self, connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: dict[str, str], team: int
    ) -> None:
        for name, value in variable.items():
            monkeypatch.setenv(name, value)
        files = answer([{"id": 1, "path": "/a/b.jsonl"}, {"id": 2, "path": "/a/b.json"}])
        answers = {"instance.version": answer(VERSION), "tasks.info": answer(TASK), "file-storage.list": files}
        by_method = lambda request: answers.get(request.url.path.rpartition("/")[2], answer({}))  # noqa: E731
        api, transport = connect(by_method, repeat=True)
        api.app.workflow.add_input_file("/a/b.json", task_id=7)
        (asked,) = [request for request in transport.requests if request.url.path.endswith("file-storage.list")]
        assert f'"teamId":{team}' in asked.content.decode()
        assert [(edge.target, edge.state) for edge in api.app.workflow.ledger] == [(2, "sent")]


class TestServers:
    def test_each_server_has_its_own_version_and_lineage(self, clock: VirtualClock) -> None:
        """One is too old, which does not hold for the other, whichever is asked first."""
        old, new = Platform(clock=clock), Platform(clock=clock)
        old.version = "6.9.30"
        states = []
        for platform in (old, new, old):
            api = Api("https://mock.invalid", "token", transport=InProcess(platform))
            api.app.workflow.add_input_dataset(9, start_in(platform, 23821))
            states += [edge.state for edge in api.app.workflow.ledger]
        assert states == ["too_old", "sent", "too_old"]
        assert (len(edges(old)), len(edges(new))) == (0, 1)

    @given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 5), st.booleans()), max_size=12))
    def test_every_edge_lands_with_its_server_and_team(self, calls: list[tuple[bool, bool, int, bool]]) -> None:
        """Two servers, two teams on each, a version that is unknown at times: an edge is where it belongs, or nowhere."""
        platforms = [Platform(), Platform()]
        tasks = [(start_in(each, 23821), add_team(each, OTHER_TEAM)) for each in platforms]
        apis = [Api(f"https://{n}.invalid", "token", transport=InProcess(each)) for n, each in enumerate(platforms)]
        expected: dict[tuple[int, int], list[Any]] = {}
        remembered = set()
        for server, other, dataset, known in calls:
            platforms[server].version = "6.15.0" if known else "unknown"
            remembered |= {server} if known else set()
            task, team_id = tasks[server][other], OTHER_TEAM if other else 447
            apis[server].app.workflow.add_input_dataset(dataset, task)
            if server in remembered:
                expected.setdefault((server, team_id), []).append(("input", task, "dataset", dataset))
        for server, platform in enumerate(platforms):
            for team_id in (447, OTHER_TEAM):
                assert edges(platform, team_id) == list(dict.fromkeys(expected.get((server, team_id), [])))
        sent = [edge for api in apis for edge in api.app.workflow.ledger if edge.state == "sent"]
        assert len(sent) == sum(map(len, expected.values()))

    def test_an_unknown_version_is_asked_for_again(self, workflow: Any, platform: Platform, task_id: int) -> None:
        """Until it is known, edges are not sent; then they are."""
        platform.version = "unknown"
        assert workflow.add_input_dataset(9, task_id) == {}
        assert "'unknown'" in str(workflow.errors[0])
        platform.version = "6.15.0"
        workflow.add_input_dataset(10, task_id)
        assert [edge.state for edge in workflow.ledger] == ["failed", "sent"]
        assert edges(platform) == [("input", task_id, "dataset", 10)]

    def test_a_known_version_is_asked_for_once(self, connect: Connect) -> None:
        """By the workflow and by the client itself."""
        api, transport = connect(answer({"version": "6.9.0"}))
        assert api.app.workflow.add_input_dataset(9, 7) is None
        assert api.instance_version == "6.9.0"
        assert api.app.workflow.check_instance_compatibility() is False
        assert transport.methods == ["instance.version"]


class TestVersions:
    @pytest.mark.parametrize(
        ("version", "dataset", "job"),
        [("6.9.30", False, False), ("6.9.31", True, False), ("6.11.10", True, False), ("6.11.11", True, True), ("7", True, True)],
    )  # fmt: skip
    def test_jobs_came_later(
        self, workflow: Any, platform: Platform, task_id: int, version: str, dataset: bool, job: bool
    ) -> None:
        platform.version = version
        results = workflow.add_input_dataset(9, task_id), workflow.add_output_job(33, task_id)
        assert results == ({} if dataset else None, {} if job else None)
        assert [edge.state == "sent" for edge in workflow.ledger] == [dataset, job]
        assert workflow.check_instance_compatibility() is dataset
        assert workflow.check_instance_compatibility(min_instance_version="6.11.11") is job

    def test_too_old_says_what_is_needed(self, workflow: Any, platform: Platform, task_id: int) -> None:
        platform.version = "6.11.10"
        workflow.add_input_job(33, task_id)
        (error,) = workflow.errors
        assert (error.version, error.needed) == ("6.11.10", "6.11.11")
        assert "needs instance 6.11.11" in str(error)
        assert [(edge.state, edge.reason) for edge in workflow.ledger] == [("too_old", str(error))]

    def test_a_question_that_gets_no_answer_raises(self, workflow: Any, platform: Platform) -> None:
        platform.version = "unknown"
        with pytest.raises(errors.UnexpectedAnswer):
            workflow.check_instance_compatibility()

    @pytest.mark.parametrize("needed", ["", "abc", "latest", 6, 6.9])
    def test_what_is_no_version_is_refused(self, workflow: Any, platform: Platform, needed: Any) -> None:
        """Every server would be new enough for it; the SDK's function goes on, as it does."""
        with pytest.raises(errors.ArgumentError, match="min_instance_version"):
            workflow.check_instance_compatibility(min_instance_version=needed)
        api = Api("https://mock.invalid", "token", transport=InProcess(platform))
        assert sly.check_workflow_compatibility(api, needed) is False

    @pytest.mark.parametrize(("version", "enough"), [("6.9.31", True), ("6.9.30", False), ("unknown", False)])
    def test_the_sdks_function_compares(self, platform: Platform, version: str, enough: bool) -> None:
        platform.version = version
        api = Api("https://mock.invalid", "token", transport=InProcess(platform))
        assert sly.check_workflow_compatibility(api, "6.9.31") is enough

    def test_the_sdks_function_is_false_without_an_answer(self, caplog: pytest.LogCaptureFixture) -> None:
        """With the reason in the log."""
        api = Api("https://x.invalid", "token", transport=ScriptedTransport([answer({"error": "no"}, 403)]))
        assert sly.check_workflow_compatibility(api, "6.9.31") is False
        assert "instance.version was refused" in caplog.text
