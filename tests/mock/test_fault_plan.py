"""What a plan of faults may say, in Python and in JSON."""

import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock import Platform, lifecycle
from supervisely_ext.mock.exchange import WITHOUT_BODY
from supervisely_ext.mock.faults import (
    EFFECTS,
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
    PlanError,
    RateLimited,
    Reset,
    Rule,
    Silence,
    Status,
    Truncated,
    UnknownValue,
    plan_as_json,
    read_plan,
)

from .asking import TOKEN, ask, start

seconds = st.floats(0, 1e6)
names = st.text("abcXYZ_", min_size=1, max_size=8)
truth = st.booleans()
effects = st.one_of(
    st.builds(
        Status,
        st.integers(200, 599).filter(lambda status: status not in WITHOUT_BODY),
        body=st.none() | st.dictionaries(names, st.integers()),
        headers=st.dictionaries(st.just("x-reason"), names),
        committed=truth,
    ),
    st.builds(RateLimited, st.integers(0, 99), committed=truth),
    st.builds(LoginPage, committed=truth),
    st.builds(Reset, committed=truth),
    st.builds(Silence, committed=truth),
    st.builds(Latency, seconds | st.tuples(seconds, seconds).map(lambda span: tuple(sorted(span)))),
    st.builds(Dribble, seconds, st.integers(1, 99)),
    st.builds(Truncated, st.none() | st.integers(0, 99), truth),
    st.builds(BadJson),
    st.builds(ContentType),
    st.builds(UnknownValue, value=names),
    st.builds(MissingField, st.none() | st.sampled_from(["id", "meta", "total"])),
    st.builds(DuplicatePage),
    st.builds(Lag, seconds),
)
windows = st.tuples(seconds, st.none()) | st.lists(seconds, min_size=2, max_size=2, unique=True).map(sorted)
matches = st.builds(
    lambda operation, window, **rest: Match(operation, since=window[0], until=window[1], **rest),
    st.just("tasks.list") | st.just("tasks.l*"),
    windows,
    task_id=st.none() | st.integers(1),
    module_id=st.none() | st.integers(1),
    request=st.dictionaries(names, st.none() | st.integers() | st.lists(names)),
    times=st.none() | st.integers(1),
    after=st.integers(0, 9),
    probability=st.floats(0, 1, exclude_min=True),
)
rules = st.builds(Rule, matches, effects | st.lists(effects, min_size=1, max_size=3))
plans = st.builds(Plan, st.lists(rules, max_size=4), seed=st.integers(0, 2**32))


@given(plans)
def test_a_plan_round_trips(plan: Plan) -> None:
    """What is written as JSON is read as the same plan."""
    assert read_plan(json.loads(json.dumps(plan_as_json(plan)))) == plan


def test_every_effect_has_a_name_of_its_own() -> None:
    """The registry holds all effects of the package."""
    kinds = [LoginPage, Status, RateLimited, Reset, Silence, Latency, Dribble, Truncated, BadJson, ContentType]
    kinds += [UnknownValue, MissingField, DuplicatePage, Lag]
    assert {kind.kind: kind for kind in kinds} == EFFECTS


def rule(match: Any = None, effect: Any = None) -> dict[str, Any]:
    return {"rules": [{"match": match or {}, "effect": effect or {"kind": "reset"}}]}


