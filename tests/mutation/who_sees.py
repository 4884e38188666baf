"""Which tests run which lines, and how long each takes: measured by one run of the suite on the code as it is."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from attrs import asdict, frozen
from coverage import CoverageData

from .sandbox import Sandbox, told

_PHASES = ("|run", "|setup", "|teardown")
_LONGEST = 3600


@frozen
class WhoSees:
    """What one run has shown."""

    lines: dict[str, dict[int, list[str]]]
    """Per file and line, the tests that run it."""
    seconds: dict[str, float]
    left_out: list[str]
    """Tests that fail without a mutant, so that they notice none."""

    def tests(self, file: str, lines: Iterable[int]) -> list[str]:
        """Give the tests that run one of the lines, the quickest first."""
        found = {test for line in lines for test in self.lines.get(file, {}).get(line, ())}
        return sorted(found.difference(self.left_out), key=lambda test: (self.seconds.get(test, 0), test))


def measured(sandbox: Sandbox) -> WhoSees:
    """Run the suite without a mutant."""
    data, times = sandbox.root / ".coverage", sandbox.root / ".times.xml"
    coverage = ["--cov", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
    junit = [f"--junitxml={times}", "-ojunit_family=xunit1"]
    done = sandbox.pytest(["tests"], _LONGEST, ["-n", "auto", "-m", "not alone", *coverage, *junit])
    if done.returncode not in (0, 1):
        sys.exit(f"The suite does not run without a mutant: {told(done)}")
    seen = WhoSees(_lines(data, sandbox.root), *_times(times))
    for test in seen.left_out:
        print(f"fails without a mutant, and is left out: {test}", flush=True)
    return seen


def _lines(data: Path, root: Path) -> dict[str, dict[int, list[str]]]:
    measured = CoverageData(str(data))
    measured.read()
    return {
        Path(path).relative_to(root).as_posix(): {
            line: _tests(names) for line, names in measured.contexts_by_lineno(path).items()
        }
        for path in measured.measured_files()
        if Path(path).is_relative_to(root)
    }


def _tests(contexts: Iterable[str]) -> list[str]:
    return sorted({name.removesuffix(phase) for name in contexts for phase in _PHASES if name.endswith(phase)})


def _times(report: Path) -> tuple[dict[str, float], list[str]]:
    """Give the seconds of each test, under the names that coverage has for them, and which have failed."""
    seconds: dict[str, float] = defaultdict(float)
    failed: dict[str, None] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        file, names = case.get("file", ""), case.get("classname", "").split(".")
        inner = [name for name in names if name[:1].isupper()]
        test = "::".join([file, *inner, case.get("name", "")])
        seconds[test] += float(case.get("time", 0))
        if case.find("failure") is not None or case.find("error") is not None:
            failed[test] = None
    return dict(seconds), list(failed)


def save(seen: WhoSees, path: Path) -> None:
    path.write_text(json.dumps(asdict(seen)), "utf-8")


def load(path: Path) -> WhoSees:
    kept = json.loads(path.read_text("utf-8"))
    lines = {file: {int(line): tests for line, tests in each.items()} for file, each in kept["lines"].items()}
    return WhoSees(lines, kept["seconds"], kept["left_out"])
