"""Where the families enter their methods."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ...contract.spec import bundled
from .. import views
from ..listing import Value, entry, page
from ..platform import Platform
from ..state import Task

E = TypeVar("E")

Json = dict[str, Any]
Request = Mapping[str, Any]
Handler = Callable[[Platform, Any], Any]

HANDLERS: dict[str, Handler] = {}


def answers(name: str) -> Callable[[Handler], Handler]:
    """Enter a function as what a method does."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def page_of(name: str, entities: Iterable[E], request: Request, value: Value[Any] = entry) -> dict[str, Any]:
    """Give the page that a list method is asked for."""
    return page(entities, request, bundled().operations[name].filter_fields, value)


def page_of_tasks(
    platform: Platform, name: str, tasks: Iterable[Task], request: Request, show: Callable[[Task], Json]
) -> Json:
    """Give a page of tasks; only those on it have been looked at."""
    answer = page_of(name, tasks, request, views.field_of_task)
    return {**answer, "entities": [show(platform.look(task)) for task in answer["entities"]]}


def overlaps(own: Any, wanted: Any) -> bool:
    """Tell whether something that is wanted is there; always when nothing is wanted."""
    return not wanted or bool(set(own or ()) & set(wanted))
