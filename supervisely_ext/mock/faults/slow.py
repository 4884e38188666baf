"""Effects that take time."""

from typing import Any, ClassVar, TypeAlias

from attrs import evolve, field, frozen

from ...shapes import is_list
from ..exchange import Pace, Reply
from . import checks
from .effect import Call, Effect

Seconds: TypeAlias = float | tuple[float, float]


def _span(value: Any) -> Any:
    return tuple(value) if is_list(value) else value


@frozen
class Latency(Effect):
    """So many seconds pass before the answer leaves, or as many as are drawn between two bounds."""

    kind: ClassVar = "latency"

    seconds: Seconds = field(converter=_span, validator=checks.seconds_or_span)

    def after(self, call: Call, reply: Reply) -> Reply:
        """Delay the answer."""
        seconds = call.random.uniform(*self.seconds) if isinstance(self.seconds, tuple) else self.seconds
        return evolve(reply, delay=reply.delay + seconds)


@frozen
class Dribble(Effect):
    """The body comes in pieces of `size` bytes, with so many seconds before each."""

    kind: ClassVar = "dribble"

    seconds: float = field(validator=checks.seconds)
    size: int = field(default=16, validator=checks.integer(1))

    def after(self, call: Call, reply: Reply) -> Reply:
        """Slow the body down."""
        return evolve(reply, pace=Pace(self.size, self.seconds)) if reply.body else reply
