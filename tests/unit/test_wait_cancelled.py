"""Waits that are interrupted: they leave at once, raise what interrupted them, and stop the task only where that was asked for."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import anyio
import httpx
import pytest

from supervisely_ext import Api, AsyncApi, WaitEvent
from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcessAsync
from supervisely_ext.mock.loop import run
from supervisely_ext.shield import shielded
from tests.scripted import ScriptedTransport, answer, lost

from .samples import SERVER, TOKEN, task

SERVICE = 512


class SlowStop(InProcessAsync):
    """The real asyncio shield over the mock's platform, whose answers take their time."""

    def __init__(self, platform: Platform, seconds: float = 1.0) -> None:
        super().__init__(platform)
        self.seconds = seconds
        self.unanswered = 0

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        if request.url.path.endswith("tasks.stop"):
            self.unanswered += 1
            await asyncio.sleep(self.seconds)
            self.unanswered -= 1
        return await super().send(request, fresh=fresh)

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, Any]], seconds: float) -> Any:
        return await shielded(call, seconds)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def platform(clock: VirtualClock) -> Platform:
    return Platform(clock=clock)


async def by_timeout(wait: Callable[[], Coroutine[Any, Any, object]]) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(10):
            await wait()


async def by_task(wait: Callable[[], Coroutine[Any, Any, object]]) -> None:
    waiting = asyncio.create_task(wait())
    await asyncio.sleep(10)
    waiting.cancel("enough")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert waiting.cancelled()


async def by_task_twice(wait: Callable[[], Coroutine[Any, Any, object]]) -> None:
    waiting = asyncio.create_task(wait())
    await asyncio.sleep(10)
    waiting.cancel()
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert waiting.cancelled()


async def by_group(wait: Callable[[], Coroutine[Any, Any, object]]) -> None:
    async def fail() -> None:
        await asyncio.sleep(10)
        raise LookupError("another one failed")

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(wait())
            group.create_task(fail())

    with pytest.raises(ExceptionGroup) as caught:
        await both()
    assert [type(error) for error in caught.value.exceptions] == [LookupError]


async def by_scope(wait: Callable[[], Coroutine[Any, Any, object]]) -> None:
    with anyio.move_on_after(10) as scope:
        await wait()
    assert scope.cancelled_caught


async def after(interrupt: Callable[..., Any], wait: Callable[[], Coroutine[Any, Any, object]]) -> int:
    """Go on after an interruption; give how many cancellations are left over (a task group of Python 3.11 leaves one)."""
    await interrupt(wait)
    await asyncio.sleep(0.001)  # which one that is yet to come would hit
    task = asyncio.current_task()
    assert task is not None
    return task.cancelling()


INTERRUPTIONS = [by_timeout, by_task, by_task_twice, by_group, by_scope]


@pytest.mark.parametrize("transport_of", [SlowStop, InProcessAsync])
@pytest.mark.parametrize("stop", [False, True])
@pytest.mark.parametrize("interrupt", INTERRUPTIONS)
def test_each_way_to_cancel(
    platform: Platform,
    clock: VirtualClock,
    interrupt: Callable[..., Any],
    stop: bool,
    transport_of: type[InProcessAsync],
) -> None:
    """The wait ends in the moment, its caller goes on undisturbed; the task runs on, or is being stopped."""

    async def main() -> tuple[int, float]:
        async with AsyncApi(SERVER, TOKEN, transport=transport_of(platform)) as api:
            session = await api.app.start(None, module_id=SERVICE)
            sleeping = await asyncio.create_task(after(interrupt, lambda: asyncio.sleep(1e6)))
            begun = clock.now()
            wait = partial(api.app.wait, session.task_id, "finished", timeout=None, stop_on_cancel=stop)
            assert await asyncio.create_task(after(interrupt, wait)) == sleeping
            return session.task_id, clock.now() - begun

    task_id, left = run(clock, main())
    assert left == pytest.approx(11 if stop and transport_of is SlowStop else 10, abs=0.1)
    assert platform.tasks[task_id].life.status == ("terminating" if stop else "started")


