"""Join the split spec into one document, and derive the view that the generator reads.

    python spec/tools/bundle.py spec/openapi.yaml BUNDLE.json GENERATOR_VIEW.json

The generator ignores `$ref`s to other files without a word, so nothing but a bundle may reach it.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Json = Any
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})


class BundleError(Exception):
    """The split files do not make one document."""


class Bundler:
    """Copies what the root document reaches into its own components."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._files: dict[Path, Json] = {}
        self._origins: dict[tuple[str, str], Path] = {}
        self.components: dict[str, dict[str, Json]] = {}

    def bundle(self) -> Json:
        """Give the whole document with local references only, components in order of name."""
        document = dict(self._load(self.root))
        own = document.pop("components", {})
        document = self._localise(document, self.root)
        for kind, entries in own.items():
            for name in entries:
                self._adopt(self.root, kind, name)
        document["components"] = {kind: dict(sorted(self.components[kind].items())) for kind in sorted(self.components)}
        return document

    def _load(self, path: Path) -> Json:
        if path not in self._files:
            try:
                self._files[path] = yaml.safe_load(path.read_text("utf-8"))
            except OSError as error:
                raise BundleError(f"{path}: {error.strerror}") from error
        return self._files[path]

    def _localise(self, node: Json, path: Path) -> Json:
        if isinstance(node, list):
            return [self._localise(item, path) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" not in node:
            return {key: self._localise(value, path) for key, value in node.items()}
        file, _, pointer = node["$ref"].partition("#")
        target = (path.parent / file).resolve() if file else path
        segments = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        if segments[:1] == ["components"] and len(segments) == 3:
            self._adopt(target, segments[1], segments[2])
            return {**node, "$ref": f"#/components/{segments[1]}/{segments[2]}"}
        return self._localise(self._resolve(target, segments), target)

    def _resolve(self, path: Path, segments: list[str]) -> Json:
        node = self._load(path)
        for segment in segments:
            if not isinstance(node, dict) or segment not in node:
                raise BundleError(f"{path.name} has no #/{'/'.join(segments)}")
            node = node[segment]
        return node

    def _adopt(self, path: Path, kind: str, name: str) -> None:
        origin = self._origins.setdefault((kind, name), path)
        if origin != path:
            raise BundleError(f"{kind} {name} stands in {origin.name} and in {path.name}: give one another name")
        entries = self.components.setdefault(kind, {})
        if name not in entries:
            entries[name] = {}  # a placeholder ends recursion
            entries[name] = self._localise(self._resolve(path, ["components", kind, name]), path)


def generator_view(document: Json) -> Json:
    """Leave out what openapi-python-client cannot read or must not act on.

    Error bodies are mapped by the layer; free-form objects and open enums need no class of their own;
    the generator ignores security at the top and takes a choice between required keys for a union.
    """
    view = _rewrite(document, _simplify)
    for path in view["paths"].values():
        for method in METHODS & path.keys():
            operation = path[method]
            operation.setdefault("security", document.get("security", []))
            operation["responses"].pop("default", None)
    view["components"].pop("responses", None)
    return view


def _rewrite(node: Json, change: Callable[[dict[str, Json]], dict[str, Json]]) -> Json:
    if isinstance(node, list):
        return [_rewrite(item, change) for item in node]
    if isinstance(node, dict):
        return change({key: _rewrite(value, change) for key, value in node.items()})
    return node


def _simplify(schema: dict[str, Json]) -> dict[str, Json]:
    schema = {key: value for key, value in schema.items() if not key.startswith("x-") and key != "examples"}
    for choice in ("anyOf", "oneOf"):
        options = schema.get(choice, [])
        if options and all(option.keys() == {"required"} for option in options):
            del schema[choice]
        if {"type": "string"} in options:
            del schema[choice]
            schema["type"] = "string"
    if schema.pop("unevaluatedProperties", True) is False:
        schema["additionalProperties"] = False
    if schema.get("additionalProperties") is True:
        del schema["additionalProperties"]
    if schema.get("type") == "object" and not schema.keys() & {"properties", "additionalProperties", "allOf"}:
        del schema["type"]
    return schema


def main(root: str, bundle_path: str, view_path: str) -> None:
    """Write both documents."""
    document = Bundler(Path(root)).bundle()
    for path, content in ((bundle_path, document), (view_path, generator_view(document))):
        Path(path).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except BundleError as error:
        sys.exit(f"bundle: {error}")
