"""Waiting for many tasks of one server, in both colours and in virtual time."""

import logging
import pickle
import re
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    ArgumentError,
    ConnectionFailed,
    Forbidden,
    NotFound,
    Outcomes,
    Polling,
    SessionInfo,
    TaskFinishedWithError,
    TaskGone,
    TaskInfo,
    TaskStopped,
    Unauthorized,
    WaitingTimeExceeded,
)
from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.state import Workspace

from .conftest import SESSION, Colour, cut_off, start

DONE = ((5.0, "started"), (20.0, "finished"))
FAILS = ((5.0, "started"), (10.0, "error"))
NEVER = ((5.0, "started"),)


@pytest.fixture
def second_workspace(platform: Platform) -> int:
    first = platform.find_workspace(None)
    platform.workspaces[9] = Workspace(9, first.team_id, "second")
    return 9


def sent(transport: Any, method: str) -> list[Any]:
    return [body for _, name, body in transport.requests if name == method]


def silent(platform: Platform, request: httpx.Request, status: int | None) -> httpx.Response:
    """Let the request's time-out pass, and then refuse or say nothing."""
    platform.clock.advance(request.extensions["timeout"]["read"])  # type: ignore[attr-defined]
    return httpx.Response(status) if status else cut_off(request, {})


class TestWaitAll:
    def test_the_table_is_in_the_order_given(self, colour: Colour, platform: Platform) -> None:
        """One outcome for each task, whatever came first; a task given twice is waited for once."""
        slow, failing, fast = start(platform, (90.0, "finished")), start(platform, *FAILS), start(platform, *DONE)
        api, _ = colour.connect(platform)
        outcomes = colour.run(api.task.wait_all([slow, failing, fast, slow]))
        assert [outcome.task_id for outcome in outcomes] == [slow, failing, fast]
        assert [outcome.result for outcome in outcomes] == ["ok", "TaskFinishedWithError", "ok"]
        assert (outcomes.ok, len(outcomes.succeeded), len(outcomes.failed), len(outcomes.pending)) == (False, 2, 1, 0)
        failed = outcomes.by_id(failing)
        assert isinstance(failed.error, TaskFinishedWithError)
        assert [status for _, status in failed.history] == ["queued", "started", "error"]
        assert 10 <= failed.waited <= 13
        assert failed.error.log_tail[-1].endswith("The task is error")
        assert failed.url == failed.error.url == f"https://mock.invalid/apps/sessions/{failing}"

    def test_nothing_to_wait_for(self, colour: Colour, platform: Platform) -> None:
        """An empty list gives an empty table, and asks nothing."""
        api, transport = colour.connect(platform)
        assert len(colour.run(api.app.wait_all([]))) == 0
        assert colour.run(api.task.wait_all(iter(()), polling=Polling(initial_delay=9))).ok
        assert not transport.requests
        assert colour.clock.now() == platform.clock.now() == 1_767_225_600

    def test_everything_that_names_a_task(self, colour: Colour, platform: Platform) -> None:
        """Ids, sessions, tasks and what `start` gives; a task that names its workspace needs no request to find it."""
        ids = [start(platform, *DONE) for _ in range(4)]
        api, transport = colour.connect(platform)
        info = TaskInfo.from_json({"id": ids[2], "type": "app", "status": "queued", "workspaceId": 23821})
        session = SessionInfo.from_json({"id": ids[1], "meta": {}, "workspaceId": 23821})
        given = [ids[0], session, info, {"id": ids[3], "taskId": ids[3]}]
        assert colour.run(api.task.wait_all(given)).ok
        assert set(transport.methods) == {"tasks.list"}

    @pytest.mark.parametrize("workspace", ["w", [1], {"id": 1}, 1.5, None])
    def test_a_session_that_names_no_workspace(self, colour: Colour, platform: Platform, workspace: Any) -> None:
        """What the server wrote into its details may be anything: then the place is found out."""
        ids = [start(platform, *DONE) for _ in range(2)]
        api, transport = colour.connect(platform)
        sessions = [SessionInfo.from_json({"id": task_id, "meta": {}, "workspaceId": workspace}) for task_id in ids]
        assert colour.run(api.app.wait_all(sessions)).ok
        assert transport.methods["tasks.info"] == 1

    def test_a_target_for_each(self, colour: Colour, platform: Platform) -> None:
        """A dict of targets says what is waited for by id; what it does not name is waited for to a good end."""
        a, b, c = start(platform, *NEVER), start(platform, *DONE), start(platform, *DONE)
        api, _ = colour.connect(platform)
        outcomes = colour.run(api.task.wait_all([a, b, c], {a: "started", c: {"stopped", "error"}}))
        assert [outcome.result for outcome in outcomes] == ["ok", "ok", "TaskEndedOtherwise"]
        assert outcomes[0].waited < outcomes[1].waited
        assert outcomes[2].error.target == ("error", "stopped")

    def test_deadlines_are_kept_to_the_second(self, colour: Colour, platform: Platform) -> None:
        """Each task has its own, the whole wait another; every last look is at the deadline."""
        ids = [start(platform, *NEVER) for _ in range(3)]
        api, transport = colour.connect(platform)
        timeouts = {ids[0]: 7.5, ids[1]: 1000}
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=50, timeouts=timeouts))
        assert [type(outcome.error) for outcome in outcomes] == [WaitingTimeExceeded] * 3
        assert [outcome.waited for outcome in outcomes] == pytest.approx([7.5, 50, 50])
        times = [at - 1_767_225_600 for at, _, _ in transport.requests]
        assert times[-1] == pytest.approx(50)
        assert any(at == pytest.approx(7.5) for at in times)
        assert "is still started" in str(outcomes[0].error)

    def test_attempts_end_the_wait(self, colour: Colour, platform: Platform) -> None:
        """A number of looks is kept."""
        ids = [start(platform, *NEVER) for _ in range(2)]
        api, transport = colour.connect(platform)
        polling = Polling(attempts=3, first_delay=2, growth=1, jitter=0, initial_delay=4)
        outcomes = colour.run(api.task.wait_all(ids, "finished", polling=polling, workspace_id=23821))
        assert [at - 1_767_225_600 for at, _, _ in transport.requests] == [4, 6, 8]
        assert [outcome.result for outcome in outcomes] == ["WaitingTimeExceeded"] * 2

    def test_late_tasks_are_stopped_on_request(self, colour: Colour, platform: Platform) -> None:
        """`on_timeout="stop"` asks for the end of what is late, and says what came of it."""
        late, other = start(platform, *NEVER), start(platform, *DONE)
        api, transport = colour.connect(platform)
        outcomes = colour.run(api.task.wait_all([late, other], timeouts={late: 9}, on_timeout="stop"))
        assert outcomes[0].error.stop_status == "terminating"
        assert sent(transport, "tasks.stop") == [{"id": late}]
        assert outcomes[1].ok

        def refuse(request: httpx.Request, body: Any) -> httpx.Response | None:
            return httpx.Response(501, json={"error": "no"}) if request.url.path.endswith("tasks.stop") else None

        transport.answer = refuse
        late = start(platform, *NEVER)
        (outcome,) = colour.run(api.task.wait_all([late], "finished", timeout=3, on_timeout="stop"))
        assert outcome.error.stop_status == ""
        assert "no" in outcome.error.stop_failure

    @pytest.mark.parametrize("failure", [None, 503])
    def test_a_server_that_is_away_is_not_asked_to_stop_each(
        self, colour: Colour, platform: Platform, failure: int | None, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A hundred requests that wait for their time-out would be minutes after the deadline; each task has a reason."""
        ids = [start(platform, *NEVER) for _ in range(100)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            silent(platform, request, failure) if request.url.path.endswith("tasks.stop") else None
        )
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=20, on_timeout="stop"))
        assert len(sent(transport, "tasks.stop")) < 60
        assert platform.clock.now() - 1_767_225_600 <= 20 + 60 + 8 * 5
        assert all(outcome.error.stop_failure.startswith("tasks.stop") for outcome in outcomes)
        assert re.search(r"\d+ of 100 tasks were not asked to stop: there was no time left", caplog.text)

    def test_a_server_that_is_slow_to_stop(self, colour: Colour, platform: Platform) -> None:
        """What there was no time for has not been asked, and nobody says so."""
        ids = [start(platform, *NEVER) for _ in range(40)]
        api, transport = colour.connect(platform)

        def slow(request: httpx.Request, body: Any) -> httpx.Response | None:
            if request.url.path.endswith("tasks.stop"):
                platform.clock.advance(4)  # type: ignore[attr-defined]
            return None

        transport.answer = slow
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=20, on_timeout="stop"))
        asked = [body["id"] for body in sent(transport, "tasks.stop")]
        assert 15 <= len(asked) < 40
        assert [outcome.task_id for outcome in outcomes if outcome.error.stop_requested] == sorted(asked)
        assert all(outcome.error.stop_failure == "" for outcome in outcomes)

    def test_some_that_cannot_be_stopped_keep_none_from_being_asked(self, colour: Colour, platform: Platform) -> None:
        """Dead agents among living ones, and refusals however many, are no dead server."""
        ids = [start(platform, *NEVER) for _ in range(20)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(504 if body["id"] % 4 else 403)
            if request.url.path.endswith("tasks.stop") and body["id"] % 3
            else None
        )
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=20, on_timeout="stop"))
        assert [outcome.error.stop_requested for outcome in outcomes] == [task_id % 3 == 0 for task_id in ids]

    def test_fail_fast(self, colour: Colour, platform: Platform) -> None:
        """With `on_error="raise"` the first failure is raised at once, with all that is known; it can be pickled."""
        done, failing, slow = start(platform, (2.0, "finished")), start(platform, *FAILS), start(platform, *NEVER)
        api, transport = colour.connect(platform)
        with pytest.raises(TaskFinishedWithError) as caught:
            colour.run(api.task.wait_all([slow, failing, done], on_error="raise"))
        error = pickle.loads(pickle.dumps(caught.value))
        assert [outcome.result for outcome in error.outcomes] == ["pending", "TaskFinishedWithError", "ok"]
        assert error.outcomes[1].error is error
        assert (error.outcomes.pending[0].status, error.outcomes.pending[0].task_id) == ("started", slow)
        assert not sent(transport, "tasks.stop")

    def test_the_others_are_stopped_once(self, colour: Colour, platform: Platform) -> None:
        """`stop_others` asks for the end of the rest: before raising, or going on to wait for it."""
        ids = [start(platform, *FAILS), start(platform, *NEVER), start(platform, *NEVER)]
        api, transport = colour.connect(platform)
        with pytest.raises(TaskFinishedWithError):
            colour.run(api.task.wait_all(ids, on_error="raise", stop_others=True))
        assert sent(transport, "tasks.stop") == [{"id": ids[1]}, {"id": ids[2]}]
        ids = [start(platform, *FAILS), start(platform, *FAILS), start(platform, *NEVER)]
        outcomes = colour.run(api.task.wait_all(ids, "finished", stop_others=True))
        assert isinstance(outcomes[2].error, TaskStopped)
        assert sent(transport, "tasks.stop")[2:] == [{"id": ids[2]}]

    def test_each_status_is_told(self, colour: Colour, platform: Platform) -> None:
        """`on_status` is called with the task and each new status; `progress` with the end, too."""
        ids = [start(platform, *DONE), start(platform, *FAILS)]
        api, _ = colour.connect(platform)
        told: list[Any] = []
        events: list[Any] = []
        colour.run(api.task.wait_all(ids, on_status=lambda *what: told.append(what), progress=events.append))
        assert [status for task_id, status in told if task_id == ids[0]] == ["queued", "started", "finished"]
        assert [status for task_id, status in told if task_id == ids[1]] == ["queued", "started", "error"]
        assert {event.task_id: event.outcome for event in events if event.outcome} == {
            ids[0]: "reached",
            ids[1]: "TaskFinishedWithError",
        }

    def test_an_error_of_the_function_ends_the_wait(self, colour: Colour, platform: Platform) -> None:
        """What the function raises comes out."""
        api, _ = colour.connect(platform)
        with pytest.raises(ZeroDivisionError):
            colour.run(api.task.wait_all([start(platform)], on_status=lambda *what: 1 / 0))

    @pytest.mark.parametrize(
        ("tasks", "options"),
        [
            (5, {}),
            ("12", {}),
            ([0], {}),
            ([True], {}),
            (["12"], {}),
            ([{"name": "x"}], {}),
            ([{"id": 1, "workspaceId": "w"}], {}),
            ({1: "finished"}, {}),
            (SessionInfo(1, 2, 3, 4, {}), {}),
            ([1], {"target_status": "done"}),
            ([1], {"target_status": {1: "done"}}),
            ([1], {"target_status": {2: "finished"}}),
            ([1], {"timeouts": {2: 5}}),
            ([1], {"timeouts": {1: -5}}),
            ([1], {"timeouts": [5]}),
            ([1], {"timeout": "5"}),
            ([1], {"workspace_id": "w"}),
            ([1], {"on_error": "ignore"}),
            ([1], {"on_timeout": "ignore"}),
            ([1], {"progress": "loud"}),
            ([1], {"polling": 5}),
            ([1], {"polling": "often"}),
            ([1], {"on_status": 5}),
        ],
    )
    def test_bad_input(self, colour: Colour, platform: Platform, tasks: Any, options: Any) -> None:
        """Nothing is sent."""
        api, transport = colour.connect(platform)
        for method in (api.task.wait_all, api.app.wait_any):
            with pytest.raises(ArgumentError):
                colour.run(method(tasks, **options))
        assert not transport.requests

    def test_a_coroutine_function_is_no_callback(self, colour: Colour, platform: Platform) -> None:
        """It would never run."""

        async def on_status(task_id: int, status: str) -> None:
            raise AssertionError

        api, _ = colour.connect(platform)
        with pytest.raises(ArgumentError, match="coroutine"):
            colour.run(api.task.wait_all([1], on_status=on_status))


class TestRequests:
    def test_a_thousand_tasks(self, colour: Colour, platform: Platform) -> None:
        """At most three requests a look, the first included."""
        ids = [start(platform, *DONE) for _ in range(1000)]
        api, transport = colour.connect(platform)
        assert colour.run(api.task.wait_all(ids)).ok
        assert max(transport.ticks) == 3
        assert transport.methods["tasks.info"] == 1
        assert all(len(body["filter"][0]["value"]) <= 500 for body in sent(transport, "tasks.list"))

    def test_what_has_ended_is_not_asked_for(self, colour: Colour, platform: Platform) -> None:
        """Only those on the way are looked at."""
        ids = [start(platform, *DONE), start(platform, *DONE), start(platform, (60.0, "finished"))]
        api, transport = colour.connect(platform)
        assert colour.run(api.task.wait_all(ids)).ok
        late = [(method, body) for at, method, body in transport.requests if at > 1_767_225_600 + 25]
        assert late
        assert all((method, body) == ("tasks.info", {"id": ids[2]}) for method, body in late)

    def test_several_workspaces(self, colour: Colour, platform: Platform, second_workspace: int) -> None:
        """As many requests a look as there are workspaces, and one more for finding each."""
        ids = [start(platform, *DONE, workspace=place) for _ in range(20) for place in (None, second_workspace)]
        api, transport = colour.connect(platform)
        assert colour.run(api.task.wait_all(ids)).ok
        assert transport.ticks[0] <= 2 + 1 + 8
        assert set(transport.ticks[1:]) == {2}

    def test_sessions(self, colour: Colour, platform: Platform) -> None:
        """Sessions stand in no workspace's list, but in their app's; it is asked for those that others share, too."""
        ids = [start(platform, *NEVER, module=SESSION) for _ in range(100)]
        api, transport = colour.connect(platform)
        assert colour.run(api.app.wait_all(ids, "started")).ok
        assert all(body["withShared"] is True for body in sent(transport, "apps.tasks.list"))
        assert transport.ticks[0] == 3
        assert set(transport.ticks[1:]) == {1}
        assert transport.methods["tasks.list"] == 1

    def test_a_workspace_that_is_not_theirs(self, colour: Colour, platform: Platform, second_workspace: int) -> None:
        """Is asked once; then all of them are looked for where they are."""
        ids = [start(platform, *DONE, workspace=second_workspace) for _ in range(20)]
        api, transport = colour.connect(platform)
        assert colour.run(api.task.wait_all(ids, workspace_id=23821)).ok
        assert [body["workspaceId"] for body in sent(transport, "tasks.list")][:3] == [23821, 9, 9]
        assert set(transport.ticks[1:]) == {1}

    def test_small_pages(self, colour: Colour, platform: Platform) -> None:
        """A server that gives fewer tasks at once than it is asked for is asked for the other pages."""
        ids = [start(platform, *DONE) for _ in range(25)]
        api, transport = colour.connect(platform)

        def small(request: httpx.Request, body: Any) -> httpx.Response | None:
            if body.get("per_page", 0) <= 10:
                return None
            content = httpx.Request("POST", request.url, headers=request.headers, json={**body, "per_page": 10})
            content.headers["content-type"] = "application/json"
            return complete(InProcess(platform).send(content, fresh=False))

        transport.answer = small
        assert colour.run(api.task.wait_all(ids, workspace_id=23821)).ok
        assert transport.methods["tasks.info"] == 0
        assert transport.ticks[0] == 3

    def test_a_refused_filter_is_remembered(self, colour: Colour, platform: Platform) -> None:
        """Fewer ids are tried, then none; then each task is looked at by itself, in this wait and in later ones."""
        ids = [start(platform, *DONE) for _ in range(60)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(400, json={"error": "no such filter"}) if "filter" in body else None
        )
        assert colour.run(api.task.wait_all(ids, workspace_id=23821)).ok
        sizes = [len(body["filter"][0]["value"]) for body in sent(transport, "tasks.list")]
        assert sizes[:2] == [60, 50]
        assert set(transport.ticks[1:]) == {60}
        before = transport.methods["tasks.list"]
        assert colour.run(api.task.wait_all(ids, workspace_id=23821)).ok
        assert transport.methods["tasks.list"] == before

    def test_a_server_that_takes_fewer_ids(self, colour: Colour, platform: Platform) -> None:
        """A filter that is too long for the server is split."""
        ids = [start(platform, *DONE) for _ in range(60)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(400, json={"error": "too long"})
            if "filter" in body and len(body["filter"][0]["value"]) > 50
            else None
        )
        assert colour.run(api.task.wait_all(ids, workspace_id=23821)).ok
        assert transport.methods["tasks.info"] == 0
        assert set(transport.ticks[1:]) == {2}

    @pytest.mark.parametrize(
        "refusal",
        [
            httpx.Response(403, json={"error": "no"}),
            httpx.Response(200, html="<html>"),
            httpx.Response(200, json={"entities": [{"id": 1}], "perPage": 1, "pagesCount": 1}),
            httpx.Response(200, json={"entities": [], "perPage": 1, "pagesCount": 0, "total": 0}),
            httpx.Response(
                200, json={"entities": [{"id": 1, "status": "x"}], "perPage": 1, "pagesCount": 1, "total": 1}
            ),
            httpx.Response(200, json={"entities": [{"id": 1, "status": 5}], "perPage": 1, "pagesCount": 1}),
        ],
    )
    def test_a_list_that_is_of_no_use(self, colour: Colour, platform: Platform, refusal: httpx.Response) -> None:
        """Then each task is looked at by itself."""
        ids = [start(platform, *DONE) for _ in range(12)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: refusal if "filter" in body else None
        assert colour.run(api.task.wait_all(ids)).ok
        assert transport.methods["tasks.info"] > 12

    def test_a_list_that_lags(self, colour: Colour, platform: Platform) -> None:
        """Tasks that are not in the list yet are looked at one by one, and in the list as soon as it shows them."""
        ids = [start(platform, *DONE) for _ in range(30)]
        api, transport = colour.connect(platform)
        empty = {"entities": [], "perPage": 500, "pagesCount": 0, "total": 0}
        transport.answer = lambda request, body: (
            httpx.Response(200, json=empty) if "filter" in body and platform.clock.now() < 1_767_225_600 + 4 else None
        )
        assert colour.run(api.task.wait_all(ids)).ok
        assert transport.ticks[0] > 30
        assert set(transport.ticks[6:]) == {1}


class TestFailures:
    def test_an_unknown_task(self, colour: Colour, platform: Platform) -> None:
        """Has its error at once, and the others do not suffer."""
        task_id = start(platform, *DONE)
        api, _ = colour.connect(platform)
        outcomes = colour.run(api.task.wait_all([99, task_id]))
        assert isinstance(outcomes[0].error, NotFound)
        assert (outcomes[0].waited, outcomes[0].status, outcomes[0].history) == (0, "unknown", ())
        assert outcomes[1].ok

    def test_a_task_that_vanishes(self, colour: Colour, platform: Platform) -> None:
        """Is gone, which is another error than that of one that never was."""
        ids = [start(platform, *NEVER), start(platform, *DONE), start(platform, *DONE)]
        api, _ = colour.connect(platform)

        def remove(task_id: int, status: Any) -> None:
            if status == "started":
                platform.known_tasks.pop(ids[0], None)

        outcomes = colour.run(api.task.wait_all(ids, on_status=remove))
        assert isinstance(outcomes[0].error, TaskGone)
        assert isinstance(outcomes[0].error.__cause__, NotFound)
        assert outcomes[1].ok

    def test_an_outage_is_outlived(self, colour: Colour, platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
        """Looks that fail are counted and warned of once for all tasks; when the server is back the wait goes on."""
        ids = [start(platform, (5.0, "started"), (300.0, "finished")) for _ in range(40)]
        api, transport = colour.connect(platform)

        def away(request: httpx.Request, body: Any) -> httpx.Response | None:
            passed = platform.clock.now() - 1_767_225_600
            if 20 < passed < 60:
                cut_off(request, body)
            return httpx.Response(503) if 60 <= passed < 120 else None

        transport.answer = away
        outcomes = colour.run(api.task.wait_all(ids))
        assert outcomes.ok
        assert all(outcome.failed_looks == outcomes[0].failed_looks >= 5 for outcome in outcomes)
        warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
        assert 1 <= len(warnings) <= 3
        assert "waiting for 40 tasks of https://mock.invalid goes on" in caplog.text

    def test_an_outage_costs_few_requests(self, colour: Colour, platform: Platform) -> None:
        """Tasks that stand in no list are not all asked for when the server does not answer."""
        ids = [start(platform, *NEVER) for _ in range(60)]
        api, transport = colour.connect(platform)
        refused = httpx.Response(400, json={"error": "no such filter"})

        def away(request: httpx.Request, body: Any) -> httpx.Response | None:
            if "filter" in body:
                return refused
            return httpx.Response(503) if platform.clock.now() > 1_767_225_600 + 8 else None

        transport.answer = away
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=30))
        assert transport.ticks[-1] == 9
        error = outcomes[30].error
        assert isinstance(error, WaitingTimeExceeded)
        assert error.__cause__.status == 503
        assert 20 < error.unseen < 25
        assert "was started when last seen" in str(error)

    def test_what_was_seen_last_is_told(self, colour: Colour, platform: Platform) -> None:
        """A task that has not changed for long was there a moment ago."""
        ids = [start(platform, *NEVER) for _ in range(2)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(503) if platform.clock.now() > 1_767_225_600 + 500 else None
        )
        polling = Polling(first_delay=10, growth=1, jitter=0)
        outcomes = colour.run(api.task.wait_all(ids, "finished", timeout=600, polling=polling))
        assert [outcome.error.unseen for outcome in outcomes] == pytest.approx([100, 100])

    def test_the_rhythm_is_that_of_the_looks(self, colour: Colour, platform: Platform) -> None:
        """The time that a failed task's log takes is part of the pause."""
        ids = [start(platform, *FAILS), start(platform, *NEVER)]
        api, transport = colour.connect(platform)

        def slow(request: httpx.Request, body: Any) -> httpx.Response | None:
            if request.url.path.endswith("tasks.log.download"):
                platform.clock.advance(3)  # type: ignore[attr-defined]
            return None

        transport.answer = slow
        polling = Polling(first_delay=10, growth=1, jitter=0)
        colour.run(api.task.wait_all(ids, "finished", timeout=50, polling=polling, workspace_id=23821))
        looks = {at - 1_767_225_600 for at, method, _ in transport.requests if method != "tasks.log.download"}
        assert sorted(looks) == pytest.approx([0, 10, 20, 30, 40, 50])

    @pytest.mark.parametrize("timeout", [0, 30])
    def test_a_server_that_hardly_answers_holds_the_deadline_up_for_seconds(
        self, colour: Colour, platform: Platform, timeout: float
    ) -> None:
        """However many tasks are looked at one by one: each request gets the time that is left then, and the last ones a second."""
        ids = [start(platform, *NEVER, module=SESSION) for _ in range(100)]
        api, transport = colour.connect(platform)

        def hardly(request: httpx.Request, body: Any) -> httpx.Response | None:
            if "filter" in body:
                return httpx.Response(403)
            return None if body["id"] % 8 == ids[0] % 8 else silent(platform, request, None)

        transport.answer = hardly
        outcomes = colour.run(api.app.wait_all(ids, "finished", timeout=timeout))
        assert [outcome.result for outcome in outcomes] == ["WaitingTimeExceeded"] * 100
        assert platform.clock.now() - 1_767_225_600 <= timeout + 10

    def test_a_server_that_never_answers(self, colour: Colour, platform: Platform) -> None:
        """Every task has the error of its first look, since the address may be wrong."""
        api, transport = colour.connect(platform)
        transport.answer = cut_off
        outcomes = colour.run(api.task.wait_all([1, 2, 3]))
        assert [type(outcome.error) for outcome in outcomes] == [ConnectionFailed] * 3
        assert transport.methods["tasks.info"] == 5

    def test_a_list_that_fails_at_once(self, colour: Colour, platform: Platform) -> None:
        """The same when the list is the first thing that is asked for."""
        api, transport = colour.connect(platform)
        transport.answer = cut_off
        outcomes = colour.run(api.task.wait_all([1, 2, 3], workspace_id=23821))
        assert [type(outcome.error) for outcome in outcomes] == [ConnectionFailed] * 3

    def test_a_refusal(self, colour: Colour, platform: Platform) -> None:
        """What will not pass ends the wait for the task that it concerns."""
        ids = [start(platform, *DONE) for _ in range(2)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(403, json={"error": "no"}) if "filter" in body or body == {"id": ids[0]} else None
        )
        outcomes = colour.run(api.task.wait_all(ids))
        assert isinstance(outcomes[0].error, Forbidden)
        assert outcomes[1].ok

    @pytest.mark.parametrize("workspace_id", [None, 23821])
    def test_a_refused_token_costs_few_requests(
        self, colour: Colour, platform: Platform, workspace_id: int | None
    ) -> None:
        """Nobody else will be answered either: every task has that error."""
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: httpx.Response(401, json={"error": "no"})
        outcomes = colour.run(api.task.wait_all(range(1, 1001), workspace_id=workspace_id))
        assert {type(outcome.error) for outcome in outcomes} == {Unauthorized}
        assert len(transport.requests) == (1 if workspace_id is None else 3)

    def test_a_refused_token_ends_a_wait_that_is_under_way(self, colour: Colour, platform: Platform) -> None:
        """With a few requests, too."""
        ids = [start(platform, *NEVER) for _ in range(40)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(401) if platform.clock.now() > 1_767_225_600 + 8 else None
        )
        outcomes = colour.run(api.task.wait_all(ids, "finished"))
        assert {type(outcome.error) for outcome in outcomes} == {Unauthorized}
        assert transport.ticks[-1] == 2

    def test_only_some_failures_are_explained(self, colour: Colour, platform: Platform) -> None:
        """The ends of logs are read for twenty of them."""
        ids = [start(platform, (1.0, "error")) for _ in range(30)]
        api, _ = colour.connect(platform)
        outcomes = colour.run(api.task.wait_all(ids))
        assert sum(bool(outcome.error.log_tail) for outcome in outcomes) == 20
        with pytest.raises(ExceptionGroup) as caught:
            outcomes.raise_errors()
        assert len(caught.value.exceptions) == 30

    def test_logs_that_cannot_be_had_hold_nobody_up(self, colour: Colour, platform: Platform) -> None:
        """The deadline of those that go on is kept, though twenty logs wait for their time-outs."""
        ids = [start(platform, (5.0, "error")) for _ in range(20)]
        going_on = start(platform, *NEVER)
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            silent(platform, request, None) if request.url.path.endswith("tasks.log.download") else None
        )
        outcomes = colour.run(api.task.wait_all([*ids, going_on], "finished", timeout=90))
        assert [outcome.result for outcome in outcomes] == ["TaskFinishedWithError"] * 20 + ["WaitingTimeExceeded"]
        assert outcomes[-1].waited == pytest.approx(90)
        assert transport.methods["tasks.log.download"] <= 8

    def test_a_server_that_asks_for_time(self, colour: Colour, platform: Platform) -> None:
        """Gets it."""
        ids = [start(platform, *NEVER) for _ in range(2)]
        api, transport = colour.connect(platform)
        transport.answer = lambda request, body: (
            httpx.Response(429, headers={"retry-after": "100"}) if platform.clock.now() > 1_767_225_600 else None
        )
        colour.run(api.task.wait_all(ids, "finished", timeout=250))
        moments = sorted({at - 1_767_225_600 for at, _, _ in transport.requests})
        assert len(moments) <= 5


