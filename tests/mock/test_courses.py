"""Which course a task takes: scripts, hands, busy agents, agents that do not fit or are gone."""

import math
import pickle
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.mock import LifecycleError, Platform, Seed, VirtualClock
from supervisely_ext.mock.lifecycle import Step, by_hand, course
from supervisely_ext.mock.seeds import default_seed

from .asking import ask

BEGIN = VirtualClock().now()


def run(platform: Platform, agent_id: int | None = 7, module_id: int = 83) -> int:
    status, tasks = ask(platform, "tasks.run.app", {"agentId": agent_id, "moduleId": module_id})
    assert status == 200
    return int(tasks[0]["taskId"])


def status(platform: Platform, task_id: int) -> Any:
    return ask(platform, "tasks.info", {"id": task_id})[1]["status"]


def history(platform: Platform, task_id: int) -> list[tuple[str, float]]:
    return [(moment.status, moment.at - BEGIN) for moment in platform.tasks[task_id].life.history]


def with_agents(*agents: dict[str, Any], **more: Any) -> Platform:
    document = default_seed().to_json()
    document["agents"] = [{"name": "agent", **agent} for agent in agents]
    return Platform(seed=Seed.from_json(document), **more)


def test_a_script_is_a_course(platform: Platform) -> None:
    """Each status for its seconds, and the words of an error stand in the log, at level error."""
    platform.script(83, [("queued", 5), ("started", 60), ("error", "CUDA out of memory")])
    task_id = run(platform)
    platform.clock.sleep(1000)
    assert history(platform, task_id) == [("queued", 0), ("started", 5), ("error", 65)]
    last = ask(platform, "tasks.log.download", {"id": task_id})[1][-1]
    assert (last["level"], last["message"], last["timestamp"]) == (
        "error",
        "CUDA out of memory",
        "2026-01-01T00:01:05.000Z",
    )


def test_scripts_are_for_the_next_starts_in_turn(platform: Platform) -> None:
    """Then the module's usual course is taken again, and other modules never took another."""
    platform.lifecycle = [("finished",)]
    platform.script(83, [("error", "first")], [("stopped",)])
    ids = [run(platform), run(platform, module_id=304), run(platform), run(platform)]
    assert [status(platform, task_id) for task_id in ids] == ["error", "finished", "stopped", "finished"]
    with pytest.raises(KeyError):
        platform.script(1, [("finished",)])


def test_a_refused_start_takes_no_script(platform: Platform) -> None:
    """It is there for the start that goes through."""
    platform.script(83, [("error", "no")])
    assert ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "appVersion": "v9"})[0] == 404
    assert status(platform, run(platform)) == "error"


def test_a_script_can_be_written_in_many_ways() -> None:
    """Pairs as lists or tuples, objects as in JSON, and steps."""
    steps = (Step("queued", 5), Step("started", 60.5, looks=2), Step("error", message="no"))
    assert (
        course(steps)
        == course([["queued", 5], {"status": "started", "seconds": 60.5, "looks": 2}, ("error", "no")])
        == steps
    )


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ([], "step 0 of the course: it has none"),
        (
            [("queued", 1), ("runing", 2)],
            "step 1 of the course: 'runing' is no status, which is one of queued, consumed",
        ),
        ([("queued", -1)], "-1 seconds cannot pass in 'queued'"),
        ([("queued", math.inf)], "inf seconds cannot pass"),
        ([("queued", 10**400)], "0 seconds cannot pass"),
        ([("queued", math.nan)], "nan seconds cannot pass"),
        ([("queued", True)], "True seconds cannot pass"),
        ([("queued", None)], "None seconds cannot pass"),
        ([{"status": "queued", "looks": -1}], "cannot be shown -1 times"),
        (
            [("started", 1), ("finished",), ("queued", 1)],
            "step 2 of the course: 'queued' cannot follow 'finished', which is an end",
        ),
        ([("error", "no"), ("error", "again")], "'error' cannot follow 'error'"),
        (["queued"], "'queued' is neither"),
        ([("queued", 1, 2)], "is neither"),
        ([{"status": "queued", "second": 1}], "is neither"),
        ([5], "5 is neither"),
    ],
)
def test_courses_that_cannot_be(platform: Platform, script: Any, problem: str) -> None:
    """They are refused wherever a course is given, and nothing has changed."""
    before = platform.snapshot()
    for give in (
        lambda: platform.script(83, [("finished",)], script),
        lambda: platform.add_app({"name": "new"}, lifecycle=script),
        lambda: setattr(platform, "lifecycle", script),
        lambda: Platform(lifecycle=script),
    ):
        with pytest.raises(LifecycleError) as caught:
            give()
        assert problem in str(caught.value)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert platform.snapshot() == before


