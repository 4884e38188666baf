"""What spec/tools/package.py adds to the generated package."""

import hashlib
import importlib.util
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.codegen.tools import ROOT, our_spec, run_as_script

GENERATED = ROOT / "generated" / "supervisely_client"
SPEC = {
    "paths": {
        "/a.one": {
            "post": {
                "operationId": "a.one",
                "x-retry": "safe",
                "x-min-instance-version": "6.9.31",
                "x-min-instance-version-of-type": {"job": "6.11.11"},
            }
        },
        "/a.two": {
            "get": {"operationId": "a.two", "x-retry": "never"},
            "post": {"operationId": "a.three", "x-retry": "safe"},
        },
    }
}


@pytest.fixture
def package_directory(tmp_path: Path) -> Path:
    """Make a package as the generator leaves it, with a module for each operation."""
    home = tmp_path / "package" / "api" / "a"
    home.mkdir(parents=True)
    for name in ("__init__", "a_one", "a_two", "a_three"):
        (home / f"{name}.py").touch()
    return tmp_path / "package"


def add_to(package: Path, monkeypatch: pytest.MonkeyPatch, spec: Any = SPEC) -> Any:
    document = package.parent / "openapi.json"
    document.write_text(json.dumps(spec), "utf-8")
    return run_as_script(monkeypatch, "package", document, package)


def operation_module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"operation_of_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_package_gets_spec_marker_operations_and_stamp(
    package_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four files; the spec byte for byte."""
    assert add_to(package_directory, monkeypatch) is None
    added = {path.name for path in package_directory.iterdir() if path.is_file()}
    assert added == {"openapi.json", "py.typed", "operation.py", "STAMP"}
    source = package_directory.parent / "openapi.json"
    assert (package_directory / "openapi.json").read_bytes() == source.read_bytes()


def test_an_operation_says_whether_it_may_be_repeated(package_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name, for every method of every path."""
    add_to(package_directory, monkeypatch)
    module = operation_module(package_directory / "operation.py")
    assert module.RETRY == {"a.one": "safe", "a.two": "never", "a.three": "safe"}
    assert module.Operation("a.two", dict, list).retry == "never"
    with pytest.raises(KeyError):
        _ = module.Operation("a.four", dict, list).retry


def test_what_came_later_has_its_first_version(package_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Methods, and values of a type; what every instance has is not named."""
    add_to(package_directory, monkeypatch)
    module = operation_module(package_directory / "operation.py")
    assert module.MIN_INSTANCE_VERSION == {"a.one": "6.9.31"}
    assert module.MIN_INSTANCE_VERSION_OF_TYPE == {"a.one": {"job": "6.11.11"}}


@pytest.mark.parametrize(
    ("change", "modules"),
    [(lambda home: (home / "a_two.py").unlink(), 2), (lambda home: (home / "stale.py").touch(), 4)],
    ids=["missing", "stale"],
)
def test_a_package_with_other_modules_than_operations_is_refused(
    package_directory: Path, monkeypatch: pytest.MonkeyPatch, change: Any, modules: int
) -> None:
    """The generator drops what it cannot read; nothing is written then."""
    change(package_directory / "api" / "a")
    message = add_to(package_directory, monkeypatch)
    assert message == f"package: 3 operations in the spec, {modules} endpoint modules generated"
    assert [path.name for path in package_directory.iterdir()] == ["api"]


def test_the_committed_table_of_retries_is_that_of_the_spec() -> None:
    """`x-retry` of each operation."""
    operations = [operation for item in our_spec()["paths"].values() for operation in item.values()]
    retries = operation_module(GENERATED / "operation.py").RETRY
    assert retries == {operation["operationId"]: operation["x-retry"] for operation in operations}


def test_the_committed_spec_is_the_bundle() -> None:
    """What mock, tests and docs read is what spec/ says."""
    assert json.loads((GENERATED / "openapi.json").read_text("utf-8")) == our_spec()


def test_the_stamp_names_the_spec_and_the_tools() -> None:
    """By the hash of openapi.json and by the versions that are installed."""
    digest = hashlib.sha256((GENERATED / "openapi.json").read_bytes()).hexdigest()
    tools = [f"{tool} {version(tool)}" for tool in ("openapi-python-client", "ruff")]
    assert (GENERATED / "STAMP").read_text("utf-8").splitlines() == [f"spec sha256 {digest}", *tools]
