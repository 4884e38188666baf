"""Effects on what list methods show."""

from collections.abc import Callable, Mapping
from functools import partial
from math import inf
from typing import Any, ClassVar

from attrs import field, frozen

from ...contract.spec import OperationSpec
from ..clock import read_time
from ..exchange import Reply
from ..listing import DEFAULT_PER_PAGE
from . import checks
from .effect import Call, Effect


def _since_1970(created_at: str | None) -> float:
    """Read a time, of which the spec says only that it is a text; what cannot be read is not new."""
    try:
        return read_time(created_at or "").timestamp()
    except ValueError:
        return -inf


_BORN: Mapping[str, Callable[[Any], float]] = {
    "known_tasks": lambda task: task.life.history[0].at,
    "apps": lambda app: _since_1970(app.created_at),
    "versions": lambda version: _since_1970(version.get("createdAt")),
    "files": lambda file: _since_1970(file.get("createdAt")),
}
"""When what the platform keeps under these names came to be."""

_SHOWN = {
    "tasks.list": ("known_tasks",),
    "apps.list": ("apps", "known_tasks"),
    "apps.tasks.list": ("known_tasks",),
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

    seconds: float = field(validator=checks.seconds)

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
