"""The platform on a real port: a bare ASGI application, and uvicorn to carry it (extra `mock`)."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..port import stop_on_signals
from .carrying import Message, Receive, Send, carry_out, end, wait_until_gone
from .exchange import Reply, Request, known_headers
from .other_sites import refuse_other_sites
from .platform import Platform
from .reading import largest_body
from .routes import respond

if TYPE_CHECKING:
    import uvicorn

Application = Callable[[Message, Receive, Send], Awaitable[None]]

_KEEP_ALIVE_SECONDS = 75
"""Longer than clients keep a connection (the official SDK's and ours 60 s), so that it is not closed under a request."""


def application(platform: Platform, host: str = "127.0.0.1") -> Application:
    """Give the ASGI application of the platform; for uvicorn with httptools. `host` is the name under which it is reached."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        try:
            request = await _receive(scope, receive)
            if request is not None:
                await carry_out(_answer(platform, request, host), platform, receive, send)
        except asyncio.CancelledError:  # the server stops, and what is waited for will not come
            end(send, reset=True)
            await wait_until_gone(receive)

    return app


def _answer(platform: Platform, request: Request, host: str) -> Reply:
    reply = refuse_other_sites(request, host) or respond(platform, request)
    # The rest of the body is still on its way, and would be taken for the next request.
    return evolve(reply, headers=(*reply.headers, ("connection", "close"))) if request.oversized else reply


async def _receive(scope: Message, receive: Receive) -> Request | None:
    """Give the request, read as far as it may be long; None when the client went away before its end."""
    headers = known_headers(scope["headers"])
    limit = largest_body(headers)
    body = bytearray()
    oversized = int(headers.get("content-length", "0")) > limit
    more = not oversized
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message["body"]
        oversized = len(body) > limit
        more = message["more_body"] and not oversized
    return Request(
        verb=scope["method"],
        path=scope["path"],
        headers=headers,
        body=b"" if oversized else bytes(body),
        query=scope["query_string"].decode("latin-1"),
        oversized=oversized,
    )


def serve(
    platform: Platform, listening: socket.socket, host: str = "127.0.0.1", *, announce: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM, then return. `host` is the name under which it is reached; `announce` is called when a signal can stop it.

    The official SDK first tries https on the same port: that is refused at once, as on any port without TLS.
    """
    server = _server(application(platform, host))
    stop_on_signals(server)
    announce()
    server.run(sockets=[listening])


@contextmanager
def serving(app: Application, listening: socket.socket) -> Generator[None]:
    """Serve from a thread for the time of a `with` block; what uvicorn has to say goes to the logging that is there."""
    server = _server(app, log_config=None)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="supervisely mock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _server(app: Application, **options: Any) -> "uvicorn.Server":
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for task in self.server_state.tasks:
                task.cancel()  # else it would wait for answers that come late, or never
            await super().shutdown(sockets)

    logging.getLogger("uvicorn.error").addFilter(_is_no_tls_probe)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        date_header=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        **options,
    )
    return Server(config)


def _is_no_tls_probe(record: logging.LogRecord) -> bool:
    return "Invalid HTTP request" not in record.getMessage()
