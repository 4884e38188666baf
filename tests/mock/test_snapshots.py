"""A snapshot holds everything: what is made of it is the same platform, and stays so."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Deadlock, FastClock, LifecycleError, Platform, RealClock, Seed, VirtualClock
from supervisely_ext.mock.clock import Clock
from supervisely_ext.mock.operations.files import content_hash
from supervisely_ext.mock.seeds import default_seed

from .asking import TOKEN, ask, send_form

STATUSES = bundled().document["components"]["schemas"]["TaskStatus"]["enum"]
CALLED = {**TOKEN, "x-task-id": "21012"}

Act = Callable[[Platform], Any]


def busy_seed() -> Seed:
    """Two agents for one task each, one of them without a GPU, and courses of all kinds."""
    document = default_seed().to_json()
    document["agents"] = [{"id": 7, "name": "a", "capacity": 1}, {"id": 8, "name": "b", "capacity": 1, "gpu": False}]
    document["instance"]["tokens"] = ["any"]
    document["modules"][0]["lifecycle"] = [
        ["queued", 1],
        {"status": "consumed", "looks": 2},
        ["started", 3],
        ["error", "no"],
    ]
    document["modules"][1]["scripts"] = [[["started", 5], ["finished"]], [["finished"]]]
    document["modules"][2]["config"]["need_gpu"] = True
    return Seed.from_json(document)


def request(method: str, headers: dict[str, str] = TOKEN, **body: Any) -> Act:
    return lambda platform: ask(platform, method, body, headers)


def by_hand(task_id: int, status: str | None) -> Act:
    def act(platform: Platform) -> str:
        try:
            platform.advance(task_id, status)
        except (KeyError, LifecycleError) as error:
            return str(error)
        return platform.tasks[task_id].life.status

    return act


def change_agent(agent_id: int, changes: Any) -> Act:
    return lambda platform: platform.set_agent(agent_id, **changes)


def pass_time(seconds: float) -> Act:
    return lambda platform: platform.clock.sleep(seconds)


def upload(task_id: int, content: bytes) -> Act:
    description = json.dumps({"fullpath": "f", "hash": content_hash(content)}).encode()
    return lambda platform: send_form(platform, {"0": (None, description), "0-file": ("f", content)}, task_id)


TASK_IDS = st.integers(21012, 21016)
ACTS = st.one_of(
    st.builds(
        lambda module_id, agent_id: request("tasks.run.app", agentId=agent_id, moduleId=module_id),
        st.sampled_from([83, 304, 512]),
        st.sampled_from([None, 7, 8]),
    ),
    st.builds(pass_time, st.floats(0, 4)),
    st.builds(lambda task_id: request("tasks.info", id=task_id), TASK_IDS),
    st.builds(lambda task_id: request("tasks.stop", id=task_id), TASK_IDS),
    st.builds(lambda task_id: request("tasks.resume", id=task_id), TASK_IDS),
    st.builds(
        lambda task_id, to: request("tasks.status.update", id=task_id, status=to), TASK_IDS, st.sampled_from(STATUSES)
    ),
    st.builds(by_hand, TASK_IDS, st.sampled_from([None, *STATUSES])),
    st.builds(
        change_agent,
        st.sampled_from([7, 8]),
        st.sampled_from(
            [{"online": False}, {"online": True}, {"capacity": 2}, {"capacity": 1}, {"gpu": False}, {"gpu": True}]
        ),
    ),
    st.builds(
        lambda task_id, value: request(
            "tasks.data.set", taskId=task_id, fields=[{"field": "data.x[1]", "payload": value, "append": True}]
        ),
        TASK_IDS,
        st.integers(0, 3) | st.text(max_size=2),
    ),
    st.builds(lambda task_id: request("tasks.meta.update", id=task_id, name="n", custom=[1]), TASK_IDS),
    st.builds(
        lambda task_id: request("tasks.output.set", taskId=task_id, output={"general": {"title": "t"}}), TASK_IDS
    ),
    st.builds(lambda task_id: request("tasks.users.add", taskId=task_id, userIds=[6]), TASK_IDS),
    st.builds(lambda task_id: request("tasks.sharing.set", taskId=task_id, shared=True), TASK_IDS),
    st.builds(
        lambda task_id, kind: request(
            "workflow.node.add-output",
            teamId=447,
            node={"type": "task", "id": task_id},
            type=kind,
            id=76,
            meta={"customNodeSettings": {"title": "t"}},
        ),
        TASK_IDS,
        st.sampled_from(["project", "job", "app_session"]),
    ),
    st.builds(upload, TASK_IDS, st.binary(max_size=4)),
    st.just(request("tasks.logs.add", CALLED, logs=[{"message": "hello"}])),
    st.just(request("tasks.list", workspaceId=23821)),
    st.just(request("apps.list", teamId=447)),
    st.just(request("projects.editInfo", id=76, customData={"a": 1})),
    st.just(request("ecosystem.models.add", name="m", framework="f", task="t", serveModuleId=512)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=25), st.lists(ACTS, max_size=15))
def test_what_is_made_of_a_snapshot_is_the_same(before: list[Act], after: list[Act]) -> None:
    """The snapshot again is equal, and the same acts at the same times have the same answers."""
    first = Platform(seed=busy_seed())
    for act in before:
        act(first)
    taken = first.snapshot()
    second = Platform(seed=Seed.from_json(json.loads(json.dumps(taken))))
    assert second.snapshot() == taken == first.snapshot()
    for act in after:
        assert act(second) == act(first)
    assert second.snapshot() == first.snapshot()


@settings(max_examples=100, deadline=None)
@given(st.lists(ACTS, max_size=30), st.lists(st.floats(0, 5), max_size=10))
def test_it_matters_to_nobody_when_time_is_looked_at(acts: list[Act], pauses: list[float]) -> None:
    """Events happen at their own times: whoever takes a snapshot in between finds the same in the end."""
    seldom, often = Platform(seed=busy_seed()), Platform(seed=busy_seed())
    for act in acts:
        assert act(seldom) == act(often)
        often.snapshot()
    for pause in pauses:
        often.clock.sleep(pause)
        often.settle()
        seldom.clock.sleep(pause)
    assert seldom.snapshot() == often.snapshot()


def test_a_file_is_replaced_as_a_whole(platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be read as a seed; a writing that fails leaves the old content and nothing else."""
    path = tmp_path / "snapshot.json"
    platform.save_snapshot(path)
    assert Platform(seed=Seed.from_file(path)).snapshot() == platform.snapshot()
    old = path.read_bytes()
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})

    def fail(number: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk is full"):
        platform.save_snapshot(path)
    assert (path.read_bytes(), [*tmp_path.iterdir()]) == (old, [path])


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_a_replaced_file_keeps_its_mode(platform: Platform, tmp_path: Path, mode: int) -> None:
    """Whoever could read the old one can read the new one, and nobody else."""
    path = tmp_path / "snapshot.json"
    path.touch()
    path.chmod(mode)
    platform.save_snapshot(path)
    assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_size > 0) == (mode, True)


