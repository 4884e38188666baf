"""The recording proxy, between a client and a server that are both in this process."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest

from supervisely_ext.contract import recording
from supervisely_ext.contract.drift_patch import apply, patch
from supervisely_ext.contract.places import Document
from supervisely_ext.contract.recorder import BrokenOff, application
from supervisely_ext.contract.recording import Recorder, RecordingError, read_recording, survey_of
from supervisely_ext.contract.server import PREFIX
from supervisely_ext.contract.spec import bundled
from supervisely_ext.contract.survey import Survey

SPEC = Document(bundled().document)
SERVER = "https://upstream.invalid"
JSON = {"content-type": "application/json; charset=utf-8"}
TOKEN = "a-token-of-the-caller"
PARAMETERS = "/paths/~1tasks.log.download/get/parameters"
Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Upstream(httpx.AsyncBaseTransport):
    """A server made of one function; it keeps what it was sent."""

    def __init__(self, answer: Answer | httpx.Response) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.answer, httpx.Response):
            await request.aread()
            return self.answer
        return await self.answer(request)


def _response(status: int, body: bytes, headers: Any = JSON) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recording.jsonl"


def _pass(upstream: Upstream, path: Path, send: Callable[[httpx.AsyncClient], Awaitable[Any]]) -> Any:
    async def through() -> Any:
        recorder = Recorder(SPEC, path)
        async with httpx.AsyncClient(transport=upstream) as client:
            proxy = httpx.ASGITransport(application(client, SERVER, recorder))
            async with httpx.AsyncClient(transport=proxy, base_url="http://localhost") as user:
                try:
                    return await send(user)
                finally:
                    recorder.close()

    return asyncio.run(through())


def _post(method: str, **options: Any) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
    return lambda user: user.post(f"{PREFIX}{method}", headers={"x-api-key": TOKEN}, **options)


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_exchange_passes_unchanged_and_is_written_down(path: Path) -> None:
    """Status, body and headers both ways; what was asked for packed is asked for plain."""
    answer = b'{"id": 5, "type": "app", "status": "started", "userLogin": "somebody", "new": 1, "teamId": "x"}'
    upstream = Upstream(_response(200, answer, {**JSON, "x-more": "yes", "connection": "close"}))
    response = _pass(upstream, path, _post("tasks.info", json={"id": 5, "why": 1}))
    assert (response.status_code, response.content, response.headers["x-more"]) == (200, answer, "yes")
    assert "connection" not in response.headers
    (request,) = upstream.requests
    assert (str(request.url), request.content) == (f"{SERVER}{PREFIX}tasks.info", b'{"id":5,"why":1}')
    assert (request.headers["x-api-key"], request.headers["host"]) == (TOKEN, "upstream.invalid")
    assert request.headers["accept-encoding"] == "identity"
    (line,) = _lines(path)
    line.pop("time")
    task = "/components/schemas/Task"
    asked = "/components/schemas/TasksInfoRequest"
    assert line == {
        "operation": "tasks.info",
        "request": {
            "type": "application/json",
            "size": 16,
            "json": {"id": 5, "why": 0},
            "violations": [{"tier": "new field", "at": asked, "name": "why", "seen": ["integer"]}],
        },
        "status": 200,
        "answer": {
            "type": "application/json",
            "size": len(answer),
            "json": {"id": 5, "type": "app", "status": "started", "userLogin": "[redacted]", "new": 0, "teamId": "[redacted]"},
            "violations": [
                {"tier": "new field", "at": task, "name": "new", "seen": ["integer"]},
                {"tier": "contradicts", "at": f"{task}/properties/teamId", "name": "type", "seen": ["string"]},
            ],
        },
        "failure": None,
    }  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_query_is_kept_as_far_as_the_spec_knows_it(path: Path) -> None:
    """Numbers as such; what breaks the rules is named by the rule."""
    upstream = Upstream(_response(200, b"[]"))
    _pass(upstream, path, lambda user: user.get(f"{PREFIX}tasks.log.download?id=5&limit=-3&who=me&sinceTime=now"))
    assert upstream.requests[0].url.query == b"id=5&limit=-3&who=me&sinceTime=now"
    (line,) = _lines(path)
    assert line["request"] == {
        "query": {"id": 5, "limit": -3, "who": "[redacted]", "sinceTime": "now"},
        "violations": [
            {"tier": "contradicts", "at": f"{PARAMETERS}/2/schema", "name": "minimum", "seen": ["integer"]},
            {"tier": "new field", "at": PARAMETERS, "name": "who", "seen": ["string"]},
        ],
    }


def _patched(found: Survey) -> Document:
    document = deepcopy(SPEC.json)
    for step in patch(document, found.deviations):
        apply(document, step)
    return Document(document)


@pytest.mark.parametrize("query", ["id=5&follow=1&limit=-3", "follow=1", "limit=many&limit2=3&id="])
def test_a_query_that_a_server_accepts_is_held_against_the_spec(path: Path, query: str) -> None:
    """Unknown fields, missing ones and what contradicts it, as of a body; the patch ends the report."""
    _pass(Upstream(_response(200, b"[]")), path, lambda user: user.get(f"{PREFIX}tasks.log.download?{query}"))
    found = survey_of(SPEC, read_recording(path))
    assert {each.tier for each in found.deviations} >= {"new field"}
    assert {each.operations for each in found.deviations} == {frozenset({"tasks.log.download"})}
    assert len(found.deviations) == {"id=5&follow=1&limit=-3": 2, "follow=1": 2}.get(query, 3)
    assert survey_of(_patched(found), read_recording(path)).deviations == []


def test_a_query_of_which_nothing_is_described_is_new(path: Path) -> None:
    """The patch makes the list of parameters too."""
    _pass(Upstream(_response(200, b"[]")), path, lambda user: user.get(f"{PREFIX}tasks.log.download?follow=1"))
    document = deepcopy(SPEC.json)
    del document["paths"]["/tasks.log.download"]["get"]["parameters"]
    found = survey_of(Document(document), read_recording(path))
    (step, added) = patch(document, found.deviations)
    assert (step["value"], added["value"]["name"]) == ([], "follow")


def test_a_rule_that_a_redacted_text_broke_is_still_told(path: Path) -> None:
    """The stand-in keeps to it; the recording says what the text did. The patch ends it, and another spec may lack the rule."""
    asked = {"taskId": 5, "service": {"name": "x" * 256}, "command": "go"}
    _pass(Upstream(_response(200, b"{}")), path, _post("tasks.request.direct", json=asked))
    (line,) = _lines(path)
    assert line["request"]["json"]["service"] == {"name": "[redacted]"}
    found = survey_of(SPEC, read_recording(path))
    name = "/components/schemas/ServiceTarget/properties/name"
    assert [(each.pointer, each.name) for each in found.deviations if each.tier == "contradicts"] == [
        (name, "maxLength")
    ]
    assert survey_of(_patched(found), read_recording(path)).deviations == []
    document = deepcopy(SPEC.json)
    del document["components"]["schemas"]["ServiceTarget"]["properties"]["name"]
    assert {each.tier for each in survey_of(Document(document), read_recording(path)).deviations} == {"new field"}


@pytest.mark.parametrize(
    ("method", "options", "type", "size"),
    [
        ("tasks.files.bulk.upload", {"files": {"0-file": b"contents"}}, "multipart/form-data", None),
        ("ecosystem.models.list", {"data": {"page": "1"}}, "application/x-www-form-urlencoded", 6),
        ("no.such.method", {"json": {"a": 1}}, "application/json", 7),
        ("tasks.info", {"content": b"{no json", "headers": JSON}, "application/json", 8),
        ("tasks.info", {"content": b'{"id": NaN}', "headers": JSON}, "application/json", 11),
    ],
)
def test_of_what_is_no_described_json_only_the_size_is_kept(
    path: Path, method: str, options: dict[str, Any], type: str, size: int | None
) -> None:
    """Uploads, forms, methods that the spec does not know, and what is broken."""
    upstream = Upstream(_response(404, b"<html>", {"content-type": "text/html"}))
    _pass(upstream, path, lambda user: user.post(f"{PREFIX}{method}", **options))
    (line,) = _lines(path)
    assert line["request"] == {"type": type, "size": size or len(upstream.requests[0].content)}
    assert line["answer"] == {"type": "text/html", "size": 6}
    assert line["operation"] == (None if method == "no.such.method" else method)


def test_a_body_that_is_too_long_is_passed_on_and_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both directions; what is kept of it is its size."""
    monkeypatch.setattr(recording, "LONGEST_KEPT", 10)
    body = json.dumps({"id": 5, "type": "app", "status": "started"}).encode()
    response = _pass(Upstream(_response(200, body)), path, _post("tasks.info", json={"id": 12345678}))
    assert response.content == body
    (line,) = _lines(path)
    assert (line["request"].keys(), line["answer"]["size"]) == ({"type", "size"}, len(body))


