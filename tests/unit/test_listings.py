"""Any list method, page by page."""

import asyncio
from functools import partial
from typing import Any

import pytest

from supervisely_ext import ArgumentError, AsyncApi, Unavailable, UnexpectedAnswer
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, app, page, task
from .test_namespaces import Connect, sent

PAGES = [answer(page(task(id=number), total=3, size=1, pages=3)) for number in (1, 2, 3)]


def test_all_pages(connect: Connect) -> None:
    """Sorted by id unless told; progress for each page; further pages in the server's size."""
    api, transport = connect(*PAGES)
    seen: list[int] = []
    found = api.task.get_list_all_pages("tasks.list", {"workspaceId": 1}, progress_cb=seen.append)
    assert [entity["id"] for entity in found] == [1, 2, 3]
    assert seen == [1, 1, 1]
    assert sent(transport, 0) == {"workspaceId": 1, "sort": "id", "sort_order": "asc"}
    assert sent(transport) == {"workspaceId": 1, "sort": "id", "sort_order": "asc", "page": 3, "per_page": 1}


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_a_limit_stops_without_an_extra_page(connect: Connect) -> None:
    """Two of three are two requests."""
    api, transport = connect(*PAGES)
    found = api.task.get_list_all_pages("tasks.list", {"sort": "status"}, limit=2)
    assert [entity["id"] for entity in found] == [1, 2]
    assert len(transport.requests) == 2
    assert sent(transport, 0) == {"sort": "status"}


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_the_first_page_as_well(connect: Connect) -> None:
    """With the entities converted by what is given."""
    api, _ = connect(answer(page(task())))
    found, first = api.task.get_list_all_pages(
        "tasks.list", {}, convert_json_info_cb=lambda entity: entity["id"], return_first_response=True
    )
    assert (found, first["total"]) == ([7], 1)


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_what_does_not_add_up(connect: Connect) -> None:
    """Fewer than the server said, or a page without numbers, is an error."""
    for body, requests in ((page(task(), total=2), 2), ({"entities": []}, 1)):
        api, transport = connect(answer(body), repeat=True)
        with pytest.raises(UnexpectedAnswer) as caught:
            api.task.get_list_all_pages("tasks.list", {})
        assert len(transport.requests) == requests
    assert caught.value.operation == "tasks.list"


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_what_was_read_is_not_lost(connect: Connect) -> None:
    """The error carries it; a list that adds up at the second reading is no error."""
    api, _ = connect(answer(page(task(), total=2)), answer(page(task(), total=3)))
    with pytest.raises(UnexpectedAnswer) as caught:
        api.task.get_list_all_pages("tasks.list", {})
    assert [entity["id"] for entity in caught.value.details] == [7]
    api, _ = connect(answer(page(task(), total=2)), answer(page(task())))
    assert len(api.task.get_list_all_pages("tasks.list", {})) == 1


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_a_page_that_is_asked_for_is_not_all(connect: Connect) -> None:
    """A listing that begins at its second page is as long as it is."""
    api, _ = connect(answer(page(task(), total=2, size=1, pages=2)))
    assert len(api.task.get_list_all_pages("tasks.list", {"page": 2})) == 1


def test_apps_become_infos(connect: Connect) -> None:
    """In the apps' namespace entities are AppInfo."""
    api, _ = connect(answer(page(app())))
    (info,) = api.app.get_list_all_pages("apps.list", {"teamId": 1})
    assert (info.id, info.slug) == (3, "team/an-app")


def run(api: Any, *arguments: Any, namespace: str = "task", **options: Any) -> list[Any]:
    """Read the generator in either colour."""
    from supervisely_ext.completing import iterate

    pages = getattr(api, namespace).get_list_all_pages_generator(*arguments, **options)
    return list(pages if hasattr(pages, "__next__") else iterate(pages))


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_the_cursor_is_followed(connect: Connect) -> None:
    """Until the server gives none; a limit cuts the page it falls into."""
    first = {**page(task(id=1), task(id=2), total=3), "after": "2"}
    last = {**page(task(id=3), total=3), "after": None}
    api, transport = connect(answer(first), answer(last), answer(first), answer({**last, "total": 4}))
    assert [[entity["id"] for entity in found] for found in run(api, "tasks.list", {})] == [[1, 2], [3]]
    assert sent(transport)["after"] == "2"
    assert [[entity["id"] for entity in found] for found in run(api, "tasks.list", {}, limit=1)] == [[1]]
    with pytest.raises(UnexpectedAnswer, match="1 entities and a total of 4"):
        run(api, "tasks.list", {})