WRONG: list[tuple[Any, str, str]] = [
    ([], "", "must be an object"),
    ({}, "/rules", "is missing"),
    ({"rules": {}}, "/rules", "must be a list"),
    ({"rules": [], "sed": 1}, "/sed", "is not known; known are rules, seed"),
    ({"rules": [], "seed": -1}, "/seed", "must be a whole number, at least 0 (is -1)"),
    ({"rules": [3]}, "/rules/0", "must be an object"),
    ({"rules": [{"match": {}}]}, "/rules/0/effect", "is missing"),
    (rule({"task": 1}), "/rules/0/match/task", "is not known"),
    (rule({"a/b~": 1}), "/rules/0/match/a~1b~0", "is not known"),
    (rule({"operation": 7}), "/rules/0/match/operation", "must be a text"),
    (
        rule({"operation": "tasks.inof"}),
        "/rules/0/match/operation",
        "fits no operation of the spec; near it are tasks.info",
    ),
    (rule({"operation": "zzz*"}), "/rules/0/match/operation", "fits no operation of the spec"),
    (rule({"task_id": "1"}), "/rules/0/match/task_id", "must be a whole number"),
    (rule({"task_id": 0}), "/rules/0/match/task_id", "at least 1"),
    (rule({"times": True}), "/rules/0/match/times", "must be a whole number"),
    (rule({"probability": 1.5}), "/rules/0/match/probability", "at most 1"),
    (rule({"probability": 0}), "/rules/0/match/probability", "above 0"),
    (rule({"since": 5, "until": 3}), "/rules/0/match/until", "must be more than since, 5 (is 3)"),
    (rule({"until": 0}), "/rules/0/match/until", "must be more than since"),
    (rule({"since": 10**400}), "/rules/0/match/since", "at most 253402300799"),
    (rule({"until": 10**400}), "/rules/0/match/until", "at most 253402300799"),
    *(
        (rule({}, {"kind": kind, "seconds": seconds}), "/rules/0/effect/seconds", "at most 253402300799")
        for kind, seconds in (("latency", 10**400), ("latency", [1, 10**400]), ("dribble", 10**400), ("lag", 10**400))
    ),
    (rule({}, {"kind": "missing_field", "field": "nonsense"}), "/rules/0/effect", "missing_field cannot strike *"),
    (rule({"since": "now"}), "/rules/0/match/since", "must be a number"),
    (rule({"until": -1}), "/rules/0/match/until", "must be a number"),
    (rule({"request": []}), "/rules/0/match/request", "must be an object of JSON values"),
    (rule({}, {"kind": "boom"}), "/rules/0/effect/kind", "must be one of bad_json, "),
    (rule({}, "reset"), "/rules/0/effect/kind", "must be one of"),
    (rule({}, [{"kind": "reset"}, {}]), "/rules/0/effect/1/kind", "must be one of"),
    ({"rules": [{"match": {}, "effect": []}]}, "/rules/0/effect", "must be an effect, or several"),
    (rule({}, {"kind": "reset", "status": 1}), "/rules/0/effect/status", "is not known; known are committed"),
    (rule({}, {"kind": "reset", "committed": 1}), "/rules/0/effect/committed", "must be true or false"),
    (rule({}, {"kind": "status"}), "/rules/0/effect/status", "is missing"),
    (rule({}, {"kind": "status", "status": 199}), "/rules/0/effect/status", "at least 200 and at most 599"),
    (rule({}, {"kind": "status", "status": 500, "headers": {"a": 1}}), "/rules/0/effect/headers", "header names"),
    (rule({}, {"kind": "status", "status": 500, "headers": {"a": "\r\nb: c"}}), "/rules/0/effect/headers", "header"),
    *(
        (
            rule({}, {"kind": "status", "status": 500, "headers": {name: "1"}}),
            "/rules/0/effect/headers",
            "the face's own",
        )
        for name in ("Content-Length", "transfer-encoding", "CONTENT-TYPE")
    ),
    (
        rule({}, {"kind": "status", "status": 204, "body": {}}),
        "/rules/0/effect/body",
        "must be none: a 204 has no body",
    ),
    (rule({}, {"kind": "status", "status": 500, "content_type": "x\ny/z"}), "/rules/0/effect/content_type", "type"),
    (rule({}, {"kind": "latency", "seconds": [2, 1]}), "/rules/0/effect/seconds", "the least and the most"),
    (rule({}, {"kind": "latency", "seconds": float("inf")}), "/rules/0/effect/seconds", "seconds, at least 0"),
    (rule({}, {"kind": "missing_field", "field": ""}), "/rules/0/effect/field", "must be a text"),
    (
        rule({"operation": "tasks.info"}, {"kind": "lag", "seconds": 1}),
        "/rules/0/effect",
        "lag cannot strike tasks.info",
    ),
    (
        rule({"operation": "tasks.info"}, {"kind": "unknown_value", "field": "id"}),
        "/rules/0/effect",
        "unknown_value cannot strike tasks.info",
    ),
    (rule({"operation": "ecosystem.file.download"}, {"kind": "missing_field"}), "/rules/0/effect", "cannot strike"),
]


