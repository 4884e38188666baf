"""Effects that damage the answer as bytes."""

from typing import ClassVar

from attrs import evolve, field, frozen

from ..exchange import Cut, Reply
from . import checks
from .effect import Breaking, Call, Effect


@frozen
class Truncated(Effect):
    """The body ends too early, as if the connection had been closed: after `size` bytes, or half of it."""

    kind: ClassVar = "truncated"

    size: int | None = field(default=None, validator=checks.integer(0, optional=True))
    reset: bool = field(default=False, validator=checks.truth)
    """The connection is reset there instead."""

    def after(self, call: Call, reply: Reply) -> Reply:
        """Cut the body."""
        size = len(reply.body) // 2 if self.size is None else self.size
        return evolve(reply, cut=Cut(size, reset=self.reset)) if size < len(reply.body) else reply


@frozen
class BadJson(Breaking):
    """The body arrives whole, and is no JSON."""

    kind: ClassVar = "bad_json"

    def after(self, call: Call, reply: Reply) -> Reply:
        """Spoil the body: there is no place in JSON for a bare NUL."""
        return evolve(reply, body=reply.body[: len(reply.body) // 2] + b"\0") if reply.body else reply


@frozen
class ContentType(Breaking):
    """The answer says that it is something else than it is."""

    kind: ClassVar = "content_type"

    type: str = field(default="text/html; charset=utf-8", validator=checks.content_type)

    def after(self, call: Call, reply: Reply) -> Reply:
        """Replace the content type."""
        return evolve(reply, content_type=self.type) if reply.body else reply
