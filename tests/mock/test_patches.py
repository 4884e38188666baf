"""JSON patches."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from supervisely_ext.mock.patches import PatchError, apply_patch

from .test_fields import JSON

DOCUMENT: dict[str, Any] = {"a": 1, "list": [1, 2], "a/b": {"~": 0}}


@pytest.mark.parametrize(
    ("step", "change"),
    [
        ({"op": "add", "path": "/new", "value": [0]}, {"new": [0]}),
        ({"op": "add", "path": "/a", "value": 2}, {"a": 2}),
        ({"op": "add", "path": "/list/0", "value": 0}, {"list": [0, 1, 2]}),
        ({"op": "add", "path": "/list/2", "value": 3}, {"list": [1, 2, 3]}),
        ({"op": "add", "path": "/list/-", "value": 3}, {"list": [1, 2, 3]}),
        ({"op": "remove", "path": "/list/0"}, {"list": [2]}),
        ({"op": "replace", "path": "/list/1", "value": 5}, {"list": [1, 5]}),
        ({"op": "replace", "path": "/a~1b/~0", "value": 5}, {"a/b": {"~": 5}}),
        ({"op": "move", "from": "/list/0", "path": "/list/1"}, {"list": [2, 1]}),
        ({"op": "copy", "from": "/list", "path": "/a"}, {"a": [1, 2]}),
        ({"op": "test", "path": "/a", "value": 1}, {}),
    ],
)
def test_steps(step: dict[str, Any], change: dict[str, Any]) -> None:
    """Each does what the standard says, and the given document stays as it was."""
    before = deepcopy(DOCUMENT)
    assert apply_patch(DOCUMENT, [step]) == {**DOCUMENT, **change}
    assert before == DOCUMENT


@pytest.mark.parametrize(
    "step",
    [
        None,
        {},
        {"op": "grow", "path": "/a"},
        {"op": []},
        {"op": "add", "path": "/a"},
        {"op": "add", "path": 5, "value": 1},
        {"op": "add", "path": "a", "value": 1},
        {"op": "add", "path": "/list/3", "value": 1},
        {"op": "add", "path": "/list/01", "value": 1},
        {"op": "add", "path": "/a/b", "value": 1},
        {"op": "remove", "path": "/none"},
        {"op": "remove", "path": "/list/-"},
        {"op": "replace", "path": "/none", "value": 1},
        {"op": "move", "from": "/list", "path": "/list/0"},
        {"op": "test", "path": "/a", "value": 2},
    ],
)
def test_what_cannot_be_applied(step: Any) -> None:
    """It says which step, and why."""
    with pytest.raises(PatchError, match="step 1 of the patch"):
        apply_patch(DOCUMENT, [{"op": "test", "path": "/a", "value": 1}, step])


@given(JSON, JSON)
def test_the_whole_can_be_replaced(old: Any, new: Any) -> None:
    """The empty path is the document; without it there is nothing."""
    assert apply_patch(old, [{"op": "replace", "path": "", "value": new}]) == new
    assert apply_patch(old, [{"op": "remove", "path": ""}]) is None
    assert apply_patch(old, []) == old


def test_a_patch_copies_so_much() -> None:
    """Forty steps that each double the document would fill any memory."""
    doubling = [{"op": "copy", "from": "", "path": f"/{number}"} for number in range(40)]
    assert len(apply_patch({"a": 1}, doubling[:9])) == 10
    with pytest.raises(PatchError, match=r"step 18 of the patch .*more than 1,000,000 values are copied"):
        apply_patch({"a": 1}, doubling)
