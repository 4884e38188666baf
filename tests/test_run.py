"""Whole runs on the mock: `run`, `running`, and a process that begins anew, in both colours."""

import asyncio
from typing import Any

import pytest

from supervisely_ext import (
    Api,
    ArgumentError,
    AsyncApi,
    Forbidden,
    ServerError,
    TaskFinishedWithError,
    TaskStopped,
    WaitingTimeExceeded,
)
from supervisely_ext.mock import Platform, VirtualClock, lifecycle
from supervisely_ext.mock.faults import Match, Plan, Rule, Status
from supervisely_ext.mock.faults.instead import Silence
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import run

BATCH: dict[str, Any] = {"workspace_id": 23821, "module_id": 83}
SERVING: dict[str, Any] = {"workspace_id": 23821, "module_id": 512}


def status_of(platform: Platform, task_id: int) -> str:
    return platform.find_task(task_id).life.status


def test_a_run_gives_status_session_outputs_and_time(api: Any, platform: Platform) -> None:
    """The whole task as it is at its end is in the session's details."""
    output = {"project": {"id": 76, "title": "Lemons"}}

    def set_output(status: str) -> None:
        if status == "finished":
            next(iter(platform.tasks.values())).set_meta({"output": output})

    result = api.app.run(7, **BATCH, on_status=set_output)
    assert (result.status, result.outputs) == ("finished", output)
    assert result.session.details["status"] == "finished"
    assert result.session.user_id == 6
    (task,) = platform.tasks.values()
    ended = task.life.history[-1].at
    assert result.waited >= ended - task.life.history[0].at > 0
    assert api.app.attach(result.session.token()) == result.session


def test_a_run_that_sets_no_output_has_none(api: Any) -> None:
    """Any agent will do, without one."""
    assert api.app.run(**BATCH).outputs == {}


def test_a_run_that_serves_is_waited_for_until_it_runs(api: Any, platform: Platform) -> None:
    """It is not stopped."""
    result = api.app.run(7, **SERVING, target_status="started")
    assert (result.status, status_of(platform, result.session.task_id)) == ("started", "started")


@pytest.mark.parametrize(
    ("course", "error"),
    [
        (lifecycle.after_seconds(end="error"), TaskFinishedWithError),
        (lifecycle.after_seconds(end="stopped"), TaskStopped),
    ],
)
def test_a_run_that_ends_otherwise_raises_as_a_wait_does(api: Any, platform: Platform, course: Any, error: Any) -> None:
    """A stopped app has not finished."""
    platform.lifecycle = course
    with pytest.raises(error):
        api.app.run(7, **BATCH)


def test_a_run_has_a_limit_of_time_on_request(api: Any, platform: Platform) -> None:
    """The app goes on."""
    with pytest.raises(WaitingTimeExceeded) as caught:
        api.app.run(7, **SERVING, timeout=30)
    assert status_of(platform, caught.value.task_id) == "started"


def test_a_rerun_with_the_same_key_gives_the_same_task(api: Any, platform: Platform) -> None:
    """Also when it has ended."""
    first = api.app.run(7, **BATCH, idempotency_key="nightly")
    again = api.app.run(7, **BATCH, idempotency_key="nightly")
    assert again.session == first.session
    assert len(platform.tasks) == 1


def test_a_run_whose_outputs_cannot_be_read_names_its_task(api: Any, platform: Platform) -> None:
    """It has finished, and need not be started again."""
    outage = Plan([Rule(Match("tasks.info"), Status(403))])
    with pytest.raises(Forbidden) as caught:
        api.app.run(7, **BATCH, on_status=lambda status: status != "finished" or platform.faults.replace(outage))
    (task_id,) = platform.tasks
    assert caught.value.__notes__ == [f"task {task_id} is finished; only what it has set could not be read"]


@pytest.fixture
def blocking(platform: Platform) -> Api:
    return Api("https://mock.invalid", "token", transport=InProcess(platform))


