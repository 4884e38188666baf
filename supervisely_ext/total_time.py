"""How long an exchange may take as a whole: httpx's time-outs are for each read, and a server may drip."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager

import httpx


def _too_long(seconds: float) -> TimeoutError:
    return TimeoutError(f"the whole answer did not come within {seconds:g} s")


@asynccontextmanager
async def in_time(seconds: float | None) -> AsyncGenerator[None]:
    """Let what is done inside raise `TimeoutError` when it takes longer."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if seconds is None or not limit.expired():
            raise
        raise _too_long(seconds) from error


class InTime(httpx.SyncByteStream):
    """A body that raises `TimeoutError` when its last byte is not here in time. A thread that waits for the next byte cannot be told before."""

    def __init__(self, body: httpx.SyncByteStream, seconds: float, begun: float) -> None:
        self._body = body
        self._seconds = seconds
        self._begun = begun

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._body:
            if time.monotonic() - self._begun > self._seconds:
                raise _too_long(self._seconds)
            yield chunk

    def close(self) -> None:
        """Close what is behind it."""
        self._body.close()
