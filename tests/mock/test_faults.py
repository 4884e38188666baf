"""What each effect does to a client, in both colours."""

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import errors
from supervisely_ext.completing import complete
from supervisely_ext.contract.spec import Contract, bundled
from supervisely_ext.mock import Platform, Seed, VirtualClock
from supervisely_ext.mock.exchange import Reply
from supervisely_ext.mock.faults import (
    BadJson,
    ContentType,
    Dribble,
    DuplicatePage,
    Effect,
    Lag,
    Latency,
    LoginPage,
    Match,
    MissingField,
    Plan,
    RateLimited,
    Reset,
    Rule,
    Silence,
    Status,
    Truncated,
    UnknownValue,
)
from supervisely_ext.mock.faults.places import enums_of
from supervisely_ext.mock.gateway import PREFIX
from supervisely_ext.mock.inprocess import InProcess

from .asking import ask, reply_to, start


def let(platform: Platform, effect: Effect | list[Effect], operation: str = "*", **match: Any) -> None:
    platform.faults.replace(Plan([Rule(Match(operation, **match), effect)]))


def test_a_status_is_an_error_in_the_servers_shape(platform: Platform) -> None:
    """Unless it is given a body; names of headers do not matter."""
    let(platform, Status(503, headers={"X-Reason": "full"}))
    reply = reply_to(platform, "instance.version", {})
    assert (reply.status, json.loads(reply.body)) == (503, {"error": "Service Unavailable"})
    assert reply.headers == (("x-reason", "full"),)
    let(platform, Status(598))
    assert ask(platform, "instance.version", {}) == (598, {"error": "Status 598"})
    let(platform, Status(400, body={"error": "no", "details": {}}))
    assert ask(platform, "instance.version", {}) == (400, {"error": "no", "details": {}})


def test_a_proxys_page(platform: Platform) -> None:
    """With another content type a text is the body as it is."""
    let(platform, Status(502, body="<html>Bad Gateway</html>", content_type="text/html"))
    reply = reply_to(platform, "instance.version", {})
    assert (reply.body, reply.content_type) == (b"<html>Bad Gateway</html>", "text/html")


@pytest.mark.parametrize(
    ("effect", "breaks"),
    [
        (Status(503), False),
        (Status(503, body={"error": "x"}), False),
        (Status(503, body={"fehler": "x"}), True),
        (Status(200, body={}), True),
        (Status(502, body="<html>", content_type="text/html"), True),
        (LoginPage(), True),
        (BadJson(), True),
        (ContentType(), True),
        (MissingField(), True),
        (UnknownValue(), False),
        (Reset(), False),
    ],
)
def test_what_breaks_the_spec_on_purpose_is_marked(platform: Platform, effect: Effect, breaks: bool) -> None:
    """The journal says so; and it never counts as the mock's own fault."""
    task_id = start(platform)
    let(platform, effect)
    reply_to(platform, "tasks.info", {"id": task_id})
    entry = platform.journal.entries()[-1]
    assert (entry.fault, entry.breaks_spec, entry.is_own_fault) == (effect.kind, breaks, False)


