"""Async generators as iterators."""

from collections.abc import AsyncGenerator

import pytest

from supervisely_ext.completing import iterate


class Source:
    """An async generator that notes when it is closed."""

    def __init__(self, *, fails: bool = False) -> None:
        self.closed = 0
        self._fails = fails

    async def numbers(self) -> AsyncGenerator[int, None]:
        try:
            yield 1
            yield 2
            if self._fails:
                raise LookupError("no third")
        finally:
            self.closed += 1


def test_all_items_come() -> None:
    """An iterator gives what the generator gives, and closes it at its end."""
    source = Source()
    assert list(iterate(source.numbers())) == [1, 2]
    assert source.closed == 1


def test_an_iterator_that_is_left_closes_its_generator() -> None:
    """Closing the iterator closes the generator at once."""
    source = Source()
    numbers = iterate(source.numbers())
    assert next(numbers) == 1
    numbers.close()  # type: ignore[attr-defined]
    assert source.closed == 1


def test_an_error_passes_through() -> None:
    """What the generator raises comes out of the iterator."""
    source = Source(fails=True)
    numbers = iterate(source.numbers())
    assert [next(numbers), next(numbers)] == [1, 2]
    with pytest.raises(LookupError, match="no third"):
        next(numbers)
    assert source.closed == 1