def test_a_new_file_is_as_any_other(platform: Platform, tmp_path: Path) -> None:
    """There is nothing secret in it."""
    path, other = tmp_path / "snapshot.json", tmp_path / "other"
    platform.save_snapshot(path)
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_followed(platform: Platform, tmp_path: Path, is_there: bool) -> None:
    """What it names is replaced, or begins to be there."""
    link, target = tmp_path / "link.json", tmp_path / "deep" / "target.json"
    target.parent.mkdir()
    if is_there:
        target.write_text("old")
    link.symlink_to(target)
    platform.save_snapshot(link)
    assert link.is_symlink()
    assert Seed.from_file(target).to_json() == platform.snapshot()
    assert [*target.parent.iterdir()] == [target]


def test_a_snapshot_is_a_copy(platform: Platform) -> None:
    """What is done to it, or to the platform afterwards, is not done to the other."""
    taken = platform.snapshot()
    unchanged = json.dumps(taken)
    ask(platform, "projects.editInfo", {"id": 76, "customData": {"a": 1}})
    assert json.dumps(taken) == unchanged
    taken["projects"][0]["name"] = "other"
    assert ask(platform, "projects.info", {"id": 76})[1]["name"] == "Lemons"


def test_no_token_is_in_a_snapshot() -> None:
    """Only what recognises it."""
    document = default_seed().to_json()
    document["instance"]["tokens"] = ["very-secret"]
    platform = Platform(seed=Seed.from_json(document))
    taken = platform.snapshot()
    assert "very-secret" not in json.dumps(taken)
    again = Platform(seed=Seed.from_json(taken)).tokens
    platform.tokens = frozenset({"very-secret"})  # type: ignore[assignment]
    assert platform.snapshot() == taken
    assert ("very-secret" in again, "other" in again, len(again), bool(Platform().tokens)) == (True, False, 1, False)


def test_answers_that_are_functions_are_left_out(platform: Platform) -> None:
    """They are code; values are kept."""
    platform.answer_command("double", lambda request: 2)
    platform.answer_command("info", {"model": "unet"})
    assert platform.snapshot()["commands"].keys() == {"is_running", "is_ready", "info"}


