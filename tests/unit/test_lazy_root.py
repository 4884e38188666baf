"""The package's root."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import supervisely_ext


def names_for_checkers() -> dict[str, str]:
    """Give the names that type checkers see, with their modules."""
    assert supervisely_ext.__file__ is not None
    tree = ast.parse(Path(supervisely_ext.__file__).read_text())
    (block,) = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {
        alias.asname or alias.name: node.module or ""
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_importing_costs_nothing() -> None:
    """Importing the package loads no library, and none of its own modules."""
    run(
        "import sys; before = set(sys.modules); import supervisely_ext; "
        "new = set(sys.modules) - before; assert new == {'supervisely_ext'}, new"
    )


def test_errors_come_without_httpx() -> None:
    """Names that need no network load none."""
    run("import sys; from supervisely_ext import ApiError, Status; assert 'httpx' not in sys.modules")


@pytest.mark.parametrize(("name", "home"), names_for_checkers().items())
def test_each_name_comes_from_where_checkers_think(name: str, home: str) -> None:
    """A name is what checkers see, also the second time."""
    value = getattr(supervisely_ext, name)
    assert value.__name__ == (f"supervisely_ext.{name}" if home == "" else name)
    assert home == "" or value.__module__ == f"supervisely_ext.{home}"
    assert getattr(supervisely_ext, name) is value


def test_the_environment_is_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """`env` is loaded when it is first used."""
    monkeypatch.delitem(vars(supervisely_ext), "env", raising=False)
    assert supervisely_ext.env.__name__ == "supervisely_ext.env"


def test_the_names_are_those_of_the_checkers() -> None:
    """What is listed beyond the modules are exactly the names that checkers see."""
    code = (
        "import supervisely_ext as s; "
        f"assert {{name for name in dir(s) if name[0] != '_'}} - {{'TYPE_CHECKING'}} == {set(names_for_checkers())!r}, dir(s)"
    )
    run(code)


def test_a_misspelt_name() -> None:
    """An unknown name is an AttributeError that names it."""
    with pytest.raises(AttributeError, match="module 'supervisely_ext' has no attribute 'Apo'"):
        _ = supervisely_ext.Apo  # type: ignore[attr-defined]
