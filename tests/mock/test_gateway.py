"""Who may ask, what is valid, and that nothing leaves that the spec forbids."""

from typing import Any

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from supervisely_ext.mock import operations as mock_operations
from supervisely_ext.mock.exchange import Request
from supervisely_ext.mock.gateway import handle

from .asking import TOKEN, ask, reply_to, start

EDGE = {"teamId": 447, "node": {"type": "task", "id": 21012}, "type": "project", "id": 76}
VALID: dict[str, Any] = {
    "GetTaskContext": {"id": 21012},
    "apps.info": {"id": 578},
    "apps.list": {"teamId": 447},
    "apps.tasks.list": {"teamId": 447, "appId": 578},
    "ecosystem.change-owner": {"id": 83, "ownerLogin": "mock"},
    "ecosystem.check-for-updates": {"appKeys": ["key"]},
    "ecosystem.file.download": {"moduleId": 83, "filePath": "config.json"},
    "ecosystem.info": {"id": 83},
    "ecosystem.item.update": {"moduleId": 83, "isShared": True},
    "ecosystem.list": {},
    "ecosystem.models.add": {"name": "a", "framework": "b", "task": "c", "trainModuleId": 83},
    "ecosystem.models.list": {},
    "ecosystem.models.update": {"id": 1, "name": "d"},
    "file-storage.info": {"id": 7660},
    "file-storage.list": {"teamId": 447, "path": "/"},
    "images.internal.hashes.list": [],
    "instance.get-render-previews-session-token": {"slug": "supervisely-ecosystem/export-to-dota"},
    "instance.version": {},
    "projects.editInfo": {"id": 76, "customData": {}},
    "projects.info": {"id": 76},
    "projects.versions.list": {"projectId": 76},
    "tasks.app-v2.data.set": {"taskId": 21012, "payload": {"state": {}}},
    "tasks.data.get": {"taskId": 21012, "fields": ["data.x"]},
    "tasks.data.set": {"taskId": 21012, "fields": [{"field": "data.x", "payload": 1}]},
    "tasks.files.bulk.add-by-hash": {"taskId": 21012, "files": []},
    "tasks.info": {"id": 21012},
    "tasks.list": {"workspaceId": 23821},
    "tasks.log.download": {"id": 21012},
    "tasks.logs.add": {"logs": []},
    "tasks.meta.update": {"id": 21012, "name": "second try"},
    "tasks.output.set": {"taskId": 21012, "output": {"project": {"id": 76, "title": "Lemons"}}},
    "tasks.request.direct": {"taskId": 21012, "command": "is_running", "skipResponse": False},
    "tasks.run.app": {"agentId": 7, "moduleId": 83},
    "tasks.sharing.set": {"taskId": 21012, "shared": True},
    "tasks.status.update": {"id": 21012, "status": "started"},
    "tasks.stop": {"id": 21012},
    "tasks.users.add": {"taskId": 21012, "userIds": [6]},
    "tasks.users.remove": {"taskId": 21012, "userIds": [6]},
    "users.me": {},
    "workflow.node.add-input": EDGE,
    "workflow.node.add-output": EDGE,
    "workspaces.info": {"id": 23821},
}
FORMS = {"tasks.files.bulk.upload"}  # tests of their own in test_files.py
REFUSED = {  # of a task that runs, without plugins, to anybody
    *("tasks.resume", "tasks.run.deploy", "tasks.run.plugin", "tasks.run.python", "ecosystem.add", "ecosystem.release")
}  # of a task that runs, and without plugins
NOT_CLOSED = {"images.internal.hashes.list", "tasks.meta.update"}
ANY_ANSWER = {"tasks.request.direct"}
ANY_OBJECT = {
    "ecosystem.change-owner",
    "tasks.app-v2.data.set",
    "tasks.data.set",
    "tasks.meta.update",
    "tasks.output.set",
    "workflow.node.add-input",
    "workflow.node.add-output",
}
PROMISED = sorted(
    method for method in VALID if bundled().operations[method].answer is not None and method not in ANY_ANSWER
)


@pytest.fixture
def started(platform: Platform) -> Platform:
    """A platform on which task 21012 of app 578 runs."""
    assert start(platform, 83) == 21012
    return platform


def test_operations_are_served(started: Platform) -> None:
    """The mock knows each method, and its answers follow the spec."""
    assert VALID.keys() | FORMS | REFUSED == mock_operations.HANDLERS.keys() == bundled().operations.keys()
    for method, body in VALID.items():
        assert ask(started, method, body)[0] == 200, method


@pytest.mark.parametrize("method", sorted(VALID.keys() - NOT_CLOSED))
def test_unknown_fields_are_refused_as_the_server_words_it(platform: Platform, method: str) -> None:
    """Error and details, where details is the list of broken rules."""
    status, answer = ask(platform, method, {**VALID[method], "nonsense": 1})
    assert (status, answer["error"]) == (400, "Validation error")
    assert any("nonsense" in detail["message"] for detail in answer["details"])


