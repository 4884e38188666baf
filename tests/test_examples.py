"""The examples as processes of their own, against the mock on a port, with the README's variables."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]

AGAINST_THE_SPEC = ("request_violations", "answer_violations", "failure")
"""What the journal of the mock, which is another process here, says of an exchange that the referee would not let pass."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0", "--time", "fast:20"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def variables() -> dict[str, str]:
    line = re.search(r"^export (.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert line is not None
    return dict(pair.split("=", 1) for pair in shlex.split(line[1]))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("start_stop_app", [r"Start app:  Export to Pascal VOC", r"It is finished", r"The other is stopped"]),
        ("start_stop_app_async", [r"(task \d+, split 0\.\d: finished\n){3}", r"one more: stopped"]),
    ],
)
def test_examples_run_on_a_port(name: str, lines: list[str], url: str) -> None:
    """With nothing changed but the address."""
    environment = {**os.environ, **variables(), "SERVER_ADDRESS": url}
    command = [sys.executable, ROOT / "examples" / f"{name}.py"]
    httpx.delete(f"{url}/__mock__/journal", trust_env=False)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    for line in lines:
        assert re.search(line, done.stdout), done.stdout
    assert done.stderr == ""
    exchanges = httpx.get(f"{url}/__mock__/journal", trust_env=False).json()["entries"]
    assert exchanges
    assert [each for each in exchanges if any(each[what] for what in AGAINST_THE_SPEC)] == []


def test_the_tests_of_the_example_project_pass() -> None:
    """In a process of their own, as their README says."""
    command = [sys.executable, "-m", "pytest", "-pno:asyncio", "-pno:cacheprovider", "-q"]
    # Refereed as all tests are here.
    environment = {**os.environ, "PYTEST_PLUGINS": "tests.conftest", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        cwd=ROOT / "examples/testing",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ passed in", done.stdout, re.MULTILINE), done.stdout
