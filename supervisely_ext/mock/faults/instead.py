"""Effects that put something else in the place of the answer."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from attrs import evolve, field, frozen

from ...contract.spec import bundled
from ..exchange import JSON, WITHOUT_BODY, Cut, Reply
from . import checks
from .effect import Call, Effect

_LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form>Please log in</form></body></html>\n"
)


@frozen(kw_only=True)
class Instead(Effect, ABC):
    """Gives a reply of its own."""

    committed: bool = field(default=False, validator=checks.truth)
    """The platform does first what was asked; only its answer is lost."""

    @abstractmethod
    def reply(self) -> Reply:
        """Give what leaves."""

    def before(self, call: Call) -> Reply | None:
        """Answer, where nothing is to be done."""
        return None if self.committed else self.reply()

    def after(self, call: Call, reply: Reply) -> Reply:
        """Answer, where it was done."""
        if not self.committed:
            return reply
        own = self.reply()
        return evolve(own, delay=own.delay + reply.delay)


def _check_body(effect: "Status", attribute: Any, value: Any) -> None:
    checks.json_value(effect, attribute, value)
    if value is not None and effect.status in WITHOUT_BODY:
        raise checks.PlanError("/body", f"must be none: a {effect.status} has no body")


@frozen
class Status(Instead):
    """Another status; the body is an error as the server words it, a JSON value, or with another `content_type` the text as it is.

    204 and 304 have none.
    """

    kind: ClassVar = "status"

    status: int = field(validator=checks.integer(200, 599))
    body: Any = field(default=None, validator=_check_body, kw_only=True)
    headers: Mapping[str, str] = field(factory=dict[str, str], validator=checks.headers, kw_only=True)
    content_type: str = field(default=JSON, validator=checks.content_type, kw_only=True)

    @property
    def breaks_spec(self) -> bool:
        """Tell whether it is anything but an error as the spec has them."""
        return not (self.status >= 400 and "json" in self.content_type and self._is_error())

    def _is_error(self) -> bool:
        return self.body is None or bundled().schema("Error").accepts(self.body)

    def reply(self) -> Reply:
        """Give the status."""
        headers = tuple((name.lower(), value) for name, value in self.headers.items())
        return Reply(self.status, self._content(), self.content_type, headers)

    def _content(self) -> bytes:
        if self.status in WITHOUT_BODY:
            return b""
        if isinstance(self.body, str) and "json" not in self.content_type:
            return self.body.encode()
        body = {"error": _phrase(self.status)} if self.body is None else self.body
        return json.dumps(body, ensure_ascii=False).encode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


@frozen
class RateLimited(Instead):
    """429 with Retry-After, in seconds."""

    kind: ClassVar = "rate_limited"

    retry_after: int = field(default=1, validator=checks.integer(0))

    def reply(self) -> Reply:
        """Give the refusal."""
        body = b'{"error":"Too Many Requests"}'
        return Reply(429, body, headers=(("retry-after", str(self.retry_after)),))


@frozen
class LoginPage(Instead):
    """200 with the HTML of a page to log in, as a proxy or an expired session gives it."""

    kind: ClassVar = "login_page"

    @property
    def breaks_spec(self) -> bool:
        """Tell that it does."""
        return True

    def reply(self) -> Reply:
        """Give the page."""
        return Reply(200, _LOGIN_PAGE, "text/html; charset=utf-8")


@frozen
class Reset(Instead):
    """The connection is reset, and no byte of an answer comes."""

    kind: ClassVar = "reset"

    def reply(self) -> Reply:
        """Give no answer."""
        return Reply(0, b"", cut=Cut())


@frozen
class Silence(Instead):
    """No answer ever comes; the connection stays open until the client gives up."""

    kind: ClassVar = "silence"

    def reply(self) -> Reply:
        """Give no answer."""
        return Reply(0, b"", delay=float("inf"))
