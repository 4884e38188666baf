"""A proxy that records: it passes everything on as it comes, piece by piece, and writes down what may be kept.

For any client: give it the proxy's address instead of the server's. An ASGI application, for uvicorn.
"""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from typing import TYPE_CHECKING, Any

import httpx
from attrs import define, field

from ..port import stop_on_signals
from .recording import Passed, Passing, Recorder

if TYPE_CHECKING:
    import uvicorn

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_OF_ONE_CONNECTION = frozenset(
    {b"connection", b"keep-alive", b"transfer-encoding", b"te", b"trailer", b"upgrade", b"proxy-connection", b"expect"}
)
_CONNECT_SECONDS = 30.0
_OUR_OWN = frozenset({b"host", b"accept-encoding"})


class ClientGone(Exception):
    """The client ended the connection before its request was whole."""


class BrokenOff(Exception):
    """The server ended the connection before its answer was whole; the client's ends as well."""


def application(client: httpx.AsyncClient, upstream: str, recorder: Recorder) -> Application:
    """Give the proxy in front of a server, for example `https://app.supervisely.com`."""
    url = httpx.URL(upstream)

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        exchange = _Exchange(scope, receive, send)
        try:
            await exchange.carry(client, url)
        except BaseException:
            exchange.failure = exchange.failure or "it was broken off"
            raise
        finally:
            recorder.record(exchange.passed())

    return app


@define
class _Exchange:
    scope: Message
    receive: Receive
    send: Send
    status: int | None = None
    failure: str = ""
    started: float = field(factory=time.time)
    request: Passing = field(init=False)
    answer: Passing = field(factory=lambda: Passing(""))

    def __attrs_post_init__(self) -> None:
        self.request = Passing(self._headers().get("content-type", ""))

    def _headers(self) -> dict[str, str]:
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in self.scope["headers"]}

    async def carry(self, client: httpx.AsyncClient, upstream: httpx.URL) -> None:
        """Pass the request on and the answer back."""
        try:
            response = await client.send(self._to(upstream), stream=True, follow_redirects=False)
        except httpx.HTTPError as error:
            await self._refuse(f"no answer from the server ({type(error).__name__})")
        except ClientGone:
            self.failure = "the client went away"
        else:
            try:
                await self._pass_back(response)
            finally:
                await response.aclose()

    def _to(self, upstream: httpx.URL) -> httpx.Request:
        query = self.scope["query_string"]
        target = self.scope["raw_path"] + (b"?" + query if query else b"")
        headers = _without(self.scope["headers"], _OF_ONE_CONNECTION | _OUR_OWN)
        # What is packed could not be read.
        headers.append((b"accept-encoding", b"identity"))
        has_body = self._headers().keys() & {"content-length", "transfer-encoding"}
        return httpx.Request(
            self.scope["method"],
            upstream.copy_with(raw_path=target),
            headers=headers,
            content=self._sent() if has_body else None,
        )

    async def _sent(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            self.request.add(message["body"])
            yield message["body"]
            more = message["more_body"]

    async def _pass_back(self, response: httpx.Response) -> None:
        if response.is_redirect:
            # The client would follow it past the proxy, and take its token along.
            await self._refuse("the server redirects: give --server the address that it redirects to")
            return
        self.status = response.status_code
        self.answer = Passing(response.headers.get("content-type", ""))
        await self._begin(response.status_code, _without(response.headers.raw, _OF_ONE_CONNECTION))
        try:
            async for piece in response.aiter_raw():
                self.answer.add(piece)
                await self.send({"type": "http.response.body", "body": piece, "more_body": True})
        except httpx.HTTPError as error:
            self.failure = f"the answer broke off ({type(error).__name__})"
            raise BrokenOff(self.failure) from None
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _refuse(self, why: str) -> None:
        self.failure = why
        body = json.dumps({"error": f"contract record: {why}"}).encode()
        length = str(len(body)).encode()
        await self._begin(502, [(b"content-type", b"application/json"), (b"content-length", length)])
        await self.send({"type": "http.response.body", "body": body, "more_body": False})

    async def _begin(self, status: int, headers: Headers) -> None:
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    def passed(self) -> Passed:
        """Give what became of it."""
        return Passed(
            verb=self.scope["method"],
            path=self.scope["path"],
            query=self.scope["query_string"].decode("latin-1"),
            headers=self._headers(),
            request=self.request,
            answer=self.answer,
            status=self.status,
            failure=self.failure,
            time=self.started,
        )


def _without(headers: Iterable[tuple[bytes, bytes]], names: frozenset[bytes]) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in names]


def serve(upstream: str, recorder: Recorder, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Pass on and record until SIGINT or SIGTERM, then return. `announce` is called when a signal can stop it."""
    import uvicorn

    # How long an app may take is for the client to say.
    timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
    client = httpx.AsyncClient(timeout=timeout, limits=httpx.Limits(max_connections=None))
    config = uvicorn.Config(
        application(client, upstream, recorder),
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="error",  # the official SDK first tries https on the same port, which uvicorn would warn of
        date_header=False,
        server_header=False,
    )
    server = uvicorn.Server(config)
    stop_on_signals(server)
    announce()
    asyncio.run(_serve(server, client, recorder, listening))


async def _serve(
    server: "uvicorn.Server", client: httpx.AsyncClient, recorder: Recorder, listening: socket.socket
) -> None:
    async with client:
        await server.serve(sockets=[listening])
    recorder.close()
