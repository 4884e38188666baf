"""From a target to the arguments of an app."""

import copy
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, TooManyTargets, UnknownTargetError
from supervisely_ext.arguments import TARGETS, build_arguments

IDS = sorted(name for name, target in TARGETS.items() if target.kind == "id")
PATHS = sorted(name for name, target in TARGETS.items() if target.kind == "path")
options = st.dictionaries(st.text(max_size=5), st.lists(st.integers(), max_size=2), max_size=3)


class Whole:
    """A whole number that is no int, like numpy's."""

    def __index__(self) -> int:
        return 9


class BytesPath:
    """A path that is no text."""

    def __fspath__(self) -> bytes:
        return b"/a"


@given(name=st.sampled_from(IDS), value=st.integers(min_value=1), given_options=options)
def test_an_id_is_filled_in(name: str, value: int, given_options: dict[str, Any]) -> None:
    """The target's key has the id, the options are as they were."""
    before = copy.deepcopy(given_options)
    built = build_arguments("App", IDS, given_options, {name: value})
    assert built == {**before, TARGETS[name].key: value}
    assert given_options == before


def test_the_keys_of_the_targets() -> None:
    """Projects, datasets and the rest fill the keys that apps read."""
    assert {target.key for target in TARGETS.values()} == {
        "slyFolder", "slyFile", "slyProjectId", "slyDatasetId", "slyTeamId", "slyMemberId", "slyJobId",
    }  # fmt: skip
    assert build_arguments("App", ["volumes_dataset"], {}, {"volumes_dataset": 4}) == {"slyDatasetId": 4}
    assert build_arguments("App", ["images_project"], {}, {"images_project": Whole()}) == {"slyProjectId": 9}  # type: ignore[dict-item]


@pytest.mark.parametrize("value", ["/folder", PurePosixPath("/folder")])
@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_filled_in(name: str, value: Any) -> None:
    """A path may be text or a path object."""
    assert build_arguments("App", PATHS, {}, {name: value}) == {TARGETS[name].key: "/folder"}


@given(given_options=options)
def test_nothing_is_shared_with_the_options(given_options: dict[str, Any]) -> None:
    """Changing the result does not change the options."""
    before = copy.deepcopy(given_options)
    for values in build_arguments("App", [], given_options, {}).values():
        values.append(1)
    assert given_options == before


@pytest.mark.parametrize("value", [0, -1, True, False, "5", 5.0, 0.0, None, [5]])
def test_what_is_no_id(value: Any) -> None:
    """An id of the wrong type or size is refused by the target's name."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments("App", IDS, {}, {"images_project": value})
    assert caught.value.argument == "images_project"
    assert caught.value.problem == f"is {value!r}, and an id is a whole number from 1"


@pytest.mark.parametrize("value", ["", 5, None, b"/a", BytesPath()])
def test_what_is_no_path(value: Any) -> None:
    """A path that is no text, or empty, is refused by the target's name."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments("App", PATHS, {}, {"files_folder": value})
    assert (caught.value.argument, caught.value.problem) == ("files_folder", f"is {value!r}, and a path is text")


@pytest.mark.parametrize(("name", "hint"), [("image_project", "Did you mean images_project?"), ("xyz", "")])
def test_a_target_that_the_app_does_not_have(name: str, hint: str) -> None:
    """An unknown target is refused with the known ones and the nearest."""
    with pytest.raises(UnknownTargetError) as caught:
        build_arguments("App", ["images_project", "files_folder"], {}, {name: 5})
    assert (caught.value.argument, caught.value.hint) == (name, hint)
    assert caught.value.allowed == ("images_project", "files_folder")
    assert "App is not started from this target" in str(caught.value)


@pytest.mark.parametrize("name", ["something_new", "ecosystem"])
def test_a_target_that_the_client_does_not_know(name: str) -> None:
    """A target whose key is not known is refused with what to do."""
    with pytest.raises(UnknownTargetError) as caught:
        build_arguments("App", [name], {}, {name: 5})
    assert caught.value.argument == name
    assert "Add it to the arguments yourself" in caught.value.hint


def test_two_targets() -> None:
    """More than one target is refused, with the possible ones."""
    with pytest.raises(TooManyTargets) as caught:
        build_arguments("App", ["images_project", "files_file"], {}, {"images_project": 5, "files_file": "/a"})
    assert caught.value.argument == "images_project, files_file"
    assert caught.value.allowed == ("images_project", "files_file")


def test_a_missing_target() -> None:
    """An app that is started from a target needs one."""
    with pytest.raises(ArgumentError) as caught:
        build_arguments("App", ["images_project"], {}, {})
    assert (caught.value.argument, caught.value.allowed) == ("target", ("images_project",))


@pytest.mark.parametrize("targets", [[], ["ecosystem"], ["images_project", "ecosystem"]])
def test_no_target_is_needed(targets: list[str]) -> None:
    """An app without targets, or one that is also started from the ecosystem, needs none."""
    assert build_arguments("App", targets, {"a": 1}, {}) == {"a": 1}
