"""From a target and options to the arguments of an app."""

import copy
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from supervisely_client.models.context_target import CONTEXT_TARGET_VALUES

from supervisely_ext import ArgumentError, InvalidArguments, TooManyTargets, UnknownTargetError
from supervisely_ext.argument_schema import Form
from supervisely_ext.arguments import build_arguments
from supervisely_ext.targets import NO_TARGET, TARGETS

from .forms import forms

IDS = tuple(sorted(name for name, target in TARGETS.items() if target.key and target.kind == "id"))
PATHS = tuple(sorted(name for name, target in TARGETS.items() if target.key and target.kind == "path"))
UNSAID = ("agent_folder", "agent_file", "audio_project")
options = st.dictionaries(st.text(max_size=5), st.lists(st.integers(), max_size=2), max_size=3)
EXPORT = Form("Export", {"ratio": 0.8, "size": {"w": 1, "h": 2}, "tags": []}, ("images_project",))


class Whole:
    """A whole number that is no int, like numpy's."""

    def __init__(self, value: int = 9) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


class Array:
    """Many numbers that only one could be an index, like numpy's."""

    def __index__(self) -> int:
        raise TypeError("only integer scalar arrays can be converted to a scalar index")


class BytesPath:
    """A path that is no text."""

    def __fspath__(self) -> bytes:
        return b"/a"


def form(*targets: str, **options: Any) -> Form:
    return Form("App", options, targets)


def test_every_target_of_the_spec_is_known() -> None:
    """No target is forgotten, and none is only ours."""
    assert {*TARGETS, NO_TARGET} == CONTEXT_TARGET_VALUES


@given(name=st.sampled_from(IDS), value=st.integers(min_value=1), given_options=options)
def test_an_id_is_filled_in(name: str, value: int, given_options: dict[str, Any]) -> None:
    """The target's key has the id, the options are as they were."""
    before = copy.deepcopy(given_options)
    assert build_arguments(Form("App", given_options, IDS), {name: value}) == {**before, TARGETS[name].key: value}
    assert given_options == before


def test_the_keys_of_the_targets() -> None:
    """Projects, datasets and the rest fill the keys that apps read."""
    assert {target.key for target in TARGETS.values()} == {
        "slyFolder", "slyFile", "slyProjectId", "slyDatasetId", "slyTeamId", "slyMemberId", "slyJobId", "slyWorkspaceId", None,
    }  # fmt: skip
    assert build_arguments(form("volumes_dataset"), {"volumes_dataset": 4}) == {"slyDatasetId": 4}
    assert build_arguments(form("workspace"), {"workspace": 4}) == {"slyWorkspaceId": 4}
    arguments = build_arguments(form("images_project"), {"images_project": Whole()})  # type: ignore[dict-item]
    assert (arguments, type(arguments["slyProjectId"])) == ({"slyProjectId": 9}, int)


@pytest.mark.parametrize("value", ["/folder", PurePosixPath("/folder")])
@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_filled_in(name: str, value: Any) -> None:
    """A path may be text or a path object."""
    assert build_arguments(form(*PATHS), {name: value}) == {TARGETS[name].key: "/folder"}


@given(forms.filter(lambda each: not each.needs_target))
def test_nothing_is_shared_with_the_options(each: Form) -> None:
    """Changing a result, at any depth, changes neither the app nor another result."""
    before = copy.deepcopy(each.options)
    built = build_arguments(each, {})
    assert built == before
    _spoil(built)
    assert each.options == before
    assert build_arguments(each, {}) == before


def _spoil(value: Any) -> None:
    for item in list(value.values() if isinstance(value, dict) else value):
        if isinstance(item, dict | list):
            _spoil(item)
    value.clear()


@pytest.mark.parametrize("value", [0, -1, True, False, "5", 5.0, 0.0, None, [5]])
def test_what_is_no_id(value: Any) -> None:
    """An id of the wrong type or size is refused by the target's name."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments(form(*IDS), {"images_project": value})
    assert caught.value.argument == "images_project"
    assert caught.value.problem == f"is {value!r}, and an id is a whole number from 1"


@pytest.mark.parametrize("value", ["", 5, None, b"/a", BytesPath()])
def test_what_is_no_path(value: Any) -> None:
    """A path that is no text, or empty, is refused by the target's name."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments(form(*PATHS), {"files_folder": value})
    assert (caught.value.argument, caught.value.problem) == ("files_folder", f"is {value!r}, and a path is text")


