"""Where the families enter their methods."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ...contract.spec import bundled
from ...shapes import is_list
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
    platform.look(answer["entities"])
    return {**answer, "entities": [show(task) for task in answer["entities"]]}


def candidates(platform: Platform, request: Request) -> Iterable[Task]:
    """Give the tasks that the request's filter may leave: those whose ids it has, so that few are found fast among many."""
    tasks = platform.tasks
    for rule in request.get("filter", ()):
        if rule["field"] == "id" and rule["operator"] == "in" and is_list(rule.get("value")):
            numbers = {number for number in rule["value"] if isinstance(number, int | float)}
            return [tasks[task_id] for task_id in sorted(tasks.keys() & numbers)]
    return tasks.values()


def overlaps(own: Any, wanted: Any) -> bool:
    """Tell whether something that is wanted is there; always when nothing is wanted."""
    return not wanted or bool(set(own or ()) & set(wanted))