def test_a_task_is_moved_on_by_hand(platform: Platform) -> None:
    """It stays until then; a status that its course does not have it keeps for good."""
    platform.lifecycle = by_hand()
    task_id = run(platform)
    for hand in ("consumed", "started", "deployed", "finished"):
        platform.clock.sleep(1e6)
        platform.advance(task_id, hand)
        assert status(platform, task_id) == hand
    with pytest.raises(LifecycleError, match=f"task {task_id} has ended: it is finished"):
        platform.advance(task_id, "started")


def test_a_hand_may_go_on_in_the_course(platform: Platform) -> None:
    """To its next step, or to a later status with all that follows."""
    platform.lifecycle = [("queued", 100), ("consumed", 100), ("started", 100), ("finished",)]
    task_id = run(platform)
    platform.advance(task_id)
    assert status(platform, task_id) == "consumed"
    platform.advance(platform.tasks[task_id], "started")
    platform.clock.sleep(100)
    assert history(platform, task_id) == [("queued", 0), ("consumed", 0), ("started", 0), ("finished", 100)]


def test_a_hand_needs_somewhere_to_go(platform: Platform) -> None:
    """A task, a status of the spec, or a next step."""
    task_id = run(platform, module_id=512)
    platform.clock.sleep(10)
    with pytest.raises(LifecycleError, match=f"nothing comes after 'started' in the course of task {task_id}"):
        platform.advance(task_id)
    with pytest.raises(LifecycleError, match="'runing' is no status"):
        platform.advance(task_id, "runing")
    with pytest.raises(KeyError):
        platform.advance(1)


def test_a_busy_agent_keeps_tasks_queued() -> None:
    """The next one goes on in the very instant in which the one before ends, in the order of their start, whenever somebody looks."""
    platform = with_agents(
        {"id": 7, "capacity": 1}, lifecycle=[("queued", 1), ("consumed", 2), ("started", 7), ("finished",)]
    )
    ids = [run(platform) for _ in range(4)]
    platform.clock.sleep(3600)
    for place, task_id in enumerate(ids):
        begun = 1 + 9 * place
        assert history(platform, task_id) == [
            ("queued", 0),
            ("consumed", begun),
            ("started", begun + 2),
            ("finished", begun + 9),
        ]


def test_who_is_ready_first_does_not_matter_but_who_was_started_first() -> None:
    """Of those who may leave the queue; one that may not yet waits for nobody and holds nobody up."""
    platform = with_agents({"id": 7, "capacity": 1})
    platform.script(
        83,
        [("queued", 0), ("started", 10), ("finished",)],
        [("queued", 9), ("started", 1), ("finished",)],
        [("queued", 1), ("started", 1), ("finished",)],
        [("queued", 100), ("started", 1), ("finished",)],
    )
    ids = [run(platform) for _ in range(4)]
    platform.clock.sleep(1000)
    assert [history(platform, task_id)[1][1] for task_id in ids] == [0, 10, 11, 100]


def test_capacity_is_how_many_run_at_once() -> None:
    """It may change: more go on at once, fewer end no task."""
    platform = with_agents({"id": 7, "capacity": 2}, lifecycle=[("queued", 0), ("started", 100), ("finished",)])
    ids = [run(platform) for _ in range(5)]
    assert [status(platform, task_id) for task_id in ids] == ["started"] * 2 + ["queued"] * 3
    platform.set_agent(7, capacity=4)
    assert [status(platform, task_id) for task_id in ids] == ["started"] * 4 + ["queued"]
    platform.set_agent(7, capacity=1)
    assert status(platform, ids[3]) == "started"
    platform.set_agent(7, capacity=None)
    assert status(platform, ids[4]) == "started"


def test_any_agent_is_the_first_with_room() -> None:
    """A task of any agent has none before; a stopped one makes room once it is stopped."""
    platform = with_agents(
        {"id": 7, "capacity": 1}, {"id": 8, "capacity": 1}, lifecycle=[("queued", 1), ("started", 100)]
    )
    ids = [run(platform, None) for _ in range(3)]
    assert {ask(platform, "tasks.info", {"id": task_id})[1]["agentId"] for task_id in ids} == {None}
    platform.clock.sleep(1)
    agents = [ask(platform, "tasks.info", {"id": task_id})[1]["agentId"] for task_id in ids]
    assert agents == [7, 8, None]
    assert ask(platform, "tasks.stop", {"id": ids[1]})[1] == {"status": "terminating"}
    assert status(platform, ids[2]) == "queued"
    platform.clock.sleep(1)
    assert (status(platform, ids[1]), status(platform, ids[2])) == ("stopped", "started")
    assert history(platform, ids[2])[-1] == ("started", 2)


