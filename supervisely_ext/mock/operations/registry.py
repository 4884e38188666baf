"""Where the families enter their methods."""

from collections.abc import Callable, Mapping
from typing import Any

from ...contract.spec import bundled
from ..listing import page
from ..platform import Platform

Request = Mapping[str, Any]
Handler = Callable[[Platform, Any], Any]

HANDLERS: dict[str, Handler] = {}


def answers(name: str) -> Callable[[Handler], Handler]:
    """Enter a function as what a method does."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def page_of(name: str, entities: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    """Give the page that a list method is asked for."""
    return page(entities, request, bundled().operations[name].filter_fields)


def page_of_tasks(platform: Platform, name: str, shown: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    """Give a page of tasks as they are shown; only those on it have been looked at."""
    answer = page_of(name, shown, request)
    for entity in answer["entities"]:
        platform.look(platform.known_tasks[entity["id"]])
    return answer


def overlaps(own: Any, wanted: Any) -> bool:
    """Tell whether something that is wanted is there; always when nothing is wanted."""
    return not wanted or bool(set(own or ()) & set(wanted))
