"""The probe client, generated once a session: with our templates, and with the generator's own."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.codegen.tools import BIN, ROOT, bundle, lint, our_spec, package

OURS, STOCK = "probe_ours", "probe_stock"


class Generated:
    """A generated package that can be imported under its own name, here and in a process of its own."""

    def __init__(self, home: Path, name: str) -> None:
        self.home = home
        self.name = name

    def module(self, path: str = "") -> Any:
        """Import a module of the package here."""
        return importlib.import_module(f"{self.name}.{path}" if path else self.name)

    def endpoint(self, name: str) -> Any:
        return self.module(f"api.things.{name.replace('.', '_')}")

    def model(self, name: str) -> Any:
        return getattr(self.module("models"), name)

    def loaded_after(self, statement: str) -> set[str]:
        """Which modules are loaded in a new process after this statement, in which PKG stands for the package."""
        code = f"{statement.replace('PKG', self.name)}\nimport sys\nprint(*sys.modules)"
        command = [sys.executable, "-W", "error", "-c", code]
        done = subprocess.run(command, cwd=self.home, capture_output=True, text=True, check=True)
        return set(done.stdout.split())


def generate(view: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start the generator with the settings that codegen.sh gives it."""
    command = [BIN / "openapi-python-client", "generate", "--path", view, "--config", ROOT / "spec/generator.yaml"]
    command += ["--meta", "none", "--output-path", output, "--fail-on-warning", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def polish(*packages: Path) -> None:
    """Do what codegen.sh lets ruff do."""
    rules = ["--fix-only", "--select", "F401,UP037,I001", "--target-version", "py311"]
    for verb in (["check", *rules], ["format", "--line-length", "120"]):
        subprocess.run([BIN / "ruff", *verb, "--isolated", "--no-cache", "--quiet", *packages], check=True)


@pytest.fixture(scope="session")
def probes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Generated]]:
    home = tmp_path_factory.mktemp("probe")
    document, view = home / "openapi.json", home / "view.json"
    bundle.main(str(ROOT / "tests/codegen/probe.yaml"), str(document), str(view))
    runs = [
        generate(view, home / OURS, "--custom-template-path", str(ROOT / "spec/templates")),
        generate(view, home / STOCK),
    ]
    assert [run.wait() for run in runs] == [0, 0]
    package.main(str(document), str(home / OURS))
    polish(home / OURS, home / STOCK)
    sys.path.insert(0, str(home))
    yield {name: Generated(home, name) for name in (OURS, STOCK)}
    sys.path.remove(str(home))
    for name in [name for name in sys.modules if name.partition(".")[0] in (OURS, STOCK)]:
        del sys.modules[name]


@pytest.fixture(scope="session")
def ours(probes: dict[str, Generated]) -> Generated:
    """Give the probe client from our templates."""
    return probes[OURS]


@pytest.fixture(scope="session")
def stock(probes: dict[str, Generated]) -> Generated:
    """Give the probe client from the generator's own templates."""
    return probes[STOCK]


@pytest.fixture(scope="session")
def probe_spec(ours: Generated) -> Any:
    return json.loads((ours.home / "openapi.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def strict_mypy(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run `mypy --strict` in a directory; gives what it finds. All runs share a cache."""
    cache = tmp_path_factory.mktemp("mypy")

    def run(directory: Path, *arguments: str) -> str:
        options = ["--strict", "--config-file=", f"--cache-dir={cache}", "--no-error-summary"]
        command = [sys.executable, "-m", "mypy", *options, *arguments]
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


@cache
def _text() -> str:
    return json.dumps(our_spec())


@pytest.fixture
def spec() -> Any:
    """Give our bundled spec, to be edited at will."""
    return json.loads(_text())


@pytest.fixture
def only_our_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the rules of OpenAPI, which take 0.3 s a run and have a test of their own."""
    monkeypatch.setattr(lint, "_openapi", lambda document: ())
