"""Listings in pages, in both colours."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import Api, UnexpectedAnswer
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, page, task

Connect = Callable[..., tuple[Any, ScriptedTransport]]


def serve(tasks: list[dict[str, Any]], size: int) -> Callable[[httpx.Request], httpx.Response]:
    """Give a server that chooses the size of the pages."""

    def reply(request: httpx.Request) -> httpx.Response:
        number = json.loads(request.content).get("page", 1)
        part = tasks[(number - 1) * size : number * size]
        return answer(page(*part, total=len(tasks), size=size, pages=-(-len(tasks) // size)))

    return reply


@given(count=st.integers(0, 40), size=st.integers(1, 12))
def test_all_pages_are_read(count: int, size: int) -> None:
    """However the server cuts a listing, all entities come, in order and once."""
    tasks = [{**task(), "id": number} for number in range(1, count + 1)]
    transport = ScriptedTransport([serve(tasks, size)], repeat=True)
    found = Api(SERVER, TOKEN, transport=transport).task.get_list(1)
    assert [info.id for info in found] == list(range(1, count + 1))
    assert len(transport.requests) == max(1, -(-count // size))


def test_further_pages_are_as_large_as_the_first(connect: Connect) -> None:
    """The first request leaves the size to the server, the next ask for that size."""
    api, transport = connect(
        answer(page(task(), total=2, size=1, pages=2)), answer(page(task(id=8), total=2, size=1, pages=2))
    )
    api.task.get_list(1)
    first, second = (json.loads(request.content) for request in transport.requests)
    assert not {"page", "per_page", "perPage"} & set(first)
    assert (second["page"], second["per_page"]) == (2, 1)
    assert {**second, **first} == second


@pytest.mark.parametrize("total", [0, 1, 3])
def test_a_listing_that_lacks_entities(connect: Connect, total: int) -> None:
    """Other entities than the server counted, twice, are an error and not a short list."""
    api, transport = connect(answer(page(task(), task(id=8), total=total)), repeat=True)
    with pytest.raises(UnexpectedAnswer) as caught:
        api.task.get_list(1)
    assert caught.value.operation == "tasks.list"
    assert f"2 entities and a total of {total}, twice" in str(caught.value)
    assert len(transport.requests) == 2


def test_a_listing_that_grows_while_it_is_read(connect: Connect) -> None:
    """It is read once more, and then it adds up; an entity that moved to the next page comes once."""
    first, second, third = (task(id=number) for number in (7, 8, 9))
    api, _ = connect(
        answer(page(first, total=2, size=1, pages=2)),
        answer(page(second, total=3, size=1, pages=3)),
        answer(page(first, total=3, size=1, pages=3)),
        answer(page(second, total=3, size=1, pages=3)),
        answer(page(third, total=3, size=1, pages=3)),
    )
    assert [info.id for info in api.task.get_list(1)] == [7, 8, 9]


def test_a_page_that_brings_nothing_new_is_the_last(connect: Connect) -> None:
    """A server that promises a billion pages is not read for ever."""
    api, transport = connect(answer(page(task(), total=10**9, size=1, pages=10**9)), repeat=True)
    with pytest.raises(UnexpectedAnswer):
        api.task.get_list(1)
    assert len(transport.requests) == 2 * (1 + 8)


STRANGE = {
    "list": [],
    "empty": {},
    "no numbers": {"entities": []},
    "no entities": {**page(), "entities": None},
    "null entity": {**page(), "entities": [None]},
    "pages as text": {**page(), "pagesCount": "1"},
    "pages null": {**page(), "pagesCount": None},
    "total null": {**page(), "total": None},
    "size null": {**page(task(), total=2, pages=2), "perPage": None},
    "half a task": page({"id": 7}),
    "status null": page(task(status=None)),
}


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_a_listing_of_another_shape(connect: Connect, body: Any) -> None:
    """A page that is not what the spec promises is an error that names the method."""
    api, _ = connect(answer(body), repeat=True)
    with pytest.raises(UnexpectedAnswer) as caught:
        api.task.get_list(1)
    assert caught.value.operation == "tasks.list"


def test_a_second_page_of_another_shape(connect: Connect) -> None:
    """Each page is looked at."""
    api, _ = connect(answer(page(task(), total=2, size=1, pages=2)), answer({"entities": [{}]}))
    with pytest.raises(UnexpectedAnswer):
        api.task.get_list(1)
