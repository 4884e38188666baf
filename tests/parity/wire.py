"""Requests in one form, whether recorded from the SDK or sent by ours, and how the two are compared."""

import json
from typing import Any

import httpx
from attrs import field, frozen

from supervisely_ext.start_marks import MARKER

_HEADERS = ("x-api-key", "x-task-id")
_ANY_TIME = "<ts>"
_UNORDERED = "images.internal.hashes.list"
"""Its body is a set of hashes, which the SDK sends in the order of its own set."""


@frozen
class Part:
    """A part of a multipart body; the text of a field is JSON and compared as such."""

    name: str
    filename: str | None
    content: Any


@frozen
class Request:
    """What is compared of a request."""

    verb: str
    path: str
    query: dict[str, str] = field(factory=dict)
    body: Any = None
    """JSON, a list of parts, or what is neither."""
    headers: dict[str, str] = field(factory=dict)

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        headers = {name: value for name, value in self.headers.items() if name != "x-api-key"}
        return f"{self.verb} {self.path.rpartition('/')[2]}{query} {headers or ''} {_text(self.body)}"


def _text(body: Any) -> str:
    if body and isinstance(body, list) and isinstance(body[0], Part):
        return f"{len(body)} parts: {body[:4]}"
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return text if len(text) < 900 else f"{text[:900]}…"


def expected(recorded: dict[str, Any]) -> Request:
    """Read a recorded request."""
    if "multipart" in recorded:
        body = [_part(part["name"], part.get("filename"), part["text"].encode()) for part in recorded["multipart"]]
    else:
        body = recorded.get("json", recorded.get("short_body"))
    return Request(
        recorded["method"],
        recorded["path"],
        recorded.get("query", {}),
        _ordered(recorded["path"], body),
        recorded["headers"],
    )


def sent(request: httpx.Request) -> Request:
    """Read a request of ours."""
    content = request.read()
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        body: Any = _parts(content, kind.partition("boundary=")[2])
    else:
        body = _unmarked(json.loads(content)) if content else None
    headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
    query = dict(request.url.params)
    return Request(request.method, request.url.path, query, _ordered(request.url.path, body), headers)


def _unmarked(body: Any) -> Any:
    """Leave out the mark by which a start of ours can be found again (docs/starting.md)."""
    if isinstance(body, dict) and isinstance(body.get("params"), dict):
        return {**body, "params": {name: value for name, value in body["params"].items() if name != MARKER}}
    return body


def alike(sdk: Request, ours: Request) -> bool:
    """Tell whether two requests say the same; a recorded time stands for any."""
    return (sdk.verb, sdk.path, sdk.query, sdk.headers) == (
        ours.verb,
        ours.path,
        ours.query,
        ours.headers,
    ) and _alike(sdk.body, ours.body)


def _alike(sdk: Any, ours: Any) -> bool:
    if sdk == _ANY_TIME:
        return isinstance(ours, str)
    if isinstance(sdk, dict) and isinstance(ours, dict):
        return sdk.keys() == ours.keys() and all(_alike(sdk[key], ours[key]) for key in sdk)
    if isinstance(sdk, list) and isinstance(ours, list):
        return len(sdk) == len(ours) and all(map(_alike, sdk, ours))
    return type(sdk) is type(ours) and bool(sdk == ours)


def _ordered(path: str, body: Any) -> Any:
    return sorted(body) if path.endswith(_UNORDERED) and isinstance(body, list) else body


def _parts(content: bytes, boundary: str) -> list[Part]:
    pieces = content.split(b"--" + boundary.strip('"').encode())[1:-1]
    return [_read_part(piece.removeprefix(b"\r\n").removesuffix(b"\r\n")) for piece in pieces]


def _read_part(piece: bytes) -> Part:
    head, _, content = piece.partition(b"\r\n\r\n")
    disposition = next(line for line in head.decode().splitlines() if line.lower().startswith("content-disposition"))
    options = dict(item.strip().split("=", 1) for item in disposition.split(";")[1:])
    filename = options.get("filename")
    return _part(options["name"].strip('"'), filename and filename.strip('"'), content)


def _part(name: str, filename: str | None, content: bytes) -> Part:
    return Part(name, filename, json.loads(content) if filename is None else content)