@pytest.mark.parametrize("numbers", [{}, {"total": "3"}])
def test_a_page_without_its_total_is_said_to_be_one(connect: Connect, numbers: dict[str, Any]) -> None:
    """Also where the cursor says that it is the last."""
    api, _ = connect(answer({"entities": [task(id=1)], **numbers}))
    with pytest.raises(UnexpectedAnswer, match="a page without its numbers"):
        run(api, "tasks.list", {"workspaceId": 1})


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_a_list_that_the_spec_does_not_know_is_read_again(connect: Connect) -> None:
    """A listing is a read, whatever it lists."""
    api, transport = connect(answer({}, 503), answer(page()))
    assert api.task.get_list_all_pages("images.list", {}) == []
    assert len(transport.requests) == 2


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        *(
            ((method, {}), {})
            for method in ("", "tasks\nlist", "a?b=c", "a#b", "a/../b", "..", "x" * 70000, "\ud800", 5, None)
        ),
        (("tasks.list", 5), {}),
        (("tasks.list", {}), {"limit": -1}),
        (("tasks.list", {}), {"progress_cb": "a"}),
        (("tasks.list", {}), {"convert_json_info_cb": 5}),
    ],
)
def test_bad_arguments(connect: Connect, arguments: Any, options: Any) -> None:
    """Refused before anything is sent."""
    api, transport = connect()
    for call in (api.task.get_list_all_pages, partial(run, api)):
        with pytest.raises(ArgumentError):
            call(*arguments, **options)
    assert transport.requests == []


@pytest.mark.parametrize("page", ["a", "2", None, 0, 1.5, [1], float("inf")])
def test_a_page_is_asked_for_by_its_number(connect: Connect, page: Any) -> None:
    """Counted from 1."""
    api, transport = connect()
    with pytest.raises(ArgumentError, match=r"^data\['page'\]: is "):
        api.task.get_list_all_pages("tasks.list", {"page": page})
    assert transport.requests == []


@pytest.mark.unrefereed("the answers are wrong on purpose")
@pytest.mark.parametrize("entity", [{"a": 1}, "x", None, {"id": "x"}])
def test_what_is_no_app_is_no_answer(connect: Connect, entity: Any) -> None:
    """In both ways to read all pages; an error of the caller's own function stays what it is."""
    api, _ = connect(answer(page(entity)), repeat=True)
    with pytest.raises(UnexpectedAnswer, match=r"apps\.list answered a body of another shape"):
        api.app.get_list_all_pages("apps.list", {"teamId": 1})
    with pytest.raises(UnexpectedAnswer):
        run(api, "apps.list", {"teamId": 1}, namespace="app")
    with pytest.raises(ZeroDivisionError):
        api.app.get_list_all_pages("apps.list", {"teamId": 1}, convert_json_info_cb=lambda app: 1 / 0)


def test_pages_one_by_one() -> None:
    """The async page methods give number and entities, and never more pages than there are."""

    async def main() -> list[Any]:
        transport = ScriptedTransport([PAGES[0], *PAGES, *PAGES[:2]])
        api = AsyncApi(SERVER, TOKEN, transport=transport)
        data = {"workspaceId": 1}
        first = await api.task.get_list_idx_page_async("tasks.list", data)
        every = [found[0]["id"] async for found in api.task.get_list_page_generator_async("tasks.list", data)]
        semaphore = asyncio.Semaphore(1)
        some = [
            found[0]["id"] async for found in api.task.get_list_page_generator_async("tasks.list", data, 2, semaphore)
        ]
        assert data == {"workspaceId": 1}
        with pytest.raises(ArgumentError, match="pages_count"):
            await anext(aiter(api.task.get_list_page_generator_async("tasks.list", data, -1)))
        return [first[0], first[1][0]["id"], every, some]

    assert asyncio.run(main()) == [3, 1, [1, 2, 3], [1, 2]]


def test_the_blocking_colour_names_the_other() -> None:
    """The two async page methods are refused there."""
    from supervisely_ext import Api

    api = Api(SERVER, TOKEN, transport=ScriptedTransport())
    for name in ("get_list_idx_page_async", "get_list_page_generator_async"):
        with pytest.raises(Unavailable, match="AsyncApi"):
            getattr(api.task, name)("tasks.list", {})
