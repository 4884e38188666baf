"""One wrong field in any answer of the mock, and the test that met it fails."""

from typing import Any

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from supervisely_ext.mock import operations as mock_operations
from supervisely_ext.mock.operations.files import content_hash

from .asking import ask, start
from .planting import example, lies
from .test_gateway import VALID

JSON_ANSWERS = sorted(name for name in mock_operations.HANDLERS if bundled().operations[name].answer is not None)
ANY_JSON = {"tasks.request.direct"}
"""An app answers its commands with whatever JSON it likes: the schema is empty, and no field can be wrong."""
ANY_OBJECT = {
    "ecosystem.check-for-updates",
    "tasks.app-v2.data.set",
    "tasks.data.set",
    "tasks.output.set",
    "workflow.node.add-input",
    "workflow.node.add-output",
}
"""Of these answers the spec knows only that they are objects: as a whole they can be wrong, but no field of them."""


HASH = content_hash(b"")
ASKED = {**VALID, "images.internal.hashes.list": [HASH]}


@pytest.fixture
def started(platform: Platform) -> Platform:
    """A platform with a task of every kind, of which 21012 runs."""
    assert start(platform, 83) == 21012
    start(platform)
    platform.contents[HASH] = b""
    return platform


def planted(platform: Platform, method: str) -> list[tuple[str, Any]]:
    """Give every lie of one wrong field that the answer allows; where the platform only refuses, the spec's example is the answer."""
    operation = bundled().operations[method]
    assert operation.answer is not None
    answer = example(operation.answer.document, operation.answer.schema)
    if method in ASKED:
        status, answer = ask(platform, method, ASKED[method])
        assert status == 200
    return list(lies(operation.answer.document, operation.answer.schema, answer))


@pytest.mark.parametrize("method", sorted(set(JSON_ANSWERS) - ANY_JSON))
@pytest.mark.unrefereed("the mock's lies are planted")
def test_no_lie_leaves(started: Platform, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a 500 that names operation and rule, and stands in the journal as the mock's own fault."""
    asked = bundled().operations[method].request
    request = ASKED.get(method) or example(asked.document, asked.schema)
    for what, answer in planted(started, method):
        monkeypatch.setitem(mock_operations.HANDLERS, method, lambda platform, request, answer=answer: answer)
        status, refusal = ask(started, method, request)
        assert (status, refusal["error"]) == (500, f"mock: its own answer to {method} breaks the spec"), what
        assert all(detail["type"] and detail["message"] for detail in refusal["details"]), what
        entry = started.journal.own_faults()[-1]
        assert (entry.operation, entry.status, bool(entry.answer_violations)) == (method, 500, True), what


def test_where_no_field_can_be_wrong(started: Platform) -> None:
    """The lists of those operations say what the schemas say, no more and no less."""
    names = {method: [what for what, _ in planted(started, method)] for method in JSON_ANSWERS}
    assert {method for method, whats in names.items() if not whats} == ANY_JSON
    assert {m for m, whats in names.items() if whats and all(w.startswith("as a whole") for w in whats)} == ANY_OBJECT


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("ecosystem.file.download", "text"),
        ("instance.get-render-previews-session-token", b"bytes"),
        ("tasks.logs.add", [1]),
    ],
)
@pytest.mark.unrefereed("the mock's lies are planted")
def test_answers_that_are_no_json_are_judged_too(
    started: Platform, method: str, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes, a text, or any object where nothing is known: else it is the mock's own fault."""
    monkeypatch.setitem(mock_operations.HANDLERS, method, lambda platform, request: answer)
    assert ask(started, method, VALID[method])[0] == 500
    assert started.journal.own_faults()[-1].answer_violations
