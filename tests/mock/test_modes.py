"""What becomes of what the spec forbids: strict, warn and off; who may ask; what cannot be read."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform
from supervisely_ext.mock import operations as mock_operations
from supervisely_ext.mock.exchange import Request
from supervisely_ext.mock.gateway import PREFIX, handle
from supervisely_ext.mock.reading import largest_body
from supervisely_ext.mock.refusals import Refusal

from .asking import JSON, TOKEN, ask, start
from .test_admin import steer

LIE = {"id": "no number"}


@pytest.fixture(params=["strict", "warn", "off"])
def mode(request: pytest.FixtureRequest, platform: Platform) -> Any:
    platform.validate = request.param
    return request.param


def test_a_mode_that_is_none(platform: Platform) -> None:
    """The error names those there are."""
    with pytest.raises(ValueError, match=r"validate must be one of strict, warn, off \(is 'loose'\)"):
        Platform(validate="loose")  # type: ignore[arg-type]


def test_an_invalid_request_that_can_be_served(platform: Platform, mode: str, caplog: pytest.LogCaptureFixture) -> None:
    """Refused, served with a warning, or served; the journal has the pointer where it was judged."""
    task_id = start(platform)
    status, _ = ask(platform, "tasks.info", {"id": task_id, "nonsense": 1})
    entry = platform.journal.entries()[-1]
    assert status == (400 if mode == "strict" else 200)
    assert bool(entry.request_violations) == (mode != "off")
    assert ("nonsense" in caplog.text) == (mode == "warn")
    assert not entry.is_own_fault


def test_an_invalid_request_that_cannot_be_served(platform: Platform, mode: str) -> None:
    """It is to blame for it, and not the mock."""
    status, answer = ask(platform, "tasks.info", {})
    assert (status, answer["details"][0]["context"]["pointer"]) == (400, "/id")
    assert platform.journal.entries()[-1].request_violations
    assert not platform.journal.own_faults()


@pytest.mark.unrefereed("the requests break the spec, and so does what is shown of them")
@pytest.mark.parametrize("lenient", ["warn", "off"])
def test_what_was_let_in_breaks_no_later_request(platform: Platform, lenient: Any) -> None:
    """It is shown, sorted and read as far as it goes."""
    platform.validate = lenient
    task_id = start(platform)
    for wrong in ({"params": "text"}, {"params": {"state": 5}}, {"description": 5}, {"taskName": []}):
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, **wrong})
    for number in platform.tasks:
        assert ask(platform, "tasks.info", {"id": number})[0] == 200
    assert ask(platform, "tasks.list", {"workspaceId": 23821, "sort": "description"})[0] == 200
    ask(platform, "tasks.logs.add", {"logs": [{"message": "m", "timestamp": 5}]}, {**TOKEN, "x-task-id": str(task_id)})
    lines = ask(platform, "tasks.log.download", {"id": task_id, "sinceTime": "2026-02-01"})[1]
    assert [line["message"] for line in lines] == ["m"]
    for name in (5, "x"):
        ask(platform, "ecosystem.models.add", {"name": name})
    models = ask(platform, "ecosystem.models.list", {"sort": "name"})[1]["entities"]
    assert [model["name"] for model in models if model["name"] in (5, "x")] == [5, "x"]


@pytest.mark.unrefereed("the requests break the spec")
@pytest.mark.parametrize("lenient", ["warn", "off"])
def test_edges_that_nobody_could_draw_are_left_out(platform: Platform, lenient: Any) -> None:
    """The page shows the others."""
    platform.validate = lenient
    edge = {"teamId": 447, "node": {"type": "task", "id": start(platform)}, "type": "project", "id": 76}
    for wrong in ({"type": 5}, {"type": ["x"]}, {"id": None}, {"type": "task", "id": {}}, {}):
        assert ask(platform, "workflow.node.add-input", {**edge, **wrong})[0] == 200
    assert [team["edges"] for team in steer(platform, "GET", "page")[1]["teams"]] == [1]
    status, answer = steer(platform, "GET", "page/workflow", query="team=447")
    assert (status, len(answer["arcs"])) == (200, 1)


@pytest.mark.unrefereed("the mock's failures are planted")
def test_a_failing_handler(platform: Platform, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a valid request it is the mock's own fault, in every mode."""
    monkeypatch.setitem(mock_operations.HANDLERS, "tasks.info", lambda platform, request: 1 / 0)
    assert ask(platform, "tasks.info", {"id": 1})[0] == 500
    assert platform.journal.own_faults()[-1].failure == "ZeroDivisionError: division by zero"


