"""Bodies and queries of requests: what they hold, or why they cannot be read."""

import json
import re
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from ..contract.spec import OperationSpec, Violation
from .exchange import Request
from .refusals import Refusal, invalid

_MEBIBYTE = 1 << 20
_FORM = "multipart/form-data"
_LARGEST = {_FORM: 1024 * _MEBIBYTE}
_LARGEST_OTHER = 64 * _MEBIBYTE


def largest_body(headers: Mapping[str, str]) -> int:
    """Give the number of bytes that a body may have (assumed: the server's limits are not known)."""
    return _LARGEST.get(_media_type(headers), _LARGEST_OTHER)


def read(operation: OperationSpec, request: Request) -> Any:
    """Give what the request holds, or refuse it."""
    found = _media_type(request.headers)
    limit = _LARGEST.get(found, _LARGEST_OTHER)
    if request.oversized or len(request.body) > limit:
        raise Refusal(413, "Payload Too Large", {"message": f"a body may have {limit} bytes"})
    expected = operation.request_type
    if found != expected and expected and request.body:
        message = f"{operation.name} takes content-type {expected}, not {found[:100] or 'none'}"
        raise Refusal(415, "Unsupported Media Type", {"message": message})
    return _READERS[expected](operation, request)


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def as_number(text: str) -> int | str:
    """Give a number where the text is one, of as many digits as Python reads."""
    return int(text) if re.fullmatch(r"[0-9]{1,4000}", text) else text


def _read_query(operation: OperationSpec, request: Request) -> Any:
    """Read a query, numbers as numbers where the spec has numbers."""
    return {
        name: as_number(text) if _is_number(operation, name) else text
        for name, text in parse_qsl(request.query, keep_blank_values=True)
    }


def _is_number(operation: OperationSpec, name: str) -> bool:
    schema = operation.request.schema["properties"].get(name, {})
    if "$ref" in schema:
        schema = operation.request.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return bool(schema.get("type") == "integer")


def _read_multipart(operation: OperationSpec, request: Request) -> Any:
    """Read the parts by their names; each byte is a character, so that a handler can tell text and files apart itself."""
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    if request.body.strip() == f"--{message.get_boundary()}--".encode():
        return {}  # to the parser a form without parts is none
    if not message.is_multipart():
        raise invalid([Violation((), "multipart", "the body is not multipart/form-data")])
    return {
        str(part.get_param("name", header="content-disposition")): bytes(part.get_payload(decode=True)).decode(
            "latin-1"
        )
        for part in message.iter_parts()
    }


def _read_json(operation: OperationSpec, request: Request) -> Any:
    try:
        return decoded(request.body)
    except (ValueError, RecursionError) as error:
        raise invalid([Violation((), "json", f"the body is not JSON: {error}")]) from error


def decoded(body: bytes) -> Any:
    """Decode JSON of UTF-8. Raises `ValueError` or `RecursionError`, also for what could never be answered with."""
    text = body.decode()
    data = _DECODER.decode(text)
    if "\\u" in text:
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate
    return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:30]} is too large")
    return int(number) if number.is_integer() else number  # in JSON 1.0 is 1


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
_READERS: dict[str, Callable[[OperationSpec, Request], Any]] = {
    "": _read_query,
    "application/json": _read_json,
    _FORM: _read_multipart,
}
