"""What the bundled spec says of each field, read in a way of its own: not by `supervisely_ext.contract`, so that no bug is on both sides.

A unit is one side of an operation, or a shape that several share. Facts stand by dotted path: `.` is the unit itself, `a.b` a field,
`a[]` an element, `a.*` any further name, `+` a shape whose fields are taken over. `tests/data/facts.json` is read into the same form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SOURCES = frozenset({"reference", "sdk", "observed", "assumed"})
BOUNDS = frozenset({"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "minProperties"})
READ = BOUNDS | {
    "$ref",
    "type",
    "enum",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
}
PASSED_OVER = frozenset({"description", "examples", "unevaluatedProperties"})
TEXTS = {"binary": "bytes", "application/json": "json"}
REFERENCE = "#/components/schemas/"


@dataclass
class Fact:
    """Types (shapes among them, none for any), listed values, and single words: required, open, free, bounds, the source."""

    types: set[str] = field(default_factory=set[str])
    values: set[str] = field(default_factory=set[str])
    words: set[str] = field(default_factory=set[str])

    def __str__(self) -> str:
        """Show it as the facts file writes it."""
        words = " ".join(["|".join(sorted(self.types)) or "any", *sorted(self.words)])
        return words + (f" of {', '.join(sorted(self.values))}" if self.values else "")

    def join(self, other: "Fact") -> None:
        """Add what another says of the same place, but its source."""
        self.types |= other.types
        self.values |= other.values
        self.words |= other.words - SOURCES


Facts = dict[str, Fact]


def below(path: str, name: str) -> str:
    """Give the path of what a thing holds."""
    return name if path == "." else path + name if name == "[]" else f"{path}.{name}"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the name, verb and body of every operation."""
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            yield path.removeprefix("/"), verb, operation


class Reader:
    """Reads units; a reference to one of the shapes ends there, any other is followed and remembered as visited."""

    def __init__(self, document: dict[str, Any], shapes: Iterable[str]) -> None:
        self.components: dict[str, Any] = document["components"]
        self.shapes = frozenset(shapes)
        self.visited: set[str] = set()

    def shape(self, name: str) -> Facts:
        """Read one of the shapes."""
        self.visited.add(name)
        return self.schema(self.components["schemas"][name], ".", "")

    def request(self, verb: str, operation: dict[str, Any]) -> Facts:
        """Read the parameters and the body."""
        source = operation["x-evidence"]
        body = operation.get("requestBody")
        facts = self.content(body, source) if body else {".": Fact({"nothing"}, words={verb, source})}
        if body and body.get("required"):
            facts["."].words.add("required")
        for parameter in operation.get("parameters", []):
            path = parameter["name"] if parameter["in"] == "query" else f"{parameter['in']} {parameter['name']}"
            facts |= self.schema(parameter["schema"], path, parameter.get("x-evidence", source))
            facts[path].words |= {"required"} if parameter.get("required") else set()
        if names := operation.get("x-filter-fields"):
            facts["filter[].field"] = Fact({"string"}, set(names), {source})
        return facts

    def answer(self, operation: dict[str, Any]) -> Facts:
        """Read what comes when all goes well."""
        (response,) = (response for status, response in operation["responses"].items() if status != "default")
        return self.content(response, response.get("x-evidence", operation["x-evidence"]))

    def refusal(self, operation: dict[str, Any]) -> Facts:
        """Read what comes otherwise."""
        name = operation["responses"]["default"]["$ref"].removeprefix("#/components/responses/")
        return self.content(self.components["responses"][name], "")

    def content(self, place: dict[str, Any], source: str) -> Facts:
        """Read a body in the one content type that it has; JSON is not mentioned."""
        if "content" not in place:
            return {".": Fact({"nothing"}, words={source})}
        ((kind, media),) = place["content"].items()
        facts = self.schema(media["schema"], ".", source)
        facts["."].words |= {kind} - {"application/json"}
        return facts

    def schema(self, schema: dict[str, Any], path: str, source: str) -> Facts:
        """Read a schema and all below it."""
        source = schema.get("x-evidence", source)
        facts = self.reference(schema, path, source) if "$ref" in schema else {path: itself(schema, path, source)}
        for part in schema.get("allOf", []):
            self.take_over(facts, part, path, source)
        for name, value in schema.get("properties", {}).items():
            facts |= self.schema(value, below(path, name), source)
        for key, name in (("items", "[]"), ("additionalProperties", "*")):
            if not isinstance(schema.get(key, True), bool):
                facts |= self.schema(schema[key], below(path, name), source)
        for key in ("anyOf", "oneOf"):
            self.choose(facts, schema.get(key, []), path, source, key)
        for name in schema.get("required", []):
            facts.setdefault(below(path, name), Fact()).words.add("required")
        return facts

    def reference(self, schema: dict[str, Any], path: str, source: str) -> Facts:
        """Name a shape, read what is none."""
        assert not schema.keys() & READ - {"$ref"}, f"{path}: more than a reference, which is not read"
        name = schema["$ref"].removeprefix(REFERENCE)
        if name in self.shapes:
            return {path: Fact({name}, words={source} - {""})}
        self.visited.add(name)
        return self.schema(self.components["schemas"][name], path, source)

    def take_over(self, facts: Facts, part: dict[str, Any], path: str, source: str) -> None:
        """Join what a part of an `allOf` says; of a shape only the name."""
        inner = self.schema(part, path, source)
        assert inner[path].types, f"{path}: a part of allOf that names no type, which is not read"
        for at, fact in inner.items():
            if at == path and fact.types & self.shapes:
                facts.setdefault(below(path, "+"), Fact()).types |= fact.types
            elif at in facts:
                facts[at].join(fact)
            else:
                facts[at] = fact

    def choose(self, facts: Facts, parts: list[dict[str, Any]], path: str, source: str, key: str) -> None:
        """Join what alternatives say: fields of which one is required, other types, or that the list of values is open."""
        if names := ["+".join(part["required"]) for part in parts if part.keys() == {"required"}]:
            assert len(names) == len(parts), f"{path}: alternatives of two kinds, which are not read"
            facts[path].words.add(f"{key}={'/'.join(sorted(names))}")
            return
        here = facts[path]
        for part in parts:
            inner = self.schema(part, path, source)
            fact = inner.pop(path)
            if here.types & fact.types and not (here.values and fact.values):
                here.words.add("open")
            here.join(fact)
            assert not facts.keys() & inner.keys(), f"{path}: two alternatives have the same fields, which is not read"
            facts |= inner


def itself(schema: dict[str, Any], path: str, source: str) -> Fact:
    """Read a schema without what is below."""
    unread = {key for key in schema if not key.startswith("x-")} - READ - PASSED_OVER - {"format", "contentMediaType"}
    assert not unread, f"{path}: {', '.join(sorted(unread))} is not read"
    types = {schema["type"]} if isinstance(schema.get("type"), str) else set(schema.get("type", []))
    if types == {"string"} and (text := schema.get("format", schema.get("contentMediaType"))):
        types = {TEXTS[text]}
    words = {f"{key}={schema[key]}" for key in BOUNDS & schema.keys()} | {source}
    if schema.get("additionalProperties") is True:
        words.add("free")
    return Fact(types, set(map(str, schema.get("enum", []))), words)