@pytest.mark.parametrize("effect", [Status(502), Reset(), RateLimited(), LoginPage(), Silence()])
@pytest.mark.parametrize("committed", [False, True])
def test_before_and_after_the_commit(platform: Platform, effect: Any, committed: bool) -> None:
    """The platform did what was asked, or not at all; the client sees the same."""
    let(platform, type(effect)(*([502] if effect.kind == "status" else []), committed=committed), "tasks.run.app")
    reply_to(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    assert len(platform.tasks) == committed
    assert platform.journal.entries()[-1].committed is committed


def test_a_refused_request_is_not_committed(platform: Platform) -> None:
    """An answer that is lost after a refusal changed nothing."""
    let(platform, Reset(committed=True))
    reply_to(platform, "tasks.info", {"id": 1})
    assert not platform.journal.entries()[-1].committed


LOST: list[tuple[Effect, str]] = [
    (Reset(), "Connection reset"),
    (Truncated(3), "received 3 bytes"),
    (Truncated(3, reset=True), "Connection reset"),
    (Silence(), "timed out"),
    (Latency(61), "timed out"),
    (Dribble(61), "timed out"),
]


@pytest.mark.parametrize(("effect", "words"), LOST)
def test_no_answer_is_a_connection_failure(api: Any, platform: Platform, effect: Effect, words: str) -> None:
    """Sent, and not answered; the client says why."""
    let(platform, effect)
    with pytest.raises(errors.ConnectionFailed) as caught:
        api.post("instance.version", {}, retries=1)
    assert caught.value.sent
    # what asyncio's time-outs say is empty; ours have the same words in both colours
    assert words in str(caught.value)


@pytest.mark.parametrize("effect", [Silence(), Latency(61), Dribble(61)])
def test_exactly_the_time_out_passes(api: Any, platform: Platform, clock: VirtualClock, effect: Effect) -> None:
    """The client's own 60 s, and no more."""
    let(platform, effect)
    begun = clock.now()
    with pytest.raises(errors.ConnectionFailed):
        api.post("instance.version", {}, retries=1)
    assert clock.now() - begun == pytest.approx(60)


@pytest.mark.parametrize(("effect", "seconds"), [(Latency(59), 59), (Dribble(30, 10), 60), (Latency((2, 2)), 2)])
def test_slow_answers_arrive(api: Any, platform: Platform, clock: VirtualClock, effect: Effect, seconds: float) -> None:
    """So much time passes, and the answer is whole: 20 bytes in two pieces take twice their pace."""
    let(platform, effect)
    begun = clock.now()
    assert api.post("instance.version", {}).json() == {"version": platform.version}
    assert clock.now() - begun == pytest.approx(seconds)


def test_a_read_is_tried_again(api: Any, platform: Platform) -> None:
    """What strikes once does not stop it."""
    let(platform, Reset(), times=1)
    assert api.post("instance.version", {}).json() == {"version": platform.version}
    assert [entry.status for entry in platform.journal.entries()] == [0, 200]


def test_a_start_whose_answer_is_lost_is_made_once(api: Any, platform: Platform) -> None:
    """The client finds what it started, or says that it does not know; it never starts a second one."""
    let(platform, Reset(committed=True), "tasks.run.app")
    with suppress(errors.StartUnconfirmed):
        assert api.app.start(7, module_id=83, workspace_id=23821).task_id in platform.tasks
    assert len(platform.tasks) == 1
    assert [entry.operation for entry in platform.journal.entries()].count("tasks.run.app") == 1


def test_a_rate_limit_is_obeyed(api: Any, platform: Platform, clock: VirtualClock) -> None:
    """The client waits as long as Retry-After says."""
    let(platform, RateLimited(17), times=1)
    begun = clock.now()
    api.post("instance.version", {})
    assert clock.now() - begun == pytest.approx(17, abs=1)


@pytest.mark.parametrize("effect", [LoginPage(), BadJson(), Status(200, body="hello", content_type="text/plain")])
def test_nonsense_is_an_unexpected_answer(api: Any, platform: Platform, effect: Effect) -> None:
    """A success that is not what was promised is an error of its own."""
    task_id = start(platform)
    let(platform, effect, "tasks.info")
    with pytest.raises(errors.UnexpectedAnswer):
        api.task.get_info_by_id(task_id)


def test_nobody_waits_for_ever(platform: Platform) -> None:
    """A client without a time-out, and an answer that never comes, are an error instead of a hang."""
    let(platform, Silence())
    request = httpx.Request("POST", f"https://mock.invalid{PREFIX}instance.version", json={})
    with pytest.raises(RuntimeError, match="never answered"):
        complete(InProcess(platform).send(request, fresh=False))


def test_effects_strike_together(platform: Platform) -> None:
    """Several of one rule: late, and then an error; even one that comes after the commit."""
    for effects in ([Latency(5), Status(503)], [Status(503), Latency(5)], [Latency(5), Status(503, committed=True)]):
        let(platform, effects)
        reply = reply_to(platform, "instance.version", {})
        assert (reply.status, reply.delay) == (503, 5)
        assert sorted(platform.journal.entries()[-1].fault.split(", ")) == ["latency", "status"]


def test_a_wrong_content_type(platform: Platform) -> None:
    """The body is what it was."""
    let(platform, ContentType("text/plain"))
    reply = reply_to(platform, "instance.version", {})
    assert (reply.content_type, json.loads(reply.body)) == ("text/plain", {"version": platform.version})


def test_an_unknown_value(platform: Platform) -> None:
    """In one enum that is drawn, or in every one of a name."""
    for _ in range(3):
        start(platform, 83)

    def unknown() -> int:
        _, answer = ask(platform, "tasks.list", {"workspaceId": 23821})
        return [task["status"] for task in answer["entities"]].count("resting")

    let(platform, UnknownValue(value="resting"), "tasks.list")
    assert unknown() == 1
    let(platform, UnknownValue("status", "resting"), "tasks.list")
    assert unknown() == 3


def test_the_client_keeps_an_unknown_status(api: Any, platform: Platform) -> None:
    """It is no error there."""
    task_id = start(platform)
    let(platform, UnknownValue(), "tasks.info")
    assert api.task.get_info_by_id(task_id).status == "a_value_nobody_knows"


def test_a_missing_field(platform: Platform) -> None:
    """The named one, of the answer and its entities, or one that is drawn."""
    task_id = start(platform, 83)
    _, whole = ask(platform, "tasks.info", {"id": task_id})
    let(platform, MissingField("status"))
    assert ask(platform, "tasks.info", {"id": task_id})[1].keys() == whole.keys() - {"status"}
    _, answer = ask(platform, "tasks.list", {"workspaceId": 23821})
    assert answer["entities"]
    assert not any("status" in task for task in answer["entities"])
    let(platform, MissingField())
    assert len(ask(platform, "tasks.info", {"id": task_id})[1]) == len(whole) - 1


def test_a_field_that_is_drawn_was_promised(platform: Platform) -> None:
    """Whichever it is, the answer is one that the spec forbids."""
    start(platform, 83)
    for method, body in (("tasks.info", {"id": 21012}), ("tasks.list", {"workspaceId": 23821})):
        schema = bundled().operations[method].answer
        for seed in range(20):
            platform.faults.replace(Plan([Rule(Match(method), MissingField())], seed=seed))
            assert schema
            assert not schema.accepts(ask(platform, method, body)[1])


def test_a_field_with_a_name_need_not_be_promised(platform: Platform) -> None:
    """A null is one too."""
    task_id = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})[1][0]["taskId"]
    assert ask(platform, "tasks.info", {"id": task_id})[1]["startedAt"] is None
    let(platform, MissingField("startedAt"))
    assert "startedAt" not in ask(platform, "tasks.info", {"id": task_id})[1]


