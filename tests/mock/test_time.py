"""Clocks, and the event loop whose time is virtual."""

import asyncio
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from supervisely_ext.mock import FastClock, Platform, RealClock, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.lifecycle import by_hand
from supervisely_ext.mock.loop import Deadlock, run

from .asking import ask, start


def test_virtual_sleep_takes_no_time(clock: VirtualClock) -> None:
    """A year passes at once, and only when somebody sleeps."""
    begun, real = clock.now(), time.monotonic()
    clock.sleep(365 * 24 * 3600)
    assert clock.now() - begun == 365 * 24 * 3600
    assert time.monotonic() - real < 1


def test_everything_in_the_loop_is_virtual(clock: VirtualClock) -> None:
    """The user's own sleeps and time-outs are virtual too, and run side by side."""

    async def main() -> list[str]:
        done: list[str] = []

        async def after(seconds: float, name: str) -> None:
            await asyncio.sleep(seconds)
            done.append(name)

        await asyncio.gather(after(3600, "slow"), after(60, "quick"), clock.sleep_async(1800))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(10):
                await asyncio.sleep(3600)
        return done

    begun = clock.now()
    assert run(clock, main()) == ["quick", "slow"]
    assert clock.now() - begun == pytest.approx(3610)


def test_sockets_work_in_virtual_time(clock: VirtualClock) -> None:
    """What is ready is handled before time moves."""

    async def main() -> bytes:
        async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(await reader.readline())
            writer.close()

        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(b"hello\n")
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
        return line

    assert run(clock, main()) == b"hello\n"


def test_a_deadlock_is_reported(clock: VirtualClock) -> None:
    """When nothing could ever happen, that is an error and no hanging."""

    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Deadlock, match="every task waits"):
        run(clock, main())


def test_polling_for_ever_is_reported_too() -> None:
    """In the loop as in the blocking colour: a task that only a hand could move is no reason to hang."""
    clock = VirtualClock(patience=50)
    platform = Platform(clock=clock, lifecycle=by_hand())

    async def main() -> None:
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
        while True:
            ask(platform, "tasks.info", {"id": 21012})
            await asyncio.sleep(60)

    with pytest.raises(Deadlock, match="no task has moved, and none will"):
        run(clock, main())


def test_an_interrupt_ends_a_wait_at_once(platform: Platform, clock: VirtualClock) -> None:
    """In virtual time too, in both colours."""
    platform.answer_command("is_ready", interrupt)

    def poll() -> None:
        ask(platform, "tasks.request.direct", {"taskId": 21012, "command": "is_ready", "skipResponse": False})

    async def main() -> None:
        while True:
            await asyncio.sleep(1)
            poll()

    start(platform)
    with pytest.raises(KeyboardInterrupt):
        poll()
    with pytest.raises(KeyboardInterrupt):
        run(clock, main())
    assert ask(platform, "tasks.info", {"id": 21012})[0] == 200


def interrupt(request: object) -> None:
    """Do as a hand at the keyboard does while a request is answered."""
    signal.raise_signal(signal.SIGINT)


def test_time_stands_still_while_a_thread_works(clock: VirtualClock) -> None:
    """A time-out of ten virtual seconds does not fire while a thread takes real time."""

    async def main() -> str:
        async with asyncio.timeout(10):
            return await asyncio.to_thread(lambda: time.sleep(0.05) or "done")

    begun = clock.now()
    assert run(clock, main()) == "done"
    assert clock.now() == begun


def test_time_stands_still_while_the_executor_is_shut_down(clock: VirtualClock) -> None:
    """As `asyncio.Runner` does it since Python 3.13, with a time-out of five minutes."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        working = asyncio.ensure_future(asyncio.to_thread(time.sleep, 0.05))
        await asyncio.sleep(0)
        working.cancel()
        async with asyncio.timeout(300):
            await loop.shutdown_default_executor()

    begun = clock.now()
    run(clock, main())
    assert clock.now() == begun


def test_an_executor_that_takes_nothing_more_does_not_hold_time(clock: VirtualClock) -> None:
    """What it refused is not waited for."""

    async def main() -> None:
        executor = ThreadPoolExecutor(1)
        executor.shutdown()
        with pytest.raises(RuntimeError, match="after shutdown"):
            await asyncio.get_running_loop().run_in_executor(executor, time.time)
        await asyncio.sleep(5)

    begun = clock.now()
    run(clock, main())
    assert clock.now() == begun + 5


@pytest.mark.parametrize("seconds", [-1, 1e12, float("inf"), float("nan")])
def test_time_moves_forward(clock: VirtualClock, seconds: float) -> None:
    """Nobody can send the clock back, or beyond all time."""
    with pytest.raises(ValueError, match="time cannot move"):
        clock.sleep(seconds)


def test_a_foreign_loop_is_refused(clock: VirtualClock) -> None:
    """Virtual time cannot be had in somebody else's loop; real waiting would be worse than an error."""
    with pytest.raises(RuntimeError, match=r"mock\.loop\.run"):
        asyncio.run(clock.sleep_async(1))


def test_fast_and_real_clocks_pass() -> None:
    """A fast clock's second is a fraction of a real one, in both colours."""
    fast, real = FastClock(1000), RealClock()
    begun, begun_real = fast.now(), real.now()
    fast.sleep(10)
    asyncio.run(fast.sleep_async(10))
    real.sleep(0.001)
    asyncio.run(real.sleep_async(0.001))
    assert fast.now() - begun >= 20
    assert 0.02 < real.now() - begun_real < 5


def test_a_loop_in_a_loop_is_refused(clock: VirtualClock) -> None:
    """In words of its own, and without a coroutine that nobody awaits."""

    async def main() -> None:
        with pytest.raises(RuntimeError, match="await it instead"):
            run(clock, asyncio.sleep(1))

    run(clock, main())


def test_in_process_transports_live_in_the_platforms_time(platform: Platform, clock: VirtualClock) -> None:
    """Sleeping on the transport moves the platform, chance is the same in every run."""
    blocking, other = InProcess(platform), InProcess(platform)
    begun = clock.now()
    asyncio.run(blocking.sleep(5))
    run(clock, InProcessAsync(platform).sleep(5))
    assert (blocking.time(), blocking.monotonic()) == (begun + 10, begun + 10)
    assert [blocking.random() for _ in range(3)] == [other.random() for _ in range(3)]
    asyncio.run(blocking.close())
    request = httpx.Request("POST", "https://mock.invalid/public/api/v3/instance.version", json={})
    assert asyncio.run(blocking.send(request, fresh=False)).json() == {"version": "6.18.3"}


def test_an_answer_can_be_streamed(platform: Platform) -> None:
    """It is the same answer."""
    request = httpx.Request("POST", "https://mock.invalid/public/api/v3/instance.version", json={})

    async def read() -> bytes:
        async with InProcess(platform).stream(request) as response:
            return b"".join([chunk async for chunk in response.aiter_bytes()])

    assert asyncio.run(read()) == asyncio.run(InProcess(platform).send(request, fresh=False)).content