@pytest.mark.parametrize(("name", "hint"), [("image_project", "Did you mean images_project?"), ("xyz", "")])
def test_a_target_that_the_app_does_not_have(name: str, hint: str) -> None:
    """An unknown target is refused with the known ones and the nearest."""
    with pytest.raises(UnknownTargetError) as caught:
        build_arguments(form("images_project", "files_folder"), {name: 5})
    assert (caught.value.argument, caught.value.hint) == (name, hint)
    assert caught.value.allowed == ("images_project", "files_folder")
    assert "App is not started from this target" in str(caught.value)


@pytest.mark.parametrize("name", UNSAID)
def test_a_target_whose_argument_is_not_known(name: str) -> None:
    """Its key is asked for by name."""
    with pytest.raises(UnknownTargetError) as caught:
        build_arguments(form(name), {name: "/a"})
    assert caught.value.argument == name
    assert caught.value.hint == f"Name it: get_arguments({name}=…, key='…'), as the app reads it"
    assert build_arguments(form(name), {name: PurePosixPath("/a")}, key="slyMine") == {"slyMine": "/a"}


def test_a_target_that_no_source_names_takes_an_id_or_a_path() -> None:
    """Nothing else is known of it."""
    for value in (5, "/a"):
        assert build_arguments(form("audio_project"), {"audio_project": value}, key="k") == {"k": value}
    for bad in (True, 0, "", None, 5.0, BytesPath()):
        with pytest.raises(ArgumentError, match="audio_project: is"):
            build_arguments(form("audio_project"), {"audio_project": bad}, key="k")  # type: ignore[dict-item]


def test_a_key_that_another_target_fills_takes_what_that_takes() -> None:
    """Such as a folder of an agent under the key of folders."""
    app = form("agent_folder", "files_folder", "images_project")
    assert build_arguments(app, {"agent_folder": "/a"}, key="slyFolder") == {"slyFolder": "/a"}
    with pytest.raises(ArgumentError, match="an id is a whole number"):
        build_arguments(app, {"agent_folder": "/a"}, key="slyProjectId")


@pytest.mark.parametrize(
    ("given_target", "key", "problem"),
    [
        ({"images_project": 5}, "other", "is 'other', and images_project fills slyProjectId"),
        ({"agent_file": "/a"}, "option", "is 'option', and that is an option of App"),
        ({"agent_file": "/a"}, "", "is '', and it is a text"),
        ({}, "slyMine", "is 'slyMine', and no target is given that could fill it"),
        ({"ecosystem": True}, "slyMine", "is 'slyMine', and no target is given that could fill it"),
    ],
)
def test_a_key_that_does_not_belong_there(given_target: dict[str, Any], key: str, problem: str) -> None:
    """A key names what only the app knows."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments(form("images_project", "agent_file", "ecosystem", option=1), given_target, key=key)
    assert (caught.value.argument, caught.value.problem) == ("key", problem)


def test_a_key_that_is_known_anyway_is_no_mistake() -> None:
    """A script goes on working when a later version knows the key."""
    assert build_arguments(form("team"), {"team": 5}, key="slyTeamId") == {"slyTeamId": 5}


def test_two_targets() -> None:
    """More than one target is refused, with the possible ones."""
    with pytest.raises(TooManyTargets) as caught:
        build_arguments(form("images_project", "files_file"), {"images_project": 5, "files_file": "/a"})
    assert caught.value.argument == "images_project, files_file"
    assert caught.value.allowed == ("images_project", "files_file")


def test_a_missing_target() -> None:
    """An app that is started from a target needs one."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments(form("images_project"), {})
    assert (caught.value.argument, caught.value.allowed) == ("target", ("images_project",))


@pytest.mark.parametrize("targets", [(), ("ecosystem",), ("images_project", "ecosystem")])
def test_no_target_is_needed(targets: tuple[str, ...]) -> None:
    """An app without targets, or one that is also started from the ecosystem, needs none."""
    assert build_arguments(form(*targets, a=1), {}) == {"a": 1}


