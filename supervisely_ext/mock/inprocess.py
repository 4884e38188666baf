"""The platform as a transport of the client, without a socket: pass it as `Api(…, transport=…)`.

It has the shape that the client asks of a transport and shares no code with it.
"""

import random
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx

from .exchange import Request
from .gateway import handle
from .platform import Platform

T = TypeVar("T")


class InProcess:
    """Answers for the blocking colour; sleeping moves the platform's own clock."""

    def __init__(self, platform: Platform, *, seed: int = 0) -> None:
        self.platform = platform
        self._random = random.Random(seed)

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Answer the request."""
        reply = handle(
            self.platform,
            Request(request.method, request.url.path, request.headers, request.read(), request.url.query.decode()),
        )
        headers = {"content-type": reply.content_type}
        return httpx.Response(reply.status, headers=headers, content=reply.body, request=request)

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        """Answer the request, the whole body at once."""
        yield await self.send(request, fresh=False)

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        """Run one after the other: the same order in every run."""
        return [await call() for call in calls]

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

    async def sleep(self, seconds: float) -> None:
        """Let time pass on the platform."""
        await self.platform.clock.sleep_async(seconds)
