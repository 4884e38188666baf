"""Reading a listing that comes in pages: lazily, several at once, in order."""

from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any, TypeAlias, TypeVar

from attrs import evolve
from supervisely_client.operation import Operation

from .call import Caller
from .errors import UnexpectedAnswer
from .shapes import int_at
from .transport import AT_ONCE, Transport

T = TypeVar("T")
Page: TypeAlias = Mapping[str, Any]
Ask: TypeAlias = Callable[[int], Coroutine[Any, Any, Page]]
"""Gives a page by its number, from 2."""


async def pages_after(
    transport: Transport, first: Page, ask: Ask, *, begin: int = 1, most: int | None = None
) -> AsyncGenerator[Page]:
    """Give the pages that follow the first, each with its entities, and none that is not needed for `most` entities."""
    size, last = int_at(first, "perPage"), int_at(first, "pagesCount")
    if most is not None:
        missing = max(0, most - len(first["entities"]))
        last = min(last, begin + -(-missing // max(size, 1)))
    for number in range(begin + 1, last + 1, AT_ONCE):
        numbers = range(number, min(number + AT_ONCE, last + 1))
        for page in await transport.fan_out([partial(ask, wanted) for wanted in numbers]):
            yield page


async def read_all(
    caller: Caller, operation: Operation[..., Any], body: Any, reader: Callable[[Mapping[str, Any]], T]
) -> list[T]:
    """Read every page and give the entities, each id once.

    A list that changes while it is read does not add up: it is read once more, and then `UnexpectedAnswer` says so. The request says
    `per_page`, the answer `perPage`; further pages are asked for in the size that the server chose.
    """
    entities, total = await _read_pages(caller, operation, body)
    if len(entities) != total:
        entities, total = await _read_pages(caller, operation, body)
    if len(entities) != total:
        problem = f"{len(entities)} entities and a total of {total}, twice: the list changes while it is read"
        raise UnexpectedAnswer(operation=operation.name, status=200, problem=problem, details=entities)
    return read(operation.name, lambda: [reader(entity) for entity in entities])


async def read_newest(caller: Caller, operation: Operation[..., Any], body: Any, most: int) -> dict[int, Page]:
    """Read the first entities of a list and give them by their ids; what is added in front meanwhile shifts the list, and hides none."""
    entities, _ = await _read_pages(caller, operation, body, most)
    return {entity["id"]: entity for entity in entities[:most]}


async def _read_pages(
    caller: Caller, operation: Operation[..., Any], body: Any, most: int | None = None
) -> tuple[list[Page], int]:
    """Give what the pages hold, at least `most` entities, and the total that the last one names."""

    async def ask(number: int | None) -> Page:
        asked = body if number is None else evolve(body, page=number, per_page=first["perPage"])
        return (await caller.call(operation, body=asked)).read(_checked)

    first = last = await ask(None)
    found = _by_id(first)
    async with aclosing(pages_after(caller.transport, first, ask, most=most)) as pages:
        async for page in pages:
            last, before = page, len(found)
            found.update(_by_id(page))
            if len(found) == before:
                break
    return list(found.values()), int(last["total"])


def read(operation: str, reader: Callable[[], T]) -> T:
    """Apply a reader to what several answers held; what a wrong shape provokes in it becomes `UnexpectedAnswer`."""
    try:
        return reader()
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        problem = f"a body of another shape ({type(error).__name__}: {error})"
        raise UnexpectedAnswer(operation=operation, status=200, problem=problem) from error


def _checked(page: Page) -> Page:
    for name in ("total", "perPage", "pagesCount"):
        int_at(page, name)
    for entity in page["entities"]:
        int_at(entity, "id")
    return page


def _by_id(page: Page) -> dict[int, Page]:
    return {entity["id"]: entity for entity in page["entities"]}
