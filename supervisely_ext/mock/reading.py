"""Bodies and queries of requests: what they hold, or why they cannot be read."""

from collections.abc import Mapping
from typing import Any

from ..contract.reading import FORM, Unreadable, Wire, brackets, is_deeper, read_request
from ..contract.spec import OperationSpec
from .exchange import Request
from .refusals import Refusal, invalid

DEEPEST = 100
"""Levels of arrays and objects in a body (assumed), and of steps in a path into what is kept of bodies."""
_JSON = "application/json"
_MEBIBYTE = 1 << 20
_LARGEST = {FORM: 1024 * _MEBIBYTE}
_LARGEST_OTHER = 64 * _MEBIBYTE


def largest_body(headers: Mapping[str, str]) -> int:
    """Give the number of bytes that a body may have (assumed: the server's limits are not known)."""
    return _LARGEST.get(_wire(headers).media_type, _LARGEST_OTHER)


def read(operation: OperationSpec, request: Request) -> Any:
    """Give what the request holds, or refuse it."""
    wire = _wire(request.headers, request.body, request.query)
    found, limit = wire.media_type, largest_body(request.headers)
    if request.oversized or len(request.body) > limit:
        raise Refusal(413, "Payload Too Large", {"message": f"a body may have {limit} bytes"})
    expected = operation.request_type
    if found != expected and expected and request.body:
        message = f"{operation.name} takes content-type {expected}, not {found[:100] or 'none'}"
        raise Refusal(415, "Unsupported Media Type", {"message": message})
    try:
        content = read_request(operation, wire)
    except Unreadable as error:
        raise invalid([error.violation]) from error
    if expected == _JSON and brackets(request.body) > DEEPEST and is_deeper(content, DEEPEST):
        raise Refusal(400, "Bad Request", {"message": f"a body may be nested {DEEPEST} levels deep"})
    return content


def _wire(headers: Mapping[str, str], body: bytes = b"", query: str = "") -> Wire:
    return Wire(body, headers.get("content-type", ""), query)
