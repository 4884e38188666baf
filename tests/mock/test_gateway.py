"""Who may ask, what is valid, and that nothing leaves that the spec forbids."""

import json
from typing import Any

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from supervisely_ext.mock import operations as mock_operations
from supervisely_ext.mock.gateway import PREFIX, Request, handle

TOKEN = {"x-api-key": "any"}
VALID: dict[str, dict[str, Any]] = {
    "apps.list": {"teamId": 447},
    "apps.tasks.list": {"teamId": 447, "appId": 578},
    "ecosystem.info": {"id": 83},
    "ecosystem.list": {},
    "instance.version": {},
    "tasks.info": {"id": 21012},
    "tasks.list": {"workspaceId": 23821},
    "tasks.run.app": {"agentId": 7, "moduleId": 83},
    "tasks.stop": {"id": 21012},
}


def ask(
    platform: Platform, method: str, body: Any, headers: dict[str, str] = TOKEN, verb: str = "POST"
) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    reply = handle(platform, Request(verb, f"{PREFIX}{method}", headers, content))
    return reply.status, json.loads(reply.body)


@pytest.fixture
def started(platform: Platform) -> Platform:
    """A platform on which task 21012 of app 578 runs."""
    assert ask(platform, "tasks.run.app", VALID["tasks.run.app"])[0] == 200
    return platform


def test_operations_are_served(started: Platform) -> None:
    """The mock knows each method, and its answers follow the spec."""
    assert VALID.keys() <= mock_operations.HANDLERS.keys() <= bundled().operations.keys()
    for method, body in VALID.items():
        assert ask(started, method, body)[0] == 200, method


@pytest.mark.parametrize("method", sorted(VALID))
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


@pytest.mark.parametrize("method", sorted(VALID))
def test_an_answer_that_breaks_the_spec_does_not_leave(
    started: Platform, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted wrong answer becomes a 500 of the mock's own that names the operation."""
    monkeypatch.setitem(mock_operations.HANDLERS, method, lambda platform, request: {"planted": True})
    status, answer = ask(started, method, VALID[method])
    assert (status, answer["error"]) == (500, f"mock: its own answer to {method} breaks the spec")
    assert answer["details"]
