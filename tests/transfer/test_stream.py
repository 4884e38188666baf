"""Streamed answers of every transport."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import httpx
import pytest

from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.relay import Relay
from supervisely_ext.transport import Transport, Unanswered
from tests.scripted import ScriptedTransport

from .conftest import Colour
from .file_server import FileServer, refuses, resets, says, sends

SMALL = b"abc" * 1000


async def read(transport: Transport, url: str) -> tuple[int, bytes]:
    async with transport.stream(httpx.Request("GET", url)) as response:
        chunks = cast(AsyncIterator[bytes], response.stream)
        return response.status_code, b"".join([chunk async for chunk in chunks])


def test_a_body_comes_in_chunks(colour: Colour, ten_mb: bytes) -> None:
    """The answer is there before its body is, and a second one uses the same connection."""

    async def count(url: str) -> int:
        async with colour.transport.stream(httpx.Request("GET", url)) as response:
            assert response.headers["content-length"] == str(len(ten_mb))
            assert response.request.url == url
            return len([chunk async for chunk in response.stream])

    with FileServer(sends(ten_mb)) as server:
        assert colour.run(count(server.url)) > 50
        assert colour.run(read(colour.transport, server.url)) == (200, ten_mb)
        assert server.accepted == 1


def test_a_body_that_nobody_reads_to_its_end(colour: Colour, ten_mb: bytes) -> None:
    """Its connection is not used again."""

    async def peek(url: str) -> bytes:
        async with colour.transport.stream(httpx.Request("GET", url)) as response:
            async for chunk in response.stream:
                return cast(bytes, chunk)
        return b""

    with FileServer(sends(ten_mb)) as server:
        assert ten_mb.startswith(colour.run(peek(server.url)))
        assert colour.run(read(colour.transport, server.url)) == (200, ten_mb)
        assert server.accepted == 2


def test_a_refusal_is_read(colour: Colour) -> None:
    """A refusal has a body like any other."""

    async def ask(url: str) -> bytes:
        async with colour.transport.stream(httpx.Request("GET", url)) as response:
            return cast(bytes, await response.aread())

    with FileServer(refuses("404 No")) as server:
        assert colour.run(ask(server.url)) == b'{"error": "no"}'


@pytest.mark.parametrize("behaviour", [resets, sends(SMALL, cut=100), sends(SMALL, cut=100, reset=True)])
def test_what_breaks_is_unanswered(colour: Colour, behaviour: object) -> None:
    """No head, or a body that ends too early, is a lost answer that may have been sent."""
    with FileServer(behaviour) as server, pytest.raises(Unanswered) as caught:  # type: ignore[arg-type]
        colour.run(read(colour.transport, server.url))
    assert caught.value.sent
    assert isinstance(caught.value.cause, httpx.RequestError)


def test_a_cancelled_reader_closes_all() -> None:
    """Whoever gives up leaves nothing to the garbage collector, in the middle of a body too."""

    async def hang(url: str) -> None:
        transport = AsyncioTransport()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(read(transport, url), 0.1)
        await transport.close()

    with FileServer(says(SMALL, length=len(SMALL) + 1)) as server:
        asyncio.run(hang(server.url))


@pytest.mark.unrefereed("what is sent is any body")
def test_scripted_and_in_process() -> None:
    """The transports without a socket give the body at once."""
    scripted = ScriptedTransport([httpx.Response(200, content=b"abc")])
    assert complete(read(scripted, "https://sly.example.com/")) == (200, b"abc")
    mock = InProcess(Platform(clock=VirtualClock()))
    status, body = complete(read(mock, "https://mock.invalid/public/api/v3/none"))
    assert (status, body[:9]) == (404, b'{"error":')


def test_a_relay_passes_on() -> None:
    """Time, chance and closing are the transport's behind it."""
    inner = ScriptedTransport()
    relay = Relay(inner, None)
    complete(relay.sleep(2))
    complete(relay.close())
    assert (inner.sleeps, inner.closed) == ([2], 1)
    assert (relay.time(), relay.random(), relay.monotonic()) == (inner.time(), inner.random(), inner.monotonic())


def test_a_blocking_stream_needs_no_event_loop(tmp_path: Path) -> None:
    """Nothing suspends in the blocking colour."""
    transport = BlockingTransport()
    with FileServer(sends(SMALL)) as server:
        assert complete(read(transport, server.url)) == (200, SMALL)
        complete(transport.close())


def test_a_relay_passes_a_fan_out_on() -> None:
    """To the transport behind it."""

    async def one() -> int:
        return 1

    assert complete(Relay(ScriptedTransport(), None).fan_out([one, one])) == [1, 1]
    assert complete(Relay(ScriptedTransport(), None).shielded(one, 5)) == 1
