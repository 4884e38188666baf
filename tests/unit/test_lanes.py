"""The connections of an asyncio transport: how many, whose turn it is, and what becomes of them."""

import asyncio
import gc
import socket
from collections.abc import Callable, Coroutine
from threading import Barrier, Event, Semaphore
from typing import Any, TypeVar

import httpx
import pytest

from supervisely_ext.network import AsyncioTransport
from supervisely_ext.transport import Unanswered

from . import wire_server as wire
from .wire_server import WireServer

T = TypeVar("T")


def with_one_connection(use: Callable[[AsyncioTransport], Coroutine[Any, Any, T]]) -> T:
    """Run on a transport of one connection, which is closed in the end."""

    async def run() -> T:
        transport = AsyncioTransport(connections=1)
        try:
            return await use(transport)
        finally:
            await transport.close()

    return asyncio.run(run())


def get(url: str, total: float | None = None) -> httpx.Request:
    return httpx.Request("GET", url, extensions={"total": total})


def test_no_more_connections_than_allowed() -> None:
    """Of six requests at once two are under way, the others queue."""
    pairs = Barrier(2)

    def meet(connection: socket.socket, head: bytes) -> bool:
        pairs.wait(5)
        return wire.plain(connection, head)

    async def ask() -> list[httpx.Response]:
        transport = AsyncioTransport(connections=2)
        requests = [httpx.Request("GET", f"{server.url}/{number}") for number in range(6)]
        try:
            return await asyncio.gather(*(transport.send(request, fresh=False) for request in requests))
        finally:
            await transport.close()

    with WireServer(meet) as server:
        assert [answer.text for answer in asyncio.run(ask())] == [f"/{number}" for number in range(6)]
        assert server.accepted == 2


def test_a_cancelled_request_gives_its_turn_back() -> None:
    """After a cancelled request the only connection is free, and its answer is nobody's."""

    async def ask() -> str:
        transport = AsyncioTransport(connections=1)
        try:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(transport.send(httpx.Request("GET", f"{server.url}/1"), fresh=False), 0.05)
            return (await transport.send(httpx.Request("GET", f"{server.url}/2"), fresh=False)).text
        finally:
            await transport.close()

    with WireServer(wire.hold, wire.plain) as server:
        assert asyncio.run(ask()) == "/2"


def test_one_event_loop_after_another() -> None:
    """An asyncio transport works in a second loop after the first has ended."""
    transport = AsyncioTransport()

    async def ask(url: str) -> str:
        try:
            return (await transport.send(httpx.Request("GET", url), fresh=False)).text
        finally:
            await transport.close()

    with WireServer() as server:
        assert [asyncio.run(ask(f"{server.url}/{number}")) for number in (1, 2)] == ["/1", "/2"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_ended_loops_leave_no_connections() -> None:
    """Connections that were not closed are forgotten with their loop, instead of piling up."""
    transport = AsyncioTransport()
    hang_ups = Semaphore(0)

    def watch(connection: socket.socket, head: bytes) -> bool:
        wire.plain(connection, head)
        connection.recv(1)
        hang_ups.release()
        return False

    with WireServer(watch) as server:
        for number in range(4):
            request = httpx.Request("GET", f"{server.url}/{number}")
            assert asyncio.run(transport.send(request, fresh=False)).text == f"/{number}"
        gc.collect()
        forgotten = all(hang_ups.acquire(timeout=2) for _ in range(3))
    del transport
    gc.collect()
    assert forgotten


def test_the_time_in_the_queue_counts() -> None:
    """Who waits for the only connection longer than all may take gets no answer."""

    async def ask(transport: AsyncioTransport) -> Unanswered:
        first = asyncio.create_task(transport.send(get(f"{server.url}/1"), fresh=False))
        while not server.requests:
            await asyncio.sleep(0)
        with pytest.raises(Unanswered) as lost:
            await transport.send(get(f"{server.url}/2", total=0.05), fresh=False)
        first.cancel()
        return lost.value

    with WireServer(wire.hold) as server:
        assert isinstance(with_one_connection(ask).cause, TimeoutError)
        assert len(server.requests) == 1


def test_a_body_that_is_streamed_stops_no_call() -> None:
    """It holds a connection of its own for as long as it comes."""

    async def ask(transport: AsyncioTransport) -> str:
        async with transport.stream(get(f"{server.url}/1")):
            return (await transport.send(get(f"{server.url}/2", total=60), fresh=False)).text

    with WireServer(wire.drip, wire.plain) as server:
        assert with_one_connection(ask) == "/2"


def test_a_connection_in_use_is_closed_when_it_is_free() -> None:
    """A transport that is closed meanwhile keeps none; who waits for a turn has his."""
    closed, hang_ups = Event(), Semaphore(0)

    def answer_late(connection: socket.socket, head: bytes) -> bool:
        closed.wait(5)
        wire.plain(connection, head)
        if not connection.recv(1):
            hang_ups.release()
        return False

    async def ask(transport: AsyncioTransport) -> list[str]:
        calls = [asyncio.create_task(transport.send(get(f"{server.url}/{number}"), fresh=False)) for number in (1, 2)]
        while not server.requests:
            await asyncio.sleep(0)
        await transport.close()
        closed.set()
        return [answer.text for answer in await asyncio.gather(*calls)]

    with WireServer(answer_late) as server:
        assert with_one_connection(ask) == ["/1", "/2"]
        assert all(hang_ups.acquire(timeout=5) for _ in range(2))
