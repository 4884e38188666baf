"""Many calls at once, in order, in either colour; the first failure ends the rest."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")
Call = Callable[[], Coroutine[Any, Any, T]]


async def in_tasks(calls: Sequence[Call[T]], most: int) -> list[T]:
    """Run as asyncio tasks, at most so many at once."""
    free = asyncio.Semaphore(most)

    async def run(call: Call[T]) -> T:
        async with free:
            return await call()

    tasks = [asyncio.ensure_future(run(call)) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def in_threads(calls: Sequence[Call[T]], most: int, complete: Callable[[Coroutine[Any, Any, T]], T]) -> list[T]:
    """Run in threads, at most so many at once. They are daemons: an executor would hold Ctrl-C back until their time-out."""
    waiting = iter(enumerate(calls))
    one_at_a_time, ended = Lock(), Event()
    done: SimpleQueue[tuple[int, T | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        while not ended.is_set():
            with one_at_a_time:
                index, call = next(waiting, (-1, None))
            if call is None:
                return
            try:
                done.put((index, complete(call()), None))
            except BaseException as error:  # noqa: BLE001  # raised again where the results are waited for
                done.put((index, None, error))

    for _ in range(min(most, len(calls))):
        Thread(target=work, daemon=True).start()
    return _collected(done, len(calls), ended)


def _collected(done: "SimpleQueue[tuple[int, Any, BaseException | None]]", count: int, ended: Event) -> list[Any]:
    results: dict[int, Any] = {}
    try:
        while len(results) < count:
            index, result, error = done.get()
            if error is not None:
                raise error
            results[index] = result
    finally:
        ended.set()
    return [results[index] for index in range(count)]
