"""What steers the platform: the same in process as on a port."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from supervisely_ext.mock import FastClock, Platform, RealClock, Seed, VirtualClock, snapshots
from supervisely_ext.mock.admin import ACTIONS
from supervisely_ext.mock.clock import END
from supervisely_ext.mock.exchange import Reply, Request
from supervisely_ext.mock.faults import Match, Plan, Rule, Status, plan_as_json
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.routes import respond
from supervisely_ext.mock.seeds import default_seed

from .asking import ask, start

ONE_FAULT = {"seed": 0, "rules": [{"match": {"operation": "tasks.info"}, "effect": {"kind": "status", "status": 503}}]}


def reply_of(platform: Platform, verb: str, name: str, data: Any = None, query: str = "") -> Reply:
    body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
    return respond(platform, Request(verb, f"/__mock__/{name}", {}, body, query))


def steer(platform: Platform, verb: str, name: str, data: Any = None, query: str = "") -> tuple[int, Any]:
    reply = reply_of(platform, verb, name, data, query)
    return reply.status, json.loads(reply.body)


def pointers(answer: Any) -> list[str]:
    return [problem["pointer"] for problem in answer["details"]]


def test_state_goes_out_and_in_again(platform: Platform) -> None:
    """What one platform gives, another takes, and gives the same."""
    start(platform)
    status, state = steer(platform, "GET", "state")
    other = Platform()
    assert (status, state) == (200, platform.snapshot())
    assert steer(other, "PUT", "state", state) == (200, state)
    assert ask(other, "tasks.info", {"id": 21012})[1]["status"] == "started"


def test_a_state_that_is_wrong_changes_nothing(platform: Platform) -> None:
    """Every problem is named with its place."""
    start(platform)
    before = platform.snapshot()
    state = platform.snapshot()
    state["tasks"][0]["appId"] = 12345
    state["workspaces"][0]["teamId"] = "no number"
    state["nonsense"] = 1
    status, answer = steer(platform, "PUT", "state", state)
    assert status == 400
    assert {"", "/tasks/0/appId", "/workspaces/0/teamId"} == set(pointers(answer))
    assert platform.snapshot() == before


@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        (lambda state, at: state["instance"].update(time=at), "/instance/time"),
        (lambda state, at: state["tasks"][0]["life"].update(enteredAt=at), "/tasks/0/life/enteredAt"),
        (lambda state, at: state["tasks"][0]["life"].update(lookedAt=at), "/tasks/0/life/lookedAt"),
        (lambda state, at: state["tasks"][0]["life"]["history"][0].update(at=at), "/tasks/0/life/history/0/at"),
        (lambda state, at: state["agents"][0].update(goneAt=at), "/agents/0/goneAt"),
    ],
)
def test_times_that_nobody_can_write_are_refused(platform: Platform, place: Any, pointer: str) -> None:
    """After the year 9999 every later answer would fail."""
    start(platform)
    state = platform.snapshot()
    place(state, END + 1)
    status, answer = steer(platform, "PUT", "state", state)
    assert (status, pointers(answer)) == (400, [pointer])


def test_a_state_that_cannot_be_held_leaves_the_old_one(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong half-way."""
    start(platform)
    before = platform.snapshot()

    def fail(instance: Any, *of_what: Any) -> None:
        fill(instance, *of_what)
        raise OverflowError

    fill = snapshots.fill
    monkeypatch.setattr(snapshots, "fill", fail)
    with pytest.raises(OverflowError):
        platform.load(default_seed())
    assert platform.snapshot() == before


def test_two_that_put_a_state_at_once() -> None:
    """One wins as a whole; nobody reads a mixture."""
    platform = Platform()
    states = []
    for name in ("one", "two"):
        state = platform.snapshot()
        state["teams"][0]["name"] = name
        state["agents"][0]["name"] = name
        states.append(state)

    def put_and_read(number: int) -> tuple[str, str]:
        assert steer(platform, "PUT", "state", states[number % 2])[0] == 200
        _, found = steer(platform, "GET", "state")
        return found["teams"][0]["name"], found["agents"][0]["name"]

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(put_and_read, range(40)))
    assert found <= {("one", "one"), ("two", "two")}