def test_pieces_pass_before_the_whole_is_there(path: Path) -> None:  # noqa: C901 - both ends of a wire in one place
    """The server has the first piece of an upload before the client has made the second, and so for a download."""
    steps: list[str] = []

    async def upload() -> AsyncIterator[bytes]:
        for number in range(3):
            steps.append(f"sent {number}")
            yield b"x"
            await asyncio.sleep(0)

    async def download() -> AsyncIterator[bytes]:
        for number in range(2):
            steps.append(f"answered {number}")
            yield b"y"

    async def answer(request: httpx.Request) -> httpx.Response:
        async for _ in request.stream:  # type: ignore[union-attr]
            steps.append("arrived")  # noqa: PERF401 - as it comes
        return httpx.Response(200, headers={"content-type": "application/octet-stream"}, stream=_Stream(download()))

    async def carry() -> None:
        recorder = Recorder(SPEC, path)
        async with httpx.AsyncClient(transport=Upstream(answer)) as client:
            pieces = upload()

            async def receive() -> Any:
                piece = await anext(pieces, None)
                return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

            async def send(message: Any) -> None:
                if message.get("body"):
                    steps.append("got")

            headers = [(b"content-type", b"multipart/form-data; boundary=x"), (b"transfer-encoding", b"chunked")]
            await application(client, SERVER, recorder)(_scope(headers), receive, send)
        recorder.close()

    asyncio.run(carry())
    assert steps[:4] == ["sent 0", "arrived", "sent 1", "arrived"]
    assert steps[-4:] == ["answered 0", "got", "answered 1", "got"]


