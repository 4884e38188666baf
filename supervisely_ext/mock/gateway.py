"""From a request to a reply: who asks, is it valid, what is the answer, and does the answer keep to the spec. No I/O."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from attrs import frozen

from ..contract.spec import OperationSpec, Violation, bundled
from .operations import HANDLERS
from .platform import Platform
from .refusals import Refusal, invalid, not_found

log = logging.getLogger("supervisely_ext.mock")

PREFIX = "/public/api/v3/"


@frozen
class Request:
    """What arrives, in whichever way; header names are in lower case."""

    verb: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""


@frozen
class Reply:
    """What leaves."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"


def handle(platform: Platform, request: Request) -> Reply:
    """Answer one request, alone: two at once never see each other's half."""
    with platform.lock:
        try:
            return _answer(platform, request)
        except Refusal as refusal:
            return _json_reply(refusal.status, refusal.body)
        except Exception as error:
            log.exception("the mock failed at %s", request.path)
            return _json_reply(500, {"error": f"mock: it failed itself ({type(error).__name__}: {error})"})


def _json_reply(status: int, answer: Any) -> Reply:
    return Reply(status, json.dumps(answer, ensure_ascii=False, allow_nan=False).encode())


def _answer(platform: Platform, request: Request) -> Reply:
    operation = bundled().operations.get(request.path.removeprefix(PREFIX))
    if operation is None or not request.path.startswith(PREFIX):
        raise not_found(f"Method {request.path}")
    if request.verb != operation.verb:
        raise Refusal(405, "Method Not Allowed", {"message": f"{operation.name} takes {operation.verb}"})
    if operation.needs_token and not request.headers.get("x-api-key"):
        # rest reference 1.3: without a token the server answers 400, not 401
        raise Refusal(400, "API token is required", {"message": "the header x-api-key is missing"})
    body = _READERS[operation.request_type](operation, request)
    if not operation.request.accepts(body):
        raise invalid(operation.request.violations(body))
    handler = HANDLERS.get(operation.name)
    if handler is None:
        raise Refusal(501, "Not Implemented", {"message": f"the mock does not serve {operation.name}"})
    platform.calling_task = _calling_task(request)
    return _reply(operation, handler(platform, body))


def _calling_task(request: Request) -> int | None:
    number = _as_number(request.headers.get("x-task-id", ""))
    return number if isinstance(number, int) else None


def _as_number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else text


def _read_query(operation: OperationSpec, request: Request) -> Any:
    """Read a query, numbers as numbers where the spec has numbers."""
    return {
        name: _as_number(text) if _is_number(operation, name) else text
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
        body = json.loads(request.body, parse_constant=_refuse_constant)
        json.dumps(body, ensure_ascii=False).encode()  # a lone surrogate could never be answered with
    except (ValueError, RecursionError) as error:
        raise invalid([Violation((), "json", f"the body is not JSON: {error}")]) from error
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_READERS: dict[str, Callable[[OperationSpec, Request], Any]] = {
    "": _read_query,
    "application/json": _read_json,
    "multipart/form-data": _read_multipart,
}


def _reply(operation: OperationSpec, answer: Any) -> Reply:
    """Let nothing leave that the spec forbids: a mock that lies is worse than none."""
    if operation.answer is None and isinstance(answer, bytes):
        return Reply(200, answer, "application/octet-stream")
    if operation.answer is None and isinstance(answer, str):
        return Reply(200, answer.encode(), "text/plain; charset=utf-8")
    if operation.answer is None or operation.answer.accepts(answer):
        return _json_reply(200, answer)
    violations = invalid(operation.answer.violations(answer)).body["details"]
    raise Refusal(500, f"mock: its own answer to {operation.name} breaks the spec", violations)