def test_reset_is_the_beginning_in_full(clock: VirtualClock) -> None:
    """Another state, another plan, what was done since: all is as at the start; time goes on."""
    plan = Plan([Rule(Match("tasks.list", times=1), Status(503))])
    platform = Platform(clock=clock, faults=plan)
    fresh = platform.snapshot()
    state = platform.snapshot()
    state["agents"] = []
    steer(platform, "PUT", "state", state)
    ask(platform, "tasks.run.app", {"agentId": None, "moduleId": 83})
    steer(platform, "PUT", "faults", ONE_FAULT)
    clock.advance(5)
    status, answer = steer(platform, "POST", "reset")
    assert (status, answer) == (200, platform.snapshot())
    assert answer["instance"] == {**fresh["instance"], "time": clock.now()}
    assert answer["agents"] == fresh["agents"]
    assert answer["tasks"] == []
    assert steer(platform, "GET", "faults") == (200, plan_as_json(plan))
    assert steer(platform, "GET", "journal") == (200, {"count": 0, "entries": []})
    assert platform.began == clock.now()


def test_loading_leaves_journal_and_faults(platform: Platform) -> None:
    """What was asked before stays readable."""
    steer(platform, "PUT", "faults", ONE_FAULT)
    ask(platform, "tasks.list", {"workspaceId": 23821})
    steer(platform, "PUT", "state", platform.snapshot())
    assert platform.journal.count == 1
    assert steer(platform, "GET", "faults") == (200, ONE_FAULT)


class TestTasks:
    def test_a_task_is_moved_on(self, platform: Platform) -> None:
        """To the next step of its course, or to a status that is named."""
        task_id = start(platform, 83)
        assert steer(platform, "POST", "advance", {"task": task_id, "status": "deployed"}) == (
            200,
            {"task": task_id, "status": "deployed"},
        )
        assert ask(platform, "tasks.info", {"id": task_id})[1]["status"] == "deployed"
        other = start(platform, 83)
        before = platform.tasks[other].life.steps[1].status
        assert steer(platform, "POST", "advance", {"task": other}) == (200, {"task": other, "status": before})

    def test_what_cannot_be_done_is_refused(self, platform: Platform) -> None:
        """An unknown task as the server says it; a step that is none with its place."""
        task_id = start(platform)
        assert steer(platform, "POST", "advance", {"task": 99})[0] == 404
        for status in ("asleep", 5):
            found, answer = steer(platform, "POST", "advance", {"task": task_id, "status": status})
            assert (found, pointers(answer)) == (400, ["/status"])
        steer(platform, "POST", "advance", {"task": task_id, "status": "stopped"})
        found, answer = steer(platform, "POST", "advance", {"task": task_id, "status": "started"})
        assert found == 400
        assert "has ended" in answer["details"][0]["message"]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            [],
            {"task": "1"},
            {"task": True},
            {"task": 1, "seconds": 1},
            {"seconds": True},
            {"seconds": "1"},
            {"seconds": 1, "x": 1},
        ],
    )
    def test_other_questions_are_refused(self, platform: Platform, data: Any) -> None:
        """The refusal shows the forms."""
        status, answer = steer(platform, "POST", "advance", data)
        assert status == 400
        assert '{"seconds": …}' in answer["details"][0]["message"]