class _Stream(httpx.AsyncByteStream):
    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


def _scope(headers: list[tuple[bytes, bytes]], method: str = "tasks.files.bulk.upload") -> dict[str, Any]:
    path = f"{PREFIX}{method}"
    return {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}  # fmt: skip


def test_a_redirect_is_refused(path: Path) -> None:
    """The client would take its token past the proxy."""
    upstream = Upstream(_response(301, b"", {"location": "https://elsewhere.invalid/secret"}))
    response = _pass(upstream, path, _post("tasks.info", json={"id": 5}))
    assert (response.status_code, "location" in response.headers) == (502, False)
    assert response.json()["error"].startswith("contract record: the server redirects")
    (line,) = _lines(path)
    assert (line["status"], line["failure"]) == (None, response.json()["error"].removeprefix("contract record: "))


def test_a_server_that_is_not_there_is_a_refusal(path: Path) -> None:
    """It says what went wrong by its kind alone: the error's own words may quote anything."""

    async def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"no way to {TOKEN}", request=request)

    response = _pass(Upstream(answer), path, _post("tasks.info", json={"id": 5}))
    assert (response.status_code, response.json()) == (502, {"error": "contract record: no answer from the server (ConnectError)"})  # fmt: skip
    assert _lines(path)[0]["failure"] == "no answer from the server (ConnectError)"