@pytest.mark.parametrize(("data", "pointer", "problem"), WRONG)
def test_what_cannot_be_followed_is_refused_at_load(data: Any, pointer: str, problem: str) -> None:
    """The error says where, as a JSON pointer, and what is wrong; it pickles."""
    with pytest.raises(PlanError) as caught:
        read_plan(data)
    assert caught.value.pointer == pointer
    assert problem in caught.value.problem
    assert str(caught.value) == f"fault plan, {pointer or 'as a whole'}: {caught.value.problem}"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rule("tasks.info", Reset()),
        lambda: Rule(Match(), "reset"),
        lambda: Rule(Match(), Effect()),
        lambda: Plan([Reset()]),
        lambda: Match(request={"x": object()}),
        lambda: Latency("long " * 50),
    ],
)
def test_python_plans_are_checked_too(make: Any) -> None:
    """What JSON could not say, Python cannot say either."""
    with pytest.raises(PlanError):
        make()


@pytest.mark.parametrize(
    ("match", "struck"),
    [
        (Match("tasks.*"), True),
        (Match("apps.*"), False),
        (Match(task_id=21012), True),
        (Match(task_id=1), False),
        (Match(module_id=512), True),
        (Match(module_id=83), False),
        (Match(request={"id": 21012}), True),
        (Match(request={"id": 21012.0}), False),
        (Match(request={"nothing": 1}), False),
        (Match(request={"nothing": None}), True),
    ],
)
def test_matching(platform: Platform, match: Match, struck: bool) -> None:
    """A rule strikes what it speaks of, and nothing else; a field that is not there is null."""
    task_id = start(platform)
    platform.faults.replace(Plan([Rule(match, Status(503))]))
    assert ask(platform, "tasks.info", {"id": task_id})[0] == (503 if struck else 200)


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("tasks.run.app", {"agentId": 7, "moduleId": 512}),
        ("tasks.run.app", {"agentId": 7, "appId": 578}),
        ("apps.tasks.list", {"teamId": 447, "appId": 578}),
        ("tasks.log.download", {"id": 21012}),
        ("tasks.info", {"id": "21012"}),
        (
            "workflow.node.add-input",
            {"teamId": 447, "node": {"type": "task", "id": 21012}, "type": "project", "id": 76},
        ),
    ],
)
def test_the_module_of_a_request(platform: Platform, method: str, body: Any) -> None:
    """It is the one that is started, or that of the app or task that the request is about."""
    start(platform)
    platform.faults.replace(Plan([Rule(Match(module_id=512), Status(503))]))
    assert ask(platform, method, body)[0] == 503


@pytest.mark.parametrize("method", ["instance.version", "images.internal.hashes.list"])
def test_requests_about_no_module(platform: Platform, method: str) -> None:
    """A rule for a module or a task leaves them alone."""
    platform.faults.replace(Plan([Rule(Match(module_id=512), Status(503)), Rule(Match(task_id=1), Status(503))]))
    assert ask(platform, method, [] if method.endswith("list") else {})[0] == 200


@pytest.mark.parametrize(
    ("method", "body", "caller", "struck"),
    [
        ("tasks.stop", {"id": 76}, None, True),
        ("tasks.data.set", {"taskId": 76, "fields": []}, None, True),
        ("tasks.logs.add", {"logs": []}, 76, True),
        ("instance.version", {}, 76, True),
        ("tasks.stop", {"id": 5}, 76, False),
        ("tasks.logs.add", {"logs": []}, 5, False),
        ("projects.info", {"id": 76}, None, False),
        ("file-storage.info", {"id": 76}, None, False),
    ],
)
def test_the_task_of_a_request(platform: Platform, method: str, body: Any, caller: int | None, struck: bool) -> None:
    """The one that it names, in a method of tasks by `id` too; else the one that it comes from."""
    platform.faults.replace(Plan([Rule(Match(task_id=76), Status(503))]))
    headers = TOKEN if caller is None else {**TOKEN, "x-task-id": str(caller)}
    assert (ask(platform, method, body, headers)[0] == 503) == struck


