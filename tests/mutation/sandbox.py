"""Copies of the repository in which mutants live, and the tests that are run there."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import define, field

from .mutants import Mutant

ROOT = Path(__file__).parents[2]
_CHANGED_BY_CODEGEN = ("generated", "spec", "supervisely_ext/blocking.py")
_LONGEST_TEST = 60
"""Seconds; one that takes longer waits for what the mutant has forgotten."""
_LONGEST_CODEGEN = 120
_LEFT_OUT = ("--ignore=tests/mutation", "--ignore=tests/browser", "--ignore=tests/codegen")
_MEMORY = 6 << 30
"""A mutant that never stops collecting ends here and not with the machine."""


def copy_checkout(to: Path) -> Path:
    """Copy what git knows or would know, so that whoever goes on working on it changes nothing here."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


@define
class Sandbox:
    """A copy of an original; it shares the checkout's environment in .venv, but what it imports of ours is its own."""

    root: Path
    original: Path
    _written: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        shutil.copytree(self.original, self.root)
        (self.root / ".venv").symlink_to(ROOT / ".venv")

    @property
    def environment(self) -> dict[str, str]:
        ours = os.pathsep.join((str(self.root), str(self.root / "generated")))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTEST_"))}
        return {**kept, "PYTHONPATH": ours, "PYTHONHASHSEED": "0"}

    def plant(self, mutant: Mutant) -> str | None:
        """Plant a mutant; of the spec, with all that is generated from it. Gives what the generator complains of, if it refuses."""
        mutant.plant(self.root)
        if mutant.is_of_spec:
            try:
                done = self._run(["./codegen.sh"], _LONGEST_CODEGEN)
            except subprocess.TimeoutExpired:
                return f"codegen.sh: no end within {_LONGEST_CODEGEN} s"
            return None if done.returncode == 0 else (done.stderr or done.stdout).strip()
        self._age(self.root / mutant.file)
        return None

    def restore(self, mutant: Mutant) -> None:
        """Be as before."""
        for name in _CHANGED_BY_CODEGEN if mutant.is_of_spec else (mutant.file,):
            source, copy = self.original / name, self.root / name
            if source.is_dir():
                shutil.rmtree(copy)
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, copy)
                self._age(copy)

    def _age(self, path: Path) -> None:
        """Let no compiled form of another state of the file pass for one of this: they are told apart by whole seconds."""
        self._written += 1
        at = time.time() + self._written
        os.utime(path, (at, at))

    def test(self, what: Iterable[str], seconds: float, options: Sequence[str] = ()) -> str | None:
        """Run tests until one fails; gives which, or that the time was not enough, or None when all pass."""
        hanging = (f"-ofaulthandler_timeout={_LONGEST_TEST}", "-ofaulthandler_exit_on_timeout=true")
        try:
            done = self.pytest(what, seconds, ["-x", *hanging, *options])
        except subprocess.TimeoutExpired:
            return f"no end within {seconds:.0f} s"
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return None if done.returncode == 0 else "\n".join(failed) or told(done)

    def pytest(self, what: Iterable[str], seconds: float, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run tests, but for those of which nothing can be asked here.

        What is no repository has no mutants; Chromium wants more memory than a mutant gets; the spec's files are not what
        tests/codegen changes and reads, and its tools have no mutants.
        """
        listed = self.root / ".chosen-tests"
        listed.write_text("\n".join(what), "utf-8")
        ours = ["-q", "--no-header", "--tb=no", *_LEFT_OUT, f"@{listed}"]
        return self._run([sys.executable, "-m", "pytest", *ours, *options], seconds)

    def _run(self, command: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
        with subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_limit_memory,
        ) as process:
            try:
                stdout, stderr = process.communicate(timeout=seconds)
            except BaseException:
                os.killpg(process.pid, 9)
                raise
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Tell how a run of pytest ended."""
    return f"pytest ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}"


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
