"""The platform on a real port: a bare ASGI application, and uvicorn to carry it (extra `mock`)."""

import logging
import signal
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .exchange import Request
from .gateway import handle
from .platform import Platform

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


def application(platform: Platform) -> Application:
    """Give the ASGI application of the platform."""

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        reply = handle(
            platform,
            Request(
                scope["method"], scope["path"], headers, await _read(receive), scope["query_string"].decode("latin-1")
            ),
        )
        fields = [(b"content-type", reply.content_type.encode()), (b"content-length", str(len(reply.body)).encode())]
        await send({"type": "http.response.start", "status": reply.status, "headers": fields})
        await send({"type": "http.response.body", "body": reply.body})

    return app


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    more = True
    while more:
        message = await receive()
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks)


def listen(host: str, port: int) -> socket.socket:
    """Give a listening socket; port 0 takes a free one. Raises `OSError` when the port is taken."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def url_of(listening: socket.socket) -> str:
    """Give the URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(platform: Platform, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then return.

    The official SDK first tries https on the same port: that is refused at once, as on any port without TLS.
    """
    import uvicorn

    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn stops cleanly, and then raises the signal once more for whoever was there before it.
        signal.signal(number, _already_stopped)
    logging.getLogger("uvicorn.error").addFilter(_is_no_tls_probe)
    config = uvicorn.Config(
        application(platform), lifespan="off", access_log=False, log_level="warning", http="httptools"
    )
    uvicorn.Server(config).run(sockets=[listening])


def _already_stopped(number: int, frame: object) -> None:
    """Do nothing."""


def _is_no_tls_probe(record: logging.LogRecord) -> bool:
    return "Invalid HTTP request" not in record.getMessage()
