"""A module of the ecosystem."""

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supervisely_ext import ArgumentError, InvalidArguments, ModuleInfo, TooManyTargets, UnknownTargetError
from supervisely_ext.targets import target_of

from .forms import REAL
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


def test_targets_that_are_no_names() -> None:
    """What the server may send beside names is no target."""
    assert info(targets=["images_project", None, 5]).get_context_menu_targets() == ["images_project"]


@pytest.mark.parametrize("repository", sorted(REAL))
def test_real_apps(repository: str) -> None:
    """Each target of each app: pure, equal twice, valid; the schema is one, and its own defaults follow it."""
    found = ModuleInfo.from_config(REAL[repository])
    before = copy.deepcopy(found)
    schema = found.arguments_schema()
    Draft202012Validator.check_schema(schema)
    for name, default in found.get_modal_window_arguments().items():
        assert Draft202012Validator(schema["properties"][name]).is_valid(default)
    for name in found.get_context_menu_targets() or ["ecosystem"]:
        key = {} if target_of(name).key or name == "ecosystem" else {"key": "slyMine"}
        value: Any = {"id": 5, "path": "/a"}[target_of(name).kind] if name != "ecosystem" else None
        target = {name: value} if value else {}
        arguments, again = (found.get_arguments(**target, **key) for _ in range(2))
        assert (
            arguments
            == again
            == {**found.get_modal_window_arguments(), **({target_of(name).key or "slyMine": value} if value else {})}
        )
        found.validate_arguments(arguments)
        assert Draft202012Validator(schema).is_valid(arguments)
        arguments.clear()
        assert found.get_arguments(**target, **key) == again
    assert found == before


def test_a_schema_for_other_tools() -> None:
    """Options with their defaults and targets, nothing else."""
    found = ModuleInfo.from_config(REAL["export-to-pascal-voc"])
    assert found.arguments_schema() == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Export to Pascal VOC",
        "type": "object",
        "properties": {
            "pascalContourThickness": {"type": "integer", "default": 3},
            "trainSplitCoef": {"type": "number", "default": 0.8},
            "slyProjectId": {"type": "integer", "minimum": 1},
        },
        "additionalProperties": False,
        "oneOf": [{"required": ["slyProjectId"]}],
    }


def test_options_and_target_in_one_call() -> None:
    """The options are strict, the target is one of the app's."""
    found = ModuleInfo.from_config(REAL["export-to-pascal-voc"])
    assert found.get_arguments(images_project=5, options={"trainSplitCoef": 1}) == {
        "pascalContourThickness": 3,
        "trainSplitCoef": 1,
        "slyProjectId": 5,
    }
    with pytest.raises(InvalidArguments, match=r"Did you mean trainSplitCoef\?"):
        found.get_arguments(images_project=5, options={"trainSplitCoeff": 1})


def test_arguments_are_held_to_the_schema() -> None:
    """Every mistake at once."""
    found = ModuleInfo.from_config(REAL["export-to-pascal-voc"])
    with pytest.raises(InvalidArguments) as caught:
        found.validate_arguments({"slyProjectId": "5", "trainSplitCoeff": 1})
    assert [problem.pointer for problem in caught.value.problems] == ["/trainSplitCoeff", "/slyProjectId"]
    assert "Export to Pascal VOC" in str(caught.value)


HOSTILE = info(
    name="\x1b]0;evil\x07",
    config={"contextMenu": {"target": ["\x1b[2J", "team\u202e"]}, "modalTemplateState": {"\x1b[2Jsize": 1}},
)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: HOSTILE.get_arguments(),
        lambda: HOSTILE.get_arguments(team=1),
        lambda: HOSTILE.get_arguments(**{"\x1b[2J": 1}),
        lambda: HOSTILE.get_arguments(**{"\x1b[2J": 1}, key="a", options={"size": 1}),
        lambda: HOSTILE.validate_arguments({"\x1b[2Jsize": "\ud800"}),
    ],
)
def test_what_an_author_wrote_steers_no_terminal(ask: Any) -> None:
    """An error is one to be printed; what it holds as attributes is as it was."""
    with pytest.raises(ArgumentError) as caught:
        ask()
    assert str(caught.value).replace("\n", "").isprintable()
    assert "\x1b[2J" in repr(
        (caught.value.allowed, getattr(caught.value, "problems", ""), caught.value.argument)
    ).replace("\\x1b", "\x1b")


def test_a_target_may_have_any_name() -> None:
    """Also one that Python's methods like."""
    assert info(targets=["self"], config={"contextMenu": {"target": ["self"]}}).get_arguments(self=5, key="mine") == {
        "mine": 5
    }


def test_an_app_without_a_name() -> None:
    """Errors call it something all the same."""
    with pytest.raises(InvalidArguments, match=r"^arguments: the app cannot be started with them"):
        info(name="").validate_arguments({"siz": 1})


def test_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """To standard output."""
    info(config={}).arguments_help()
    assert capsys.readouterr().out == "An app: no options\nStarted without a target.\n"


def test_a_module_does_not_show_tokens() -> None:
    """A token in a module's configuration is not in its repr."""
    found = info(config={"modalTemplateState": {"token": "s3cret"}})
    assert "s3cret" not in repr(found)
    assert repr(found).startswith("ModuleInfo(id=11, slug='supervisely-ecosystem/an-app'")
    assert found.get_modal_window_arguments() == {"token": "s3cret"}
