"""A module of the ecosystem."""

import copy
import io
from typing import Any

import pytest

from supervisely_ext import ArgumentError, ModuleInfo, TooManyTargets, UnknownTargetError

from .samples import module


def info(**more: Any) -> ModuleInfo:
    return ModuleInfo.from_json(module(**more))


def test_a_module() -> None:
    """The fields are the official SDK's, the whole answer is in `raw`."""
    found = info(repositoryModuleUrl="https://r", repo="https://g", readme="# Hi", extra=1)
    assert (found.id, found.slug, found.name, found.type) == (11, "supervisely-ecosystem/an-app", "An app", "app")
    assert (found.repo, found.github_repo, found.readme, found.raw["extra"]) == ("https://r", "https://g", "# Hi", 1)
    assert (found.created_at[:10], found.updated_at[:10]) == ("2024-01-01", "2024-01-02")


def test_the_latest_release() -> None:
    """The first release is the newest."""
    assert info().get_latest_release() == {"version": "v2"}


@pytest.mark.parametrize("meta", [None, {}, {"releases": []}, {"releases": None}, "odd"])
def test_no_release(meta: Any) -> None:
    """Without releases there is the default."""
    assert info(meta=meta).get_latest_release() == ""
    assert info(meta=meta).get_latest_release(None) is None


def test_targets() -> None:
    """The targets are those of the app's menu."""
    assert info(targets=["images_project", "files_folder"]).get_context_menu_targets() == [
        "images_project",
        "files_folder",
    ]
    assert info(config={}).get_context_menu_targets() == []
    assert info(config={"contextMenu": {"target": None}}).get_context_menu_targets() == []


def test_options_are_copies() -> None:
    """Changing options or arguments does not change the module."""
    found = info(targets=["images_project"])
    before = copy.deepcopy(found)
    found.get_modal_window_arguments()["size"]["w"] = 2
    found.get_arguments(images_project=5)["size"]["w"] = 3
    found.get_context_menu_targets().clear()
    assert found == before
    assert found.get_arguments(images_project=6) == {"size": {"w": 1}, "slyProjectId": 6}


def test_a_module_without_options() -> None:
    """An app without options is started with its target alone."""
    found = info(config={"contextMenu": {"target": ["files_file"]}})
    assert found.get_modal_window_arguments() == {}
    assert found.get_arguments(files_file="/a.txt") == {"slyFile": "/a.txt"}


def test_bad_targets() -> None:
    """Missing, unknown and too many targets are told apart, each with the app's name."""
    found = info(targets=["images_project"])
    for kind, target in ((ArgumentError, {}), (UnknownTargetError, {"video": 5}), (TooManyTargets, {"a": 1, "b": 2})):
        with pytest.raises(kind, match="An app") as caught:
            found.get_arguments(**target)  # type: ignore[arg-type]
        assert type(caught.value) is kind


def test_help_goes_to_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Help names options and targets, with what each is."""
    info(targets=["images_project", "ecosystem", "novelty"]).arguments_help()
    assert capsys.readouterr().out == (
        "An app: options and their defaults\n"
        '{\n    "size": {\n        "w": 1\n    }\n}\n'
        "Started from one of these targets, get_arguments(target=value):\n"
        "images_project : id of a project of images\n"
        "ecosystem : started without a target\n"
        "novelty : not known to this client; add the app's own key to the arguments\n"
    )


def test_help_goes_elsewhere() -> None:
    """Help of an app without options and targets, to a file."""
    file = io.StringIO()
    info(config={}).arguments_help(file=file)
    assert file.getvalue() == "An app: no options\nStarted without a target.\n"


def test_a_module_does_not_show_tokens() -> None:
    """A token in a module's configuration is not in its repr."""
    found = info(config={"modalTemplateState": {"token": "s3cret"}})
    assert "s3cret" not in repr(found)
    assert repr(found).startswith("ModuleInfo(id=11, slug='supervisely-ecosystem/an-app'")
    assert found.get_modal_window_arguments() == {"token": "s3cret"}