class TestWaitAny:
    def test_the_first_that_is_there(self, colour: Colour, platform: Platform) -> None:
        """Failures are left behind, the others go on."""
        failing, slow, fast = start(platform, *FAILS), start(platform, *NEVER), start(platform, *DONE)
        api, transport = colour.connect(platform)
        outcomes = colour.run(api.task.wait_any([slow, failing, fast], "finished"))
        assert [outcome.task_id for outcome in outcomes.succeeded] == [fast]
        assert [outcome.task_id for outcome in outcomes.failed] == [failing]
        assert [outcome.task_id for outcome in outcomes.pending] == [slow]
        assert not sent(transport, "tasks.stop")

    def test_the_others_can_be_stopped(self, colour: Colour, platform: Platform) -> None:
        """The first one wins, the rest is asked to stop."""
        fast, slow = start(platform, *DONE), start(platform, *NEVER)
        api, transport = colour.connect(platform)
        assert colour.run(api.task.wait_any([fast, slow], "finished", stop_others=True)).succeeded
        assert sent(transport, "tasks.stop") == [{"id": slow}]

    def test_none_is_left(self, colour: Colour, platform: Platform) -> None:
        """All failures are raised, one as it is."""
        api, _ = colour.connect(platform)
        ids = [start(platform, *FAILS), start(platform, *FAILS)]
        with pytest.raises(ExceptionGroup):
            colour.run(api.task.wait_any(ids))
        with pytest.raises(TaskFinishedWithError):
            colour.run(api.task.wait_any(ids[:1]))
        with pytest.raises(ArgumentError, match="empty"):
            colour.run(api.task.wait_any([]))

    def test_fail_fast(self, colour: Colour, platform: Platform) -> None:
        """With `on_error="raise"` the first failure is raised, though others may still come."""
        api, _ = colour.connect(platform)
        with pytest.raises(TaskFinishedWithError) as caught:
            colour.run(api.task.wait_any([start(platform, *FAILS), start(platform, *DONE)], on_error="raise"))
        assert caught.value.outcomes is not None
        assert len(caught.value.outcomes.pending) == 1


