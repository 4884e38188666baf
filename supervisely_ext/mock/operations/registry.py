"""Where the families enter their methods."""

from collections.abc import Callable, Mapping
from typing import Any

from ...contract.spec import bundled
from ..listing import as_numbers, page
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


def asked_ids(request: Request) -> Callable[[int], bool]:
    """Give what tells the ids that a list method is asked for, so that no others need to be shown and then left out."""
    rules = [
        rule.get("value") for rule in request.get("filter", ()) if (rule["field"], rule["operator"]) == ("id", "in")
    ]
    asked = [numbers for numbers in map(as_numbers, rules) if numbers is not None]
    return frozenset[int].intersection(*asked).__contains__ if asked else lambda task_id: True


def overlaps(own: Any, wanted: Any) -> bool:
    """Tell whether something that is wanted is there; always when nothing is wanted."""
    return not wanted or bool(set(own or ()) & set(wanted))
