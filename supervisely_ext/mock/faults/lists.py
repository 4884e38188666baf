"""Effects on what list methods show."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from attrs import field, frozen

from ...contract.spec import OperationSpec
from ..clock import read_time
from ..exchange import Reply
from ..listing import DEFAULT_PER_PAGE
from . import checks
from .effect import Call, Effect


def _created_at(entity: Mapping[str, Any]) -> float:
    return read_time(entity["createdAt"]).timestamp() if entity.get("createdAt") else 0.0


_BORN: Mapping[str, Callable[[Any], float]] = {
    "tasks": lambda task: task.life.history[0][1],
    "apps": lambda app: read_time(app.created_at).timestamp(),
    "versions": _created_at,
    "files": _created_at,
}
"""When what the platform keeps under these names came to be."""

_SHOWN = {
    "tasks.list": ("tasks",),
    "apps.list": ("apps", "tasks"),
    "apps.tasks.list": ("tasks",),
    "projects.versions.list": ("versions",),
    "file-storage.list": ("files",),
}
"""What list methods show of it; the ecosystem is not made by requests."""


def _is_new(born: Callable[[Any], float], shown_until: float, entity: Any) -> bool:
    return born(entity) > shown_until


@frozen
class Lag(Effect):
    """A list does not show yet what came to be less than so many seconds ago."""

    kind: ClassVar = "lag"

    seconds: float = field(validator=checks.number())

    def suits(self, operation: OperationSpec) -> bool:
        """Tell whether it lists what requests make."""
        return operation.name in _SHOWN

    def before(self, call: Call) -> Reply | None:
        """Hide what is new from the handler."""
        shown_until = call.platform.clock.now() - self.seconds
        for kept in _SHOWN[call.operation.name]:
            call.hide(kept, partial(_is_new, _BORN[kept], shown_until))
        return None


@frozen
class DuplicatePage(Effect):
    """A list answers the page before again. On a first page there is none, and it does not strike."""

    kind: ClassVar = "duplicate_page"

    def suits(self, operation: OperationSpec) -> bool:
        """Tell whether the list has pages."""
        return bool(operation.filter_fields)

    def before(self, call: Call) -> Reply | None:
        """Ask for the page before."""
        size = call.body.get("per_page", DEFAULT_PER_PAGE)
        if call.body.get("after", "").isdecimal():
            call.ask({**call.body, "after": str(max(int(call.body["after"][:15]) - size, 0))})
        elif "after" not in call.body and call.body.get("page", 1) > 1:
            call.ask({**call.body, "page": call.body["page"] - 1})
        return None