def test_the_ecosystem_is_no_place() -> None:
    """Naming it is as good as naming nothing; it has no value."""
    for value in (True, None):
        assert build_arguments(form("ecosystem", a=1), {"ecosystem": value}) == {"a": 1}
    with pytest.raises(ArgumentError, match=r"ecosystem: is 5, and it is no place\. Write True or leave it out"):
        build_arguments(form("ecosystem"), {"ecosystem": 5})
    with pytest.raises(UnknownTargetError):
        build_arguments(form("images_project"), {"ecosystem": True})


def test_options_take_the_place_of_their_defaults() -> None:
    """Inside of objects too; lists are replaced."""
    chosen = {"ratio": 1, "size": {"w": Whole()}, "tags": ("a", PurePosixPath("b"))}
    before = copy.deepcopy(chosen["tags"])
    arguments = build_arguments(EXPORT, {"images_project": 5}, chosen)
    assert arguments == {"ratio": 1, "size": {"w": 9, "h": 2}, "tags": ["a", "b"], "slyProjectId": 5}
    assert (EXPORT.options["size"], chosen["tags"]) == ({"w": 1, "h": 2}, before)


def test_a_number_of_another_kind_becomes_one_of_json() -> None:
    """Fractions, and numpy's; a text stays one."""
    app = form(ratio=0.5, most=None)
    arguments = build_arguments(app, {}, {"ratio": Fraction(1, 4), "most": {"text": "5", "true": True}})
    assert arguments == {"ratio": 0.25, "most": {"text": "5", "true": True}}
    assert type(arguments["ratio"]) is float
    assert arguments["most"]["true"] is True


def test_a_fraction_that_no_number_of_json_can_be() -> None:
    """It is refused like any other value that is none."""
    with pytest.raises(InvalidArguments):
        build_arguments(Form("App", {"ratio": 0.5}), {}, {"ratio": Fraction(10**400)})


def test_wrong_options_are_refused_all_at_once() -> None:
    """Each with what is allowed, or with the name that was meant."""
    chosen = {"ration": 0.7, "size": {"w": "big", "hh": 3}, "tags": Array()}
    with pytest.raises(InvalidArguments) as caught:
        build_arguments(EXPORT, {"images_project": 5}, chosen)
    assert caught.value.argument == "options"
    problems = {problem.pointer: (problem.allowed, problem.hint) for problem in caught.value.problems}
    assert problems == {
        "/ration": (("ratio", "size", "tags"), "Did you mean ratio?"),
        "/size/w": (("a whole number",), ""),
        "/size/hh": (("w", "h"), "Did you mean h?"),
        "/tags": (("a list",), ""),
    }


def test_what_the_target_fills_is_not_given_twice() -> None:
    """It would be lost without a word."""
    with pytest.raises(ArgumentError, match="options: slyProjectId is given by the target already"):
        build_arguments(EXPORT, {"images_project": 5}, {"slyProjectId": 5})


def test_a_target_among_the_options_is_told_where_it_belongs() -> None:
    """An option is not a target."""
    app = form("images_project", "ecosystem", ratio=0.8)
    with pytest.raises(InvalidArguments) as caught:
        build_arguments(app, {}, {"slyProjectId": 5, "rato": 0.7})
    assert {problem.pointer for problem in caught.value.problems} == {"/slyProjectId", "/rato"}
    assert caught.value.hint == "A target is no option: get_arguments(images_project=…)"


def test_an_app_without_options_takes_none() -> None:
    """What it reads beside them is put into the arguments afterwards."""
    with pytest.raises(InvalidArguments, match="App does not take them"):
        build_arguments(form(), {}, {"anything": 1})
    assert build_arguments(form(), {}, {}) == {}


@pytest.mark.parametrize("given_options", [5, "text", [1]])
def test_options_that_are_no_dict(given_options: Any) -> None:
    """They are refused by name."""
    with pytest.raises(ArgumentError, match=r"options: is .*, and it is a dict"):
        build_arguments(form(), {}, given_options)


def test_options_without_an_end() -> None:
    """They are refused and not followed for ever."""
    endless: dict[str, Any] = {}
    endless["inside"] = endless
    with pytest.raises(ArgumentError, match="nested too deeply"):
        build_arguments(form(), {}, endless)
