"""A last word under cancellation, on asyncio."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def shielded(call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
    """Run a call to its end, at most so long, in a task that the cancellation of the caller does not reach.

    Being cancelled once more meanwhile is for the caller to obey, who is being cancelled already and raises that in the end.
    """
    from anyio import CancelScope  # which httpx brings; its scopes cancel again and again, unless they are shielded

    async def run() -> T:
        async with asyncio.timeout(seconds):
            return await call()

    task = asyncio.ensure_future(run())
    with CancelScope(shield=True):
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
    return task.result()
