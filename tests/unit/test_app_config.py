"""A repository's own config.json as the server would show it."""

import json
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext import ArgumentError, ModuleInfo
from supervisely_ext.mock.configs import convert_config

from .forms import REAL


@pytest.mark.parametrize("repository", sorted(REAL))
def test_real_configs_become_what_the_mock_shows(repository: str, tmp_path: Path) -> None:
    """Two readings of the spec, written apart from each other; the file and its content are the same module."""
    config = REAL[repository]
    text = json.dumps(config)
    found = ModuleInfo.from_config(config)
    shown = dict(found.config)
    shown.pop("context_menu", None)
    assert shown == convert_config(config)
    path = tmp_path / "config.json"
    path.write_text(f"\ufeff{text}", "utf-8")
    assert ModuleInfo.from_config(path) == ModuleInfo.from_config(str(path)) == found
    assert json.dumps(config) == text


def test_what_the_file_says() -> None:
    """Name, menu, options, release; the rest is empty."""
    found = ModuleInfo.from_config(
        {
            "name": "An app",
            "slug": "me/an-app",
            "context_menu": {"target": ["team"], "context_root": "Report"},
            "modal_template_state": {"snake_case": 1},
            "min_agent_version": "6.7.4",
            "release": {"version": "v1.0.0"},
        }
    )
    assert (found.id, found.slug, found.name, found.type, found.created_at) == (0, "me/an-app", "An app", "app", "")
    assert found.get_arguments(team=5) == {"snake_case": 1, "slyTeamId": 5}
    assert found.config["contextMenu"] == {"target": ["team"], "contextRoot": "Report", "contextCategory": None}
    assert found.config["minAgentVersion"] == found.config["min_agent_version"] == "6.7.4"
    assert found.get_latest_release() == {"version": "v1.0.0"}


def test_a_file_with_nothing_in_it() -> None:
    """It is an app without a name, options and targets, with what the server adds."""
    found = ModuleInfo.from_config({})
    assert (found.slug, found.name, found.get_arguments(), found.get_latest_release()) == ("", "", {}, "")
    assert found.config["taskLocation"] == "workspace_tasks"
    found.config["sessionTags"].append("spoilt")
    assert ModuleInfo.from_config({}).config["sessionTags"] == []


def test_null_is_nothing() -> None:
    """As in a module that the server sends."""
    found = ModuleInfo.from_config({"context_menu": None, "modal_template_state": None})
    assert (found.get_context_menu_targets(), found.get_arguments()) == ([], {})


def test_a_config_that_is_nested_without_measure() -> None:
    """It is refused, as the file of it is."""
    options: dict[str, Any] = {}
    for _ in range(10_000):
        options = {"again": options}
    with pytest.raises(ArgumentError, match="config: is nested too deeply"):
        ModuleInfo.from_config({"modal_template_state": options})


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ([], "is list, and an app's config is an object"),
        ({"context_menu": "x"}, "has a contextMenu that is no object"),
        ({"modal_template_state": []}, "has a modalTemplateState that is no object"),
        ({"context_menu": {"target": "team"}}, "has a context menu whose target is no list of names"),
        ({"context_menu": {"target": [5]}}, "has a context menu whose target is no list of names"),
    ],
)
def test_what_is_no_config(config: Any, problem: str) -> None:
    """It is refused with what is wrong."""
    with pytest.raises(ArgumentError) as caught:
        ModuleInfo.from_config(config)
    assert (caught.value.argument, caught.value.problem) == ("config", problem)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """One that is missing, one that is no JSON, one that is no text."""
    with pytest.raises(ArgumentError, match=r"absent\.json cannot be read \(No such file"):
        ModuleInfo.from_config(tmp_path / "absent.json")
    path = tmp_path / "config.json"
    for content in (b"{", b"\xff\xfe{}", b"[" * 100_000):
        path.write_bytes(content)
        with pytest.raises(ArgumentError, match=r"config\.json is not a JSON file"):
            ModuleInfo.from_config(path)
