"""Schemathesis against the mock, in short; `make contract` is the long form."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from supervisely_ext.contract.spec import bundled
from tests.judges.schemathesis_run import SPEC, run

pytestmark = pytest.mark.skipif(
    find_spec("schemathesis") is None, reason="Schemathesis is not installed: make .venv/dev"
)


def judged(*arguments: str, spec: Path = SPEC) -> "subprocess.CompletedProcess[str]":
    return run([*arguments, "--no-color"], spec=spec, output=subprocess.PIPE)


def test_it_finds_nothing() -> None:
    """The spec's examples, and two made-up requests for each operation, by all checks of schemathesis.toml."""
    done = judged("--phases", "examples,fuzzing", "--max-examples", "2")
    assert done.returncode == 0, done.stdout[-5000:]
    assert f"Tested: {len(bundled().operations)}" in done.stdout


def test_it_would_find_a_promise_that_is_not_kept(tmp_path: Path) -> None:
    """A field more in an answer is missed at once."""
    document = json.loads(SPEC.read_text("utf-8"))
    document["components"]["schemas"]["InstanceVersion"]["required"].append("planted")
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    done = judged("--phases", "examples", "--include-path", "/instance.version", spec=path)
    assert done.returncode == 1
    assert "planted" in done.stdout


def test_it_would_find_a_rule_that_is_not_in_the_spec(tmp_path: Path) -> None:
    """What the spec allows, but the mock refuses as a violation of the method's rules, is found by our own check."""
    document = json.loads(SPEC.read_text("utf-8"))
    document["components"]["schemas"]["TasksInfoRequest"]["properties"]["id"] = {"type": "string", "const": "x"}
    del document["components"]["schemas"]["TasksInfoRequest"]["examples"]
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    done = judged("--phases", "fuzzing", "--mode", "positive", "--include-path", "/tasks.info", spec=path)
    assert done.returncode == 1
    assert "refused_by_a_rule_of_the_domain" in done.stdout