def test_an_app_runs_as_long_as_its_block(blocking: Api, platform: Platform) -> None:
    """Then it is stopped."""
    with blocking.app.running(7, **SERVING) as session:
        assert blocking.app.wait(session.task_id, "started") == "started"
    assert status_of(platform, session.task_id) == "terminating"


def test_an_app_that_has_ended_is_not_stopped(blocking: Api, platform: Platform) -> None:
    """There is nothing to stop."""
    with blocking.app.running(7, **BATCH) as session:
        blocking.app.wait(session.task_id, "finished")
    assert status_of(platform, session.task_id) == "finished"
    assert "tasks.stop" not in [entry.operation for entry in platform.journal.entries()]


@pytest.mark.parametrize("stop", ["always", "on_error"])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_app_is_stopped_when_its_block_fails(blocking: Api, platform: Platform, stop: Any, error: Any) -> None:
    """Whatever fails; the error goes on."""
    with pytest.raises(error), blocking.app.running(7, stop=stop, **SERVING) as session:
        raise error
    assert status_of(platform, session.task_id) == "terminating"


def test_an_app_may_outlive_a_block_that_succeeds(blocking: Api, platform: Platform) -> None:
    """With `stop="on_error"`."""
    with blocking.app.running(7, stop="on_error", **SERVING) as session:
        blocking.app.wait(session.task_id, "started")
    assert status_of(platform, session.task_id) == "started"


def test_an_app_that_cannot_be_stopped_is_a_note_on_the_error_of_its_block(blocking: Api, platform: Platform) -> None:
    """Or an error, where there is none."""
    platform.faults.replace(Plan([Rule(Match("tasks.stop"), Status(501))]))
    with pytest.raises(ValueError, match="mine") as caught, blocking.app.running(7, **SERVING) as session:
        raise ValueError("mine")
    (note,) = caught.value.__notes__
    assert note.startswith(f"task {session.task_id} could not be stopped, and may still run: tasks.stop failed")
    with pytest.raises(ServerError), blocking.app.running(7, **SERVING):
        pass


def test_a_server_that_is_gone_holds_ctrl_c_back_for_seconds(blocking: Api, platform: Platform) -> None:
    """Not for a minute of tries."""
    silence = Plan([Rule(Match(), Silence())])

    def run_until_interrupted() -> None:
        with blocking.app.running(7, **SERVING):
            platform.faults.replace(silence)
            raise KeyboardInterrupt

    begun = platform.clock.now()
    with pytest.raises(KeyboardInterrupt) as caught:
        run_until_interrupted()
    assert platform.clock.now() - begun == pytest.approx(5)
    assert "could not be stopped" in caught.value.__notes__[0]


def test_a_block_that_does_not_say_when_to_stop_starts_nothing(blocking: Api, platform: Platform) -> None:
    """A misspelt word is refused."""
    with pytest.raises(ArgumentError, match="stop"), blocking.app.running(7, stop="never", **SERVING):  # type: ignore[arg-type]
        pass
    assert not platform.tasks


def test_a_start_that_fails_has_no_block(blocking: Api, platform: Platform) -> None:
    """Its error is the block's."""
    platform.faults.replace(Plan([Rule(Match("tasks.run.app"), Status(409))]))
    with pytest.raises(Exception, match="409"), blocking.app.running(7, **SERVING):
        pytest.fail("the block was entered")


def test_a_cancelled_block_stops_its_app_on_asyncio(platform: Platform, clock: VirtualClock) -> None:
    """As it does when it ends, or fails."""
    api = AsyncApi("https://mock.invalid", "token", transport=InProcessAsync(platform))

    async def main() -> list[int]:
        async with api.app.running(7, **SERVING) as ended:
            await api.app.wait(ended.task_id, "started")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(20), api.app.running(7, **SERVING) as cancelled:
                await api.app.wait(cancelled.task_id, "finished")
        with pytest.raises(ValueError, match="mine"):
            async with api.app.running(7, stop="on_error", **SERVING) as failed:
                raise ValueError("mine")
        return [ended.task_id, cancelled.task_id, failed.task_id]

    assert {status_of(platform, task_id) for task_id in run(clock, main())} <= {"terminating", "stopped"}
