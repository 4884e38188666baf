"""The scripts of spec/tools as modules, and how to run them."""

import importlib.util
import json
import os
import runpy
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "spec" / "tools"
BIN = Path(sys.executable).parent


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"spec_tool_{name}", TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bundle = _load("bundle")
lint = _load("lint")
package = _load("package")
blocking = _load("blocking")
release = _load("release")


def run_as_script(monkeypatch: pytest.MonkeyPatch, name: str, *arguments: object) -> Any:
    """Run a tool as `python spec/tools/NAME.py ...` would, in this process; gives what it passes to `sys.exit`."""
    monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
    try:
        runpy.run_path(str(TOOLS / f"{name}.py"), run_name="__main__")
    except SystemExit as done:
        return done.code
    return None


def copy_of_checkout(home: Path, *parts: str) -> None:
    """Copy files and directories of the repository, and lend its `.venv`."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules")
    for part in parts:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, home / part, ignore=ignore)
        else:
            shutil.copy(source, home / part)
    (home / ".venv").symlink_to(BIN.parent)


def own_environment(home: Path) -> dict[str, str]:
    """Give the environment of a shell in a checkout, its `.venv` activated: its own packages, no coverage, no settings of git or a terminal."""
    foreign = ("COV", "GIT_", "PYTEST", "FORCE_COLOR", "PY_COLORS")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    author = {f"GIT_{who}_{what}": "m@m" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        **inherited,
        **author,
        "COLUMNS": "80",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": f"{home / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{home}{os.pathsep}{home / 'generated'}",
    }


def write_files(directory: Path, **files: Any) -> Path:
    """Write each document as NAME.yaml, text as it is; gives the path of `root`."""
    for name, content in files.items():
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        (directory / f"{name}.yaml").write_text(text, "utf-8")
    return directory / "root.yaml"


def bundled(root: Path) -> Any:
    return bundle.Bundler(root).bundle()


def our_spec() -> Any:
    """Give the bundle of spec/openapi.yaml, with plain JSON types only; a new one each time."""
    return json.loads(json.dumps(bundled(ROOT / "spec" / "openapi.yaml")))
