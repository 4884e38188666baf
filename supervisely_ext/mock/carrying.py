"""Carries a reply out over uvicorn: at once, late, slowly, or not to its end."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from .clock import VirtualClock
from .exchange import WITHOUT_BODY, Reply
from .platform import Platform

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_GLANCE = 0.01
_PATIENCE = 0.1
"""How long a clock that moves by itself is trusted to stay; thousands may wait at once."""
_LINGER_NOT = struct.pack("ii", 1, 0)


async def carry_out(reply: Reply, platform: Platform, receive: Receive, send: Send) -> None:
    """Send the reply as it says; nothing more once the client is gone."""
    if reply.plain:
        await send(_head(reply))
        await send({"type": "http.response.body", "body": reply.body})
        return
    gone = asyncio.ensure_future(wait_until_gone(receive))
    sending = asyncio.ensure_future(_send_in_time(reply, platform, send))
    try:
        await asyncio.wait((gone, sending), return_when=asyncio.FIRST_COMPLETED)
        if sending.done():
            sending.result()
        if reply.cut:
            await gone
    finally:
        gone.cancel()
        sending.cancel()


async def wait_until_gone(receive: Receive) -> None:
    """Wait until the connection is closed, from either side."""
    message: Message = {"type": "http.request"}
    while message["type"] != "http.disconnect":
        message = await receive()


async def _send_in_time(reply: Reply, platform: Platform, send: Send) -> None:
    await _let_pass(platform, reply.delay)
    cut = reply.cut
    if cut is None or cut.after is not None:
        await send(_head(reply))
        for piece in reply.pieces():
            await _let_pass(platform, reply.pace.seconds if reply.pace else 0.0)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    if cut is None:
        await send({"type": "http.response.body", "body": b""})
    else:
        await _drained(send)
        end(send, reset=cut.reset)


def _head(reply: Reply) -> Message:
    headers = [
        (b"content-type", reply.content_type.encode("latin-1")),
        *([] if reply.status in WITHOUT_BODY else [(b"content-length", b"%d" % len(reply.body))]),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers),
    ]
    return {"type": "http.response.start", "status": reply.status, "headers": headers}


async def _let_pass(platform: Platform, seconds: float) -> None:
    """Wait on the platform's clock, which may be exchanged; a virtual one moves when somebody says so, and is looked at from time to time."""
    if seconds == float("inf"):
        await asyncio.get_running_loop().create_future()
    until = platform.clock.now() + seconds
    while (left := until - platform.clock.now()) > 0:
        if isinstance(platform.clock, VirtualClock):
            await asyncio.sleep(_GLANCE)
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(platform.clock.sleep_async(left), _PATIENCE)


def _connection_of(send: Send) -> asyncio.Transport:
    """Reach for the connection: ASGI cannot reset one, and uvicorn, pinned for it, shows it nowhere else."""
    connection: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    return connection


async def _drained(send: Send) -> None:
    """Wait until the kernel has everything: a reset throws away what it has not."""
    while _connection_of(send).get_write_buffer_size():
        await asyncio.sleep(_GLANCE)


def end(send: Send, *, reset: bool) -> None:
    """End the connection."""
    connection = _connection_of(send)
    if not reset:
        connection.close()
        return
    # Without this the kernel ends an aborted connection as cleanly as any other.
    connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    connection.abort()
