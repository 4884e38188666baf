"""Which tests run which lines, and how long each takes: measured by one run of the suite on the code as it is."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from attrs import frozen
from coverage import CoverageData

from .sandbox import Sandbox, failures, told

_PHASES = ("|run", "|setup", "|teardown")
_LONGEST = 3600


@frozen
class WhoSees:
    """What one run has shown."""

    lines: dict[str, dict[int, list[str]]]
    """Per file and line, the tests that run it."""
    seconds: dict[str, float]

    def tests(self, file: str, lines: Iterable[int]) -> list[str]:
        """Give the tests that run one of the lines, the quickest first."""
        found = {test for line in lines for test in self.lines.get(file, {}).get(line, ())}
        return sorted(found, key=lambda test: (self.seconds.get(test, 0), test))


def measured(sandbox: Sandbox) -> WhoSees:
    """Run the suite. What fails without a mutant is told, and notices none."""
    data, times = sandbox.root / ".coverage", sandbox.root / ".times.xml"
    coverage = ["--cov", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
    junit = [f"--junitxml={times}", "-ojunit_family=xunit1"]
    done = sandbox.pytest(["tests"], _LONGEST, ["-n", "auto", "-m", "not alone", *coverage, *junit])
    if done.returncode not in (0, 1):
        sys.exit(f"The suite does not run without a mutant: {told(done)}")
    left_out = failures(done)
    if left_out:
        print("\n".join(["Fails without a mutant, and is left out:", *left_out]), flush=True)
    return WhoSees(_lines(data, sandbox.root, {line.split()[1] for line in left_out}), _seconds(times))


def _lines(data: Path, root: Path, left_out: set[str]) -> dict[str, dict[int, list[str]]]:
    measured = CoverageData(str(data))
    measured.read()
    found: dict[str, dict[int, list[str]]] = {}
    for path in measured.measured_files():
        if Path(path).is_relative_to(root):
            by_line = measured.contexts_by_lineno(path)
            found[Path(path).relative_to(root).as_posix()] = {
                line: [test for test in _tests(names) if test not in left_out] for line, names in by_line.items()
            }
    return found


def _tests(contexts: Iterable[str]) -> list[str]:
    return sorted({name.removesuffix(phase) for name in contexts for phase in _PHASES if name.endswith(phase)})


def _seconds(times: Path) -> dict[str, float]:
    """Give the seconds of each test, under the names that coverage has for them."""
    found: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(times).iter("testcase"):
        file, names = case.get("file", ""), case.get("classname", "").split(".")
        inner = [name for name in names if name[:1].isupper()]
        found["::".join([file, *inner, case.get("name", "")])] += float(case.get("time", 0))
    return dict(found)


def save(seen: WhoSees, path: Path) -> None:
    path.write_text(json.dumps({"lines": seen.lines, "seconds": seen.seconds}), "utf-8")


def load(path: Path) -> WhoSees:
    kept = json.loads(path.read_text("utf-8"))
    lines = {file: {int(line): tests for line, tests in each.items()} for file, each in kept["lines"].items()}
    return WhoSees(lines, kept["seconds"])
