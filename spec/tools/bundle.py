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


# Below these the keys are names, not keywords.
NAMED = frozenset({"properties", "patternProperties", "$defs"})


class BundleError(Exception):
    """The split files do not make one document."""


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice, of which YAML would forget the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands here twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


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
                self._files[path] = yaml.load(path.read_text("utf-8"), _Loader)
            except OSError as error:
                raise BundleError(f"{path}: {error.strerror}") from error
            except yaml.MarkedYAMLError as error:
                line = error.problem_mark.line + 1 if error.problem_mark else 0
                raise BundleError(f"{path}:{line}: {error.problem}") from error
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
            beside = {key: self._localise(value, path) for key, value in node.items() if key != "$ref"}
            return {**beside, "$ref": f"#/components/{segments[1]}/{segments[2]}"}
        if len(node) > 1:
            raise BundleError(f"{path.name}: beside $ref {node['$ref']}, which is written out, nothing else can stand")
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
    schemas = document["components"].get("schemas", {})
    view = _rewrite(document, lambda schema: _simplify(schema, schemas))
    used: set[str] = set()
    for path in view["paths"].values():
        for method in METHODS & path.keys():
            operation = path[method]
            operation.setdefault("security", document.get("security", []))
            operation["responses"].pop("default", None)
            used.update(answer.get("$ref", "").rpartition("/")[2] for answer in operation["responses"].values())
    shared = view["components"].pop("responses", {})
    if used & shared.keys():
        view["components"]["responses"] = {name: answer for name, answer in shared.items() if name in used}
    return view


def _rewrite(node: Json, change: Callable[[dict[str, Json]], dict[str, Json]], *, names: bool = False) -> Json:
    if isinstance(node, list):
        return [_rewrite(item, change) for item in node]
    if isinstance(node, dict):
        inner = {key: _rewrite(value, change, names=key in NAMED and not names) for key, value in node.items()}
        return inner if names else change(inner)
    return node


def _simplify(schema: dict[str, Json], schemas: dict[str, Json]) -> dict[str, Json]:
    schema = {key: value for key, value in schema.items() if not key.startswith("x-") and key != "examples"}
    for choice in ("anyOf", "oneOf"):
        options = schema.get(choice, [])
        if options and all(option.keys() == {"required"} for option in options):
            del schema[choice]
        others = [option for option in options if not _is_text(option, schemas)]
        if {"type": "string"} in options and others in ([], [{"type": "null"}]):
            del schema[choice]
            schema["type"] = ["string", "null"] if others else "string"
    if schema.pop("unevaluatedProperties", True) is False:
        schema["additionalProperties"] = False
    if schema.get("additionalProperties") is True:
        del schema["additionalProperties"]
    if schema.get("type") == "object" and not schema.keys() & {"properties", "additionalProperties", "allOf"}:
        del schema["type"]
    return schema


def _is_text(schema: dict[str, Json], schemas: dict[str, Json]) -> bool:
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    return bool(schemas.get(name, schema).get("type") == "string")


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
