"""Transports over the network and real time, one of each colour."""

import asyncio
import os
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from typing import Any, TypeVar, cast

import httpx
from attrs import frozen

from .completing import complete
from .connections import NO_ANSWER, Trace, opened, origin, take_for_sent
from .fan_out import in_tasks, in_threads
from .shield import shielded
from .total_time import InTime, in_time
from .transport import AT_ONCE, Unanswered

T = TypeVar("T")

# A script that seeds `random`, or forks, must not mark two starts alike.
_CHANCE = random.SystemRandom()


class _Outside:
    """Real time and chance, for both colours."""

    def monotonic(self) -> float:
        return time.monotonic()

    def time(self) -> float:
        return time.time()

    def random(self) -> float:
        return _CHANCE.random()


class BlockingTransport(_Outside):
    """Blocks the calling thread; may be shared by threads."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._pools: dict[str, httpx.HTTPTransport] = {}

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        if not fresh:
            return self._exchange(self._pool(request.url), request, take_for_sent)
        trace = Trace()
        request.extensions["trace"] = trace.note
        with opened(httpx.HTTPTransport, request.url) as transport:
            return self._exchange(transport, request, trace.sent)

    def _exchange(
        self, transport: httpx.HTTPTransport, request: httpx.Request, sent: Callable[[], bool]
    ) -> httpx.Response:
        begun, total = time.monotonic(), request.extensions.get("total")
        try:
            response = transport.handle_request(request)
            response.request = request
            if total is not None:
                response.stream = InTime(cast("httpx.SyncByteStream", response.stream), total, begun)
            try:
                response.read()
            finally:
                response.close()
        except NO_ANSWER as error:
            raise Unanswered(error, sent=sent()) from error
        return response

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        try:
            response = self._pool(request.url).handle_request(request)
        except NO_ANSWER as error:
            raise Unanswered(error, sent=True) from error
        try:
            async with aclosing(_blocking_chunks(response)) as chunks:
                yield _arriving(request, response, chunks)
        finally:
            response.close()

    def _pool(self, url: httpx.URL) -> httpx.HTTPTransport:
        if os.getpid() != self._process:
            # A connection shared with the parent process mixes up the answers of both.
            self._process, self._pools = os.getpid(), {}
        pool = self._pools.get(origin(url))
        if pool is None:
            pool = self._pools.setdefault(origin(url), opened(httpx.HTTPTransport, url))
        return pool

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        return in_threads(calls, AT_ONCE, complete)

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        return await call()

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def close(self) -> None:
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()


class AsyncioTransport(_Outside):
    """Suspends the calling task; may be shared by tasks, and by event loops one after another.

    httpx's pool gets slower with every waiting request. Here each request takes the connection that came back last, at most
    `connections` at once a loop; the others queue. Bodies that are streamed have as many of their own, since they hold one for long.
    """

    def __init__(self, *, connections: int = 8) -> None:
        self._connections = connections
        self._process = os.getpid()
        self._of_loops: dict[asyncio.AbstractEventLoop, _OfLoop] = {}

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        sent = take_for_sent
        if fresh:
            trace = Trace()
            request.extensions["trace"], sent = trace.note_async, trace.sent
        try:
            async with in_time(request.extensions.get("total")), self._connection(request, fresh=fresh) as transport:
                response = await transport.handle_async_request(request)
                response.request = request
                try:
                    await response.aread()
                finally:
                    await response.aclose()
        except NO_ANSWER as error:
            raise Unanswered(error, sent=sent()) from error
        return response

    def _connection(
        self, request: httpx.Request, *, fresh: bool
    ) -> AbstractAsyncContextManager[httpx.AsyncHTTPTransport]:
        return opened(httpx.AsyncHTTPTransport, request.url) if fresh else self._here().calls.borrow(request.url)

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        async with self._here().streams.borrow(request.url) as transport:
            try:
                response = await transport.handle_async_request(request)
            except NO_ANSWER as error:
                raise Unanswered(error, sent=True) from error
            try:
                async with aclosing(_suspending_chunks(response)) as chunks:
                    yield _arriving(request, response, chunks)
            finally:
                await response.aclose()

    def _here(self) -> "_OfLoop":
        if os.getpid() != self._process:
            self._process, self._of_loops = os.getpid(), {}
        loop = asyncio.get_running_loop()
        here = self._of_loops.get(loop)
        if here is None:
            self._of_loops = {known: its for known, its in self._of_loops.items() if not known.is_closed()}
            here = self._of_loops[loop] = _OfLoop(_Lanes(self._connections), _Lanes(self._connections))
        return here

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        return await in_tasks(calls, AT_ONCE)

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        return await shielded(call, seconds)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        here = self._of_loops.pop(asyncio.get_running_loop(), None)
        if here is not None:
            await here.calls.close()
            await here.streams.close()


@frozen
class _OfLoop:
    """The connections of one event loop."""

    calls: "_Lanes"
    streams: "_Lanes"


class _Lanes:
    """Connections, each a transport of its own, the last used on top."""

    def __init__(self, connections: int) -> None:
        self._free = asyncio.Semaphore(connections)
        self._idle: dict[str, list[httpx.AsyncHTTPTransport]] = {}
        self._are_closed = False

    @asynccontextmanager
    async def borrow(self, url: httpx.URL) -> AsyncGenerator[httpx.AsyncHTTPTransport]:
        async with self._free:
            idle = self._idle.setdefault(origin(url), [])
            transport = idle.pop() if idle else opened(httpx.AsyncHTTPTransport, url)
            try:
                yield transport
            finally:
                idle.append(transport)
                if self._are_closed:
                    await self.close()

    async def close(self) -> None:
        self._are_closed = True
        for idle in list(self._idle.values()):
            while idle:
                await idle.pop().aclose()


class _Chunks(httpx.AsyncByteStream):
    """A body as it arrives, for both colours."""

    def __init__(self, chunks: AsyncGenerator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks


def _arriving(request: httpx.Request, response: httpx.Response, chunks: AsyncGenerator[bytes]) -> httpx.Response:
    return httpx.Response(response.status_code, headers=response.headers, stream=_Chunks(chunks), request=request)


async def _blocking_chunks(response: httpx.Response) -> AsyncGenerator[bytes]:
    try:
        for chunk in cast("httpx.SyncByteStream", response.stream):
            yield chunk
    except NO_ANSWER as error:
        raise Unanswered(error, sent=True) from error


async def _suspending_chunks(response: httpx.Response) -> AsyncGenerator[bytes]:
    try:
        # Closed here: what is left to the garbage collector outlives its event loop.
        async with aclosing(
            cast("AsyncGenerator[bytes]", aiter(cast("httpx.AsyncByteStream", response.stream)))
        ) as body:
            async for chunk in body:
                yield chunk
    except NO_ANSWER as error:
        raise Unanswered(error, sent=True) from error
