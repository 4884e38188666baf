"""The referee sees what the spec forbids, on either side, and nothing else."""

from typing import Any

import httpx
import pytest

from supervisely_ext import Api, ConnectionFailed, NotFound, UnexpectedAnswer
from supervisely_ext.contract.referee import Referee, SpecBroken
from supervisely_ext.mock import Platform
from supervisely_ext.mock.inprocess import InProcess
from tests.scripted import ScriptedTransport, answer, lost

URL = "https://sly.invalid/public/api/v3/"
TASK = {"id": 7, "type": "app", "status": "started"}


def request(method: str, body: Any, verb: str = "POST") -> httpx.Request:
    return httpx.Request(verb, f"{URL}{method}", json=body)


def seen(asked: httpx.Request, answered: httpx.Response | None = None) -> list[str]:
    """Say what a referee finds."""
    referee = Referee()
    referee.see(asked, answered)
    return [
        f"{breach.side} {breach.violations[0].pointer} {breach.violations[0].keyword}" for breach in referee.breaches
    ]


@pytest.mark.parametrize(
    ("asked", "breach"),
    [
        (request("tasks.info", {"id": 7}), []),
        (request("tasks.info", {"id": "x"}), ["request /id pattern"]),
        (request("tasks.info", {}), ["request /id required"]),
        (request("tasks.no.such", {}), ["request  operation"]),
        (request("tasks.info", {"id": 7}, "PUT"), ["request  verb"]),
        (httpx.Request("POST", f"{URL}tasks.info", content=b"{"), ["request  content-type"]),
        (httpx.Request("POST", f"{URL}tasks.info", content=b"{", headers={"content-type": "application/json"}), ["request  json"]),
        (httpx.Request("GET", f"{URL}tasks.log.download?id=7"), []),
        (httpx.Request("GET", f"{URL}tasks.log.download?id=seven"), ["request /id type"]),
        (httpx.Request("POST", f"{URL}tasks.files.bulk.upload", content=b"", headers={"content-type": "multipart/form-data"}), ["request  multipart"]),
        (httpx.Request("GET", "https://sly.invalid/"), []),
    ],
)  # fmt: skip
def test_requests(asked: httpx.Request, breach: list[str]) -> None:
    """Method, verb, type, and every rule of the schema; what is no method is nobody's matter."""
    assert seen(asked) == breach


def test_a_body_that_was_streamed_is_not_judged() -> None:
    """Nobody has it any more."""

    def parts() -> Any:
        yield b"--x"

    upload = httpx.Request("POST", f"{URL}tasks.files.bulk.upload", content=parts(), headers={"content-type": "multipart/form-data; boundary=x"})  # fmt: skip
    assert seen(upload) == []
    assert seen(request("tasks.info", {"id": 7}), httpx.Response(200, stream=_Endless())) == []


class _Endless(httpx.SyncByteStream): ...


@pytest.mark.parametrize(
    ("answered", "breach"),
    [
        (answer(TASK), []),
        (answer({**TASK, "new": 1, "status": "later"}), []),
        (answer({**TASK, "id": "7"}), ["answer /id type"]),
        (httpx.Response(200, text="<html>"), ["answer  json"]),
        (answer({"error": "no"}, 404), []),
        (answer({"message": "no"}, 404), ["answer /error required"]),
    ],
)
def test_answers(answered: httpx.Response, breach: list[str]) -> None:
    """A success by its own schema, all else by the error's."""
    assert seen(request("tasks.info", {"id": 7}), answered) == breach


def test_answers_that_are_no_json() -> None:
    """Of bytes nothing is promised, nor of a method that the spec does not know."""
    download = request("ecosystem.file.download", {"moduleId": 83, "filePath": "x"})
    assert seen(download, httpx.Response(200, content=b"\xff")) == []
    assert seen(request("no.such", {}), answer(7)) == ["request  operation"]


def test_a_client_is_watched() -> None:
    """Through `watch`, with every word of what went wrong in one assertion."""
    referee = Referee()
    server = ScriptedTransport([answer(TASK), answer({**TASK, "type": 7}), lost(sent=True)])
    api = Api("https://sly.invalid", "token", retry_count=1, transport=referee.watch(server))
    api.task.get_info_by_id(7)
    referee.check()
    with pytest.raises(UnexpectedAnswer):
        api.task.get_info_by_id(7)
    with pytest.raises(SpecBroken) as caught:
        referee.check()
    assert str(caught.value) == "tasks.info: the spec forbids the answer (HTTP 200) at /type: 7 is not of type 'string'"
    assert (caught.value.breaches, referee.exchanges) == (tuple(referee.breaches), 2)


def test_a_request_that_nobody_answers_is_judged() -> None:
    """What was lost may have arrived."""
    referee = Referee()
    api = Api(
        "https://sly.invalid", "token", retry_count=1, transport=referee.watch(ScriptedTransport([lost(sent=True)]))
    )
    with pytest.raises(ConnectionFailed):
        api.task.get_info_by_id(7)
    assert (referee.breaches, referee.exchanges) == ([], 1)


def test_downloads_are_watched(tmp_path: Any) -> None:
    """The file is not read twice, and a refusal is seen as it arrives."""
    referee = Referee()
    api = Api("https://mock.invalid", "token", transport=referee.watch(InProcess(Platform())))
    api.app.download_git_file(83, tmp_path / "x", file_path="config.json")
    with pytest.raises(NotFound):
        api.app.download_git_file(83, tmp_path / "y", file_path="none")
    referee.check()
    assert referee.exchanges == 2


@pytest.mark.unrefereed("the request is wrong on purpose")
def test_a_wrong_request_fails_the_test_that_sends_it(referee: Any) -> None:
    """The suite's own referee is on duty before every transport."""
    api = Api("https://mock.invalid", "token", transport=InProcess(Platform(validate="off")))
    with pytest.raises(Exception, match="Validation error"):
        api.post("tasks.info", {"id": "seven"})
    with pytest.raises(SpecBroken, match="forbids the request at /id"):
        referee.check()


@pytest.mark.unrefereed("the mock's answer is wrong on purpose")
def test_a_wrong_answer_of_the_mock_fails_the_test_that_gets_it(referee: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the mock itself only warns, or judges nothing."""
    from supervisely_ext.mock.operations import HANDLERS

    monkeypatch.setitem(HANDLERS, "tasks.info", lambda platform, request: {**TASK, "type": 7})
    api = Api("https://mock.invalid", "token", transport=InProcess(Platform(validate="off")))
    with pytest.raises(UnexpectedAnswer):
        api.task.get_info_by_id(7)
    with pytest.raises(SpecBroken, match="at /type"):
        referee.check()
