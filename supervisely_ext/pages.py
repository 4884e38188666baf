"""Reading a listing that comes in pages."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve
from supervisely_client.operation import Operation

from .call import Caller
from .errors import UnexpectedAnswer
from .shapes import int_at

T = TypeVar("T")


def _numbers(page: Mapping[str, Any]) -> tuple[int, int, int]:
    return int_at(page, "total"), int_at(page, "perPage"), int_at(page, "pagesCount")


async def read_all(
    caller: Caller, operation: Operation[..., Any], body: Any, reader: Callable[[Mapping[str, Any]], T]
) -> list[T]:
    """Read every page and give the entities; raises `UnexpectedAnswer` when they are not as many as the server said.

    The request says `per_page`, the answer `perPage`; further pages are asked for in the size that the server chose.
    """
    answer = await caller.call(operation, body=body)
    total, size, pages = answer.read(_numbers)
    entities = answer.read(lambda page: [reader(entity) for entity in page["entities"]])
    for number in range(2, pages + 1):
        answer = await caller.call(operation, body=evolve(body, page=number, per_page=size))
        entities += answer.read(lambda page: [reader(entity) for entity in page["entities"]])
    if len(entities) != total:
        raise UnexpectedAnswer(
            operation=operation.name,
            status=answer.status,
            problem=f"{len(entities)} entities on {pages} pages and a total of {total}: the list may have changed meanwhile",
        )
    return entities
