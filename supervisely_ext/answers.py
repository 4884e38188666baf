"""What an answer means: a success to be read, or the error it stands for. Pure but for what httpx has decoded."""

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import httpx
from attrs import frozen
from supervisely_client.operation import Operation

from .credentials import Secret
from .errors import (
    ApiError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    RedirectRefused,
    ServerError,
    Unauthorized,
    UnexpectedAnswer,
)
from .masking import masked_text
from .retry import parse_retry_after

T = TypeVar("T")
R = TypeVar("R")

EXCERPT_LENGTH = 200

_ERROR_OF_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
}


@frozen
class Answer(Generic[T]):
    """A success: its decoded body, which is read on demand."""

    operation: str
    status: int
    json: Any
    _parse: Callable[[Any], T]

    @property
    def model(self) -> T:
        """The body as the generated model."""
        return self.read(self._parse)

    def read(self, reader: Callable[[Any], R]) -> R:
        """Apply a reader to the body; what a wrong shape provokes in it becomes `UnexpectedAnswer`."""
        try:
            return reader(self.json)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise UnexpectedAnswer(
                operation=self.operation,
                status=self.status,
                problem=f"a body of another shape ({type(error).__name__}: {error})",
            ) from error


def decode(operation: Operation[..., T], response: httpx.Response, secret: Secret) -> Answer[T]:
    """Decode the body of a success, as the spec says what it is."""
    try:
        return Answer(operation.name, response.status_code, _BODIES[operation.answer](response), operation.parse)
    except (ValueError, RecursionError):
        problem = _what_it_is(response)
    # Raised out here: the decoder's own error holds the whole body.
    raise UnexpectedAnswer(
        operation=operation.name,
        status=response.status_code,
        request_id=_request_id(response, secret),
        problem=problem,
        excerpt=_excerpt(response, secret),
    )


def _whatever(response: httpx.Response) -> Any:
    """Read a body of which the spec promises nothing: JSON if it is, else None."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None


_BODIES: dict[str, Callable[[httpx.Response], Any]] = {
    "json": lambda response: json.loads(response.content),
    "text": lambda response: _text(response),
    "bytes": lambda response: response.content,
    "unspecified": _whatever,
}


def error_of(operation: str, response: httpx.Response, *, attempts: int, secret: Secret, now: float) -> ApiError:
    """Give the error that an answer without success stands for."""
    error = _kind(response.status_code)(
        operation=operation,
        status=response.status_code,
        request_id=_request_id(response, secret),
        attempts=attempts,
        retry_after=parse_retry_after(response.headers.get("retry-after"), now=now),
        **_said(response, secret),
    )
    if isinstance(error, RedirectRefused):
        error.location = secret.remove_from(_origin(response))
    return error


def _origin(response: httpx.Response) -> str:
    """Give scheme and host that a redirect leads to."""
    location: str = response.headers.get("location", "")
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else ""


def _kind(status: int) -> type[ApiError]:
    if status == 429:
        return RateLimited
    if 300 <= status < 400:
        return RedirectRefused
    if 500 <= status < 600:
        return ServerError
    return _ERROR_OF_STATUS.get(status, ApiError)


def _said(response: httpx.Response, secret: Secret) -> dict[str, Any]:
    """Read the server's own words, from its error body or from the beginning of whatever came instead."""
    try:
        body = secret.remove_from(json.loads(response.content))
        return {"message": _cut(str(body["error"])), "details": body.get("details")}
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return {"excerpt": _excerpt(response, secret)}


def _request_id(response: httpx.Response, secret: Secret) -> str | None:
    found: str | None = response.headers.get("x-request-id")
    return secret.remove_from(found)


def _text(response: httpx.Response) -> str:
    # The charset that a header names may be none, or no charset at all.
    return response.content.decode("utf-8", "replace")


def _excerpt(response: httpx.Response, secret: Secret) -> str:
    return _cut(masked_text(" ".join(secret.remove_from(_text(response)).split())))


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT_LENGTH else f"{text[:EXCERPT_LENGTH]}…"


def _what_it_is(response: httpx.Response) -> str:
    if not response.content.strip():
        return "nothing instead of JSON"
    if _text(response).lstrip()[:1] == "<":
        return "HTML instead of JSON: a login page, or a proxy's"
    return "what is not JSON: cut off, or another format"
