"""The recorded calls of the official SDK, and a transport that answers with what the SDK was answered."""

import gzip
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen

from supervisely_ext.transport import Unanswered
from tests.scripted import ScriptedTransport

from .wire import Request, alike, expected, sent

DATA = Path(__file__).parents[1] / "data"
BASE = "https://replay.invalid"
TOKEN = "dummy-token"
_MOST_REQUESTS = 1000


class Endless(BaseException):
    """Far too many requests; no client code may catch it."""


@frozen
class Call:
    """One call of the SDK: what was asked of it, what it sent and was answered, what it raised."""

    id: int
    name: str
    kwargs: dict[str, Any]
    exchanges: list[tuple[Request, dict[str, Any]]]
    raises: str | None
    raises_status: int | None
    env: dict[str, str]
    api_kw: dict[str, Any]
    note: str
    result: Any
    """Compared where nothing was sent and nothing raised."""

    @property
    def requests(self) -> list[Request]:
        return [request for request, _ in self.exchanges]

    @property
    def has_files(self) -> bool:
        return "abs_paths" in self.kwargs

    @property
    def is_pure(self) -> bool:
        return not self.exchanges and self.raises is None

    def __str__(self) -> str:
        return f"{self.id}-{self.name}"


def calls() -> list[Call]:
    """Every call in scope, in the order of recording."""
    lines = (DATA / "wire_calls.jsonl").read_text("utf-8").splitlines()
    return [_call(json.loads(line.replace("<base>", BASE))) for line in lines]


def _call(line: dict[str, Any]) -> Call:
    exchanges = [
        (expected(each["request"]), each["response"]) for each in line["exchanges"] for _ in range(each.get("times", 1))
    ]
    return Call(
        id=line["id"],
        name=line["call"],
        kwargs=line["kwargs"],
        exchanges=exchanges,
        raises=line.get("raises"),
        raises_status=line.get("raises_status"),
        env=line.get("env", {}),
        api_kw=line.get("api_kw", {}),
        note=line.get("note", ""),
        result=line.get("result"),
    )


class RecordedServer(ScriptedTransport):
    """Answers a request with what the same request was answered, else with what its method was answered next.

    When the record is used up its last fitting answer stands, as it did for the SDK. What the SDK never sent in this call
    is answered as it succeeded in another.
    """

    def __init__(self, exchanges: Sequence[tuple[Request, dict[str, Any]]], *, interrupt: bool = False) -> None:
        super().__init__()
        self._exchanges = list(exchanges)
        self._used: set[int] = set()
        self._interrupt = interrupt

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        answer = self._answer(request, fresh=fresh)
        await answer.aread()
        return answer

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        yield self._answer(request, fresh=False)

    def _answer(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        if self._interrupt:
            raise KeyboardInterrupt
        if len(self.requests) >= _MOST_REQUESTS:
            raise Endless(f"more than {_MOST_REQUESTS} requests")
        self.requests.append(request)
        self.fresh.append(fresh)
        return _response(self._find(sent(request)), request)

    def _find(self, request: Request) -> dict[str, Any]:
        for fits in (lambda sdk: alike(sdk, request), lambda sdk: sdk.path == request.path):
            left = (number for number, (sdk, _) in enumerate(self._exchanges) if number not in self._used and fits(sdk))
            last = (number for number in sorted(self._used, reverse=True) if fits(self._exchanges[number][0]))
            found = next(chain(left, last), None)
            if found is not None:
                self._used.add(found)
                return self._exchanges[found][1]
        return _answer_elsewhere(request)


def _answer_elsewhere(request: Request) -> dict[str, Any]:
    good = _successes().get(request.path, [])
    same = next((answer for sdk, answer in good if alike(sdk, request)), None)
    if same is None and request.path.endswith(".list"):
        return {"status": 200, "json": {"total": 0, "perPage": 3, "pagesCount": 0, "entities": []}}
    nowhere = {"status": 404, "json": {"error": "not in the record"}}
    return same or (good[0][1] if good else nowhere)


@cache
def _successes() -> dict[str, list[tuple[Request, dict[str, Any]]]]:
    """Give what succeeded in any call, by path."""
    found: dict[str, list[tuple[Request, dict[str, Any]]]] = {}
    for call in calls():
        for sdk, answer in call.exchanges:
            if answer["status"] == 200:
                found.setdefault(sdk.path, []).append((sdk, answer))
    return found


class _Body(httpx.AsyncByteStream):
    """A body in two chunks, or cut off before its end."""

    def __init__(self, content: bytes, received: int | None) -> None:
        self._content = content
        self._received = received

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._content if self._received is None else self._content[: self._received]
        half = len(content) // 2
        for chunk in (content[:half], content[half:]):
            if chunk:
                yield chunk
        if self._received is not None:
            raise Unanswered(httpx.RemoteProtocolError("peer closed connection"), sent=True)


def _response(recorded: dict[str, Any], request: httpx.Request) -> httpx.Response:
    """Make the answer again; of bodies of bytes only the size is known, and what befell them."""
    content = _content(recorded)
    if recorded.get("gzip"):
        content = gzip.compress(content)
    headers = dict(recorded.get("headers", {"content-type": "application/json; charset=utf-8"}))
    if not recorded.get("chunked"):
        headers["content-length"] = str(len(content))
    body = _Body(content, recorded.get("truncate"))
    return httpx.Response(recorded["status"], headers=headers, stream=body, request=request)


def _content(recorded: dict[str, Any]) -> bytes:
    if "json" in recorded:
        return json.dumps(recorded["json"]).encode()
    if "bytes" not in recorded:
        return str(recorded["text"]).encode()
    size = recorded["bytes"]["size"]
    return gzip.compress(b"archive") if size == _SIZE_OF_GZIP_FILE else b"\xa5" * size


_SIZE_OF_GZIP_FILE = 87
