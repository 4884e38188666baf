"""Paths into a task's data."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supervisely_ext.mock.fields import added, parse, read, write

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.text(st.characters(exclude_characters=".[]", exclude_categories=["Cs"]), min_size=1, max_size=3)
STEPS = st.lists(st.one_of(NAMES, st.integers(0, 5)), max_size=4)
PATHS = st.builds(lambda first, steps: [first, *steps], NAMES, STEPS)
OBJECTS = st.dictionaries(NAMES, JSON, max_size=3)


def text_of(steps: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)[1:]


@given(PATHS)
def test_a_path_is_its_steps(steps: list[str | int]) -> None:
    """Names between dots, indices in brackets."""
    assert parse(text_of(steps)) == steps


@pytest.mark.parametrize(
    "path", ["", ".", "a.", ".a", "a..b", "[0]", "a[", "a[x]", "a[-1]", "a[12345]", "a[0]b", "a.[0]"]
)
def test_what_is_no_path(path: str) -> None:
    """It is refused, also an index beyond what a list may have."""
    with pytest.raises(ValueError, match="no path"):
        parse(path)


@given(OBJECTS, PATHS, JSON)
def test_what_was_set_is_read_back(document: dict[str, Any], steps: list[str | int], value: Any) -> None:
    """Whatever was there before, and nothing beside the first name changes."""
    before = deepcopy(document)
    write(document, text_of(steps), value)
    assert read(document, text_of(steps)) == value
    for name in before.keys() - {steps[0]}:
        assert document[name] == before[name]


@given(OBJECTS, PATHS, PATHS, JSON, JSON)
def test_fields_apart_do_not_touch_each_other(
    document: dict[str, Any], one: list[str | int], two: list[str | int], first: Any, second: Any
) -> None:
    """Two fields that part at a step of one kind are both there."""
    parted = next((pair for pair in zip(one, two, strict=False) if pair[0] != pair[1]), None)
    assume(parted is not None and type(parted[0]) is type(parted[1]))
    write(document, text_of(one), first)
    write(document, text_of(two), second)
    assert read(document, text_of(one)) == first
    assert read(document, text_of(two)) == second


@given(OBJECTS, PATHS)
def test_reading_changes_nothing(document: dict[str, Any], steps: list[str | int]) -> None:
    """Also where there is no such field, which is None."""
    before = deepcopy(document)
    read(document, text_of(steps))
    assert document == before


def test_missing_places_are_made() -> None:
    """A list is filled up with nulls."""
    document: dict[str, Any] = {}
    write(document, "chart1.series[1].y", 5)
    assert document == {"chart1": {"series": [None, {"y": 5}]}}


@pytest.mark.parametrize(
    ("old", "new", "flat", "deep"),
    [
        ([1], [2], [1, 2], [1, 2]),
        ([1], 2, [1, 2], [1, 2]),
        (None, [1], [1], [1]),
        (1, 2, 2, 2),
        ({"a": 1}, 2, 2, 2),
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}),
        ({"a": {"b": [1]}}, {"a": {"b": [2], "c": 3}}, {"a": {"b": [2], "c": 3}}, {"a": {"b": [1, 2], "c": 3}}),
    ],
)
def test_appending(old: Any, new: Any, flat: Any, deep: Any) -> None:
    """Lists grow, objects are merged, at every level only when told."""
    assert added(old, new, deep=False) == flat
    assert added(old, new, deep=True) == deep


@given(JSON, JSON, st.booleans())
def test_appending_changes_neither(old: Any, new: Any, deep: bool) -> None:
    """It gives a third."""
    copies = deepcopy((old, new))
    added(old, new, deep=deep)
    assert (old, new) == copies


def leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not isinstance(value, dict):
        return {path: value}
    return {leaf: at for name, inner in value.items() for leaf, at in leaves(inner, (*path, name)).items()}


TREES = st.recursive(
    st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3)
)


@given(st.dictionaries(st.sampled_from("abc"), TREES), st.dictionaries(st.sampled_from("abc"), TREES))
def test_a_deep_merge_has_the_leaves_of_both(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Every leaf of the new, those of the old that no new one stands above or below; a repetition changes nothing."""
    merged = leaves(added(old, new, deep=True))
    mine = leaves(new) if new else {}
    theirs = {
        path: value
        for path, value in (leaves(old) if old else {}).items()
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in mine)
    }
    assert merged == {**theirs, **mine} or not (old or new)
    assert added(added(old, new, deep=True), new, deep=True) == added(old, new, deep=True)