@pytest.mark.parametrize("answer", [{1, 2}, float("nan"), b"x", "\ud800", {"a": object()}])
def test_an_answer_that_could_not_be_sent_is_refused_at_once(platform: Platform, answer: Any) -> None:
    """When it is given, not when it is asked for."""
    with pytest.raises(ValueError, match="'info' is no JSON"):
        platform.answer_command("info", answer)
    assert "info" not in platform.commands


def test_so_is_one_that_the_spec_forbids(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the spec once say more of what apps answer."""
    operations = bundled().operations
    stricter = evolve(operations["tasks.request.direct"], answer=bundled().schema("InstanceVersion"))
    monkeypatch.setitem(operations, "tasks.request.direct", stricter)
    platform.answer_command("info", {"version": "1"})
    with pytest.raises(
        ValueError, match="the spec forbids the answer to 'info' at /version: 1 is not of type 'string'"
    ):
        platform.answer_command("info", {"version": 1})
    assert platform.commands["info"] == {"version": "1"}


def test_a_virtual_clock_goes_on_from_the_snapshot(platform: Platform, clock: VirtualClock) -> None:
    """One that is behind is set, one that is ahead stays; the time of a fast one is kept too, that of a real one is not."""
    clock.advance(100)
    taken = platform.snapshot()
    seed = Seed.from_json(taken)
    assert Platform(seed=seed).clock.now() == clock.now()
    ahead = VirtualClock()
    ahead.advance(1000)
    assert Platform(seed=seed, clock=ahead).clock.now() == VirtualClock().now() + 1000
    fast = Platform(clock=FastClock(2, begin=clock.now() + 1000)).snapshot()
    assert Platform(seed=Seed.from_json(fast)).clock.now() >= clock.now() + 1000
    assert "time" not in Platform(seed=seed, clock=RealClock()).snapshot()["instance"]


@pytest.mark.parametrize("clock", [VirtualClock(), FastClock(2, begin=1000.0)])
def test_what_ran_in_real_time_goes_on_in_any_other(clock: Clock) -> None:
    """Time moves on to the last moment that the snapshot knows: a task that began later than now would stand still."""
    real = Platform(clock=RealClock())
    begun = clock.now()
    real.set_agent(7, online=False)
    real.set_agent(7, online=True)
    ask(real, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    taken = real.snapshot()
    platform = Platform(seed=Seed.from_json(taken), clock=clock)
    assert clock.now() >= taken["tasks"][0]["life"]["enteredAt"] > begun
    clock.sleep(8) if isinstance(clock, VirtualClock) else clock.advance(8)
    assert platform.tasks[21012].life.status == "finished"


def test_so_does_an_agent_that_is_gone(clock: VirtualClock) -> None:
    """Else it would have gone later than it comes back."""
    document = default_seed().to_json()
    document["agents"] = [{"id": 7, "name": "a", "online": False, "goneAt": clock.now() + 50}]
    assert Platform(seed=Seed.from_json(document), clock=clock).clock.now() == clock.now()
    assert clock.now() == VirtualClock().now() + 50


def test_reset_begins_again(clock: VirtualClock) -> None:
    """Ids too, with what the constructor was given, or with another seed; time goes on."""
    platform = Platform(clock=clock, lifecycle=[("finished",)], unfit="refuse")
    fresh = platform.snapshot()
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    platform.add_app({"name": "added"})
    kept = Seed.from_json(platform.snapshot())
    platform.reset()
    assert platform.snapshot() == fresh
    assert ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})[1][0]["taskId"] == 21012
    platform.reset(kept)
    assert platform.snapshot() == kept.to_json()
    assert platform.unfit == "refuse"


def test_a_wait_without_end_is_reported() -> None:
    """A task that only a hand could move: whoever looks and sleeps gets an error in the end, also when it moved before."""
    platform = Platform(clock=VirtualClock(patience=20), lifecycle=[("queued", 10), ("started", 0)])
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    looks = 0

    def wait() -> None:
        nonlocal looks
        while True:
            ask(platform, "tasks.info", {"id": 21012})
            looks += 1
            platform.clock.sleep(1)

    with pytest.raises(Deadlock, match="20 sleeps in a row"):
        wait()
    assert looks == 10 + 1 + 21
    platform.clock.sleep(1)


def test_sleeping_alone_is_no_deadlock() -> None:
    """Only looking in vain is."""
    platform = Platform(clock=VirtualClock(patience=2))
    for _ in range(10):
        platform.clock.sleep(1)
    ask(platform, "tasks.list", {"workspaceId": 23821})
