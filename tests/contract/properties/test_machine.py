"""Client and mock together, through any history of tasks, against a small model; every exchange is refereed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from supervisely_ext import Api, BadRequest, Status, TaskFinishedWithError, UnexpectedAnswer, WaitingTimeExceeded
from supervisely_ext.contract.referee import Referee
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.faults import BadJson, Match, Plan, Reset, Rule
from supervisely_ext.mock.faults import Status as Failing
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.lifecycle import LifecycleError
from supervisely_ext.waiting import A_MOMENT

from .effort import effort
from .model import COURSES, ENDS, STATUSES, Model

MODULE, AGENT, WORKSPACE, TEAM, PROJECTS = 83, 7, 23821, 447, (76, 77)
SERVER = "https://mock.invalid"
EVENTS = (
    *(f"report {status}" for status in STATUSES),
    *("look", "list", "stop", "move on", "resume", "wait", "wait for all", "time", "agent goes", "agent comes"),
    *("field", "files", "log", "edge", "meta", "fault on a look", "fault on a stop"),
)
FAULTS = st.sampled_from([Failing(503), Failing(502, committed=True), Reset(), Reset(committed=True), BadJson()])
_MOST_TASKS = 4
SECONDS = st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0, 4.5])


class Seen:
    """What the machines have been through, all together."""

    pairs: ClassVar[set[tuple[str, str]]] = set()
    changes: ClassVar[set[tuple[str, str]]] = set()


class Life(RuleBasedStateMachine):
    """Tasks are started, looked at, stopped, moved on, fed; the agent goes and comes; time passes; requests fail."""

    tasks = Bundle("tasks")

    @initialize()
    def begin(self) -> None:
        self.clock = VirtualClock()
        self.platform = Platform(clock=self.clock)
        self.platform.set_agent(AGENT, capacity=None)
        self.referee = Referee()
        self.api = Api(SERVER, "token", transport=self.referee.watch(InProcess(self.platform)))
        self.api.app.workflow.enable()
        self.models: dict[int, Model] = {}
        self.online = True
        self.now = self.clock.now()

    def catch_up(self) -> None:
        """Let the models live as long as the platform has since."""
        passed, self.now = self.clock.now() - self.now, self.clock.now()
        for model in self.models.values():
            model.pass_time(passed, online=self.online)

    @precondition(lambda self: len(self.models) < _MOST_TASKS)
    @rule(target=tasks, course=st.sampled_from(sorted(COURSES)))
    def start(self, course: str) -> int:
        """One task, once."""
        self.script(course)
        session = self.api.app.start(AGENT, workspace_id=WORKSPACE, module_id=MODULE, validate=False)
        self.catch_up()
        self.models[session.task_id] = Model(COURSES[course])
        assert len(self.platform.tasks) == len(self.models)
        return session.task_id

    def script(self, course: str) -> None:
        steps = [{"status": status, "seconds": seconds or 0.0} for status, seconds in COURSES[course]]
        self.platform.script(MODULE, steps)

    @rule(task=tasks, event=st.sampled_from(EVENTS), seconds=SECONDS, fault=FAULTS, number=st.integers(0, 1))
    def happen(self, task: int, event: str, seconds: float, fault: Any, number: int) -> None:
        """Anything, to any task in any status."""
        model = self.models[task]
        Seen.pairs.add((model.status, event))
        name, _, rest = event.partition(" ")
        {
            "report": lambda: self.report(task, model, rest),
            "look": lambda: self.look(task, model),
            "list": self.list_all,
            "stop": lambda: self.stop(task, model),
            "move": lambda: self.move_on(task, model),
            "resume": lambda: self.resume(task, model),
            "wait": lambda: self.wait_for_all() if rest else self.wait(task, model, seconds),
            "time": lambda: self.clock.advance(seconds),
            "agent": lambda: self.set_agent(online=rest == "comes"),
            "field": lambda: self.set_field(task, model, f"data.{'ab'[number]}", seconds),
            "files": lambda: self.upload(task, model, f"{number}.txt"),
            "log": lambda: self.log(task, model, f"after {self.now}: {number}"),
            "edge": lambda: self.add_edge(task, model, PROJECTS[number]),
            "meta": lambda: self.api.task.update_meta(task, {"note": seconds}),
            "fault": lambda: (
                self.fail_to_stop(task, model, fault) if "stop" in rest else self.fail_to_look(task, model, fault)
            ),
        }[name]()
        self.catch_up()

    def report(self, task: int, model: Model, status: str) -> None:
        self.api.task.update_status(task, status)
        model.report(status)

    def look(self, task: int, model: Model) -> None:
        status = self.api.task.get_status(task)
        assert (status, type(status)) == (model.status, Status)
        info = self.api.task.get_info_by_id(task)
        assert (info.status, info.id) == (model.status, task)

    def list_all(self) -> None:
        found = {each.id: each.status for each in self.api.task.get_list(WORKSPACE)}
        assert found == {task: model.status for task, model in self.models.items()}

    def stop(self, task: int, model: Model) -> None:
        model.stop()
        assert self.api.task.stop(task) == model.status

    def move_on(self, task: int, model: Model) -> None:
        if model.status in ENDS or len(model.steps) == 1:
            with pytest.raises(LifecycleError):
                self.platform.advance(task)
            return
        self.platform.advance(task)
        model.follow(model.steps[1:])

    def resume(self, task: int, model: Model) -> None:
        if model.status not in ENDS:
            with pytest.raises(BadRequest, match="cannot be resumed"):
                self.api.post("tasks.resume", {"id": task})
            return
        self.script("finishing")
        assert self.api.post("tasks.resume", {"id": task}).json() == {"success": True}
        model.follow(COURSES["finishing"])

    def wait(self, task: int, model: Model, seconds: float) -> None:
        status, waited = self.waited(task, seconds)
        self.catch_up()
        assert status == model.status
        assert (status in ENDS) == (waited is None)
        assert waited is None or waited >= seconds - A_MOMENT

    def waited(self, task: int, seconds: float) -> tuple[str, float | None]:
        """Give the last status, and how long it took where the time was not enough."""
        try:
            return self.api.task.wait(task, timeout=seconds), None
        except TaskFinishedWithError as error:
            return error.last_status, None
        except WaitingTimeExceeded as error:
            return error.last_status, error.waited

    def wait_for_all(self) -> None:
        outcomes = self.api.task.wait_all(list(self.models), timeout=2)
        self.catch_up()
        assert {each.task_id: each.status for each in outcomes} == {task: model.status for task, model in self.models.items()}  # fmt: skip
        for each in outcomes:
            assert each.ok == (each.status in ("finished", "stopped"))

    def set_agent(self, *, online: bool) -> None:
        self.platform.set_agent(AGENT, online=online)
        self.online = online

    def set_field(self, task: int, model: Model, field: str, payload: float) -> None:
        self.api.task.set_field(task, field, payload)
        model.fields[field] = payload

    def upload(self, task: int, model: Model, name: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_text(name)
            self.api.task.upload_files(task, [path], [name])
        model.files.add(name)

    def log(self, task: int, model: Model, message: str) -> None:
        official = SimpleNamespace(server_address=SERVER, api_server_address=f"{SERVER}/public/api", token="token", task_id=task, headers={"x-task-id": str(task)})  # fmt: skip
        inside = Api.from_official(official, transport=self.referee.watch(InProcess(self.platform)))
        inside.task.submit_logs([{"message": message}])
        model.messages.append(message)
        logged = [line["message"] for line in self.api.task.get_logs(task)]
        assert [line for line in logged if line.startswith("after ")] == model.messages

    def add_edge(self, task: int, model: Model, project: int) -> None:
        self.api.app.workflow.add_input_project(project, task_id=task)
        model.edges.add(("project", project))

    def plant(self, method: str, fault: Any) -> None:
        self.platform.faults.replace(Plan([Rule(Match(method, times=1), fault)]))

    def forgive(self, method: str) -> None:
        """What was planted is seen, and nothing else."""
        (breach,) = self.referee.breaches
        assert (breach.operation, breach.side) == (method, "answer")
        self.referee.breaches.clear()

    def fail_to_look(self, task: int, model: Model, fault: Any) -> None:
        """What passes is outlived; what is no JSON is said to be none."""
        self.plant("tasks.info", fault)
        if isinstance(fault, BadJson):
            with pytest.raises(UnexpectedAnswer):
                self.api.task.get_status(task)
            self.forgive("tasks.info")
        status = self.api.task.get_status(task)
        self.catch_up()
        assert status == model.status

    def fail_to_stop(self, task: int, model: Model, fault: Any) -> None:
        """A stop that was done and is asked for again is the same stop."""
        self.plant("tasks.stop", fault)
        if isinstance(fault, BadJson):
            with pytest.raises(UnexpectedAnswer):
                self.api.task.stop(task)
            self.forgive("tasks.stop")
        if isinstance(fault, BadJson) or fault.committed:
            model.stop()
        status = self.api.task.stop(task)
        self.catch_up()
        model.stop()
        assert status == model.status

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        if not hasattr(self, "models"):
            return
        self.catch_up()
        self.referee.check()
        for task, model in self.models.items():
            known = self.platform.tasks[task]
            assert known.life.status == model.status
            assert {name.lstrip("/") for name in known.files} == model.files
            assert {f"data.{name}": value for name, value in known.data["data"].items()} == model.fields
            edges = self.platform.workflow.get(TEAM, [])
            assert {(edge["type"], edge["id"]) for edge in edges if edge["node"]["id"] == task} == model.edges

    def teardown(self) -> None:
        for model in getattr(self, "models", {}).values():
            Seen.changes |= model.seen


def test_client_and_mock_live_as_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    """Through every event in every status, and from every status to every other."""
    Seen.pairs.clear()
    Seen.changes.clear()
    run_state_machine_as_test(Life, settings=effort(50, stateful_step_count=80))
    pairs = {(status, event) for status in STATUSES for event in EVENTS}
    changes = {(one, other) for one in STATUSES for other in STATUSES if one != other}
    with capsys.disabled():
        print(f"\nevents in statuses: {_share(Seen.pairs, pairs)}; changes of status: {_share(Seen.changes, changes)}")
    assert len(Seen.pairs & pairs) > 0.95 * len(pairs), pairs - Seen.pairs
    assert len(Seen.changes & changes) > 0.95 * len(changes), changes - Seen.changes


def _share(seen: set[tuple[str, str]], of: set[tuple[str, str]]) -> str:
    return f"{len(seen & of)} of {len(of)}"
