"""Versions, as servers name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.instance import is_at_least, numbers

VERSIONS = st.lists(st.integers(0, 99), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("version", "read"),
    [
        ("6.9.31", (6, 9, 31)),
        ("v6.10", (6, 10)),
        ("6.10.0", (6, 10)),
        ("6.15.2-beta", (6, 15, 2)),
        ("7", (7,)),
        ("0.0", (0,)),
        ("10.0.0", (10,)),
        ("unknown", ()),
        ("", ()),
        ("٣.١", ()),
    ],
)
def test_the_numbers_of_a_version(version: str, read: tuple[int, ...]) -> None:
    assert numbers(version) == read


@given(VERSIONS, VERSIONS)
def test_versions_are_compared_by_their_numbers(one: list[int], other: list[int]) -> None:
    """Not as text; zeros at the end say nothing."""
    texts = [".".join(map(str, version)) for version in (one, other)]
    padded = [version + [0] * (4 - len(version)) for version in (one, other)]
    assert is_at_least(*texts) == (padded[0] >= padded[1])


def test_no_version_is_never_enough() -> None:
    assert not is_at_least("unknown", "0.0.0")
