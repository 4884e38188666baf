"""Who answers which path, on a port and in process alike."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from . import admin, gateway, page
from .exchange import Reply, Request
from .platform import Platform

_ROUTES: Sequence[tuple[str, Callable[[Platform, Request], Reply]]] = (
    ("/", page.reply),
    (f"{admin.AREA}*", admin.handle),
    ("*", gateway.handle),
)
"""Patterns of paths; the first that fits decides."""


def respond(platform: Platform, request: Request) -> Reply:
    """Answer one request."""
    answer = next(answer for pattern, answer in _ROUTES if fnmatchcase(request.path, pattern))
    return answer(platform, request)
