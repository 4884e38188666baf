"""The short form of `make mutation`: mutants are drawn and planted as they should be, and a few of each kind are noticed."""

import ast
import json
from copy import deepcopy
from pathlib import Path

import pytest

from .mutants import BUNDLE, draw, mutants, plant_in_spec
from .operators import OPERATORS, CodeOperator, SpecOperator
from .sandbox import ROOT, Sandbox, copy_checkout

CODE = [operator for operator in OPERATORS if isinstance(operator, CodeOperator)]
SPEC = [operator for operator in OPERATORS if isinstance(operator, SpecOperator)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_seed_draws_the_same_again_and_of_every_operator(seed: int) -> None:
    """At least sixty, none of them twice."""
    drawn = draw(ROOT, 66, seed)
    assert drawn == draw(ROOT, 66, seed)
    assert len(drawn) == 66
    assert {mutant.operator for mutant in drawn} == {operator.name for operator in OPERATORS}
    assert drawn != draw(ROOT, 66, seed + 1)


@pytest.mark.parametrize("operator", CODE, ids=lambda operator: operator.name)
def test_mutants_of_code_are_other_code(operator: CodeOperator, tmp_path: Path) -> None:
    """Each can be compiled, and is not what was there, by whatever layout."""
    for mutant in mutants(ROOT, operator):
        source = (ROOT / mutant.file).read_text("utf-8")
        (tmp_path / mutant.file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / mutant.file).write_text(source, "utf-8")
        mutant.plant(tmp_path)
        changed = ast.parse((tmp_path / mutant.file).read_text("utf-8"))
        assert ast.dump(changed) != ast.dump(ast.parse(source)), mutant.name


@pytest.mark.parametrize("operator", SPEC, ids=lambda operator: operator.name)
def test_mutants_of_the_spec_are_other_specs(operator: SpecOperator) -> None:
    """Each of some changes a copy, in more than an example."""
    document = json.loads((ROOT / BUNDLE).read_text("utf-8"))
    for pointer, becomes, change in list(operator.changes(document))[::8]:
        changed = deepcopy(document)
        change(changed)
        assert _without_examples(changed) != _without_examples(document), (pointer, becomes)


def _without_examples(node: object) -> object:
    if isinstance(node, dict):
        return {key: _without_examples(value) for key, value in node.items() if key != "examples"}
    return [_without_examples(item) for item in node] if isinstance(node, list) else node


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    folder = tmp_path_factory.mktemp("mutation")
    original = copy_checkout(folder / "original")
    plant_in_spec(original)
    return Sandbox(folder / "sandbox", original)


CHOSEN = {
    "spec: make optional": ("/components/schemas/TasksInfoRequest/required", "tests/facts/test_facts.py"),
    "mock: off by one": ("_begin", "tests/mock/test_listing.py"),
    "client: retry what must not be": ("may_repeat", "tests/unit/test_retry.py"),
}
"""Of some operators the place of one mutant, and a quick file of tests that must notice it."""


@pytest.mark.parametrize("name", CHOSEN)
def test_a_mutant_is_noticed_by_the_tests_of_its_place(name: str, sandbox: Sandbox) -> None:
    """Planted it makes them fail; then the copy is as before, and they pass."""
    where, file = CHOSEN[name]
    (operator,) = (operator for operator in OPERATORS if operator.name == name)
    mutant = next(mutant for mutant in mutants(ROOT, operator) if mutant.where == where)
    try:
        assert sandbox.plant(mutant) or sandbox.test([file], 120)
    finally:
        sandbox.restore(mutant)
    assert sandbox.test([file], 120) is None
