"""The real transports, on real sockets."""

import asyncio
import gc
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import httpx
import pytest

from supervisely_ext.completing import complete
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.transport import Unanswered

from . import wire_server as wire
from .wire_server import WireServer


class Line:
    """A transport of either colour, driven from blocking code."""

    def __init__(self, transport: Any, run: Callable[[Any], Any]) -> None:
        self.transport = transport
        self.run = run

    def get(self, url: str, *, fresh: bool = False, timeout: float = 5, total: float | None = None) -> httpx.Response:
        extensions = {"timeout": httpx.Timeout(timeout).as_dict(), "total": total}
        request = httpx.Request("GET", url, extensions=extensions)
        return self.run(self.transport.send(request, fresh=fresh))

    def lose(self, url: str, **options: Any) -> Unanswered:
        with pytest.raises(Unanswered) as caught:
            self.get(url, **options)
        return caught.value


@pytest.fixture(params=["blocking", "asyncio"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    if request.param == "blocking":
        line = Line(BlockingTransport(), complete)
        yield line
        line.run(line.transport.close())
    else:
        with asyncio.Runner() as runner:
            line = Line(AsyncioTransport(), runner.run)
            yield line
            line.run(line.transport.close())


@pytest.fixture
def nobody() -> Iterator[str]:
    """Give an address where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/"


def test_a_connection_is_kept(line: Line) -> None:
    """Requests one after another share one connection."""
    with WireServer() as server:
        answers = [line.get(f"{server.url}/{number}").text for number in range(5)]
        assert answers == ["/0", "/1", "/2", "/3", "/4"]
        assert server.accepted == 1


def test_an_answer_knows_its_request(line: Line) -> None:
    """The answer is read, and has the request that it belongs to."""
    with WireServer() as server:
        answer = line.get(f"{server.url}/a")
        assert answer.is_closed
        assert answer.request.url.path == "/a"


def test_a_fresh_request_has_its_own_connection(line: Line) -> None:
    """A fresh request uses no kept connection, and leaves none."""
    with WireServer() as server:
        for fresh in (False, True, True, False):
            assert line.get(f"{server.url}/a", fresh=fresh).text == "/a"
        assert server.accepted == 3


def test_a_compressed_answer_is_unpacked(line: Line) -> None:
    """An answer in gzip is read as its text."""
    with WireServer(wire.compressed) as server:
        assert line.get(f"{server.url}/packed").text == "/packed"


def test_a_refused_fresh_connection_sent_nothing(line: Line, nobody: str) -> None:
    """Only a connection of its own tells that nothing was sent."""
    lost = line.lose(nobody, fresh=True)
    assert not lost.sent
    assert isinstance(lost.cause, httpx.ConnectError)


def test_a_refused_connection_with_tls(line: Line, nobody: str) -> None:
    """An https address where nobody listens is a lost request like any other."""
    assert not line.lose(nobody.replace("http:", "https:"), fresh=True).sent


def test_a_server_that_does_not_speak_tls(line: Line) -> None:
    """When no secure connection comes about, nothing was sent."""
    with WireServer() as server:
        lost = line.lose(f"https://{server.address}/", fresh=True, timeout=0.2)
        assert not lost.sent
        assert isinstance(lost.cause, httpx.ConnectTimeout)
        assert not server.requests


def test_a_host_without_an_address_sent_nothing(line: Line) -> None:
    """A name that cannot be looked up is a lost request, also when it is too long for a name."""
    for host in ("sly.invalid", f"{'a' * 64}.invalid"):
        assert not line.lose(f"http://{host}/", fresh=True).sent


def test_a_refused_connection_counts_as_sent_otherwise(line: Line, nobody: str) -> None:
    """Where a connection may have been kept, nobody knows what was sent."""
    assert line.lose(nobody).sent


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("behaviour", [wire.reset, wire.close, wire.cut, wire.broken_gzip])
def test_a_broken_answer_is_none(line: Line, behaviour: wire.Behaviour, fresh: bool) -> None:
    """A request that was read and not answered in full is lost, and may have been received."""
    with WireServer(behaviour) as server:
        lost = line.lose(f"{server.url}/a", fresh=fresh)
        assert lost.sent
        assert isinstance(lost.cause, httpx.RequestError)
        assert len(server.requests) == 1


@pytest.mark.parametrize("fresh", [True, False])
def test_an_answer_that_drips_is_none_after_its_total_time(line: Line, fresh: bool) -> None:
    """Though each of its bytes comes soon after the one before."""
    with WireServer(wire.drip) as server:
        lost = line.lose(f"{server.url}/a", fresh=fresh, total=0.1)
        assert lost.sent
        assert isinstance(lost.cause, TimeoutError)
        assert "0.1 s" in str(lost)
        assert len(line.get(f"{server.url}/a", fresh=fresh, total=60).content) == 150


@pytest.mark.parametrize("broken", [ssl.SSLError("WRONG_VERSION_NUMBER"), TimeoutError(110, "Connection timed out")])
@pytest.mark.parametrize("fresh", [True, False])
def test_what_the_system_says_is_a_lost_request(
    line: Line, monkeypatch: pytest.MonkeyPatch, fresh: bool, broken: OSError
) -> None:
    """httpx lets a broken TLS record through as it is, on asyncio; a time-out that is not of the whole exchange stays what it is."""

    def fail(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        raise broken

    async def fail_later(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        raise broken

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", fail)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", fail_later)
    assert line.lose("https://sly.invalid/a", fresh=fresh, total=60).cause is broken


@pytest.mark.parametrize("fresh", [True, False])
def test_a_time_out_is_a_lost_request(line: Line, fresh: bool) -> None:
    """A server that says nothing in time may have received the request."""
    with WireServer(wire.hold) as server:
        lost = line.lose(f"{server.url}/a", fresh=fresh, timeout=0.05)
        assert lost.sent
        assert isinstance(lost.cause, httpx.ReadTimeout)


def test_a_kept_connection_that_dies_may_have_sent(line: Line) -> None:
    """A reset on the second request of a connection counts as sent, and the third has a new one."""
    with WireServer(wire.plain, wire.reset, wire.plain) as server:
        line.get(f"{server.url}/1")
        assert line.lose(f"{server.url}/2").sent
        assert line.get(f"{server.url}/3").text == "/3"
        assert server.accepted == 2


def test_closing_is_not_the_end(line: Line) -> None:
    """After close the next request opens a new connection; closing twice is fine."""
    with WireServer() as server:
        line.get(f"{server.url}/1")
        line.run(line.transport.close())
        line.run(line.transport.close())
        assert line.get(f"{server.url}/2").text == "/2"
        assert server.accepted == 2


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_fork_shares_no_connection(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another process the connections of the first are not used."""
    with WireServer() as server:
        line.get(f"{server.url}/1")
        other = os.getpid() + 1
        monkeypatch.setattr("supervisely_ext.network.os.getpid", lambda: other)
        for number in (2, 3):
            assert line.get(f"{server.url}/{number}").text == f"/{number}"
        assert server.accepted == 2
    gc.collect()  # here, where nobody minds that a dropped connection was not closed


def test_real_time_and_chance(line: Line) -> None:
    """Clocks go forward, sleeping lasts as long as asked, chance lies in [0, 1)."""
    before, epoch = line.transport.monotonic(), line.transport.time()
    line.run(line.transport.sleep(0.01))
    assert 0.009 <= line.transport.monotonic() - before < 5
    assert 0 <= line.transport.time() - epoch < 5
    assert 0 <= line.transport.random() < 1


def test_a_shielded_call_has_its_result_and_its_error(line: Line) -> None:
    """Where nothing is cancelled it is a call like any other."""

    async def add(number: int) -> int:
        await line.transport.sleep(0)
        return 1 // number

    assert line.run(line.transport.shielded(lambda: add(1), 5)) == 1
    with pytest.raises(ZeroDivisionError):
        line.run(line.transport.shielded(lambda: add(0), 5))


def test_many_threads_share_a_blocking_transport() -> None:
    """Each of 16 threads gets the answers to its own requests."""
    transport = BlockingTransport()
    line = Line(transport, complete)
    wrong: list[str] = []

    with WireServer() as server:

        def ask(thread: int) -> None:
            for number in range(20):
                target = f"/{thread}-{number}"
                if line.get(server.url + target).text != target:
                    wrong.append(target)

        threads = [Thread(target=ask, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        assert len(server.requests) == 320
        assert server.accepted <= 16
        complete(transport.close())


def test_what_suspends_is_not_completed() -> None:
    """A coroutine that waits for an event loop is closed, and told so."""
    closed = []

    async def suspend() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            closed.append(True)

    with pytest.raises(RuntimeError, match="blocking transport"):
        complete(suspend())
    assert closed == [True]
