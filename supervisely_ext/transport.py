"""The one door to the outside: network, clock, sleeping and chance.

Operations are coroutines over a `Transport`. Of those in `network`, `AsyncioTransport` suspends in them; `BlockingTransport` blocks
instead, so that `complete` runs a coroutine to its end in one step, without an event loop. Everything else in the package is
fed by one of the two, or in tests by one whose time is virtual.
"""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

import httpx

T = TypeVar("T")

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
        The request's extension `total`, when it is not None, is how many seconds all of it may take.
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


async def exchange(transport: Transport, request: httpx.Request, *, fresh: bool) -> httpx.Response:
    """Send over any transport. Raises `Unanswered`, and takes the request for sent where only httpx's error is known."""
    try:
        return await transport.send(request, fresh=fresh)
    except httpx.RequestError as error:
        raise Unanswered(error, sent=True) from error