def test_what_has_no_body_is_not_spoiled(platform: Platform) -> None:
    """HTTP knows none after a 204."""
    let(platform, [Status(204), BadJson()])
    assert reply_to(platform, "instance.version", {}).body == b""
    assert platform.journal.entries()[-1].fault == "status"


@pytest.mark.parametrize(
    ("effect", "method", "body"),
    [
        (MissingField("status"), "tasks.info", {"id": 1}),
        (MissingField("startedAt"), "tasks.list", {"workspaceId": 23821}),
        (MissingField(), "tasks.request.direct", {"taskId": 21012, "command": "is_running", "skipResponse": False}),
        (UnknownValue("status"), "tasks.list", {"workspaceId": 23821}),
        (DuplicatePage(), "tasks.list", {"workspaceId": 23821}),
        (DuplicatePage(), "tasks.list", {"workspaceId": 23821, "after": "nonsense"}),
        (Lag(1), "tasks.list", {"workspaceId": 23821}),
        (Truncated(99), "instance.version", {}),
    ],
)
def test_what_finds_nothing_to_do_did_not_strike(platform: Platform, effect: Effect, method: str, body: Any) -> None:
    """It is not counted, and the journal does not name it."""
    platform.answer_command("is_running", 7)
    start(platform)  # an application session, which tasks.list does not show
    let(platform, effect, times=1)
    ask(platform, method, body)
    assert platform.journal.entries()[-1].fault == ""
    assert platform.faults.armed[0].struck == 0


def test_a_duplicate_page(platform: Platform) -> None:
    """A second page shows what the first one has; by token it is the part before."""
    tasks = [start(platform, 83) for _ in range(3)]
    let(platform, DuplicatePage())
    body = {"workspaceId": 23821, "per_page": 1}

    def shown(**where: Any) -> list[int]:
        return [task["id"] for task in ask(platform, "tasks.list", {**body, **where})[1]["entities"]]

    assert [shown(page=1), shown(page=2), shown(page=3)] == [[tasks[0]], [tasks[0]], [tasks[1]]]
    assert [shown(after="1"), shown(after="2")] == [[tasks[0]], [tasks[1]]]


