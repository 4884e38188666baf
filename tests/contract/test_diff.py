"""`spec diff`: what it must find, what is no change, and how each change is classed."""

import json
from copy import deepcopy
from typing import Any

import pytest

from supervisely_ext.contract.diff import diff
from supervisely_ext.contract.spec import bundled

from .spec_mutations import OF_OPERATIONS, OPERATORS, draw

SPEC: Any = bundled().document
SEVERITY = ("breaking", "risky", "safe")


def _worst(old: Any, new: Any) -> str:
    return min((change.severity for change in diff(old, new)), key=SEVERITY.index, default="")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_drawn_mutation_is_classed_as_its_operator_says(seed: int) -> None:
    """At least 80 mutations of our spec under each seed, every operator among them."""
    mutations = draw(SPEC, 90, seed)
    assert len(mutations) >= 80
    wrong = [
        (mutation.operator, mutation.place, mutation.expected, found)
        for mutation in mutations
        if (found := _worst(SPEC, mutation.document)) != mutation.expected
    ]
    assert not wrong
    drawn = {mutation.operator for mutation in mutations}
    assert {operator.name for operator in OPERATORS} | {name for name, *_ in OF_OPERATIONS} == drawn


def test_a_spec_does_not_differ_from_itself() -> None:
    """Nor from a copy of it."""
    assert diff(SPEC, deepcopy(SPEC)) == []