class TestTime:
    def test_virtual_time_is_moved_by_hand(self, platform: Platform, clock: VirtualClock) -> None:
        """What is due by then has happened."""
        begun = clock.now()
        _, tasks = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
        expected = {"mode": "virtual", "now": begun + 3600, "began": begun}
        assert steer(platform, "POST", "advance", {"seconds": 3600}) == (200, expected)
        assert platform.known_tasks[tasks[0]["taskId"]].life.status == "finished"
        assert steer(platform, "GET", "time") == (200, expected)

    @pytest.mark.parametrize("seconds", [-1, 1e300])
    def test_it_goes_neither_back_nor_beyond_the_end(self, platform: Platform, seconds: float) -> None:
        """The platform still answers afterwards."""
        status, answer = steer(platform, "POST", "advance", {"seconds": seconds})
        assert (status, pointers(answer)) == (400, ["/seconds"])
        assert ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})[0] == 200

    @pytest.mark.parametrize(("clock", "mode"), [(RealClock(), "real"), (FastClock(2.5), "fast:2.5")])
    def test_other_time_is_not_moved_by_hand(self, clock: Any, mode: str) -> None:
        """The refusal names the mode."""
        platform = Platform(clock=clock)
        status, answer = steer(platform, "POST", "advance", {"seconds": 1})
        assert status == 409
        assert f"time is {mode};" in answer["details"]["message"]
        assert steer(platform, "GET", "time")[1]["mode"] == mode

    def test_the_mode_changes_without_a_jump(self, platform: Platform) -> None:
        """Faster, and then by hand alone."""
        begun = platform.clock.now()
        status, answer = steer(platform, "POST", "time", {"mode": "fast:1000"})
        assert (status, answer["mode"]) == (200, "fast:1000")
        assert begun <= answer["now"] < begun + 1000
        assert isinstance(platform.clock, FastClock)
        _, answer = steer(platform, "POST", "time", {"mode": "virtual"})
        assert begun <= answer["now"] == platform.clock.now()
        assert isinstance(platform.clock, VirtualClock)

    def test_it_becomes_real_when_that_is_not_back(self, platform: Platform) -> None:
        """Real time behind the platform's would take back what happened."""
        platform.clock = VirtualClock(time.time() + 3600)
        status, answer = steer(platform, "POST", "time", {"mode": "real"})
        assert (status, pointers(answer)) == (400, ["/mode"])
        platform.clock = VirtualClock(time.time() - 3600)
        assert steer(platform, "POST", "time", {"mode": "real"})[1]["mode"] == "real"
        assert isinstance(platform.clock, RealClock)

    @pytest.mark.parametrize("data", [{}, {"mode": 1}, {"mode": "slow"}, {"mode": "fast:0"}, {"mode": "real", "x": 1}])
    def test_unknown_times_are_refused(self, platform: Platform, data: Any) -> None:
        """The refusal shows those there are; the clock stays."""
        clock = platform.clock
        status, answer = steer(platform, "POST", "time", data)
        assert status == 400
        assert "fast:10" in answer["details"][0]["message"]
        assert platform.clock is clock


class TestFaults:
    def test_a_plan_is_put_in_force_and_taken_away(self, platform: Platform) -> None:
        """It strikes from then on."""
        task_id = start(platform)
        assert steer(platform, "PUT", "faults", ONE_FAULT) == (200, ONE_FAULT)
        assert steer(platform, "GET", "faults") == (200, ONE_FAULT)
        assert ask(platform, "tasks.info", {"id": task_id})[0] == 503
        assert steer(platform, "DELETE", "faults") == (200, {"seed": 0, "rules": []})
        assert ask(platform, "tasks.info", {"id": task_id})[0] == 200

    def test_a_wrong_plan_leaves_the_old_one(self, platform: Platform) -> None:
        """A rule that matches no operation is named with its place."""
        steer(platform, "PUT", "faults", ONE_FAULT)
        rule = {"match": {"operation": "tasks.inof"}, "effect": {"kind": "reset"}}
        status, answer = steer(platform, "PUT", "faults", {"rules": [rule]})
        assert (status, pointers(answer)) == (400, ["/rules/0/match/operation"])
        assert "tasks.info" in answer["details"][0]["message"]
        assert steer(platform, "GET", "faults") == (200, ONE_FAULT)