class TestAsCompleted:
    def test_each_once_in_order_of_their_ends(self, colour: Colour, platform: Platform) -> None:
        """The first to end comes first."""
        ids = [start(platform, (at, "finished")) for at in (90.0, 10.0, 40.0, 70.0)]
        api, _ = colour.connect(platform)
        outcomes = list(colour.run(api.task.as_completed(ids)))
        assert [outcome.task_id for outcome in outcomes] == [ids[1], ids[2], ids[3], ids[0]]
        assert all(outcome.ok for outcome in outcomes)

    def test_abandoned(self, colour: Colour, platform: Platform) -> None:
        """Who stops iterating leaves nothing behind; observers learn that it is over."""
        ids = [start(platform, *DONE), start(platform, *NEVER)]
        api, transport = colour.connect(platform)
        events: list[Any] = []
        iterator = colour.run(api.task.as_completed(ids, "finished", progress=events.append))
        assert next(iterator).task_id == ids[0]
        iterator.close()
        asked = len(transport.requests)
        assert (events[-1].task_id, events[-1].outcome) == (ids[1], "left")
        platform.clock.advance(100)
        assert len(transport.requests) == asked

    def test_a_slow_consumer_misses_nothing(self, colour: Colour, platform: Platform) -> None:
        """A deadline that passes while the consumer works is followed by a last look."""
        first, second = start(platform, *DONE), start(platform, (100.0, "finished"))
        api, _ = colour.connect(platform)
        results = []
        for outcome in colour.run(api.task.as_completed([first, second], timeout=120)):
            results.append(outcome.ok)
            platform.clock.advance(500)
        assert results == [True, True]


