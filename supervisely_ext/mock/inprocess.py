"""The platform as a transport of the client, without a socket: pass it as `Api(…, transport=…)`.

It has the shape that the client asks of a transport and shares no code with it: where no answer comes it raises what httpx would.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar

import httpx
from anyio import CancelScope

from .exchange import Reply, Request, known_headers
from .platform import Platform
from .routes import respond

T = TypeVar("T")


class InProcess:
    """Answers for the blocking colour; sleeping moves the platform's own clock."""

    def __init__(self, platform: Platform, *, seed: int = 0) -> None:
        self.platform = platform
        self._random = random.Random(seed)

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Answer the request, or raise httpx's error where no answer comes."""
        reply = self._ask(request)
        if reply.plain:
            return _response(reply, request, content=reply.body)
        async with aclosing(self._arriving(reply, request)) as pieces:
            await self._reach_the_head(reply, request)
            return _response(reply, request, content=b"".join([piece async for piece in pieces]))

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        """Answer the request, its body as it arrives; that raises httpx's error where it does not."""
        reply = self._ask(request)
        await self._reach_the_head(reply, request)
        async with aclosing(self._arriving(reply, request)) as pieces:
            yield _response(reply, request, stream=_Body(pieces))

    def _ask(self, request: httpx.Request) -> Reply:
        url, headers = request.url, known_headers(request.headers.raw)
        return respond(self.platform, Request(request.method, url.path, headers, request.read(), url.query.decode()))

    async def _reach_the_head(self, reply: Reply, request: httpx.Request) -> None:
        if reply.delay:
            await self._let_pass(reply.delay, request)
        if reply.cut and reply.cut.after is None:
            raise _ended(reply, request)

    async def _arriving(self, reply: Reply, request: httpx.Request) -> AsyncGenerator[bytes]:
        for piece in reply.pieces():
            if reply.pace:
                await self._let_pass(reply.pace.seconds, request)
            yield piece
        if reply.cut:
            raise _ended(reply, request)

    async def _let_pass(self, seconds: float, request: httpx.Request) -> None:
        """Wait as long as the client would, which gives up after its time-out."""
        patience = request.extensions.get("timeout", {}).get("read")
        if seconds == float("inf") and patience is None:
            raise RuntimeError(
                f"{request.url.path} is never answered, and the client would wait for ever: give it a time-out"
            )
        if patience is None or seconds <= patience:
            await self.sleep(seconds)
            return
        await self.sleep(patience)
        raise httpx.ReadTimeout("timed out", request=request)

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        """Run one after the other: the same order in every run."""
        return [await call() for call in calls]

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        """Run the call."""
        return await call()

    async def sleep(self, seconds: float) -> None:
        """Let time pass on the platform."""
        self.platform.clock.sleep(seconds)

    async def close(self) -> None:
        """Do nothing: there are no connections."""

    def monotonic(self) -> float:
        """Give the platform's time."""
        return self.platform.clock.now()

    def time(self) -> float:
        """Give the platform's time."""
        return self.platform.clock.now()

    def random(self) -> float:
        """Give a number in [0, 1); the same ones in every run."""
        return self._random.random()


class InProcessAsync(InProcess):
    """Answers for asyncio; with a virtual clock only in its own event loop (`mock.loop.run`)."""

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        """Run the call in a task of its own, which cancelling the caller does not reach."""
        caller, cancelled = asyncio.current_task(), None
        is_cancelled_already = caller is not None and caller.cancelling() > 0
        task = asyncio.ensure_future(asyncio.wait_for(call(), seconds))
        with CancelScope(shield=True):
            while not task.done():
                try:
                    await asyncio.wait([task])
                except asyncio.CancelledError as error:
                    cancelled = error
        failure = None if task.cancelled() else task.exception()
        if cancelled is not None and not is_cancelled_already:
            if failure is not None:
                cancelled.add_note(f"what was to be done first failed: {failure!r}")
            raise cancelled
        return task.result()

    async def sleep(self, seconds: float) -> None:
        """Let time pass on the platform."""
        await self.platform.clock.sleep_async(seconds)


class _Body(httpx.AsyncByteStream):
    def __init__(self, pieces: AsyncGenerator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


def _response(reply: Reply, request: httpx.Request, **body: Any) -> httpx.Response:
    headers = [("content-type", reply.content_type), *reply.headers]
    if "stream" in body:
        headers.append(("content-length", str(len(reply.body))))
    return httpx.Response(reply.status, headers=headers, request=request, **body)


def _ended(reply: Reply, request: httpx.Request) -> httpx.TransportError:
    """Give what httpx raises when a connection ends too early, in its words."""
    if reply.cut and reply.cut.reset:
        return httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
    received, expected = sum(map(len, reply.pieces())), len(reply.body)
    return httpx.RemoteProtocolError(
        f"peer closed connection without sending complete message body (received {received} bytes, expected {expected})",
        request=request,
    )
