"""The bundled spec as judge."""

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.contract.spec import Contract, bundled

TASKS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(st.integers(), st.text(), st.none()),
        "type": st.one_of(st.text(), st.integers()),
        "status": st.one_of(st.sampled_from(["queued", "new"]), st.integers()),
        "startedAt": st.one_of(st.none(), st.text(), st.integers()),
        "meta": st.one_of(st.none(), st.fixed_dictionaries({"app": st.one_of(st.integers(), st.just({"id": "x"}))})),
        "unknown": st.integers(),
    },
)


@given(TASKS)
def test_both_judges_agree(task: dict[str, Any]) -> None:
    """What jsonschema-rs accepts is what jsonschema finds no words against."""
    answer = bundled().schema("Task")
    assert answer.accepts(task) == (not list(answer.violations(task)))


def test_without_the_extra_jsonschema_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mock works without jsonschema-rs, slower."""
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    request = Contract(bundled().document).operations["tasks.info"].request
    assert request.accepts({"id": 1})
    assert not request.accepts({"id": 0})


def test_violations_name_place_and_rule() -> None:
    """Path, pointer, keyword; a missing name by itself."""
    request = bundled().operations["tasks.run.app"].request
    found = {violation.pointer: violation for violation in request.violations({"moduleId": 1, "usersIds": ["a/b"]})}
    assert found["/agentId"].missing == "agentId"
    assert found["/usersIds/0"].keyword == "type"
    assert "'a/b' is not" in found["/usersIds/0"].message


def test_pointers_are_escaped() -> None:
    """Slash and tilde in a name keep their meaning."""
    schema = {"type": "object", "additionalProperties": {"type": "integer"}}
    document = {
        "paths": {
            "/x": {
                "post": {
                    "operationId": "x",
                    "requestBody": {"content": {"application/json": {"schema": schema}}},
                    "responses": {"200": {"content": {"application/json": {"schema": True}}}},
                }
            }
        },
        "components": {"schemas": {"Error": True}},
    }
    (violation,) = Contract(document).operations["x"].request.violations({"a/b~c": "no"})
    assert violation.pointer == "/a~1b~0c"


def test_refusals_of_the_mock_follow_the_spec() -> None:
    """The error body that every operation promises."""
    refusal = bundled().operations["tasks.info"].refusal
    assert refusal.accepts({"error": "Not Found", "details": {"message": "x"}})
    assert not refusal.accepts({"message": "x"})
    assert json.dumps(bundled().document["components"]["responses"]).count("Error") == 1
