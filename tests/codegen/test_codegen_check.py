"""`./codegen.sh` on a copy of the repository."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.codegen.tools import copy_of_checkout, own_environment

PARTS = ("spec", "generated", "supervisely_ext", "codegen.sh", "pyproject.toml")
PACKAGE = "generated/supervisely_client"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Make a copy that has what codegen.sh reads and writes, and no release to compare with."""
    copy_of_checkout(tmp_path, *PARTS)
    (tmp_path / "spec/released.json").unlink(missing_ok=True)
    return tmp_path


def codegen(home: Path, *options: str) -> tuple[int, str]:
    """Run it from another directory; gives exit status and all that it printed."""
    command, environment = [home / "codegen.sh", *options], own_environment(home)
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def contents(home: Path) -> dict[str, str]:
    files = [path for part in PARTS for path in [home / part, *(home / part).rglob("*")] if path.is_file()]
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def change_a_byte(path: Path) -> None:
    text = bytearray(path.read_bytes())
    text[len(text) // 2] ^= 1
    path.write_bytes(text)


def test_it_gives_what_is_committed(copy: Path) -> None:
    """`--check` is silent and changes nothing, and so does a run after it."""
    before = contents(copy)
    assert codegen(copy, "--check") == (0, "")
    assert contents(copy) == before
    assert codegen(copy) == (0, "")
    assert contents(copy) == before


# What is done to the copy, and the word by which `--check` must name it.
DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of a generated file": (lambda home: change_a_byte(home / PACKAGE / "client.py"), f"{PACKAGE}/client.py"),
    "a byte of blocking.py": (
        lambda home: change_a_byte(home / "supervisely_ext/blocking.py"),
        "supervisely_ext/blocking.py",
    ),
    "a hand-written file": (lambda home: (home / PACKAGE / "models/mine.py").touch(), "mine.py"),
    "a missing file": (lambda home: (home / PACKAGE / "STAMP").unlink(), "STAMP"),
    "nothing generated": (lambda home: shutil.rmtree(home / "generated"), "generated"),
    "blocking.py missing": (
        lambda home: (home / "supervisely_ext/blocking.py").unlink(),
        "supervisely_ext/blocking.py",
    ),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_check_names_what_differs_and_changes_nothing(copy: Path, case: str) -> None:
    """Exit status 1, and what to do."""
    damage, word = DAMAGES[case]
    damage(copy)
    before = contents(copy)
    status, said = codegen(copy, "--check")
    assert status == 1, said
    assert word in said
    assert "run ./codegen.sh" in said
    assert contents(copy) == before


def test_a_run_repairs_every_damage(copy: Path) -> None:
    """Hand-written files in generated/ go, too."""
    before = contents(copy)
    for damage, _ in DAMAGES.values():
        if (copy / PACKAGE).exists():
            damage(copy)
    assert contents(copy) != before
    assert codegen(copy) == (0, "")
    assert contents(copy) == before


@pytest.mark.parametrize("options", [["--chekc"], ["check"], ["--check", "--force"]], ids=" ".join)
def test_an_unknown_option_is_refused(copy: Path, options: list[str]) -> None:
    """Exit status 2 and the usage."""
    assert codegen(copy, *options) == (2, "usage: ./codegen.sh [--check]\n")


BROKEN: dict[str, tuple[str, str, str, str]] = {
    "a ref to nothing": (
        "spec/tasks.yaml",
        "schemas/TaskPage",
        "schemas/NoPage",
        "tasks.yaml has no #/components/schemas/NoPage",
    ),
    "a rule of the lint": ("spec/tasks.yaml", "x-retry: never", "x-retry: maybe", "x-retry 'maybe' is none of"),
    "an unreadable template": ("spec/templates/client.py.jinja", "{% endmacro %}", "", "client.py.jinja"),
    "an Async class that cannot be mirrored": (
        "supervisely_ext/task.py",
        "async def get_list",
        "@property\n    async def get_list",
        "task.py:",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_stops_it_before_anything_is_changed(copy: Path, case: str) -> None:
    """generated/ and blocking.py stay as they were."""
    path, right, wrong, said = BROKEN[case]
    text = (copy / path).read_text("utf-8")
    assert right in text
    (copy / path).write_text(text.replace(right, wrong), "utf-8")
    before = contents(copy)
    status, output = codegen(copy)
    assert status == 1
    assert said in output
    assert contents(copy) == before


def released(copy: Path, change: Callable[[Any], object]) -> None:
    """Let the last release have had the spec that is there, after this change."""
    document = json.loads((copy / PACKAGE / "openapi.json").read_text("utf-8"))
    change(document)
    (copy / "spec/released.json").write_text(json.dumps(document), "utf-8")


def test_a_run_says_what_breaks_since_the_last_release(copy: Path) -> None:
    """With the names it touches and the way to go on, and succeeds; `--check` asks another question and stays silent."""
    released(copy, lambda spec: spec["components"]["schemas"]["TaskContext"]["properties"].update(gone={}))
    status, said = codegen(copy)
    assert status == 0, said
    first, *rest = said.splitlines()
    assert first == "Since the last release (docs/changing-the-api.md says how to go on):"
    assert rest[0] == "BREAKING: property removed at answer.gone of GetTaskContext"
    assert "    touches api.app.get_context, api.task.get_context" in rest
    assert rest[-1].startswith("1 breaking, 0 risky, 0 safe")
    assert codegen(copy, "--check") == (0, "")


SAME: dict[str, Callable[[Any], object]] = {
    "the same spec, written in another way": lambda spec: None,
    "other words": lambda spec: spec["info"].update(version="0.0.9", description="older"),
}


@pytest.mark.parametrize("case", SAME)
def test_a_run_is_silent_when_nothing_has_changed_since(copy: Path, case: str) -> None:
    """Order, form and wording are no change."""
    released(copy, SAME[case])
    assert codegen(copy) == (0, "")


def test_a_release_that_cannot_be_read_stops_no_run(copy: Path) -> None:
    """It is named, and everything is generated."""
    (copy / "spec/released.json").write_text("{", "utf-8")
    (copy / PACKAGE / "STAMP").unlink()
    status, said = codegen(copy)
    assert (status, said.count("\n")) == (0, 1)
    assert "spec/released.json is no JSON" in said
    assert (copy / PACKAGE / "STAMP").exists()
