"""No change of a field goes by unseen: each is made, one at a time, at every place of the bundled spec where it fits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.facts.comparison import Comparison, bundled
from tests.facts.reader import BOUNDS
from tests.facts.stated import STATED

Node = dict[str, Any]
Mutant = tuple[str, Node]
Look = Callable[[], list[str]]
KEYWORDS = (*sorted(BOUNDS), "items", "format", "contentMediaType")


def without(node: Node, key: str) -> Node:
    """Leave one entry out."""
    return {name: value for name, value in node.items() if name != key}


def fields(node: Node) -> Iterator[Mutant]:
    """Drop a field, require one or no longer, give one another name."""
    properties, required = node.get("properties", {}), node.get("required", [])
    for name in properties:
        fewer = [other for other in required if other != name]
        yield "drop a field", node | {"properties": without(properties, name), "required": fewer}
        yield (
            "rename a field",
            node | {"properties": {f"{key}X" if key == name else key: properties[key] for key in properties}},
        )
        if name not in required:
            yield "require a field", node | {"required": [*required, name]}
    for name in required:
        yield "require no longer", node | {"required": [other for other in required if other != name]}


def values(node: Node) -> Iterator[Mutant]:
    """Rename, drop or add a listed value."""
    listed = node.get("enum", [])
    for value in listed:
        others = [other for other in listed if other != value]
        yield "rename a value", node | {"enum": [*others, f"{value}X"]}
        yield "drop a value", node | {"enum": others}
    if listed:
        yield "add a value", node | {"enum": [*listed, "X"]}
        yield "list no values", without(node, "enum")


def types(node: Node) -> Iterator[Mutant]:
    """Give another type, one more, one less, none; refer to nothing, or to something else."""
    if "$ref" in node:
        yield "another type", without(node, "$ref") | {"type": "boolean"}
        yield (
            "another reference",
            node | {"$ref": "#/components/schemas/" + ("Filter" if node["$ref"].endswith("Page") else "Page")},
        )
    elif "type" in node:
        listed = [node["type"]] if isinstance(node["type"], str) else node["type"]
        for name in listed:
            others = [other for other in listed if other != name]
            yield "another type", node | {"type": [*others, "number" if name == "integer" else "integer"]}
            yield "a type less", node | {"type": others} if others else without(node, "type")
        if "null" not in listed:
            yield "null too", node | {"type": [*listed, "null"]}
    elif not node.keys() & {"allOf", "anyOf", "oneOf"}:
        yield "a type at all", node | {"type": "string"}


def rest(node: Node) -> Iterator[Mutant]:
    """Drop a bound, the elements, an alternative, a part."""
    for key in KEYWORDS:
        if key in node:
            yield f"no {key}", without(node, key)
    for key in ("allOf", "anyOf", "oneOf"):
        for part in node.get(key, []):
            yield f"a part of {key} less", node | {key: [other for other in node[key] if other is not part]}


def sources(node: Node) -> Iterator[Mutant]:
    """Say another source."""
    if "x-evidence" in node:
        yield "another source", node | {"x-evidence": "reference" if node["x-evidence"] != "reference" else "sdk"}


def schemas(node: Node) -> Iterator[Node]:
    """Give a schema and each that it holds."""
    yield node
    inner = [
        *node.get("properties", {}).values(),
        *(part for key in ("allOf", "anyOf", "oneOf") for part in node.get(key, [])),
    ]
    inner += [node[key] for key in ("items", "additionalProperties") if isinstance(node.get(key), dict)]
    for schema in inner:
        yield from schemas(schema)


def places(operation: Node) -> Iterator[tuple[Node, Callable[[Node], Iterator[Mutant]]]]:
    """Give whatever of an operation can be mutated, and how."""
    answers = [answer for answer in operation["responses"].values() if "$ref" not in answer]
    bodies = [*answers, *([operation["requestBody"]] if "requestBody" in operation else [])]
    roots = [media["schema"] for body in bodies for media in body.get("content", {}).values()]
    roots += [parameter["schema"] for parameter in operation.get("parameters", [])]
    yield from ((node, around) for node in (operation, *bodies, *operation.get("parameters", [])))
    for root in roots:
        for schema in schemas(root):
            yield schema, mutants


def around(node: Node) -> Iterator[Mutant]:
    """Mutate what stands around the schemas: an operation, a parameter, a body."""
    for key in ("content", "required", "requestBody", "parameters", "x-filter-fields"):
        if key in node:
            yield f"no {key}", without(node, key)
    for name in node.get("x-filter-fields", []):
        yield (
            "drop a filter field",
            node | {"x-filter-fields": [other for other in node["x-filter-fields"] if other != name]},
        )
    yield from sources(node)


def mutants(node: Node) -> Iterator[Mutant]:
    """Give every mutation of one schema."""
    for kind in (fields, values, types, rest, sources):
        yield from kind(node)


def replaced(node: Node, other: Node) -> Node:
    """Put another content into a node, and give the one that it had."""
    before = dict(node)
    node.clear()
    node.update(other)
    return before


class Hunt:
    """Makes each mutation in the document, looks whether a unit that reads the place notices, and takes it back."""

    def __init__(self) -> None:
        self.document = bundled()
        self.comparison = Comparison(self.document)
        self.made: Counter[str] = Counter()
        self.unseen: list[str] = []

    def noticed(self, looks: list[Look]) -> bool:
        """Tell whether a test would fail; a document that cannot be read fails it too."""
        try:
            return any(look() for look in looks)
        except (AssertionError, KeyError):
            return True

    def mutate(self, place: str, node: Node, kinds: Iterator[Mutant], looks: list[Look]) -> None:
        """Try all the mutations of one node."""
        for kind, mutant in list(kinds):
            before = replaced(node, mutant)
            self.made[kind] += 1
            if not self.noticed(looks):
                self.unseen.append(f"{place}: {kind}: {before} -> {mutant}")
            replaced(node, before)

    def readers(self) -> dict[str, list[Look]]:
        """Give for each component the tests that read it."""
        tests: list[Look] = [partial(self.comparison.shape, name) for name in STATED["shapes"]]
        tests += [partial(self.comparison.operation, name) for name in self.comparison.operations]
        found: dict[str, list[Look]] = defaultdict(list)
        for test in tests:
            self.comparison.reader.visited.clear()
            assert not test()
            for component in self.comparison.reader.visited:
                found[component].append(test)
        return found

    def run(self) -> None:
        """Visit every operation, every schema and the refusal that all have in common."""
        for name, (_, operation) in self.comparison.operations.items():
            for node, kinds in places(operation):
                self.mutate(name, node, kinds(node), [partial(self.comparison.operation, name)])
        readers = self.readers()
        for name, component in self.document["components"]["schemas"].items():
            for node in schemas(component):
                self.mutate(name, node, mutants(node), readers[name])
        for name, response in self.document["components"]["responses"].items():
            for node, kinds in places({"responses": {"": response}}):
                self.mutate(name, node, kinds(node), [partial(self.comparison.operation, "tasks.info")])


def test_no_change_goes_by_unseen() -> None:
    """Of fields, required ones, listed values, types, bounds and sources."""
    hunt = Hunt()
    hunt.run()
    assert not hunt.unseen, "\n".join(hunt.unseen)
    assert hunt.document == bundled()
    assert hunt.made["drop a field"] > 400
    assert hunt.made["require no longer"] > 100
    assert hunt.made["rename a value"] > 100
    assert hunt.made["another type"] > 500
