"""Fields, meta, status, context and logs of a task."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    ApiError,
    ArgumentError,
    ConnectionFailed,
    Forbidden,
    RedirectRefused,
    Status,
    Unauthorized,
    UnexpectedAnswer,
)
from tests.scripted import answer, lost

from .samples import html
from .test_namespaces import Connect, sent


def test_a_context_names_team_and_workspace(connect: Connect) -> None:
    """Each with id and name."""
    context = {"team": {"id": 4, "name": "t"}, "workspace": {"id": 5, "name": "w"}}
    api, transport = connect(answer(context))
    assert api.task.get_context(7) == context
    assert (transport.methods, sent(transport)) == (["GetTaskContext"], {"id": 7})


def test_fields_are_set_as_they_are(connect: Connect) -> None:
    """One, several or a dict of fields are one request each."""
    api, transport = connect(*[answer({"success": True})] * 3)
    assert api.task.set_fields(7, [{"field": "data.x", "payload": None}]) == {"success": True}
    api.app.set_fields_from_dict(7, {"a": 1, "b": [2]})
    api.task.set_field(7, "c", {"d": 1}, append=False, recursive=True)
    assert [sent(transport, index)["fields"] for index in range(3)] == [
        [{"field": "data.x", "payload": None}],
        [{"field": "a", "payload": 1}, {"field": "b", "payload": [2]}],
        [{"field": "c", "payload": {"d": 1}, "append": False, "recursive": True}],
    ]


def appended(api: Any) -> Any:
    return api.task.set_field(7, "a", 1, append=True)


def posted(api: Any) -> Any:
    fields = [{"field": "a", "payload": 1, "append": True}]
    return api.post("tasks.data.set", {"taskId": 7, "fields": fields}).json()


@pytest.mark.parametrize("append", [appended, posted])
def test_what_appends_is_done_once(connect: Connect, append: Callable[[Any], Any]) -> None:
    """A lost answer to an absolute write is repeated, one to an append is not, unless it certainly did not arrive."""
    api, transport = connect(
        lost(sent=True), answer({}), lost(sent=True), answer({}, 429), lost(sent=False), answer({})
    )
    assert api.task.set_field(7, "a", 1) == {}
    with pytest.raises(ConnectionFailed):
        append(api)
    assert len(transport.requests) == 3
    assert append(api) == {}
    assert len(transport.requests) == 6


def test_fields_are_read_by_name(connect: Connect) -> None:
    """A field that the app does not have is None."""
    api, transport = connect(answer({"result": {"a": 1, "b": None}}), answer({"result": {}}))
    assert api.task.get_fields(7, ["a", "b"]) == {"a": 1, "b": None}
    assert api.app.get_field(7, "c") is None
    assert sent(transport) == {"taskId": 7, "fields": ["c"]}


def test_meta_and_status(connect: Connect) -> None:
    """What is given is sent, and the caller's dict stays as it was."""
    api, transport = connect(answer({}), answer({}), answer({}))
    data = {"name": "new", "own": {"x": 1}}
    api.task.update_meta(7, data, "/host", "rel")
    assert sent(transport) == {**data, "id": 7, "agentStorageFolder": {"hostDir": "/host", "folder": "rel"}}
    assert data == {"name": "new", "own": {"x": 1}}
    api.app.update_meta(7, {"id": 9})
    assert sent(transport) == {"id": 7}
    api.task.update_status(7, Status.FINISHED)
    assert sent(transport) == {"id": 7, "status": "finished"}


def test_logs(connect: Connect) -> None:
    """Lines are added once, and read with where to begin and how many."""
    api, transport = connect(answer({}), answer([{"message": "m"}]), answer([]), answer({}, 503))
    api.task.submit_logs([{"message": "m", "level": "info"}])
    assert sent(transport) == {"logs": [{"message": "m", "level": "info"}]}
    assert api.task.get_logs(7, since_time="2026-01-01T00:00:00Z", limit=0) == [{"message": "m"}]
    assert dict(transport.requests[-1].url.params) == {"id": "7", "sinceTime": "2026-01-01T00:00:00Z", "limit": "0"}
    assert api.app.get_logs(7) == []
    with pytest.raises(ApiError):
        api.task.submit_logs([])
    assert len(transport.requests) == 4


@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.task.set_fields(7, None),
        lambda api: api.task.set_fields(7, [5]),
        lambda api: api.task.set_fields(7, [{"payload": 1}]),
        lambda api: api.task.set_fields(7, [{"field": "x"}]),
        lambda api: api.task.set_field(7, "a", 1, append="no"),
        lambda api: api.task.send_request(7, "m", {}, timeout=1.5),
        lambda api: api.task.set_fields_from_dict(7, [1]),
        lambda api: api.task.get_fields(7, "a"),
        lambda api: api.task.get_fields(7, [5]),
        lambda api: api.task.update_meta(7, 5),
        lambda api: api.task.update_meta(7, {}, "/host"),
        lambda api: api.task.update_meta(7, {"agentStorageFolder": 1}),
        lambda api: api.task.update_meta(7, {}, None, "rel"),
        lambda api: api.task.update_status(7, "finnished"),
        lambda api: api.task.submit_logs("line"),
        lambda api: api.task.submit_logs(["line"]),
        lambda api: api.task.get_logs(7, limit=-1),
        lambda api: api.task.get_logs(7, since_time=""),
        lambda api: api.task.get_context(0),
        lambda api: api.task.send_request(7, "m", [1]),
        lambda api: api.task.send_request(7, "", {}),
        lambda api: api.task.send_request(7, "m", {}, retries=0),
        lambda api: api.task.send_request(7, "m", {}, timeout=0),
        lambda api: api.task.send_request(7, "m", {}, context=[1]),
        lambda api: api.app.wait_until_ready_for_api_calls(7, attempts=0),
        lambda api: api.app.wait_until_ready_for_api_calls(7, attempt_delay_sec=-1),
        lambda api: api.app.get_url(0),
        lambda api: api.app.get_session_token(""),
        lambda api: api.app.get_list_ecosystem_modules(search=5),
        lambda api: api.app.get_list_ecosystem_modules(categories="export"),
        lambda api: api.app.get_list_ecosystem_modules(categories=["a"], categories_operation="xor"),
        lambda api: api.app.find_module_id_by_app_name(""),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(connect: Connect, call: Any) -> None:
    """Each is an ArgumentError."""
    api, transport = connect()
    with pytest.raises(ArgumentError):
        call(api)
    assert transport.requests == []