def test_a_queued_task_can_be_stopped() -> None:
    """It never started, and is passed over when there is room."""
    platform = with_agents({"id": 7, "capacity": 1}, lifecycle=[("queued", 0), ("started", 10), ("finished",)])
    first, second, third = (run(platform) for _ in range(3))
    ask(platform, "tasks.stop", {"id": second})
    platform.clock.sleep(10)
    assert [status(platform, task_id) for task_id in (first, second, third)] == ["finished", "stopped", "started"]
    assert ask(platform, "tasks.info", {"id": second})[1]["startedAt"] is None


@pytest.mark.parametrize("config", [{"need_gpu": True}, {"gpu": "required"}])
def test_an_app_that_needs_a_gpu_waits_for_one(config: dict[str, Any]) -> None:
    """For ever, while others pass it; or it is refused, where that is configured."""
    for agent_id in (7, None):
        platform = with_agents({"id": 7, "gpu": False, "capacity": 1}, lifecycle=[("queued", 1), ("finished",)])
        module_id = platform.add_app({"name": "needs one", **config})
        waiting, other = run(platform, agent_id, module_id), run(platform, agent_id)
        platform.clock.sleep(1e6)
        assert (status(platform, waiting), status(platform, other)) == ("queued", "finished")
        platform.set_agent(7, gpu=True)
        assert (status(platform, waiting), history(platform, waiting)[-1]) == ("finished", ("finished", 1e6))
    refusing = with_agents({"id": 7, "gpu": False}, unfit="refuse")
    module_id = refusing.add_app({"name": "needs one", **config})
    code, answer = ask(refusing, "tasks.run.app", {"agentId": 7, "moduleId": module_id})
    assert (code, answer["error"]) == (400, "No agents available to run this app")
    assert "GPU" in answer["details"]["message"]
    assert refusing.tasks == {}
    assert status(refusing, run(refusing)) == "queued"


def test_unfit_is_one_of_two() -> None:
    """Anything else is a mistake."""
    with pytest.raises(ValueError, match="unfit"):
        Platform(unfit="wait")  # type: ignore[arg-type]


def test_an_agent_goes_away_and_comes_back() -> None:
    """What it works on stands still meanwhile, what is queued stays queued; another agent takes what any may take."""
    platform = with_agents({"id": 7}, {"id": 8}, lifecycle=[("queued", 1), ("started", 10), ("finished",)])
    running = run(platform)
    platform.clock.sleep(5)
    platform.set_agent(7, online=False)
    queued, free = run(platform), run(platform, None)
    platform.clock.sleep(1000)
    assert [status(platform, task_id) for task_id in (running, queued, free)] == ["started", "queued", "finished"]
    platform.set_agent(7, online=False)
    platform.set_agent(7, online=True)
    platform.clock.sleep(100)
    assert history(platform, running) == [("queued", 0), ("started", 1), ("finished", 1011)]
    assert history(platform, queued) == [("queued", 5), ("started", 1005), ("finished", 1015)]
    assert ask(platform, "tasks.info", {"id": free})[1]["agentId"] == 8


def test_a_task_on_a_gone_agent_is_stopped_when_it_comes_back() -> None:
    """Until then it is terminating."""
    platform = with_agents({"id": 7})
    task_id = run(platform)
    platform.clock.sleep(3)
    platform.set_agent(7, online=False)
    platform.clock.sleep(3)
    ask(platform, "tasks.stop", {"id": task_id})
    platform.clock.sleep(1000)
    assert status(platform, task_id) == "terminating"
    platform.set_agent(7, online=True)
    platform.clock.sleep(1)
    assert history(platform, task_id)[-1] == ("stopped", 1007)


def test_an_agent_has_only_what_it_has(platform: Platform) -> None:
    """Misspelt changes and unknown agents are errors."""
    with pytest.raises(TypeError, match="an agent has no onlin"):
        platform.set_agent(7, onlin=False)  # type: ignore[call-arg]
    with pytest.raises(KeyError):
        platform.set_agent(1, online=False)
    before = platform.snapshot()
    for changes in (
        {"capacity": 0},
        {"capacity": "2"},
        {"gpu": None},
        {"online": False, "capacity": -1},
        {"capacity": True},
    ):
        with pytest.raises((TypeError, ValueError), match=r"capacity|gpu"):
            platform.set_agent(7, **changes)  # type: ignore[typeddict-item]
    assert platform.snapshot() == before


