"""A last word under cancellation, on asyncio."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def shielded(call: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
    """Run a call to its end, at most so long, in a task that the cancellation of the caller does not reach.

    A caller that is being cancelled already raises that in the end itself; one that is cancelled only now is so when the call is done,
    whose failure is then a note on the cancellation.
    """
    from anyio import CancelScope  # which httpx brings; its scopes cancel again and again, unless they are shielded

    async def run() -> T:
        async with asyncio.timeout(seconds):
            return await call()

    caller, cancelled = asyncio.current_task(), None
    is_cancelled_already = caller is not None and caller.cancelling() > 0
    task = asyncio.ensure_future(run())
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
