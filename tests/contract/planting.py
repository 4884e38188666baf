"""Wrong answers on purpose, and what a report must then say; the spec is read here once more, in another way than by the product."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from attrs import define, field, frozen

Json = Any
Expected = dict[tuple[str, str, str], tuple[frozenset[str], frozenset[str]]]

SAMPLES: dict[str, Json] = {
    "null": None,
    "boolean": True,
    "integer": 41,
    "number": 4.25,
    "string": "canary-planted-text",
    "array": ["canary-planted-text"],
    "object": {"canary": "canary-planted-text"},
}
NAMES = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def at(document: Json, pointer: str) -> Json:
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step.replace("~1", "/")]
    return document


def behind(document: Json, pointer: str, value: Json) -> str:
    """The schema that speaks of a value: references followed, of a nullable the part that is not null."""
    schema = at(document, pointer)
    if "$ref" in schema:
        return behind(document, schema["$ref"][1:], value)
    if "properties" in schema:
        return pointer
    for index in range(len(schema.get("anyOf", ()))):
        branch = f"{pointer}/anyOf/{index}"
        if NAMES[type(value)] in allowed(document, branch):
            return behind(document, branch, value)
    return pointer


def allowed(document: Json, pointer: str) -> set[str]:
    """The JSON types that a schema takes."""
    schema = at(document, pointer)
    if "$ref" in schema:
        return allowed(document, schema["$ref"][1:])
    if "anyOf" in schema and "type" not in schema:
        return {name for index in range(len(schema["anyOf"])) for name in allowed(document, f"{pointer}/anyOf/{index}")}
    if "allOf" in schema:
        return {"object"}
    if "type" not in schema:
        return set(SAMPLES)
    named = {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])
    return named | ({"integer"} if "number" in named else set())


def parts(document: Json, pointer: str) -> Iterator[str]:
    """The schemas whose properties an object has."""
    schema = at(document, pointer)
    if "properties" in schema:
        yield pointer
    for index, part in enumerate(schema.get("allOf", ())):
        yield from parts(document, part["$ref"][1:] if "$ref" in part else f"{pointer}/allOf/{index}")


@frozen
class Place:
    """A field in answers of an operation, or an object as a whole."""

    kind: str
    operation: str
    path: tuple[str | int, ...]
    pointer: str
    name: str


def places(
    document: Json, operation: str, pointer: str, value: Json, path: tuple[str | int, ...] = ()
) -> Iterator[Place]:
    """Every mutation that fits somewhere in an answer; of a list, in its first item."""
    pointer = behind(document, pointer, value)
    if isinstance(value, list) and value and "items" in at(document, pointer):
        yield Place("item", operation, (*path, 0), f"{pointer}/items", "type")
        yield from places(document, operation, f"{pointer}/items", value[0], (*path, 0))
    if not isinstance(value, dict):
        return
    described = list(parts(document, pointer))
    if described and at(document, pointer).get("additionalProperties") is not True:
        yield Place("add", operation, path, pointer, "")
    for part in described:
        for name in at(document, part)["properties"].keys() & value.keys():
            inside = f"{part}/properties/{name}"
            if name in at(document, part).get("required", ()):
                yield Place("drop", operation, (*path, name), part, name)
            yield from _of_value(document, operation, inside, value[name], (*path, name))
            yield from places(document, operation, inside, value[name], (*path, name))


def _of_value(
    document: Json, operation: str, pointer: str, value: Json, path: tuple[str | int, ...]
) -> Iterator[Place]:
    types = allowed(document, pointer)
    if "null" not in types:
        yield Place("null", operation, path, pointer, "type")
    if not isinstance(value, dict | list) and types != set(SAMPLES):
        yield Place("retype", operation, path, pointer, "type")
    if "minimum" in at(document, pointer) and isinstance(value, int):
        yield Place("below", operation, path, pointer, "minimum")


@define
class Planter:
    """Changes the answers of some operations, each at some places, and notes what it really did."""

    document: Json
    random: Random
    chosen: dict[str, list[Place]] = field(factory=dict)
    planted: dict[tuple[str, str, str], tuple[set[str], set[str]]] = field(
        factory=lambda: defaultdict(lambda: (set(), set()))
    )
    _types: dict[Place, str] = field(factory=dict)

    def choose(self, answers: dict[str, Json], number: int) -> None:
        """Draw places of which none is inside another."""
        found = sorted(
            {
                place
                for name, answer in answers.items()
                for place in places(self.document, name, _schema(self.document, name), answer)
            },
            key=repr,
        )
        self.random.shuffle(found)
        # Each kind is drawn, and every operation before one is drawn twice.
        kinds: dict[str, int] = defaultdict(int)
        while found and sum(map(len, self.chosen.values())) < number:
            found.sort(key=lambda place: (len(self.chosen.get(place.operation, ())), kinds[place.kind]))
            place = found.pop(0)
            if not any(_clash(place, other) for other in self.chosen.get(place.operation, ())):
                self.chosen.setdefault(place.operation, []).append(place)
                kinds[place.kind] += 1

    def changed(self, operation: str, answer: Json) -> Json:
        """Plant what was drawn for an operation."""
        answer = deepcopy(answer)
        # Items first, while they are still lists; whole values replaced last.
        for place in sorted(self.chosen.get(operation, ()), key=lambda place: -len(place.path)):
            self._plant(place, answer)
        return answer

    def _plant(self, place: Place, answer: Json) -> None:
        holder = answer
        for step in place.path[:-1] if place.kind != "add" else place.path:
            if not (isinstance(holder, dict) and step in holder) and not (isinstance(holder, list) and holder):
                return
            holder = holder[step]
        if place.kind == "add":
            self._add(place, holder)
            return
        last = place.path[-1]
        if (isinstance(holder, dict) and last not in holder) or (isinstance(holder, list) and not holder):
            return
        if place.kind == "drop":
            del holder[last]
            self._note("missing", place.pointer, place.name, None, place.operation)
            return
        type = self._type_for(place)
        holder[last] = -5 if place.kind == "below" else deepcopy(SAMPLES[type])
        self._note("contradicts", place.pointer, place.name, type, place.operation)

    def _add(self, place: Place, holder: Json) -> None:
        if isinstance(holder, dict):
            type = self._type_for(place)
            name = f"planted{type.title()}"
            holder[name] = deepcopy(SAMPLES[type])
            self._note("new field", place.pointer, name, type, place.operation)

    def _type_for(self, place: Place) -> str:
        if place.kind in ("null", "below"):
            return {"null": "null", "below": "integer"}[place.kind]
        if place not in self._types:
            taken = set() if place.kind == "add" else {*allowed(self.document, place.pointer), "null"}
            self._types[place] = self.random.choice(sorted(SAMPLES.keys() - taken))
        return self._types[place]

    def _note(self, tier: str, pointer: str, name: str, type: str | None, operation: str) -> None:
        types, operations = self.planted[tier, pointer, name]
        types |= {type} if type else set()
        operations.add(operation)

    @property
    def expected(self) -> Expected:
        """What the report must say, and nothing else."""
        return {key: (frozenset(types), frozenset(names)) for key, (types, names) in self.planted.items()}


def _schema(document: Json, operation: str) -> str:
    verb = next(iter(document["paths"][f"/{operation}"]))
    return f"/paths/~1{operation}/{verb}/responses/200/content/application~1json/schema"


def _clash(one: Place, other: Place) -> bool:
    """One replaces what the other changes."""
    shorter, longer = sorted((one, other), key=lambda place: len(place.path))
    inside = longer.path[: len(shorter.path)] == shorter.path
    return inside and not (shorter.kind == "add" and (longer.kind != "add" or longer.path != shorter.path))
