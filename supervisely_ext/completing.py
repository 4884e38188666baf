"""Running to their end, without an event loop, coroutines and generators that never suspend."""

from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import TracebackType
from typing import Any, TypeVar, cast

T = TypeVar("T")


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
