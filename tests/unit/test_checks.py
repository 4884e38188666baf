"""Checks of arguments."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from supervisely_client.models.filter_operator import FILTER_OPERATOR_VALUES

from supervisely_ext import ArgumentError
from supervisely_ext.checks import as_id, as_optional_id, as_path, one_of
from supervisely_ext.filters import as_filters
from supervisely_ext.masking import shown


class Five:
    """A whole number that is no int, like numpy's."""

    def __index__(self) -> int:
        return 5


@given(value=st.integers(min_value=1))
def test_an_id_is_a_whole_number_from_1(value: int) -> None:
    """Any such number is an id."""
    assert as_id("id", value) == as_optional_id("id", value) == value


def test_other_kinds_of_whole_numbers() -> None:
    """What counts as a whole number is one, and no id may be none."""
    assert as_id("id", Five()) == 5
    assert as_optional_id("id", None) is None


@given(value=st.integers(max_value=0) | st.booleans() | st.text() | st.floats() | st.just([5]) | st.none())
def test_what_is_no_id(value: Any) -> None:
    """Anything else is refused, with the argument's name and the value."""
    with pytest.raises(ArgumentError) as caught:
        as_id("task_id", value)
    assert caught.value.argument == "task_id"
    assert caught.value.problem == f"is {shown(value)}, and an id is a whole number from 1"


def test_one_of_the_allowed() -> None:
    """What is allowed is given back."""
    assert one_of("log_level", "debug", {"info", "debug"}) == "debug"


@pytest.mark.parametrize(
    ("value", "hint"), [("debgu", "Did you mean debug?"), ("xyz", ""), (None, ""), (["info"], None)]
)
def test_what_is_not_allowed(value: Any, hint: str | None) -> None:
    """Anything else is refused, with what is allowed and what was probably meant."""
    with pytest.raises(ArgumentError) as caught:
        one_of("log_level", value, frozenset({"info", "debug"}))
    assert (caught.value.argument, caught.value.problem) == ("log_level", f"is {value!r}")
    assert caught.value.allowed == ("debug", "info")
    assert hint in (None, caught.value.hint)


@given(
    operator=st.sampled_from(sorted(FILTER_OPERATOR_VALUES)),
    value=st.none() | st.integers() | st.lists(st.text()),
)
def test_a_filter_is_sent_as_it_is_written(operator: str, value: Any) -> None:
    """Field, operator and value arrive unchanged; a value may be missing."""
    whole = {"field": "status", "operator": operator, "value": value}
    short = {"field": "status", "operator": operator}
    assert [item.to_dict() for item in as_filters("filters", [whole, short])] == [whole, short]


def test_no_filters() -> None:
    """None and an empty list filter nothing."""
    assert as_filters("filters", None) == as_filters("filters", []) == []


@pytest.mark.parametrize("item", [
    "status",
    None,
    {},
    {"field": "status"},
    {"operator": "in"},
    {"field": "status", "operator": "in", "value": [], "values": []},
])  # fmt: skip
def test_what_is_no_filter(item: Any) -> None:
    """A filter of another shape is refused by its place in the list."""
    with pytest.raises(ArgumentError) as caught:
        as_filters("filters", [{"field": "id", "operator": "="}, item])
    assert (caught.value.argument, caught.value.problem) == ("filters[1]", f"is {item!r}")


@pytest.mark.parametrize("operator", ["equals", None, ["in"]])
def test_an_unknown_operator(operator: Any) -> None:
    """A filter's operator is one of the spec's."""
    with pytest.raises(ArgumentError) as caught:
        as_filters("filters", [{"field": "id", "operator": operator, "value": 1}])
    assert caught.value.argument == "filters[0]['operator']"
    assert set(caught.value.allowed) == FILTER_OPERATOR_VALUES


@pytest.mark.parametrize("path", ["", "a\0b", "half \ud800", 7, None, b"bytes"])
def test_what_no_file_can_be_called_is_no_path(path: Any) -> None:
    """Text that the file system takes, and not empty."""
    with pytest.raises(ArgumentError, match="save_path"):
        as_path("save_path", path)
