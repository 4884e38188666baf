"""Mutants: drawn by a seed from all operators and all places where they fit, and planted in a copy of the repository."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from attrs import field, frozen

from . import code_places
from .operators import OPERATORS, CodeOperator, SpecOperator

BUNDLE = Path("generated/supervisely_client/openapi.json")
ROOT_OF_SPEC = Path("spec/openapi.yaml")
_GENERATED = "supervisely_ext/blocking.py"


@frozen
class Mutant:
    """One mistake. `lines` are those of `file` whose tests it concerns; of the spec, which concerns all, none."""

    operator: str
    file: str
    where: str
    change: str
    lines: range
    plant: Callable[[Path], None] = field(repr=False, eq=False)
    """Changes the copy whose root it is given."""

    @property
    def name(self) -> str:
        return f"{self.operator} | {self.file} {self.where} | {self.change}"

    @property
    def is_of_spec(self) -> bool:
        return self.file == str(ROOT_OF_SPEC)


def draw(root: Path, number: int, seed: int) -> list[Mutant]:
    """Draw mutants: the operators in turn, of each a place by the seed."""
    random = Random(seed)
    pools = [list(mutants(root, operator)) for operator in OPERATORS]
    for pool in pools:
        random.shuffle(pool)
    drawn: list[Mutant] = []
    while len(drawn) < number and any(pools):
        drawn += [pool.pop() for pool in pools if pool]
    return drawn


def mutants(root: Path, operator: SpecOperator | CodeOperator) -> Iterator[Mutant]:
    """Give an operator's mutant of each place where it fits."""
    return _of_spec(root, operator) if isinstance(operator, SpecOperator) else _of_code(root, operator)


def _of_spec(root: Path, operator: SpecOperator) -> Iterator[Mutant]:
    document = json.loads((root / BUNDLE).read_text("utf-8"))
    for pointer, becomes, change in operator.changes(document):
        yield Mutant(
            operator.name, str(ROOT_OF_SPEC), pointer, becomes, range(0), partial(plant_in_spec, change=change)
        )


def _unchanged(document: object) -> None:
    """Change nothing."""


def plant_in_spec(root: Path, change: Callable[[object], None] = _unchanged) -> None:
    """Write the spec as one file, changed. A bundle is a spec too: JSON is YAML, and all references are local."""
    document = json.loads((root / BUNDLE).read_text("utf-8"))
    change(document)
    (root / ROOT_OF_SPEC).write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def _of_code(root: Path, operator: CodeOperator) -> Iterator[Mutant]:
    for path in sorted({path for pattern in operator.files for path in root.glob(pattern)}):
        file = path.relative_to(root).as_posix()
        source = path.read_text("utf-8")
        if file != _GENERATED and operator.mentions in source:
            for edit in code_places.edits(source, operator.finder):
                plant = partial(_plant_in_code, file, edit)
                yield Mutant(operator.name, file, edit.function, edit.meaning, edit.lines, plant)


def _plant_in_code(file: str, edit: code_places.Edit, root: Path) -> None:
    path = root / file
    path.write_text(edit.applied(path.read_text("utf-8")), "utf-8")
