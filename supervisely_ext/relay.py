"""A transport in front of another, for a request that moves a file."""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias, TypeVar

import httpx

from .transport import Transport

T = TypeVar("T")

OnBytes: TypeAlias = Callable[[int], object]
"""Is called with how many more bytes have moved; those that move again are not told again."""


class Relay:
    """Passes everything on; a subclass sends.

    Its clock stands still while bytes move, so that the budget of a retry policy is spent on what goes wrong, and not on the size
    of the file.
    """

    def __init__(self, inner: Transport, on_bytes: OnBytes | None) -> None:
        self._inner = inner
        self._on_bytes = on_bytes
        self._told = 0
        self._moving = 0.0
        self._since = 0.0

    def begin(self) -> None:
        """Note that bytes begin to move."""
        self._since = self._inner.monotonic()

    def advance(self, position: int) -> None:
        """Note that the bytes up to this position have moved."""
        now = self._inner.monotonic()
        self._moving += now - self._since
        self._since = now
        more, self._told = position - self._told, max(position, self._told)
        if more > 0 and self._on_bytes:
            self._on_bytes(more)

    def stream(self, request: httpx.Request) -> AbstractAsyncContextManager[httpx.Response]:
        """Pass on."""
        return self._inner.stream(request)

    async def fan_out(self, calls: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
        """Pass on."""
        return await self._inner.fan_out(calls)

    async def shielded(self, call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        """Pass on."""
        return await self._inner.shielded(call, seconds)

    async def sleep(self, seconds: float) -> None:
        """Pass on."""
        await self._inner.sleep(seconds)

    async def close(self) -> None:
        """Pass on."""
        await self._inner.close()

    def monotonic(self) -> float:
        """Give the seconds in which nothing moved."""
        return self._inner.monotonic() - self._moving

    def time(self) -> float:
        """Pass on."""
        return self._inner.time()

    def random(self) -> float:
        """Pass on."""
        return self._inner.random()