def test_a_command_is_sent_with_its_context(connect: Connect) -> None:
    """The caller's dicts stay as they were; the answer is the app's."""
    api, transport = connect(answer({"echo": 1}), answer([2]))
    context: dict[str, Any] = {"a": 1}
    assert api.task.send_request(7, "deploy", {"x": 1}, context) == {"echo": 1}
    assert context == {"a": 1}
    assert sent(transport) == {
        "taskId": 7,
        "command": "deploy",
        "context": {"a": 1, "outside_request": True},
        "state": {"x": 1},
        "skipResponse": False,
        "timeout": 60,
    }
    assert api.app.send_request(7, "m", {}, timeout=None, skip_response=True, outside_request=False) == [2]
    assert (sent(transport)["timeout"], sent(transport)["context"]) == (None, {"outside_request": False})


def test_a_command_is_repeated_only_when_it_never_left(connect: Connect) -> None:
    """A command may do anything, so a lost answer is an error; a refused connection may be tried again."""
    api, transport = connect(lost(sent=False), answer(1), lost(sent=True), lost(sent=False))
    assert api.task.send_request(7, "m", {}) == 1
    with pytest.raises(ConnectionFailed):
        api.task.send_request(7, "m", {})
    with pytest.raises(ConnectionFailed):
        api.task.send_request(7, "m", {}, raise_error=True)
    assert len(transport.requests) == 4


def test_running_and_ready(connect: Connect) -> None:
    """An app that answers runs; it is ready when it says so."""
    api, _ = connect(answer({}), answer({}, 400), answer({"status": "ready"}), answer({"status": "busy"}), answer({}))
    assert [api.task.is_running(7), api.task.is_running(7)] == [True, False]
    assert [api.task.is_ready(7), api.app.is_ready(7)] == [True, False]
    with pytest.raises(UnexpectedAnswer):
        api.task.is_ready(7)


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (answer({}, 401), Unauthorized),
        (answer({}, 403), Forbidden),
        (httpx.Response(302, headers={"location": "https://login.example.com"}), RedirectRefused),
        (html(), UnexpectedAnswer),
    ],
)
def test_who_was_not_let_in_does_not_know_whether_an_app_runs(connect: Connect, refusal: Any, error: Any) -> None:
    """A refused token and a login page are no answer of the app, and no sign that it does not run."""
    api, _ = connect(refusal)
    with pytest.raises(error):
        api.task.is_running(7)


def test_ready_for_calls(connect: Connect) -> None:
    """What cannot be reached is not ready; a token that is refused is an error, and so is Ctrl-C."""
    api, transport = connect(
        answer({"running": True}),
        answer({"running": False}),
        answer([]),
        answer({}, 500),
        lost(sent=True),
        answer({}, 401),
    )
    assert [api.app.is_ready_for_api_calls(7) for _ in range(5)] == [True, False, False, False, False]
    assert sent(transport, 0)["timeout"] == 1
    with pytest.raises(ApiError):
        api.app.is_ready_for_api_calls(7)


def test_waiting_until_ready(connect: Connect) -> None:
    """So many looks at that pause, none slept after the last."""
    api, transport = connect(answer({}), answer({"running": True}))
    assert api.app.wait_until_ready_for_api_calls(7, attempts=3, attempt_delay_sec=2)
    assert transport.sleeps == [2]
    api, transport = connect(answer({}), repeat=True)
    assert not api.app.wait_until_ready_for_api_calls(7, 3, None)
    assert (len(transport.requests), transport.sleeps) == (3, [1, 1])


def test_an_answer_that_is_whatever(connect: Connect) -> None:
    """Where the spec promises nothing, HTML does not hurt."""
    import httpx

    api, _ = connect(httpx.Response(200, html="<html>"))
    assert api.task.update_status(7, "error") is None


def test_the_body_is_json(connect: Connect) -> None:
    """As it stands on the wire."""
    api, transport = connect(answer({}))
    api.task.set_field(7, "é", "☃")
    assert json.loads(transport.requests[0].content)["fields"][0]["payload"] == "☃"


def test_meta_without_a_folder(connect: Connect) -> None:
    """None is sent."""
    api, transport = connect(answer({}))
    api.task.update_meta(7, {"name": "x"})
    assert "agentStorageFolder" not in sent(transport)
