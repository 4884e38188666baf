"""What a recording keeps when client and server try to get a secret, or nonsense, into it."""

import json
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext.contract.recording import Passed, Passing, Recorder, read_recording, survey_of
from supervisely_ext.contract.server import PREFIX

from .test_recorder import SPEC

SECRET = "tok-5d1f0c"
JSON = "application/json"


def _line(path: Path, *exchanges: Passed) -> str:
    recorder = Recorder(SPEC, path)
    for each in exchanges:
        recorder.record(each)
    recorder.close()
    return path.read_text("utf-8")


def _passing(body: Any, type: str = JSON) -> Passing:
    passing = Passing(type)
    passing.add(body if isinstance(body, bytes) else json.dumps(body).encode())
    return passing


def _passed(
    answer: Any,
    *,
    request: Any = b"{}",
    method: str = "tasks.info",
    verb: str = "POST",
    query: str = "",
    **headers: str,
) -> Passed:
    return Passed(
        verb=verb,
        path=f"{PREFIX}{method}",
        query=query,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        request=request if isinstance(request, Passing) else _passing(request),
        answer=answer if isinstance(answer, Passing) else _passing(answer),
        status=200,
        time=0.0,
    )


def _task(**fields: Any) -> dict[str, Any]:
    return {"id": 5, "type": "app", "status": "started", **fields}


ECHO = _task(type=f"run by {SECRET}")


@pytest.mark.parametrize(
    "exchange",
    [
        _passed(ECHO, authorization=f"Bearer {SECRET}"),
        _passed(ECHO, proxy_authorization=f"Basic {SECRET}"),
        _passed(ECHO, cookie=f"theme=dark; session={SECRET}; more=1"),
        _passed(ECHO, x_auth_token=SECRET),
        _passed(ECHO, x_session_login=SECRET),
        _passed(ECHO, query=f"apiToken={SECRET}"),
        _passed(ECHO, query=f"a=1&password={SECRET.replace('-', '%2D')}"),
        _passed([{"message": "m", "level": SECRET}], method="tasks.log.download", verb="GET", query=f"id=5&token={SECRET}"),
        _passed(_task(type=json.dumps({"session": {"password": SECRET}}))),
        _passed(_task(type=f"[{json.dumps(SECRET)}]")),
        _passed(_task(type="[" * 100_000 + SECRET)),
        _passed(_task(startedAt=f"https://example.com/?token={SECRET}")),
        _passed(_task(startedAt=f"apiToken: {SECRET}")),
        _passed(_task(startedAt=f"Authorization: Bearer {SECRET}")),
        _passed(_task(startedAt=f"{SECRET}@intranet")),
        _passed(_task(a8f5f167f44f4964e6c998dee827110c=1), request={"id": 5, "b8f5f167f44f4964e6c998dee827110c": 2}),
        _passed(_passing("{}", f"application/{SECRET}+json")),
        _passed(_passing(json.dumps(_task(note="naïve " + SECRET)).encode("latin-1"))),
        _passed(_passing(json.dumps(_task(note=SECRET)).encode("utf-16"))),
    ],
)  # fmt: skip
def test_a_secret_is_not_kept(exchange: Passed, tmp_path: Path) -> None:
    """Of headers, queries, text that holds JSON or an assignment, names that are data, content types, other encodings."""
    written = _line(tmp_path / "recording.jsonl", exchange)
    assert SECRET not in written
    assert "8f5f167f44f4964e6c998dee827110c" not in written
    assert list(read_recording(tmp_path / "recording.jsonl"))


def test_a_callers_secret_is_not_kept_later_either(tmp_path: Path) -> None:
    """One exchange shows it in a header, another one's answer echoes it."""
    written = _line(tmp_path / "recording.jsonl", _passed(_task(), x_api_key=SECRET), _passed(ECHO))
    assert SECRET not in written


def test_what_is_harmless_is_kept(tmp_path: Path) -> None:
    """Else the tests above would be met by keeping nothing."""
    exchange = _passed(_task(type="pipelines, [one] of {two}", newField2=1, startedAt="2026-01-01T00:00:00.000Z"))
    _line(tmp_path / "recording.jsonl", exchange)
    (kept,) = read_recording(tmp_path / "recording.jsonl")
    assert kept.answer == _task(type="pipelines, [one] of {two}", newField2=0, startedAt="2026-01-01T00:00:00.000Z")


def _nested(levels: int) -> bytes:
    return (
        b'{"id": 5, "type": "app", "status": "started", "settings": ' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"
    )


@pytest.mark.parametrize(
    "body",
    [
        _nested(450),
        _nested(298),
        b'{"id": 5, "type": "app", "status": "started", "meta": {"params": ' + b"[" * 297 + b"]" * 297 + b"}}",
        b'{"id": 5, "type": "app", "status": "started", "meta": {"params": ' + b"[" * 700 + b"]" * 700 + b"}}",
        _nested(100_000),
        b'{"id": 5, "type": "\\ud800", "status": "started"}',
        b'{"id": 1e999, "type": "app", "status": "started"}',
        b'{"id": ' + b"9" * 5000 + b', "type": "app", "status": "started"}',
        b"\xff\xfe",
        b'{"id": 5, "id": 6, "type": "app", "status": "started"}',
    ],
    ids=range(10),
)
def test_an_odd_body_is_a_line_like_others(body: bytes, tmp_path: Path) -> None:
    """Deep, of half a character, of a number beyond all bounds: recorded, JSON that everyone reads, and judged or named as a gap."""
    written = _line(tmp_path / "recording.jsonl", _passed(_passing(body)), _passed(_task(), request=_passing(body)))
    for line in written.splitlines():
        json.loads(line, parse_constant=_refuse)
    survey = survey_of(SPEC, read_recording(tmp_path / "recording.jsonl"))
    assert survey.judged.total() + sum(survey.gaps.values()) == 2


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")
