"""Plant mutants and see which the suite notices: `make mutation`.

Fails when fewer than 95 of 100 are noticed, or when one that is not noticed is not explained in explained.json.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from attrs import frozen

from .mutants import Mutant, draw, plant_in_spec
from .operators import OPERATORS
from .sandbox import Sandbox, copy_checkout
from .who_sees import WhoSees, load, measured, save

EXPLAINED = Path(__file__).with_name("explained.json")
AT_ONCE = 2
WANTED = 0.95
_LONGEST = 1800
_OF_THE_SPEC = ("tests/facts", "tests/parity", "tests/contract", "tests/mock", "tests/unit")
"""Where a mistake in the spec is likely to be noticed, soonest first."""


@frozen
class Fate:
    """What became of a mutant; `noticed` names the test, or is None."""

    mutant: Mutant
    noticed: str | None

    @property
    def told(self) -> str:
        return "NOT NOTICED" if self.noticed is None else f"noticed: {self.noticed.splitlines()[0]}"


def main() -> int:
    """Give 0 when enough is noticed and the rest explained."""
    asked = _arguments()
    explained: dict[str, str] = json.loads(EXPLAINED.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        original = copy_checkout(Path(folder, "original"))
        plant_in_spec(original)  # in one file, as mutants of the spec are, so that this alone is noticed by no test
        sandboxes = [Sandbox(Path(folder, str(number)), original) for number in range(AT_ONCE)]
        seen = load(asked.seen) if asked.seen and asked.seen.exists() else measured(sandboxes[0])
        if asked.seen:
            save(seen, asked.seen)
        fates = {seed: list(_fates(draw(original, asked.number, seed), seen, sandboxes)) for seed in asked.seeds}
    return max([_report(seed, found, explained) for seed, found in fates.items()])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--number", type=int, default=66, help="how many mutants a seed draws (default 66)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="one run each (default 1)")
    parser.add_argument("--seen", type=Path, help="a file that keeps which tests run which lines, for the next run")
    return parser.parse_args()


def _fates(mutants: list[Mutant], seen: WhoSees, sandboxes: list[Sandbox]) -> Iterator[Fate]:
    free: SimpleQueue[Sandbox] = SimpleQueue()
    for sandbox in sandboxes:
        free.put(sandbox)

    def fate(mutant: Mutant) -> Fate:
        sandbox = free.get()
        try:
            return Fate(mutant, noticed(mutant, seen, sandbox))
        finally:
            free.put(sandbox)

    with ThreadPoolExecutor(len(sandboxes)) as pool:
        for number, each in enumerate(pool.map(fate, mutants), 1):
            print(f"{number} of {len(mutants)}: {each.mutant.name}\n    {each.told}", flush=True)
            yield each


def noticed(mutant: Mutant, seen: WhoSees, sandbox: Sandbox) -> str | None:
    """Tell who notices a mutant: the generator, or a test; of those that run its lines, where there are any, else of all."""
    try:
        refused = sandbox.plant(mutant)
        return refused or next(filter(None, _runs(mutant, seen, sandbox)), None)
    finally:
        sandbox.restore(mutant)


def _runs(mutant: Mutant, seen: WhoSees, sandbox: Sandbox) -> Iterator[str | None]:
    tests = seen.tests(mutant.file, mutant.lines)
    if tests:
        yield sandbox.test(tests, 60 + 3 * sum(seen.seconds.get(test, 1) for test in tests))
        return
    left_out = [f"--deselect={test}" for test in seen.left_out]
    if mutant.is_of_spec:
        yield sandbox.test([*left_out, *_OF_THE_SPEC], _LONGEST)
    yield sandbox.test([*left_out, "tests"], _LONGEST, ["-m", "not alone", "-n", "auto"])


def _report(seed: int, fates: list[Fate], explained: dict[str, str]) -> int:
    survivors = [fate.mutant.name for fate in fates if fate.noticed is None]
    by_operator: dict[str, list[bool]] = defaultdict(list)
    for fate in fates:
        by_operator[fate.mutant.operator].append(fate.noticed is not None)
    print(f"\nSeed {seed}: {len(fates) - len(survivors)} of {len(fates)} mutants were noticed")
    for operator in OPERATORS:
        found = by_operator[operator.name]
        print(f"  {operator.name:32} {sum(found)} of {len(found)}")
    for name in survivors:
        print(f"  not noticed: {name}\n    {explained.get(name, 'NOT EXPLAINED')}")
    enough = len(fates) - len(survivors) >= WANTED * len(fates)
    return int(not enough or any(name not in explained for name in survivors))


if __name__ == "__main__":
    sys.exit(main())
