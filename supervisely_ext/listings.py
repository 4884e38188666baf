"""Reading any list method page by page, under the official SDK's names."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from .callbacks import as_callback
from .checks import as_mapping, as_method, as_whole
from .errors import UnexpectedAnswer
from .namespace import Namespace
from .pages import pages_after, read
from .shapes import int_at

Progress = Callable[[int], Any]
Convert = Callable[[dict[str, Any]], Any]


class Listings(Namespace):
    """Reads the list methods of the API, such as `tasks.list`, with a request that is given as a dict."""

    async def get_list_all_pages(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> Any:
        """Give the entities of all pages, converted; sorted by id unless `data` says otherwise.

        `limit` stops as soon as so many were read; `progress_cb` gets the number of each page's entities. With
        `return_first_response`: (entities, the first page). A list that does not add up is read once more; then `UnexpectedAnswer`,
        whose `details` are what was read.
        """
        most = None if limit is None else as_whole("limit", limit, minimum=0)
        request = _sorted(data)
        as_whole("data['page']", request.get("page", 1), minimum=1)
        as_callback("progress_cb", progress_cb)
        convert = as_callback("convert_json_info_cb", convert_json_info_cb)
        first, entities = await self._read(method, request, most, progress_cb)
        if most is None and "page" not in request and len(entities) != first["total"]:
            first, entities = await self._read(method, request, most, None)
            _check_total(method, entities, first["total"])
        found = self._converted(method, entities[:most], convert)
        return (found, first) if return_first_response else found

    async def get_list_all_pages_generator(
        self,
        method: str,
        data: Mapping[str, Any],
        progress_cb: Progress | None = None,
        convert_json_info_cb: Convert | None = None,
        limit: int | None = None,
        return_first_response: bool = False,
    ) -> AsyncIterator[list[Any]]:
        """Give page after page, following the server's cursor (`after`), at most `limit` entities in all."""
        left = None if limit is None else as_whole("limit", limit, minimum=0)
        request = _sorted(data)
        as_callback("progress_cb", progress_cb)
        convert = as_callback("convert_json_info_cb", convert_json_info_cb)
        seen: list[Any] = []
        while True:
            page = await self._page(method, request)
            seen += page["entities"]
            _report(progress_cb, len(page["entities"]))
            found = self._converted(method, page["entities"][:left], convert)
            yield found
            left = None if left is None else left - len(found)
            if left == 0:
                return
            if page.get("after") is None:
                _check_total(method, seen, _number(method, page, "total"))
                return
            request = {**request, "after": page["after"]}

    async def get_list_idx_page_async(self, method: str, data: Mapping[str, Any]) -> tuple[int, list[Any]]:
        """Give the number of pages, and the entities of the page that `data` asks for."""
        page = await self._page(method, as_mapping("data", data))
        return _numbers(method, page)[1], self._converted(method, page["entities"])

    async def get_list_page_generator_async(
        self, method: str, data: Mapping[str, Any], pages_count: int | None = None, semaphore: Any = None
    ) -> AsyncIterator[list[Any]]:
        """Give page after page, at most `pages_count`; `semaphore`, an asyncio one, is held for each request."""
        most = as_whole("pages_count", pages_count or 0, minimum=0) or float("inf")
        number = 0
        while True:
            number += 1
            request = {**as_mapping("data", data), "page": number}
            if semaphore is None:
                page = await self._page(method, request)
            else:
                async with semaphore:
                    page = await self._page(method, request)
            yield self._converted(method, page["entities"])
            if number >= min(_numbers(method, page)[1], most):
                return

    async def _read(
        self, method: str, request: Mapping[str, Any], most: int | None, progress_cb: Progress | None
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Give the first page, and the entities of all."""
        first = await self._page(method, request)
        size = _numbers(method, first)[2]
        entities = list(first["entities"])
        _report(progress_cb, len(entities))

        async def ask(number: int) -> Mapping[str, Any]:
            return await self._page(method, {**request, "page": number, "per_page": size})

        pages = pages_after(self._caller.transport, first, ask, begin=int(request.get("page", 1)), most=most)
        async for page in pages:
            entities += page["entities"]
            _report(progress_cb, len(page["entities"]))
        return first, entities

    def _converted(self, method: str, entities: list[dict[str, Any]], convert: Convert | None = None) -> list[Any]:
        """Convert as it is told; what its own way cannot convert is `UnexpectedAnswer`."""
        if convert is not None:
            return [convert(entity) for entity in entities]
        return read(method, lambda: [self._convert(entity) for entity in entities])

    def _convert(self, entity: dict[str, Any]) -> Any:
        return entity

    async def _page(self, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        answer = await self._caller.post(as_method(method), dict(request), read=True)
        return answer.read(lambda page: {**page, "entities": list(page["entities"])})


def _sorted(data: Mapping[str, Any]) -> dict[str, Any]:
    given = as_mapping("data", data)
    return dict(given) if "sort" in given else {**given, "sort": "id", "sort_order": given.get("sort_order", "asc")}


def _numbers(method: str, page: Mapping[str, Any]) -> tuple[int, int, int]:
    return _number(method, page, "total"), _number(method, page, "pagesCount"), _number(method, page, "perPage")


def _number(method: str, page: Mapping[str, Any], name: str) -> int:
    try:
        return int_at(page, name)
    except (KeyError, TypeError) as error:
        raise UnexpectedAnswer(operation=method, status=200, problem=f"a page without its numbers ({error})") from error


def _check_total(method: str, entities: list[Any], total: int) -> None:
    if len(entities) != total:
        problem = f"{len(entities)} entities and a total of {total}: the list changes while it is read"
        raise UnexpectedAnswer(operation=method, status=200, problem=problem, details=entities)


def _report(progress_cb: Progress | None, count: int) -> None:
    if progress_cb is not None:
        progress_cb(count)
