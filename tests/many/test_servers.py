"""Waiting for tasks of two servers at once."""

import asyncio
from inspect import signature
from typing import Any

import httpx
import pytest

import supervisely_ext as sly
from supervisely_ext import Api, ArgumentError, AsyncApi, Outcomes
from supervisely_ext.blocking import TaskApi
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.loop import run
from supervisely_ext.servers import GatherOptions, WaitOptions
from supervisely_ext.transport import Unanswered

from .conftest import Colour, Suspending, start

DONE = ((5.0, "started"), (20.0, "finished"))
FAILS = ((5.0, "started"), (10.0, "error"))
NEVER = ((5.0, "started"),)


@pytest.fixture
def other(clock: VirtualClock) -> Platform:
    return Platform(clock=clock)


def test_two_servers(colour: Colour, platform: Platform, other: Platform) -> None:
    """Their tasks may have the same ids; both are looked at at the same moments."""
    here, there = start(platform, *DONE), start(other, (5.0, "error"))
    assert here == there
    (a, first), (b, second) = colour.connect(platform), colour.connect(other, "other.invalid")
    outcomes = colour.run(sly.wait_all({a: [here], b: [there]}, target_status="finished", timeout=60))
    assert [outcome.result for outcome in outcomes] == ["ok", "TaskFinishedWithError"]
    assert [outcome.server for outcome in outcomes] == ["https://mock.invalid", "https://other.invalid"]
    assert outcomes.by_id(there, "https://other.invalid").failed
    with pytest.raises(ArgumentError, match=r"several have a task .* allowed: https://mock.invalid"):
        outcomes.by_id(here)
    assert str(outcomes).splitlines()[2].startswith("https://other.invalid  21012")
    assert {at for at, *_ in second.requests} <= {at for at, *_ in first.requests}


def test_the_first_of_two_servers(colour: Colour, platform: Platform, other: Platform) -> None:
    """The loser is stopped where it runs."""
    (a, _), (b, second) = colour.connect(platform), colour.connect(other, "other.invalid")
    tasks = {a: [start(platform, *DONE)], b: [start(other, *NEVER)]}
    outcomes = colour.run(sly.wait_any(tasks, target_status="finished", stop_others=True))
    assert [outcome.server for outcome in outcomes.succeeded] == ["https://mock.invalid"]
    assert second.methods["tasks.stop"] == 1


def test_as_they_end(colour: Colour, platform: Platform, other: Platform) -> None:
    """Outcomes come from whichever server is first."""
    (a, _), (b, _) = colour.connect(platform), colour.connect(other, "other.invalid")
    tasks = {a: [start(platform, *DONE), start(platform, (2.0, "finished"))], b: [start(other, (9.0, "finished"))]}
    outcomes = list(colour.run(sly.as_completed(tasks, on_timeout="raise")))
    assert [outcome.server.partition("//")[2][:4] for outcome in outcomes] == ["mock", "othe", "mock"]


def test_the_others_of_two_servers(colour: Colour, platform: Platform, other: Platform) -> None:
    """A failure here stops what runs there."""
    (a, _), (b, second) = colour.connect(platform), colour.connect(other, "other.invalid")
    tasks = {a: [start(platform, (2.0, "error"))], b: [start(other, *NEVER)]}
    with pytest.raises(sly.TaskFinishedWithError) as caught:
        colour.run(sly.wait_all(tasks, on_error="raise", stop_others=True))
    assert isinstance(caught.value.outcomes, Outcomes)
    assert second.methods["tasks.stop"] == 1


def test_a_slow_server_does_not_hold_up_the_other(platform: Platform, other: Platform, clock: VirtualClock) -> None:
    """A deadline is kept though the other server lets its requests run into their time-out."""

    class Slow(Suspending):
        async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
            if clock.now() < 1_767_225_600 + 3:
                return await super().send(request, fresh=fresh)
            await self.sleep(request.extensions["timeout"]["read"])
            raise Unanswered(httpx.ReadTimeout("slow"), sent=True)

    async def main() -> Outcomes:
        slow = AsyncApi("https://other.invalid", "token", transport=Slow(other))
        quick = AsyncApi("https://mock.invalid", "token", transport=Suspending(platform))
        return await sly.wait_all({slow: [start(other, *NEVER)], quick: [start(platform, *NEVER)]}, timeout=40)

    outcomes = run(clock, main())
    assert [outcome.result for outcome in outcomes] == ["WaitingTimeExceeded"] * 2
    assert all(40 <= outcome.waited <= 41.1 for outcome in outcomes)