def test_a_missing_field_is_named(platform: Platform) -> None:
    """Message, path, type and context as the server's validator gives them."""
    _, answer = ask(platform, "tasks.info", {})
    assert answer["details"] == [
        {
            "message": '"id" is required',
            "path": ["id"],
            "type": "any.required",
            "context": {"pointer": "/id", "key": "id", "label": "id"},
        }
    ]


def test_what_is_wrong_deeper_has_its_pointer(platform: Platform) -> None:
    """The JSON pointer of the value stands in the context."""
    _, answer = ask(platform, "tasks.list", {"workspaceId": 1, "filter": [{"field": "id", "operator": "~"}]})
    assert [detail["context"]["pointer"] for detail in answer["details"]] == ["/filter/0/operator"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"id": NaN}',
        b'{"id": 1, "x": "\\ud800"}',
        b'{"id": -Infinity}',
    ],
)
def test_bodies_that_are_no_request(platform: Platform, body: bytes) -> None:
    """What is not JSON, not an object, or could never be answered with, is a 400."""
    assert ask(platform, "tasks.info", body)[0] == 400


def test_a_long_value_is_not_repeated(platform: Platform) -> None:
    """The message of a refusal stays readable."""
    _, answer = ask(platform, "tasks.info", {"id": "x" * 10**6})
    assert len(answer["details"][0]["message"]) < 400


@pytest.mark.unrefereed("the mock's failures are planted")
def test_a_failure_of_the_mock_is_its_own(
    started: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug in a handler is a 500 that says so, with the traceback in the log."""
    monkeypatch.setitem(mock_operations.HANDLERS, "tasks.info", lambda platform, request: 1 / 0)
    status, answer = ask(started, "tasks.info", VALID["tasks.info"])
    assert (status, answer["error"]) == (500, "mock: it failed itself (ZeroDivisionError: division by zero)")
    assert "ZeroDivisionError" in caplog.text


def test_without_a_token_only_the_version_is_told(platform: Platform) -> None:
    """No token is a 400, as on the server, except for instance.version."""
    assert ask(platform, "tasks.info", {"id": 1}, headers={})[0] == 400
    assert ask(platform, "instance.version", {}, headers={})[0] == 200


def test_unknown_methods_and_verbs(platform: Platform) -> None:
    """404 and 405, in JSON."""
    assert ask(platform, "tasks.nonsense", {})[0] == 404
    assert ask(platform, "tasks.info", {"id": 1}, verb="GET")[0] == 405
    assert handle(platform, Request("POST", "/tasks.info", TOKEN, b"{}")).status == 404


def test_what_is_not_served_says_so(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """A method that the spec has and the mock has not is a 501."""
    monkeypatch.delitem(mock_operations.HANDLERS, "tasks.resume")
    status, answer = ask(platform, "tasks.resume", {"id": 1})
    assert (status, answer["details"]["message"]) == (501, "the mock does not serve tasks.resume")


@pytest.mark.parametrize(
    ("method", "planted"),
    [(method, "planted") for method in PROMISED]
    + [(method, {"planted": True}) for method in PROMISED if method not in ANY_OBJECT],
)
@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_answer_that_breaks_the_spec_does_not_leave(
    started: Platform, method: str, planted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted wrong answer becomes a 500 of the mock's own that names the operation."""
    monkeypatch.setitem(mock_operations.HANDLERS, method, lambda platform, request: planted)
    status, answer = ask(started, method, VALID[method])
    assert (status, answer["error"]) == (500, f"mock: its own answer to {method} breaks the spec")
    assert answer["details"]


@pytest.mark.parametrize("answer", [object(), float("nan"), b"bytes"])
@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_answer_that_is_no_json_does_not_leave(started: Platform, answer: Any) -> None:
    """Where any JSON may be answered, what is none is a failure of the mock's own."""
    started.answer_command("is_running", lambda request: answer)
    assert ask(started, "tasks.request.direct", VALID["tasks.request.direct"])[0] == 500


def test_answers_of_other_kinds(started: Platform) -> None:
    """Bytes and text leave as such, but text that an app answers is JSON."""
    started.answer_command("is_running", "yes")
    kinds = {
        method: reply_to(started, method, VALID[method]).content_type.partition(";")[0]
        for method in (
            "ecosystem.file.download",
            "instance.get-render-previews-session-token",
            "tasks.request.direct",
            "tasks.logs.add",
        )
    }
    assert list(kinds.values()) == ["application/octet-stream", "text/plain", "application/json", "application/json"]


@pytest.mark.parametrize("task_id", ["21012", "9" * 5000])
def test_ids_may_be_text(started: Platform, task_id: str) -> None:
    """The text of an id is as good as the number, however long."""
    assert ask(started, "tasks.info", {"id": task_id})[0] == (200 if task_id == "21012" else 404)


@pytest.mark.parametrize(("query", "status"), [({"id": "x"}, 400), ({"id": "9" * 5000}, 400), ({"id": 1}, 404)])
def test_a_query_is_judged_too(platform: Platform, query: dict[str, Any], status: int) -> None:
    """Numbers are numbers there, and what is none is refused."""
    assert ask(platform, "tasks.log.download", query)[0] == status