def test_a_hand_finds_an_agent_or_none() -> None:
    """A task of any agent that is moved on by hand works on one that fits, over its capacity if need be; without any agent it works all the same."""
    platform = with_agents({"id": 7, "online": False}, {"id": 8, "capacity": 1}, lifecycle=by_hand())
    ids = [run(platform, None) for _ in range(2)]
    for task_id in ids:
        platform.advance(task_id, "started")
        assert ask(platform, "tasks.info", {"id": task_id})[1]["agentId"] == 8
    alone = with_agents(lifecycle=by_hand())
    task_id = run(alone, None)
    alone.advance(task_id, "started")
    alone.advance(task_id, "finished")
    assert (status(alone, task_id), alone.tasks[task_id].agent) == ("finished", None)


def test_an_ended_task_runs_once_more(platform: Platform) -> None:
    """From the queue on; one that has not ended is refused."""
    platform.lifecycle = [("queued", 1), ("started", 1), ("finished",)]
    task_id = run(platform)
    assert ask(platform, "tasks.resume", {"id": task_id})[0] == 400
    platform.clock.sleep(10)
    assert ask(platform, "tasks.resume", {"id": task_id}) == (200, {"success": True})
    platform.clock.sleep(10)
    assert [moment for moment, _ in history(platform, task_id)] == ["queued", "started", "finished"] * 2


SECONDS = st.integers(0, 20)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([None, 7, 8]), SECONDS, SECONDS, SECONDS), max_size=20),
    st.sampled_from([1, 2, None]),
)
def test_no_agent_works_on_more_than_it_can_nor_rests_while_one_waits(
    starts: list[tuple[int | None, int, int, int]], capacity: int | None
) -> None:
    """At every instant; and of those who wait for the same agent nobody passes one who was started before."""
    platform = with_agents({"id": 7, "capacity": capacity}, {"id": 8, "capacity": capacity})
    for agent_id, pause, queued, started in starts:
        platform.clock.sleep(pause)
        platform.script(83, [("queued", queued), ("started", started), ("finished",)])
        run(platform, agent_id)
    platform.clock.sleep(10_000)
    rows = [
        Row(
            asked,
            task.agent and task.agent.id,
            task.life.history[0].at + queued,
            *(moment.at for moment in task.life.history[1:]),
        )
        for (asked, _, queued, _), task in zip(starts, platform.tasks.values(), strict=True)
    ]
    for at in {row.begun for row in rows} | {row.ended for row in rows}:
        for agent_id in (7, 8):
            works = sum(row.agent == agent_id and row.begun <= at < row.ended for row in rows)
            waits = any(row.asked in (None, agent_id) and row.ready <= at < row.begun for row in rows)
            assert works == capacity if waits else capacity is None or works <= capacity
    for first, second in combinations(rows, 2):
        assert first.asked != second.asked or first.begun <= second.begun or second.begun < first.ready


class Row(NamedTuple):
    asked: int | None
    agent: int | None
    ready: float
    begun: float
    ended: float


def test_a_resumed_task_may_run_anywhere_again() -> None:
    """Where its start named no agent it is not bound to the one that had it; else it waits for its own."""
    platform = with_agents({"id": 7}, {"id": 8}, lifecycle=[("queued",), ("started", 1), ("finished",)])
    free, bound = run(platform, None), run(platform, 7)
    platform.clock.sleep(10)
    assert platform.tasks[free].agent is platform.agents[7]
    platform.set_agent(7, online=False)
    for task_id in (free, bound):
        assert ask(platform, "tasks.resume", {"id": task_id})[0] == 200
    platform.clock.sleep(10)
    assert (status(platform, free), status(platform, bound)) == ("finished", "queued")
    assert platform.tasks[free].agent is platform.agents[8]


@pytest.mark.parametrize("more", [{"appVersion": "v9"}, {"usersIds": [99]}, {}])
def test_a_refused_start_installs_nothing(more: dict[str, Any]) -> None:
    """Whatever it is refused for: the version, a user, an agent that is gone."""
    platform = with_agents({"id": 7, "online": False}, unfit="refuse")
    before = platform.snapshot()
    assert ask(platform, "tasks.run.app", {"agentId": None, "moduleId": 83, **more})[0] in (400, 404)
    assert platform.snapshot() == before
