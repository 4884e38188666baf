"""docs/changing-the-api.md, from the first block to the last, on a copy of the repository."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.codegen.tools import ROOT, copy_of_checkout, own_environment, release

PAGE = ROOT / "docs/changing-the-api.md"
PARTS = ("spec", "generated", "supervisely_ext", "tests", "codegen.sh", "pyproject.toml", "CHANGELOG.md", ".gitignore")
_BLOCK = re.compile(r"^```(diff|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_VARYING = re.compile(r"\d{4}-\d\d-\d\d|\d+\.\d+s\b")
"""Today's date, and how long the tests took."""


class Shell:
    """A maintainer's shell in a checkout."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._environment = own_environment(home)

    def run(self, command: str, given: str = "") -> str:
        """Give all that it prints, standard error too."""
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.home,
            env=self._environment,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}"
        return done.stdout


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in a copy whose last release is 0.1.0, with the API as it is now."""
    copy_of_checkout(tmp_path, *PARTS)
    shutil.copy(tmp_path / "generated/supervisely_client/openapi.json", tmp_path / "spec/released.json")
    (tmp_path / "spec/accepted-changes.yaml").unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)
    release.write_version("0.1.0")
    shell = Shell(tmp_path)
    shell.run("git init --quiet && git add --all && git commit --quiet --message 0.1.0 && git tag v0.1.0")
    return shell


def test_the_walk_goes_as_the_page_says(shell: Shell) -> None:
    """Its diffs apply, its commands print what stands below them, and the end is a release, committed."""
    for language, block in _BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "diff":
            shell.run("git apply -", block)
        for command, shown in _COMMAND.findall(block) if language == "console" else ():
            printed = shell.run(command)
            assert _VARYING.sub("…", printed) == _VARYING.sub("…", shown), command
    assert shell.run("git status --porcelain") == ""
    shell.run("cmp spec/released.json generated/supervisely_client/openapi.json && git diff --exit-code v0.2.0")