def test_a_server_that_does_not_answer_holds_nobody_back(platform: Platform, clock: VirtualClock) -> None:
    """The request to stop has five seconds, and then the cancellation goes on."""

    async def main() -> None:
        transport = SlowStop(platform, seconds=1000)
        api = AsyncApi(SERVER, TOKEN, transport=transport)
        session = await api.app.start(None, module_id=SERVICE)
        waiting = asyncio.create_task(api.app.wait(session.task_id, "finished", stop_on_cancel=True))
        await asyncio.sleep(10)
        begun = clock.now()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await waiting
        assert clock.now() - begun == pytest.approx(5)
        assert caught.value.__notes__ == [f"task {session.task_id} could not be asked to stop: no answer within 5 s"]
        assert transport.unanswered == 1

    run(clock, main())


def test_a_wait_that_is_cancelled_while_it_stops_what_is_late(platform: Platform, clock: VirtualClock) -> None:
    """The cancellation is obeyed at once: no other error takes its place."""

    async def main() -> None:
        transport = SlowStop(platform, seconds=4)
        api = AsyncApi(SERVER, TOKEN, transport=transport)
        session = await api.app.start(None, module_id=SERVICE)
        waiting = asyncio.create_task(api.app.wait(session.task_id, "finished", timeout=10, on_timeout="stop"))
        await asyncio.sleep(11)
        assert transport.unanswered == 1
        begun = clock.now()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert clock.now() == begun

    run(clock, main())


@pytest.mark.parametrize("transport_of", [SlowStop, InProcessAsync])
def test_a_block_that_is_cancelled_while_its_app_is_stopped(
    platform: Platform, clock: VirtualClock, transport_of: type[InProcessAsync]
) -> None:
    """An app whose block failed is stopped all the same, and then the cancellation goes on."""

    async def main() -> int:
        api = AsyncApi(SERVER, TOKEN, transport=transport_of(platform))
        ids: list[int] = []

        async def fail() -> None:
            async with api.app.running(None, module_id=SERVICE) as session:
                ids.append(session.task_id)
                raise LookupError

        running = asyncio.create_task(fail())
        while not ids:
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return ids[0]

    task_id = run(clock, main())
    assert platform.tasks[task_id].life.status == "terminating"