def test_lists_that_lag(platform: Platform, clock: VirtualClock) -> None:
    """A list does not show what is new, and its total does not either; the thing itself can be asked for."""
    let(platform, Lag(10))
    task_id = start(platform, 83)
    listings = {
        "tasks.list": {"workspaceId": 23821},
        "apps.tasks.list": {"teamId": 447, "appId": 578},
        "apps.list": {"teamId": 447},
    }
    assert [ask(platform, method, body)[1]["total"] for method, body in listings.items()] == [0, 0, 0]
    assert ask(platform, "tasks.info", {"id": task_id})[0] == 200
    clock.sleep(10)
    assert [ask(platform, method, body)[1]["total"] for method, body in listings.items()] == [1, 1, 1]


@pytest.mark.parametrize(
    ("method", "body"),
    [("projects.versions.list", {"projectId": 76}), ("file-storage.list", {"teamId": 447, "path": "/"})],
)
def test_a_lag_hides_what_has_a_time(platform: Platform, method: str, body: Any) -> None:
    """Versions and files are as old as they say."""
    _, before = ask(platform, method, body)
    let(platform, Lag(1e6), method)
    _, after = ask(platform, method, body)
    assert before == after
    let(platform, Lag(1e10), method)
    _, after = ask(platform, method, body)
    assert before != after


def test_what_has_a_time_that_nobody_can_read_is_not_new(platform: Platform) -> None:
    """The spec says only that it is a text."""
    document = platform.snapshot()
    document["apps"] = [{"id": 1, "moduleId": 83, "teamId": 447, "createdAt": "yesterday"}]
    document["files"][0]["createdAt"] = "yesterday"
    platform.load(Seed.from_json(document))
    let(platform, Lag(1e10))
    assert ask(platform, "apps.list", {"teamId": 447})[1]["total"] == 1
    assert len(ask(platform, "file-storage.list", {"teamId": 447, "path": "/"})[1]) == 1


def test_an_effect_that_fails_hides_nothing_for_long(platform: Platform) -> None:
    """What a lag hides is shown again, whatever the handler does."""
    let(platform, Lag(10), "apps.tasks.list")
    start(platform)
    assert ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 1})[0] == 404
    assert len(platform.tasks) == 1


def test_enums_are_found_in_a_schema_that_holds_itself() -> None:
    """Of such a tree the first level is enough."""
    node = {
        "type": "object",
        "properties": {
            "kind": {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        },
    }
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}}
    document = {
        "paths": {"/tree": {"get": {"operationId": "tree", "responses": {"200": answer}}}},
        "components": {"schemas": {"Node": node, "Error": {}}},
    }
    assert enums_of(Contract(document).operations["tree"]) == (("kind",),)


CALLS = st.lists(
    st.sampled_from(
        [
            ("instance.version", {}),
            ("tasks.run.app", {"agentId": 7, "moduleId": 83}),
            ("tasks.list", {"workspaceId": 23821}),
            ("tasks.info", {"id": 21012}),
            ("tasks.info", {}),
        ]
    ),
    max_size=20,
)
CHANCY = [
    Rule(Match("tasks.*", probability=0.3), Latency((0, 5))),
    Rule(Match("tasks.info", probability=0.5), MissingField()),
    Rule(Match(probability=0.2, after=1), Reset(committed=True)),
    Rule(Match("tasks.list", probability=0.5), UnknownValue()),
]


@given(CALLS, st.integers(0, 9))
def test_the_same_seed_gives_the_same_transcript(calls: list[tuple[str, Any]], seed: int) -> None:
    """Replies, with all that the faces are to do, and the journal are equal in two runs."""

    def run() -> tuple[list[Reply], Any]:
        platform = Platform(faults=Plan(CHANCY, seed=seed))
        return [reply_to(platform, *call) for call in calls], platform.journal.to_json()

    assert run() == run()


@pytest.mark.parametrize("match", [{}, {"module_id": 83}])
def test_a_rule_takes_a_body_for_what_it_is(platform: Platform, match: dict[str, Any]) -> None:
    """An app that is none is of no module; the platform answers as it would without faults."""
    let(platform, Latency(0), "tasks.meta.update", **match)
    assert ask(platform, "tasks.meta.update", {"id": 1, "appId": [578]})[0] == 404
