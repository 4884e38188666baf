"""A last word under cancellation."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from supervisely_ext.mock import Platform
from supervisely_ext.mock.inprocess import InProcessAsync
from supervisely_ext.shield import shielded

Shielded = Callable[[Callable[[], Coroutine[Any, Any, Any]], float], Coroutine[Any, Any, Any]]
BOTH: list[Shielded] = [shielded, InProcessAsync(Platform()).shielded]


async def done() -> int:
    await asyncio.sleep(0.001)
    return 5


async def failing() -> None:
    await asyncio.sleep(0.001)
    raise LookupError("no such task")


async def cancelling() -> None:
    await asyncio.sleep(0.001)
    raise asyncio.CancelledError


@pytest.mark.parametrize("shield", BOTH)
@pytest.mark.parametrize(
    ("call", "notes"),
    [
        (done, []),
        (failing, ["what was to be done first failed: LookupError('no such task')"]),
        (cancelling, []),
    ],
)
def test_who_is_cancelled_meanwhile_is_told_what_failed(shield: Shielded, call: Any, notes: list[str]) -> None:
    """In a note on the cancellation, which it cannot take the place of; asyncio has nothing left to complain of."""
    complaints: list[Any] = []

    async def main() -> BaseException:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
        waiting = asyncio.ensure_future(shield(call, 5))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await waiting
        return caught.value

    cancellation = asyncio.run(main())
    gc.collect()
    assert getattr(cancellation, "__notes__", []) == notes
    assert complaints == []