@pytest.mark.parametrize("tasks", [{}, [1], {1: [1]}, None])
def test_without_clients(tasks: Any) -> None:
    """What is no dict of clients is refused."""
    for function in (sly.wait_all, sly.wait_any, sly.as_completed):
        with pytest.raises(ArgumentError, match="Api"):
            function(tasks)


def test_two_colours_do_not_mix(platform: Platform) -> None:
    """One of them would block the other's event loop."""
    tasks: Any = {Api("a.invalid", "t"): [1], AsyncApi("b.invalid", "t"): [2]}
    with pytest.raises(ArgumentError, match="one kind"):
        sly.wait_all(tasks)


def test_a_session_of_another_server(colour: Colour, platform: Platform, other: Platform) -> None:
    """It is refused: a task of the same id is another one. Whether it was http or https does not matter."""
    (here, transport), (there, _) = colour.connect(platform), colour.connect(other, "other.invalid")
    session = colour.run(there.app.start(None, module_id=83))
    start(platform, *DONE)
    for tasks in ([session], iter([session])):
        with pytest.raises(
            ArgumentError, match=r"tasks\[0\]: is a session of https://other.invalid, and this client is of"
        ):
            colour.run(here.app.wait_all(tasks))
    assert not transport.requests
    for server in ("http://other.invalid", "https://other.invalid:443"):
        session.server = server
        assert colour.run(there.app.wait_all([session])).ok


def test_options_are_those_of_the_methods() -> None:
    """They are written down once more for checkers only."""
    for options, method in ((WaitOptions, TaskApi.as_completed), (GatherOptions, TaskApi.wait_all)):
        wanted = {name: str(parameter.annotation) for name, parameter in signature(method).parameters.items()}
        assert options.__annotations__.keys() == wanted.keys() - {"self", "tasks"}
    assert signature(TaskApi.wait_all).parameters.keys() == signature(TaskApi.wait_any).parameters.keys()


