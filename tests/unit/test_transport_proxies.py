"""Proxies, as the environment names them."""

import asyncio
import socket
from collections.abc import Callable

import httpx
import pytest

from supervisely_ext.completing import complete
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.transport import Unanswered

from .wire_server import WireServer

Ask = Callable[..., list[str]]


def ask_blocking(*urls: str, fresh: bool = False) -> list[str]:
    transport = BlockingTransport()
    try:
        return [complete(transport.send(httpx.Request("GET", url), fresh=fresh)).text for url in urls]
    finally:
        complete(transport.close())


def ask_asyncio(*urls: str, fresh: bool = False) -> list[str]:
    async def ask() -> list[str]:
        transport = AsyncioTransport()
        try:
            return [(await transport.send(httpx.Request("GET", url), fresh=fresh)).text for url in urls]
        finally:
            await transport.close()

    return asyncio.run(ask())


def refuse(connection: socket.socket, head: bytes) -> bool:
    connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    return False


either_colour = pytest.mark.parametrize("ask", [ask_blocking, ask_asyncio])


@either_colour
@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_a_proxy_is_used(ask: Ask, fresh: bool, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request goes to the proxy that the environment names, which gets the whole address."""
    with WireServer() as proxy:
        monkeypatch.setenv(variable, proxy.url)
        assert ask("http://sly.invalid/a", fresh=fresh) == ["http://sly.invalid/a"]


@either_colour
def test_a_proxy_without_a_scheme_is_used(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that is written as host and port is an http proxy."""
    with WireServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        assert ask("http://sly.invalid/a") == ["http://sly.invalid/a"]


@either_colour
@pytest.mark.parametrize("exception", ["127.0.0.1", "{address}", "*", "example.com, 127.0.0.1"])
def test_no_proxy_is_an_exception(ask: Ask, exception: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that no_proxy names, with or without its port, is asked directly."""
    with WireServer() as proxy, WireServer() as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", exception.format(address=server.address))
        assert ask(f"{server.url}/a") == ["/a"]
        assert not proxy.requests


@either_colour
def test_each_host_has_its_own_way(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transport asks one host through the proxy and another directly."""
    with WireServer() as proxy, WireServer() as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert ask("http://sly.invalid/a", f"{server.url}/b", "http://sly.invalid/c") == [
            "http://sly.invalid/a",
            "/b",
            "http://sly.invalid/c",
        ]


@either_colour
def test_what_a_proxy_refuses_was_not_sent(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request that asks it for a connection is not ours."""
    with WireServer(refuse) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        with pytest.raises(Unanswered) as lost:
            ask("https://sly.invalid/a", fresh=True)
        assert isinstance(lost.value.cause, httpx.ProxyError)
        assert not lost.value.sent
        assert [request.split()[0] for request in proxy.requests] == [b"CONNECT"]
