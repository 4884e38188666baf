"""Add to the generated package what the generator leaves out.

    python spec/tools/package.py BUNDLE.json PACKAGE_DIRECTORY

The bundled spec as `openapi.json`, `py.typed`, `operation.py` (what the layer must know of an operation besides
request and answer) and `STAMP` (from which spec, by which tools). Fails when an operation has no module: the generator drops what it cannot read.
"""

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

OPERATION_MODULE = '''"""What the layer must know of an operation besides its request and its answer; written from the spec."""

from collections.abc import Callable
from typing import Any, Generic, Literal, ParamSpec, TypeVar

from attrs import frozen

P = ParamSpec("P")
T = TypeVar("T")

RETRY: dict[str, Literal["safe", "never"]] = {retry}
"""Whether an operation may be sent twice (`x-retry`), by its name."""

MIN_INSTANCE_VERSION: dict[str, str] = {versions}
"""The first version of the instance that has an operation (`x-min-instance-version`); what is not here all have."""

MIN_INSTANCE_VERSION_OF_TYPE: dict[str, dict[str, str]] = {type_versions}
"""The same of values that an operation's `type` has gained since (`x-min-instance-version-of-type`)."""


@frozen
class Operation(Generic[P, T]):
    """The two halves of an operation that do no I/O."""

    name: str
    build: Callable[P, dict[str, Any]]
    """Give the request as keyword arguments of `httpx.Request`, its URL relative to the API's."""
    parse: Callable[[Any], T]
    """Turn the decoded answer into models; raises what a wrong shape provokes."""
    answer: Literal["json", "text", "bytes", "unspecified"] = "json"
    """What `parse` takes; of an unspecified answer nothing is known and nothing is to be read."""

    @property
    def retry(self) -> Literal["safe", "never"]:
        """Tell whether the operation may be sent twice."""
        return RETRY[self.name]
'''


def main(bundle_path: str, package_path: str) -> None:
    """Write the files and check that the package is whole."""
    package = Path(package_path)
    spec = Path(bundle_path).read_text("utf-8")
    operations = _operations(json.loads(spec))
    _check_whole(operations, package)
    module = OPERATION_MODULE.format(
        retry=_extension(operations, "x-retry"),
        versions=_extension(operations, "x-min-instance-version"),
        type_versions=_extension(operations, "x-min-instance-version-of-type"),
    )
    (package / "operation.py").write_text(module, "utf-8")
    (package / "openapi.json").write_text(spec, "utf-8")
    (package / "py.typed").touch()
    (package / "STAMP").write_text(_stamp(spec), "utf-8")


def _operations(document: Any) -> dict[str, Any]:
    items = (item for path in document["paths"].values() for item in path.values())
    return {operation["operationId"]: operation for operation in items}


def _extension(operations: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: operation[key] for name, operation in operations.items() if key in operation}


def _check_whole(operations: dict[str, Any], package: Path) -> None:
    modules = [path for path in package.glob("api/*/*.py") if path.name != "__init__.py"]
    if len(modules) != len(operations):
        sys.exit(f"package: {len(operations)} operations in the spec, {len(modules)} endpoint modules generated")


def _stamp(spec: str) -> str:
    tools = "".join(f"{tool} {version(tool)}\n" for tool in ("openapi-python-client", "ruff"))
    return f"spec sha256 {hashlib.sha256(spec.encode()).hexdigest()}\n{tools}"


if __name__ == "__main__":
    main(*sys.argv[1:])
