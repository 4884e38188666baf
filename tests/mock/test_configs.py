"""An app's own config.json becomes what the server shows."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock import Platform
from supervisely_ext.mock.configs import ConfigError, convert_config, slug_of

CONFIG = {
    "name": "An app",
    "context_menu": {"target": ["images_project"], "context_root": "Report"},
    "modal_template_state": {"snake_case": 1},
    "min_agent_version": "6.7.4",
    "docker_image": "some/image",
    "task_location": "application_sessions",
}


def test_known_keys_are_renamed_and_others_stay() -> None:
    """camelCase for what the server knows, everything else as it was, the state's own keys too."""
    shown = convert_config(CONFIG)
    assert shown["contextMenu"] == {"target": ["images_project"], "contextRoot": "Report", "contextCategory": None}
    assert shown["modalTemplateState"] == {"snake_case": 1}
    assert shown["docker_image"] == "some/image"
    assert shown["taskLocation"] == "application_sessions"
    assert shown["minAgentVersion"] == shown["min_agent_version"] == "6.7.4"
    assert "context_menu" not in shown


def test_the_server_adds_what_the_file_lacks() -> None:
    """Defaults stand in the answer, not in the repository."""
    shown = convert_config({"name": "x"})
    assert (shown["taskLocation"], shown["restartPolicy"], shown["sessionTags"]) == ("workspace_tasks", "never", [])
    assert "contextMenu" not in shown


@given(st.recursive(st.none() | st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=5))
def test_the_given_config_is_not_changed_nor_shared(state: Any) -> None:
    """Changing what is shown leaves the file's content as it was."""
    config = {"name": "x", "modal_template_state": {"state": state}}
    before = json.dumps(config)
    shown = convert_config(config)
    shown["modalTemplateState"]["state"] = "changed"
    assert json.dumps(config) == before


@pytest.mark.parametrize(
    ("config", "slug"),
    [
        ({"slug": "owner/app", "name": "x"}, "owner/app"),
        ({"name": "Export to DOTA!"}, "mock/export-to-dota"),
        ({"name": ""}, "mock/my-file"),
        ({"name": "☃"}, "mock/app"),
    ],
)
def test_slugs(config: dict[str, Any], slug: str) -> None:
    """The config's own slug, else its name, else the file's."""
    assert slug_of(config, "my_file") == slug


def test_a_config_file_becomes_a_module(platform: Platform, tmp_path: Path) -> None:
    """A path is as good as a dict; its release is the module's."""
    path = tmp_path / "my-app.json"
    path.write_text(json.dumps({**CONFIG, "name": "", "release": {"version": "v7", "name": "seven"}}))
    module = platform.modules[platform.add_app(path)]
    assert (module.slug, module.serves, module.releases[0]["version"]) == ("mock/my-app", True, "v7")


@pytest.mark.parametrize(
    ("config", "place"),
    [
        ({"name": None}, "/name"),
        ({"context_menu": "x"}, "/config/contextMenu"),
        ({"context_menu": []}, "/config/contextMenu"),
        ({"modal_template_state": []}, "/config/modalTemplateState"),
        ({"categories": [1]}, "/config/categories/0"),
        ({"release": None}, "/meta"),
        ({"name": "\ud800"}, "holds text that is none"),
    ],
)
def test_a_config_that_the_server_could_not_show(platform: Platform, config: dict[str, Any], place: str) -> None:
    """It is refused when it is added, with the place, and nothing is added."""
    before = dict(platform.modules)
    with pytest.raises(ConfigError, match=place):
        platform.add_app(config)
    assert platform.modules == before


@pytest.mark.parametrize(("text", "problem"), [("{", "is not a JSON file"), ("[]", "is a JSON object")])
def test_a_file_that_is_no_config(platform: Platform, tmp_path: Path, text: str, problem: str) -> None:
    """It is refused by its path."""
    path = tmp_path / "config.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"config\.json .*{problem}"):
        platform.add_app(path)