def test_an_answer_that_breaks_off_breaks_off_for_the_client_too(path: Path) -> None:
    """It must not look whole; and what arrived of it is not judged."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"id": 5'
        raise httpx.ReadError(f"lost {TOKEN}")

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=JSON, stream=_Stream(pieces()))

    with pytest.raises(BrokenOff, match=r"^the answer broke off \(ReadError\)$") as caught:
        _pass(Upstream(answer), path, _post("tasks.info", json={"id": 5}))
    assert caught.value.__suppress_context__
    (line,) = _lines(path)
    assert (line["status"], line["failure"]) == (200, "the answer broke off (ReadError)")
    assert survey_of(SPEC, read_recording(path)).gaps == {("tasks.info", "the answer broke off (ReadError)"): 1}


def test_a_client_that_goes_away_is_noted(path: Path) -> None:
    """While it sends, it ends the request to the server as well."""

    async def answer(request: httpx.Request) -> httpx.Response:
        await request.aread()
        raise AssertionError("the request was never whole")

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def nobody(message: Any) -> None:
        raise AssertionError(f"nobody listens to {message}")

    async def carry() -> None:
        recorder = Recorder(SPEC, path)
        async with httpx.AsyncClient(transport=Upstream(answer)) as client:
            await application(client, SERVER, recorder)(_scope([(b"content-length", b"9")]), gone, nobody)
        recorder.close()

    asyncio.run(carry())
    assert _lines(path)[0]["failure"] == "the client went away"


def test_what_is_cancelled_is_noted(path: Path) -> None:
    """The proxy stops while an answer is awaited."""

    async def answer(request: httpx.Request) -> httpx.Response:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        _pass(Upstream(answer), path, _post("tasks.info", json={"id": 5}))
    assert _lines(path)[0]["failure"] == "it was broken off"


def test_a_secret_that_is_a_word_of_the_recording_itself_leaves_it_readable(path: Path) -> None:
    """Now and in later exchanges: the line's own names, and that of the operation, are never taken for it."""
    for secret in ("operation", "tasks.info"):
        _pass(Upstream(_response(200, b"{}")), path, _post("tasks.info", json={"id": 5, "password": secret}))
    assert [each.operation for each in read_recording(path)] == ["tasks.info"] * 2


def test_recordings_are_appended_to(path: Path) -> None:
    """Each line in one write, so that several recorders may share a file."""
    for _ in range(2):
        _pass(Upstream(_response(200, b'{"version": "6"}')), path, _post("instance.version", json={}))
    assert [line["operation"] for line in _lines(path)] == ["instance.version"] * 2


def test_a_line_that_is_not_whole_is_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is not taken for a recording."""
    monkeypatch.setattr(os, "write", lambda file, line: len(line) - 1)
    with pytest.raises(OSError, match="disk is full"):
        _pass(Upstream(_response(200, b"{}")), path, _post("instance.version", json={}))


GOOD: dict[str, Any] = {
    "operation": None,
    "status": 200,
    "request": {},
    "answer": {"type": "", "size": 0},
    "failure": None,
}
BAD = {
    "operation": ["x"],
    "status": "200",
    "request": {"violations": [{"tier": "worse", "at": "/x", "name": "x", "seen": []}]},
    "answer": {"type": 5},
    "failure": 1,
}


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"operation": null}',
        '{"request": 1, "answer": 2}',
        json.dumps({**GOOD, "operation": "\ud800"}),
        *(json.dumps({**GOOD, name: bad}) for name, bad in BAD.items()),
    ],
)
def test_what_is_no_recording_is_refused(path: Path, line: str) -> None:
    """With the line's number and without its text: also what has the right names and wrong types."""
    path.write_text(f"{json.dumps(GOOD)}\n{line}\n")
    with pytest.raises(RecordingError, match=r"line 2, is no exchange of `contract record`$"):
        list(read_recording(path))


def test_requests_that_a_server_accepts_are_held_against_the_spec(path: Path) -> None:
    """Refused ones are not: there the spec may be right."""
    task = b'{"id": 5, "type": "app", "status": "started"}'
    _pass(Upstream(_response(200, task)), path, _post("tasks.info", json={"id": 5, "why": 1}))
    _pass(Upstream(_response(400, b'{"error": "no"}')), path, _post("tasks.stop", json={"id": 5, "why": 1}))
    _pass(Upstream(_response(200, b"{}")), path, _post("no.such.method", json={}))
    found = survey_of(SPEC, read_recording(path))
    assert [(each.tier, each.name, each.operations) for each in found.deviations] == [
        ("new field", "why", {"tasks.info"})
    ]
    assert found.gaps == {("?", "no operation of the spec"): 1, ("tasks.stop", "refused with HTTP 400"): 1}
