"""Reading a listing that comes in pages."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve
from supervisely_client.operation import Operation

from .answers import Answer
from .call import Caller
from .errors import UnexpectedAnswer
from .shapes import int_at

T = TypeVar("T")


def _numbers(page: Mapping[str, Any]) -> tuple[int, int, int]:
    return int_at(page, "total"), int_at(page, "perPage"), int_at(page, "pagesCount")


async def read_all(
    caller: Caller, operation: Operation[..., Any], body: Any, reader: Callable[[Mapping[str, Any]], T]
) -> list[T]:
    """Read every page and give the entities, each id once.

    A list that changes while it is read does not add up: it is read once more, and then `UnexpectedAnswer` says so. The request says
    `per_page`, the answer `perPage`; further pages are asked for in the size that the server chose.
    """
    entities, total, answer = await _read_pages(caller, operation, body)
    if len(entities) != total:
        entities, total, answer = await _read_pages(caller, operation, body)
    if len(entities) != total:
        raise UnexpectedAnswer(
            operation=operation.name,
            status=answer.status,
            problem=f"{len(entities)} entities and a total of {total}, twice: the list changes while it is read",
        )
    return answer.read(lambda _: [reader(entity) for entity in entities])


async def _read_pages(
    caller: Caller, operation: Operation[..., Any], body: Any
) -> tuple[list[Mapping[str, Any]], int, Answer[Any]]:
    """Give what all pages hold, the total that the last one names, and the last answer."""
    found: dict[int, Mapping[str, Any]] = {}
    answer = await caller.call(operation, body=body)
    _, size, pages = answer.read(_numbers)
    number = 1
    while True:
        before = len(found)
        found.update(answer.read(_by_id))
        if number >= pages or len(found) == before:
            return list(found.values()), answer.read(_numbers)[0], answer
        number += 1
        answer = await caller.call(operation, body=evolve(body, page=number, per_page=size))


def _by_id(page: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    return {int_at(entity, "id"): entity for entity in page["entities"]}
