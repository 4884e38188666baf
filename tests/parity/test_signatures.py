"""Every public name, parameter, order, kind and default of the official SDK is ours too, or a listed difference with its reason."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import supervisely_ext as sly
from supervisely_ext.app import AsyncAppApi
from supervisely_ext.blocking import AppApi, TaskApi, WorkflowApi
from supervisely_ext.task import AsyncTaskApi
from supervisely_ext.workflow import AsyncWorkflowApi

from .deviations import read
from .signatures import ABSENT, Difference, entity_differences, namespace_differences, recorded

LISTED = read("signature_differences.json")
COLOURS = {
    "blocking": {"TaskApi": TaskApi, "AppApi": AppApi, "Workflow": WorkflowApi},
    "async": {"TaskApi": AsyncTaskApi, "AppApi": AsyncAppApi, "Workflow": AsyncWorkflowApi},
}
NO_ROW = {"annotation only", "addition"}
"""What a listed difference may say instead of words of the README's table."""


def _found(colour: str) -> set[Difference]:
    kinds = COLOURS[colour].items()
    return {
        *(each for name, kind in kinds for each in namespace_differences(name, kind, is_async=colour == "async")),
        *(each for name in recorded()["entities"] for each in entity_differences(name, getattr(sly, name))),
    }


def _listed(colour: str) -> set[Difference]:
    entries = [entry for entry in LISTED if entry.get("colour", colour) == colour]
    return {Difference(entry["where"], entry["sdk"], entry["ours"]) for entry in entries}


def _lines(differences: Iterable[Difference]) -> str:
    return "".join(f"\n  {each}" for each in sorted(differences))


def _compare(colour: str) -> None:
    found, listed = _found(colour), _listed(colour)
    assert not found - listed, f"not listed:{_lines(found - listed)}"
    assert not listed - found, f"no longer a difference:{_lines(listed - found)}"


def test_the_blocking_classes_differ_from_the_sdk_as_listed() -> None:
    _compare("blocking")


def test_the_async_classes_differ_from_the_sdk_as_listed() -> None:
    _compare("async")


def test_a_difference_is_listed_once() -> None:
    places = Counter((entry["where"], entry.get("colour")) for entry in LISTED)
    assert [place for place, count in places.items() if count > 1] == []


def test_every_difference_has_a_reason_and_stands_in_the_readme_or_is_one_of_annotation_only() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    table = readme.partition("## Differences from the official SDK")[2].partition("\n## ")[0]
    assert [entry["where"] for entry in LISTED if not entry["reason"]] == []
    unfindable = [
        f"{entry['where']}: {entry['readme']}"
        for entry in LISTED
        if entry["readme"] not in NO_ROW and entry["readme"] not in table
    ]
    assert unfindable == []


def test_an_addition_is_a_new_name_or_keyword_only() -> None:
    for entry in LISTED:
        assert (entry["readme"] == "addition") == (entry["sdk"] == ABSENT and "variadic" not in entry["ours"])
        is_parameter = entry["where"].count(".") == 2
        assert entry["readme"] != "addition" or not is_parameter or entry["ours"].startswith("keyword-only")


def test_the_record_is_of_the_version_that_the_readme_names() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert f"official SDK {recorded()['supervisely']}" in readme
