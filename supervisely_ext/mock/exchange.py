"""What arrives and what leaves, in whichever way it travels."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from .written import write

JSON = "application/json; charset=utf-8"
WITHOUT_BODY = (204, 304)
"""Statuses whose answers end with the head: what followed would be taken for the next answer."""


_KNOWN_HEADERS = {
    name.encode(): name for name in ("content-type", "content-length", "x-api-key", "x-task-id", "host", "origin")
}


def known_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give those headers that the platform and its admin know, of what came with a request."""
    return {
        known: value.decode("latin-1") for name, value in raw if (known := _KNOWN_HEADERS.get(name.lower())) is not None
    }


@frozen
class Request:
    """What arrives; header names are in lower case."""

    verb: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""
    oversized: bool = False
    """The face stopped reading: the body is larger than `reading.largest_body` allows."""


@frozen
class Pace:
    """A body that comes in pieces of so many bytes, with so many seconds before each."""

    size: int
    seconds: float


@frozen
class Cut:
    """A connection that ends too early."""

    after: int | None = None
    """Bytes of the body that arrive; None: not even the head."""
    reset: bool = True
    """False: it is closed as if everything had been sent."""


@frozen
class Reply:
    """What leaves, and how: the core decides, the faces carry it out."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    """Seconds on the platform's clock before the head leaves; infinite: nothing ever leaves."""
    pace: Pace | None = None
    cut: Cut | None = None

    @property
    def plain(self) -> bool:
        """Tell whether it leaves at once, as a whole."""
        return not self.delay and self.pace is None and self.cut is None

    def pieces(self) -> Iterator[bytes]:
        """Give what arrives of the body, in the pieces in which it does."""
        arriving = self.body[: self.cut.after] if self.cut else self.body
        size = self.pace.size if self.pace else len(arriving)
        for start in range(0, len(arriving), size or 1):
            yield arriving[start : start + size]


def json_reply(status: int, answer: Any) -> Reply:
    """Give a reply of JSON. Raises `ValueError` or `TypeError` for what is none."""
    return Reply(status, write(answer))