class TestJournal:
    def test_it_is_read_from_an_entry_on(self, platform: Platform) -> None:
        """As JSON; the admin itself is not in it."""
        for _ in range(3):
            ask(platform, "tasks.list", {"workspaceId": 23821})
        _, answer = steer(platform, "GET", "journal", query="after=2")
        assert (answer["count"], [entry["number"] for entry in answer["entries"]]) == (3, [3])
        assert steer(platform, "GET", "journal") == (200, platform.journal.to_json())
        assert steer(platform, "DELETE", "journal") == (200, {"count": 0, "entries": []})

    @pytest.mark.parametrize("after", ["", "x", "-1", "1.5"])
    def test_what_is_no_number_is_refused(self, platform: Platform, after: str) -> None:
        """Nothing is guessed."""
        status, answer = steer(platform, "GET", "journal", query=f"after={after}")
        assert (status, pointers(answer)) == (400, ["/after"])

    def test_it_is_read_as_text(self, platform: Platform) -> None:
        """As a report shows it."""
        ask(platform, "tasks.list", {"workspaceId": 23821})
        reply = reply_of(platform, "GET", "journal.txt")
        assert (reply.status, reply.content_type) == (200, "text/plain; charset=utf-8")
        assert reply.body.decode() == platform.journal.text()

    def test_half_characters_are_shown_as_they_came(self, platform: Platform) -> None:
        """A refused body shall not spoil the whole journal."""
        assert ask(platform, "tasks.info", b'{"id": "\\ud800"}')[0] == 400
        assert reply_of(platform, "GET", "journal.txt").status == 200
        assert reply_of(platform, "GET", "journal").status == 200


def test_no_token_shows() -> None:
    """Neither of those that are right nor of those that came."""
    state = Platform().snapshot()
    state["instance"]["tokens"] = ["a-right-token"]
    platform = Platform(seed=Seed.from_json(state))
    for token in ("a-right-token", "a-wrong-token"):
        ask(platform, "tasks.list", {"workspaceId": 23821}, {"x-api-key": token})
    for name in ("state", "journal", "journal.txt", "faults", "time"):
        body = reply_of(platform, "GET", name).body
        assert b"right-token" not in body
        assert b"wrong-token" not in body


@pytest.mark.parametrize("path", ["/__mock__", "/__mock__/", "/__mock__/nothing", "/__mock__state", "/__mock__/state/"])
def test_an_unknown_path_lists_what_is_there(platform: Platform, path: str) -> None:
    """Every path of the table."""
    reply = respond(platform, Request("GET", path, {}, b""))
    assert reply.status == 404
    assert set(json.loads(reply.body)["details"]["paths"]) == {f"/__mock__/{name}" for _, name in ACTIONS}


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_wrong_verb_is_told_the_right_ones(platform: Platform, verb: str) -> None:
    """In no place a verb does what another is for."""
    for name in {name for _, name in ACTIONS}:
        if (verb, name) in ACTIONS:
            continue
        status, answer = steer(platform, verb, name)
        assert status == 405
        assert all(known in answer["details"]["message"] for known, at in ACTIONS if at == name)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "Expecting"),
        (b'{"task": "\xff"}', "utf-8"),
        (b'{"seconds": NaN}', "NaN is no JSON"),
        (b'{"seconds": 1e999}', "too large"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_what_is_no_json_is_refused(platform: Platform, body: bytes, words: str) -> None:
    """With what is wrong with it."""
    for verb, name in [("PUT", "state"), ("POST", "advance"), ("PUT", "faults")]:
        status, answer = steer(platform, verb, name, body)
        assert status == 400
        assert words in answer["details"][0]["message"]


def test_a_body_that_was_not_read_to_its_end(platform: Platform) -> None:
    """A face stops reading what is too long."""
    reply = respond(platform, Request("PUT", "/__mock__/state", {}, b"", oversized=True))
    assert reply.status == 413


def test_the_client_in_process_reaches_it(platform: Platform) -> None:
    """As any HTTP client does on a port."""
    request = httpx.Request("GET", "https://mock.invalid/__mock__/time")
    answer = asyncio.run(InProcess(platform).send(request, fresh=False)).json()
    assert answer == {"mode": "virtual", "now": platform.clock.now(), "began": platform.began}


@pytest.mark.parametrize("status", ["x" * 10_000, ["x" * 10_000]])
def test_a_refusal_repeats_no_long_text(platform: Platform, status: Any) -> None:
    """Of what was sent it quotes the beginning; of a path too."""
    task_id = start(platform)
    assert len(reply_of(platform, "POST", "advance", {"task": task_id, "status": status}).body) < 500
    assert len(respond(platform, Request("POST", f"/public/api/v3/{'x' * 10_000}", {}, b"{}")).body) < 500