class TestInterrupted:
    def test_ctrl_c(self, platform: Platform) -> None:
        """Leaves at once; the tasks are stopped when that is wanted, and it is noted on the interruption."""
        colour = Colour("blocking", None, platform.clock)  # type: ignore[arg-type]
        for stop, count in ((False, 0), (True, 2)):
            api, transport = colour.connect(platform)
            ids = [start(platform, *NEVER), start(platform, *NEVER), start(platform, (1.0, "finished"))]

            async def interrupt(seconds: float, transport: Any = transport) -> None:
                platform.clock.advance(seconds)  # type: ignore[attr-defined]
                if len(transport.requests) > 5:
                    raise KeyboardInterrupt

            transport.sleep = interrupt
            with pytest.raises(KeyboardInterrupt) as caught:
                api.task.wait_all(ids, "finished", stop_on_cancel=stop)
            assert transport.methods["tasks.stop"] == count
            assert getattr(caught.value, "__notes__", []) == (["2 of 2 tasks were asked to stop"] if stop else [])

    def test_a_dead_server_holds_ctrl_c_back_for_seconds(self, platform: Platform) -> None:
        """However many tasks there are to stop: when the time is over, the others are not asked."""
        colour = Colour("blocking", None, platform.clock)  # type: ignore[arg-type]
        api, transport = colour.connect(platform)
        ids = [start(platform, *NEVER) for _ in range(100)]
        interrupted: list[float] = []
        sleep = transport.sleep

        async def interrupt(seconds: float) -> None:
            if not interrupted:
                interrupted.append(platform.clock.now())
                raise KeyboardInterrupt
            await sleep(seconds)

        def silence(request: httpx.Request, body: Any) -> httpx.Response | None:
            if interrupted:
                platform.clock.advance(request.extensions["timeout"]["read"])  # type: ignore[attr-defined]
                raise Unanswered(httpx.ReadTimeout("no answer"), sent=True)
            return None

        transport.sleep, transport.answer = interrupt, silence
        with pytest.raises(KeyboardInterrupt) as caught:
            api.task.wait_all(ids, "finished", stop_on_cancel=True)
        assert platform.clock.now() - interrupted[0] == pytest.approx(5)
        assert caught.value.__notes__ == ["0 of 100 tasks were asked to stop"]

    def test_an_observer_that_fails(self, platform: Platform, clock: VirtualClock) -> None:
        """Its error is noted once, and the cancellation stays what it is."""
        api = AsyncApi("https://mock.invalid", "token", transport=Suspending(platform))
        ids = [start(platform, *NEVER), start(platform, *NEVER)]

        def observe(event: sly.WaitEvent) -> None:
            if event.outcome:
                raise BrokenPipeError

        async def main() -> BaseException:
            task = asyncio.ensure_future(api.task.wait_all(ids, "finished", progress=observe))
            await asyncio.sleep(30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

        assert run(clock, main()).__notes__ == ["its end could not be shown: BrokenPipeError()"]

    def test_cancelled(self, platform: Platform, clock: VirtualClock) -> None:
        """A cancelled asyncio task stops the tasks first, in whatever state they answer."""
        transport = Suspending(platform)
        api = AsyncApi("https://mock.invalid", "token", transport=transport)
        ids = [start(platform, *NEVER), start(platform, *NEVER)]
        transport.answer = lambda request, body: (
            httpx.Response(501, json={"error": "no"})
            if body == {"id": ids[0]} and request.url.path.endswith("stop")
            else None
        )

        async def main() -> BaseException:
            task = asyncio.ensure_future(api.task.wait_all(ids, "finished", stop_on_cancel=True))
            await asyncio.sleep(30)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError as error:
                return error
            raise AssertionError

        assert run(clock, main()).__notes__ == ["1 of 2 tasks were asked to stop"]
        assert platform.tasks[ids[1]].life.status == "terminating"

    @pytest.mark.parametrize(("method", "first"), [("wait_all", FAILS), ("wait_any", DONE)])
    def test_cancelled_while_the_others_are_stopped(
        self, platform: Platform, clock: VirtualClock, method: str, first: Any
    ) -> None:
        """Then all of them are asked, and it is noted."""

        class Slow(Suspending):
            async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
                if request.url.path.endswith("tasks.stop"):
                    await self.sleep(1)
                return await super().send(request, fresh=fresh)

        api = AsyncApi("https://mock.invalid", "token", transport=Slow(platform))
        ids = [start(platform, *first), *(start(platform, *NEVER) for _ in range(4))]

        async def main() -> BaseException:
            wait = getattr(api.task, method)(ids, "finished", stop_others=True, stop_on_cancel=True)
            task = asyncio.ensure_future(wait)
            while platform.tasks[ids[1]].life.status != "terminating":
                await asyncio.sleep(0.5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

        assert run(clock, main()).__notes__ == ["4 of 4 tasks were asked to stop"]
        assert {platform.tasks[task_id].life.status for task_id in ids[1:]} <= {"terminating", "stopped"}

    def test_a_server_that_does_not_answer_holds_nobody(self, platform: Platform, clock: VirtualClock) -> None:
        """Asking for the end takes five seconds at most."""

        class Stuck(Suspending):
            async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
                if request.url.path.endswith("tasks.stop"):
                    await self.sleep(600)
                return await super().send(request, fresh=fresh)

        api = AsyncApi("https://mock.invalid", "token", transport=Stuck(platform))
        task_id = start(platform, *NEVER)

        async def main() -> tuple[float, Any]:
            task = asyncio.ensure_future(api.task.wait_all([task_id], "finished", stop_on_cancel=True))
            await asyncio.sleep(30)
            before = clock.now()
            task.cancel()
            (error,) = await asyncio.gather(task, return_exceptions=True)
            return clock.now() - before, error

        seconds, error = run(clock, main())
        assert seconds == pytest.approx(5, abs=0.1)
        assert isinstance(error, asyncio.CancelledError)
