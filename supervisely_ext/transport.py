"""The one door to the outside: network, clock, sleeping and chance.

Operations are coroutines over a `Transport`. `AsyncioTransport` suspends in them; `BlockingTransport` blocks instead, so that
`complete` runs a coroutine to its end in one step, without an event loop. Everything else in the package is fed by one
of the two, or in tests by one whose time is virtual.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, aclosing, asynccontextmanager
from functools import cache
from types import TracebackType
from typing import Any, Protocol, TypeVar, cast
from urllib.request import getproxies, proxy_bypass

import httpx

from .fan_out import in_tasks, in_threads
from .shield import shielded

T = TypeVar("T")
K = TypeVar("K", httpx.HTTPTransport, httpx.AsyncHTTPTransport)

_KEEP_ALIVE_SECONDS = 60.0
_NO_ANSWER = (httpx.RequestError, UnicodeError, OSError)
"""What a lost request raises; on asyncio a broken TLS record comes as the `ssl.SSLError` that it is."""
# A script that seeds `random`, or forks, must not mark two starts alike.
_CHANCE = random.SystemRandom()
AT_ONCE = 8
"""Calls of a fan-out; more make httpx slower."""


class Unanswered(Exception):
    """No answer came; `sent` is False only when it is certain that nothing of the request left."""

    def __init__(self, cause: Exception, *, sent: bool) -> None:
        super().__init__(str(cause) or type(cause).__name__)
        self.cause = cause
        self.sent = sent


class Transport(Protocol):
    """What an operation may ask of the world."""

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Give the answer, its body read, or raise `Unanswered`; one that is not ours may raise httpx's errors as they are.

        `fresh` asks for a connection of its own: one kept alive may be dead already, and then nobody knows what the server saw.
        """
        ...

    def stream(self, request: httpx.Request) -> AbstractAsyncContextManager[httpx.Response]:
        """Give the answer once its head is here; its `stream` is the body as it arrives, not unpacked.

        Entering and iterating raise as `send` does. In the blocking colour neither suspends.
        """
        ...

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        """Run the calls at once, a bounded number at a time, and give their results in order; the first failure ends the rest."""
        ...

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        """Run a call to its end though the caller is being cancelled; `TimeoutError` after so long, where it can be interrupted."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let this time pass."""
        ...

    async def close(self) -> None:
        """Close all connections; the next `send` opens new ones."""
        ...

    def monotonic(self) -> float:
        """Give seconds on a clock that never jumps."""
        ...

    def time(self) -> float:
        """Give seconds since the epoch."""
        ...

    def random(self) -> float:
        """Give a number in [0, 1)."""
        ...


async def send(transport: Transport, request: httpx.Request, *, fresh: bool) -> httpx.Response:
    """Send over any transport. Raises `Unanswered`, and takes the request for sent where only httpx's error is known."""
    try:
        return await transport.send(request, fresh=fresh)
    except httpx.RequestError as error:
        raise Unanswered(error, sent=True) from error