@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_own_answer_that_breaks_the_spec(
    platform: Platform, mode: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Held back, let out with a warning, or let out."""
    monkeypatch.setitem(mock_operations.HANDLERS, "tasks.info", lambda platform, request: LIE)
    status, answer = ask(platform, "tasks.info", {"id": 1})
    assert (status, answer == LIE) == ((500, False) if mode == "strict" else (200, True))
    assert len(platform.journal.own_faults()) == (mode != "off")
    assert ("breaks the spec" in caplog.text) == (mode != "off")


@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_own_refusal_that_breaks_the_spec(platform: Platform, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is an answer too."""

    def refuse(platform: Platform, request: Any) -> Any:
        raise Refusal(404, "Not Found", 7)

    monkeypatch.setitem(mock_operations.HANDLERS, "tasks.info", refuse)
    status, answer = ask(platform, "tasks.info", {"id": 1})
    assert status == (500 if mode == "strict" else 404)
    assert len(platform.journal.own_faults()) == (mode != "off")
    assert mode == "strict" or answer["details"] == 7


@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_answer_that_is_no_json_cannot_leave_in_any_mode(platform: Platform, mode: str) -> None:
    """It is a 500 even where nothing is judged."""
    start(platform)
    platform.answer_command("is_running", lambda request: object())
    body = {"taskId": 21012, "command": "is_running", "skipResponse": False}
    assert ask(platform, "tasks.request.direct", body)[0] == 500
    assert platform.journal.own_faults()


def test_a_wrong_token(platform: Platform) -> None:
    """Any is right, unless the platform knows some."""
    assert ask(platform, "tasks.list", {"workspaceId": 23821})[0] == 200
    platform.tokens = frozenset({"right"})
    status, answer = ask(platform, "tasks.list", {"workspaceId": 23821})
    assert (status, answer["error"]) == (401, "Unauthorized")
    assert "any" not in answer["details"]["message"]
    assert ask(platform, "tasks.list", {"workspaceId": 23821}, {"x-api-key": "right"})[0] == 200
    assert ask(platform, "instance.version", {})[0] == 200


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("Application/JSON ; charset=utf-8", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
        (None, 415),
    ],
)
def test_the_content_type_says_what_it_is(platform: Platform, content_type: str | None, status: int) -> None:
    """A body of another kind, or of none, is refused, and the refusal names the right one."""
    headers = TOKEN if content_type is None else {**TOKEN, "content-type": content_type}
    reply = handle(platform, Request("POST", f"{PREFIX}instance.version", headers, b"{}"))
    assert reply.status == status
    assert status == 200 or b"takes content-type application/json" in reply.body


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"id": "\xff"}', b"utf-8"),
        (b'{"id": 1e400}', b"1e400 is too large"),
        ('{"id": 1}'.encode("utf-16"), b"utf-8"),
    ],
)
def test_what_is_no_json_of_utf8(platform: Platform, body: bytes, words: bytes) -> None:
    """The refusal says what is wrong with it."""
    reply = handle(platform, Request("POST", f"{PREFIX}tasks.info", {**TOKEN, **JSON}, body))
    assert reply.status == 400
    assert words in reply.body


def test_numbers_that_are_no_integers(platform: Platform) -> None:
    """They arrive as they were."""
    task_id = start(platform)
    ask(platform, "tasks.data.set", {"taskId": task_id, "fields": [{"field": "data.x", "payload": -1.5e3}]})
    _, answer = ask(platform, "tasks.data.get", {"taskId": task_id, "fields": ["data.x"]})
    assert answer == {"result": {"data.x": -1500.0}}


def test_a_body_may_have_so_many_bytes(platform: Platform) -> None:
    """64 MiB of JSON, more of a form; a face that stopped reading says so."""
    assert largest_body(JSON) == 64 << 20
    assert largest_body({"content-type": "multipart/form-data; boundary=x"}) > 64 << 20
    headers = {**TOKEN, **JSON}
    path = f"{PREFIX}tasks.info"
    assert handle(platform, Request("POST", path, headers, b" " * ((64 << 20) + 1))).status == 413
    assert handle(platform, Request("POST", path, headers, b"", oversized=True)).status == 413
    assert handle(platform, Request("POST", path, headers, b'{"id": 1}' + b" " * 10**6)).status == 404


@pytest.mark.unrefereed("the requests break the spec")
def test_of_very_many_mistakes_the_first_are_told(platform: Platform) -> None:
    """And nobody waits until the last one is found."""
    status, answer = ask(platform, "images.internal.hashes.list", [1] * 10_000)
    assert (status, len(answer["details"])) == (400, 100)
    assert answer["details"][99]["path"] == [99]
    assert len(platform.journal.entries()[-1].request_violations) == 100