def test_the_module_of_a_calling_task(platform: Platform) -> None:
    """It is that of the request, where this names none."""
    task_id = start(platform)
    calling = {**TOKEN, "x-task-id": str(task_id)}
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    platform.faults.replace(Plan([Rule(Match(module_id=512), Status(503))]))
    assert ask(platform, "tasks.logs.add", {"logs": []}, calling)[0] == 503
    assert ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 579}, calling)[0] == 200


def statuses(platform: Platform, count: int) -> list[int]:
    return [ask(platform, "instance.version", {})[0] for _ in range(count)]


def test_counted(platform: Platform) -> None:
    """The first ones pass, then as many are struck as was said, then none."""
    platform.faults.replace(Plan([Rule(Match(after=2, times=2), Status(503))]))
    assert statuses(platform, 6) == [200, 200, 503, 503, 200, 200]


def test_the_first_rule_that_matches_strikes(platform: Platform) -> None:
    """When it is spent, the next one does; cleared, none does."""
    platform.faults.replace(Plan([Rule(Match(times=1), Status(503)), Rule(Match(), Status(502))]))
    assert statuses(platform, 3) == [503, 502, 502]
    platform.faults.clear()
    assert statuses(platform, 1) == [200]


def test_scheduled(platform: Platform) -> None:
    """From so many seconds after the platform's beginning until so many."""
    platform.faults.replace(Plan([Rule(Match(since=10, until=20), Status(503))]))
    found = []
    for _ in range(5):
        found += statuses(platform, 1)
        platform.clock.sleep(5)
    assert found == [200, 200, 503, 503, 200]


def test_by_chance(platform: Platform) -> None:
    """About as often as was said, and the same in every run with the same seed."""
    runs = []
    for seed in (1, 1, 2):
        platform.faults.replace(Plan([Rule(Match(probability=0.3), Status(503))], seed=seed))
        runs.append(statuses(platform, 200))
    assert 30 < runs[0].count(503) < 90
    assert runs[0] == runs[1] != runs[2]


def test_an_invalid_request_is_refused_before_any_fault(platform: Platform) -> None:
    """It is a mistake of the client's, and no fault may cover it up or be used up by it."""
    platform.faults.replace(Plan([Rule(Match(times=1), Status(503))]))
    assert ask(platform, "tasks.info", {})[0] == 400
    assert statuses(platform, 2) == [503, 200]


def test_the_docs_know_every_effect() -> None:
    """With all of its options, and all that a match may say."""
    page = (Path(__file__).parents[2] / "docs/mock.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?)\|", page.partition("## Faults")[2], re.MULTILINE))
    assert {kind: set(re.findall(r"`(\w+)`", options)) for kind, options in rows.items()} == {
        kind: {field.name for field in fields(effect)} for kind, effect in EFFECTS.items()
    }
    assert {field.name for field in fields(Match)} <= set(re.findall(r"`(\w+)`", page))


def test_the_plan_in_the_docs_is_one() -> None:
    """As it stands."""
    page = (Path(__file__).parents[2] / "docs/mock.md").read_text("utf-8")
    (text,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert json.loads(json.dumps(plan_as_json(read_plan(json.loads(text))))) == json.loads(text)


def test_the_courses_in_the_docs_are_courses() -> None:
    """Those in JSON are read, those in Python are there."""
    page = (Path(__file__).parents[2] / "docs/mock.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\[.*?\])` \| `(\w+)\(", page, re.MULTILINE)
    assert [lifecycle.course(json.loads(text))[-1].status for text, _ in rows] == [
        "finished",
        "finished",
        "error",
        "queued",
    ]
    assert [callable(getattr(lifecycle, name)) for _, name in rows] == [True] * 4