def test_tables(colour: Colour, platform: Platform) -> None:
    """Print aligned, show in notebooks escaped, and give plain rows."""
    ids = [start(platform, *DONE), start(platform, *FAILS)]
    api, _ = colour.connect(platform)
    outcomes = colour.run(api.task.wait_all(ids))
    head, first, second = str(outcomes).splitlines()
    assert head.split() == ["task", "status", "seconds", "result", "why"]
    assert first.split()[:2] == [str(ids[0]), "finished"]
    assert first.index("finished") == second.index("error") == head.index("status")
    assert "task 21013 ended with an error (waited" in second
    rows = outcomes.to_dicts()
    assert rows[0]["result"] == "ok"
    assert rows[0]["error"] is None
    assert str(rows[1]["error"]).startswith("task 21013 ended")
    assert isinstance(outcomes[:1], Outcomes)
    assert [outcome.task_id for outcome in reversed(outcomes)] == ids[::-1]
    assert outcomes[0] in outcomes
    with pytest.raises(KeyError):
        outcomes.by_id(5)
    assert Outcomes(()).raise_errors() is None
    assert str(Outcomes(())).split() == head.split()
    assert outcomes._repr_html_().count("<tr>") == 3


def test_tables_escape(colour: Colour, platform: Platform) -> None:
    """A status that carries markup or control characters harms neither page nor terminal."""
    api, transport = colour.connect(platform)
    transport.answer = lambda request, body: httpx.Response(
        200, json={"id": body["id"], "type": "app", "status": "<b>\x1b[2J"}
    )
    outcomes = colour.run(api.task.wait_all([21012], timeout=5))
    assert "\x1b" not in str(outcomes)
    assert "<b>" not in outcomes._repr_html_()
    assert outcomes[0].status == "<b>\x1b[2J"