def complete(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never suspends to its end."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("the coroutine waits for an event loop: a blocking client needs a blocking transport")


def iterate(iterator: AsyncIterator[T]) -> Iterator[T]:
    """Run an async generator that never suspends; it is closed as soon as the iterator is."""
    generator = cast("AsyncGenerator[T, None]", iterator)
    try:
        while True:
            try:
                item = complete(generator.asend(None))
            except StopAsyncIteration:
                return
            yield item
    finally:
        complete(generator.aclose())


class entered(AbstractContextManager[T, bool | None]):  # noqa: N801  # called like `complete` and `iterate`
    """Enters and leaves an async context manager that never suspends."""

    def __init__(self, manager: AbstractAsyncContextManager[T, bool | None]) -> None:
        self._manager = manager

    def __enter__(self) -> T:
        return complete(self._manager.__aenter__())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool | None:
        return complete(self._manager.__aexit__(kind, error, traceback))


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
            return self._exchange(self._pool(request.url), request, _unknown)
        trace = _Trace()
        request.extensions["trace"] = trace.note
        with _opened(httpx.HTTPTransport, request.url) as transport:
            return self._exchange(transport, request, trace.sent)

    def _exchange(
        self, transport: httpx.HTTPTransport, request: httpx.Request, sent: Callable[[], bool]
    ) -> httpx.Response:
        try:
            response = transport.handle_request(request)
            response.request = request
            try:
                response.read()
            finally:
                response.close()
        except _NO_ANSWER as error:
            raise Unanswered(error, sent=sent()) from error
        return response

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        try:
            response = self._pool(request.url).handle_request(request)
        except _NO_ANSWER as error:
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
        pool = self._pools.get(_origin(url))
        if pool is None:
            pool = self._pools.setdefault(_origin(url), _opened(httpx.HTTPTransport, url))
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
    `connections` at once a loop; the others queue.
    """

    def __init__(self, *, connections: int = 8) -> None:
        self._connections = connections
        self._process = os.getpid()
        self._lanes: dict[asyncio.AbstractEventLoop, _Lanes] = {}

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        if not fresh:
            async with self._here().borrow(request.url) as transport:
                return await self._exchange(transport, request, _unknown)
        trace = _Trace()
        request.extensions["trace"] = trace.note_async
        async with _opened(httpx.AsyncHTTPTransport, request.url) as transport:
            return await self._exchange(transport, request, trace.sent)

    async def _exchange(
        self, transport: httpx.AsyncHTTPTransport, request: httpx.Request, sent: Callable[[], bool]
    ) -> httpx.Response:
        try:
            response = await transport.handle_async_request(request)
            response.request = request
            try:
                await response.aread()
            finally:
                await response.aclose()
        except _NO_ANSWER as error:
            raise Unanswered(error, sent=sent()) from error
        return response

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        async with self._here().borrow(request.url) as transport:
            try:
                response = await transport.handle_async_request(request)
            except _NO_ANSWER as error:
                raise Unanswered(error, sent=True) from error
            try:
                async with aclosing(_suspending_chunks(response)) as chunks:
                    yield _arriving(request, response, chunks)
            finally:
                await response.aclose()

    def _here(self) -> "_Lanes":
        if os.getpid() != self._process:
            self._process, self._lanes = os.getpid(), {}
        loop = asyncio.get_running_loop()
        lanes = self._lanes.get(loop)
        if lanes is None:
            self._lanes = {known: lanes for known, lanes in self._lanes.items() if not known.is_closed()}
            lanes = self._lanes[loop] = _Lanes(self._connections)
        return lanes

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        return await in_tasks(calls, AT_ONCE)

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        return await shielded(call, seconds)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        lanes = self._lanes.pop(asyncio.get_running_loop(), None)
        if lanes is not None:
            await lanes.close()


class _Lanes:
    """The connections of one event loop, each a transport of its own, the last used on top."""

    def __init__(self, connections: int) -> None:
        self._free = asyncio.Semaphore(connections)
        self._idle: dict[str, list[httpx.AsyncHTTPTransport]] = {}

    @asynccontextmanager
    async def borrow(self, url: httpx.URL) -> AsyncGenerator[httpx.AsyncHTTPTransport]:
        async with self._free:
            idle = self._idle.setdefault(_origin(url), [])
            transport = idle.pop() if idle else _opened(httpx.AsyncHTTPTransport, url)
            try:
                yield transport
            finally:
                idle.append(transport)

    async def close(self) -> None:
        for idle in self._idle.values():
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
    except _NO_ANSWER as error:
        raise Unanswered(error, sent=True) from error


async def _suspending_chunks(response: httpx.Response) -> AsyncGenerator[bytes]:
    try:
        # Closed here: what is left to the garbage collector outlives its event loop.
        async with aclosing(
            cast("AsyncGenerator[bytes]", aiter(cast("httpx.AsyncByteStream", response.stream)))
        ) as body:
            async for chunk in body:
                yield chunk
    except _NO_ANSWER as error:
        raise Unanswered(error, sent=True) from error


class _Trace:
    """Notes whether a request's first byte was about to leave, as httpcore reports it."""

    def __init__(self) -> None:
        self._sent = False

    def sent(self) -> bool:
        return self._sent

    def note(self, event: str, info: dict[str, Any]) -> None:
        self._sent = self._sent or event.endswith(".send_request_headers.started")

    async def note_async(self, event: str, info: dict[str, Any]) -> None:
        self.note(event, info)


def _unknown() -> bool:
    """On a kept connection nobody knows what the server saw, so take it for sent."""
    return True


def _origin(url: httpx.URL) -> str:
    """Give what connections and proxies depend on."""
    return f"{url.scheme}://{url.netloc.decode()}"


def _opened(kind: type[K], url: httpx.URL) -> K:
    try:
        return kind(**_options(url))
    except (ValueError, ImportError) as error:  # a proxy variable that httpx cannot use
        raise Unanswered(error, sent=False) from error


def _options(url: httpx.URL) -> dict[str, Any]:
    proxies = {} if proxy_bypass(url.netloc.decode()) else getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return {
        # Building a TLS context takes 25 ms: one for all, and none where none is used.
        "verify": _tls_context() if url.scheme == "https" else False,
        "proxy": httpx.Proxy(proxy) if proxy else None,
        "limits": httpx.Limits(max_keepalive_connections=20, keepalive_expiry=_KEEP_ALIVE_SECONDS),
    }


@cache
def _tls_context() -> Any:
    return httpx.create_ssl_context()