@pytest.mark.parametrize("kind", [Api, AsyncApi])
class TestCtrlC:
    def wait(self, kind: type[Any], *steps: Any, **options: Any) -> tuple[BaseException, ScriptedTransport]:
        """Wait, and press Ctrl-C while it sleeps after its first look."""
        transport = ScriptedTransport([answer(task("started")), *steps])

        async def interrupted(seconds: float) -> None:
            raise KeyboardInterrupt

        transport.sleep = interrupted  # type: ignore[method-assign]
        waiting = kind(SERVER, TOKEN, transport=transport).task.wait
        run = waiting if kind is Api else lambda *args, **kwargs: complete(waiting(*args, **kwargs))
        with pytest.raises(KeyboardInterrupt) as caught:
            run(7, **options)
        return caught.value, transport

    def test_it_leaves_the_task_alone(self, kind: type[Any]) -> None:
        """Nothing is sent any more."""
        _, transport = self.wait(kind)
        assert transport.methods == ["tasks.info"]

    def test_it_stops_the_task_on_request(self, kind: type[Any]) -> None:
        """One request, whose result stands in a note on the interruption."""
        interruption, transport = self.wait(kind, answer({"status": "terminating"}), stop_on_cancel=True)
        assert transport.methods == ["tasks.info", "tasks.stop"]
        assert interruption.__notes__ == ["task 7 was asked to stop and is terminating"]

    def test_a_request_that_fails_changes_nothing(self, kind: type[Any], caplog: pytest.LogCaptureFixture) -> None:
        """The interruption stays what it is; that the task runs on is in the note and in the log."""
        interruption, _ = self.wait(kind, answer({"error": "no"}, 403), stop_on_cancel=True)
        (note,) = interruption.__notes__
        assert note.startswith("task 7 could not be asked to stop: tasks.stop was refused: no")
        assert [(record.levelno, record.getMessage()) for record in caplog.records] == [(logging.WARNING, note)]

    def test_a_second_time(self, kind: type[Any]) -> None:
        """While the task is asked to stop, Ctrl-C is obeyed at once."""

        def again(request: httpx.Request) -> httpx.Response:
            raise KeyboardInterrupt("again")

        outcomes: list[str] = []
        interruption, _ = self.wait(
            kind, again, stop_on_cancel=True, progress=lambda event: outcomes.append(event.outcome)
        )
        assert str(interruption) == "again"
        assert outcomes == ["", "KeyboardInterrupt"]

    def test_an_observer_that_fails(self, kind: type[Any]) -> None:
        """Its error does not keep the task from being stopped, and does not take the interruption's place."""
        transport = ScriptedTransport([answer(task("started")), answer({"status": "terminating"})])

        async def interrupted(seconds: float) -> None:
            raise KeyboardInterrupt

        def observe(event: WaitEvent) -> None:
            if event.outcome:
                raise BrokenPipeError

        transport.sleep = interrupted  # type: ignore[method-assign]
        waiting = kind(SERVER, TOKEN, transport=transport).task.wait
        run = waiting if kind is Api else lambda *args, **kwargs: complete(waiting(*args, **kwargs))
        with pytest.raises(KeyboardInterrupt) as caught:
            run(7, stop_on_cancel=True, progress=observe)
        assert caught.value.__notes__[1:] == ["its end could not be shown: BrokenPipeError()"]
        assert transport.methods == ["tasks.info", "tasks.stop"]

    def test_nothing_else_stops_the_task(self, kind: type[Any]) -> None:
        """An error that ends the wait is no cancellation."""
        transport = ScriptedTransport([answer(task("finished"))])
        waiting = kind(SERVER, TOKEN, transport=transport).task.wait

        def refuse(status: object) -> None:
            raise LookupError

        run = waiting if kind is Api else lambda *args, **kwargs: complete(waiting(*args, **kwargs))
        with pytest.raises(LookupError):
            run(7, on_status=refuse, stop_on_cancel=True)
        assert transport.methods == ["tasks.info"]


def test_a_coroutine_that_is_closed() -> None:
    """Nothing can be sent from there; the observer is told all the same, so that a terminal is left in order."""
    outcomes: list[str] = []
    transport = ScriptedTransport([answer(task("started"))])

    async def forever(seconds: float) -> None:
        await asyncio.sleep(3600)

    transport.sleep = forever  # type: ignore[method-assign]
    api = AsyncApi(SERVER, TOKEN, transport=transport)
    waiting = api.task.wait(7, stop_on_cancel=True, progress=lambda event: outcomes.append(event.outcome))

    async def main() -> None:
        waiting.send(None)
        waiting.close()

    asyncio.run(main())
    assert outcomes == ["", "GeneratorExit"]


def test_a_lost_answer_to_the_stop_is_repeated() -> None:
    """A dead connection is no reason to leave a task running: within its five seconds the request is sent again."""
    transport = ScriptedTransport([answer(task("started")), lost(sent=True), answer({"status": "terminating"})])
    seconds: list[float] = []

    async def sleep(time: float) -> None:
        if not seconds:
            seconds.append(time)
            raise KeyboardInterrupt
        seconds.append(time)

    transport.sleep = sleep  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        Api(SERVER, TOKEN, transport=transport).task.wait(7, stop_on_cancel=True)
    assert transport.methods == ["tasks.info", "tasks.stop", "tasks.stop"]
