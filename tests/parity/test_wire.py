"""Every recorded call of the official SDK, made on ours: the same requests and the same kinds of errors, or a listed deviation."""

import re
from collections import Counter
from pathlib import Path

import pytest
from attrs import evolve

from supervisely_ext import errors

from .deviations import listed, read
from .recorded import Call, calls
from .replay import replay

CALLS = calls()
LISTED = listed()
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
"""An error that a deviation's words name is the one that is raised, and the other way round."""


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_call_is_equal_or_deviates_as_listed(call: Call, tmp_path: Path) -> None:
    outcome = replay(call, tmp_path)
    kind = outcome.deviation(call)
    entry = LISTED.get(call.id)
    assert kind == (entry and entry.kind), f"listed: {entry}\n{outcome.report(call)}"
    if entry:
        raised = {type(outcome.raised).__name__} & ERRORS
        assert set(re.findall(r"\w+", entry.ours)) & ERRORS == raised, f"listed: {entry}\n{outcome.report(call)}"


@pytest.mark.parametrize("call", [call for call in CALLS if call.id in LISTED and LISTED[call.id].adds], ids=str)
def test_an_upload_differs_only_in_the_headers_that_it_adds(call: Call, tmp_path: Path) -> None:
    added = LISTED[call.id].adds or {}
    wanted = [
        evolve(request, headers={**request.headers, **added}) if request.path.endswith("upload") else request
        for request in call.requests
    ]
    assert replay(call, tmp_path).deviation(evolve(call, exchanges=[(request, {}) for request in wanted])) is None


def test_a_deviation_is_listed_once_and_of_a_recorded_call() -> None:
    ids = Counter(entry["id"] for entry in read("wire_deviations.json"))
    assert [id for id, count in ids.items() if count > 1] == []
    assert set(ids) <= {call.id for call in CALLS}
    assert {entry.kind for entry in LISTED.values()} == {"requests", "raises", "both", "result"}


def test_a_deviation_names_a_defect_and_every_defect_is_avoided_somewhere() -> None:
    assert {entry.defect for entry in LISTED.values()} == set(read("sdk_defects.json"))


def test_the_record_covers_the_scope() -> None:
    assert len(CALLS) == 316
    assert {call.name.partition(".")[0] for call in CALLS} == {
        "task", "app", "SessionInfo", "KubernetesSettings", "WorkflowSettings", "WorkflowMeta"
    }  # fmt: skip
