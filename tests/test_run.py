"""Whole runs on the mock: `run`, `running`, and a process that begins anew, in both colours."""

import asyncio
from typing import Any

import httpx
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
from supervisely_ext.mock.faults import Latency, Match, Plan, Rule, Status
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
    result = api.app.run(7, **SERVING, target_status=iter(["started", "error"]))
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


@pytest.mark.parametrize(
    "options",
    [
        {"target_status": "finnished"},
        {"on_status": 5},
        {"on_timeout": "x"},
        {"progress": "x"},
        {"polling": 5},
        {"timeout": -1},
    ],
)
def test_a_run_that_could_not_be_waited_for_is_not_started(api: Any, platform: Platform, options: Any) -> None:
    """What the wait would refuse is refused before."""
    with pytest.raises(ArgumentError):
        api.app.run(7, **BATCH, **options)
    assert not platform.tasks


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


def test_an_interruption_while_the_app_is_stopped_does_not_leave_it_running(platform: Platform) -> None:
    """Ctrl-C at the end of a block that went well: it asks once more, and then goes on."""

    class Interrupted(InProcess):
        presses = 0

        async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
            self.presses -= 1
            if self.presses == 0:
                raise KeyboardInterrupt
            return await super().send(request, fresh=fresh)

    transport = Interrupted(platform)
    api = Api("https://mock.invalid", "token", transport=transport)

    def run_and_be_interrupted() -> None:
        with api.app.running(7, **SERVING) as session:
            api.app.wait(session.task_id, "started")
            transport.presses = 1

    with pytest.raises(KeyboardInterrupt) as caught:
        run_and_be_interrupted()
    (task_id,) = platform.tasks
    assert status_of(platform, task_id) == "terminating"
    assert not hasattr(caught.value, "__notes__")


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


@pytest.mark.parametrize(("latency", "note"), [(3, None), (60, "no answer within 5 s")])
def test_a_block_whose_time_is_over_while_its_app_is_stopped(
    platform: Platform, clock: VirtualClock, latency: float, note: str | None
) -> None:
    """A slow server does not make it leave the app running without a word."""
    api = AsyncApi("https://mock.invalid", "token", transport=InProcessAsync(platform))

    async def work() -> None:
        async with asyncio.timeout(600) as limit, api.app.running(7, **SERVING) as session:
            await api.app.wait(session.task_id, "started")
            platform.faults.replace(Plan([Rule(Match("tasks.info"), Latency(latency))]))
            limit.reschedule(asyncio.get_running_loop().time() + 1)

    async def main() -> BaseException | None:
        with pytest.raises(TimeoutError) as caught:
            await work()
        return caught.value.__cause__

    cancellation = run(clock, main())
    (task_id,) = platform.tasks
    assert (status_of(platform, task_id) == "started") is bool(note)
    notes = [f"task {task_id} could not be stopped, and may still run: {note}"] if note else []
    assert getattr(cancellation, "__notes__", []) == notes


def test_a_run_whose_module_is_named_otherwise_is_not_lost(platform: Platform) -> None:
    """What the server says of the module is not needed to read what came of it."""

    class Texts(InProcess):
        async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
            response = await super().send(request, fresh=fresh)
            if not request.url.path.endswith("tasks.run.app"):
                return response
            return httpx.Response(200, json=[{**task, "moduleId": "83"} for task in response.json()])

    api = Api("https://mock.invalid", "token", transport=Texts(platform))
    assert api.app.run(7, **BATCH).status == "finished"
    assert api.app.attach(api.app.start(7, **BATCH).token()).module_id == 83
