"""The patch of a drift report, for schemas and answers of every kind: after it the report is empty."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest

from supervisely_ext.contract.drift import Deviation, deviations, gathered
from supervisely_ext.contract.drift_patch import apply, patch
from supervisely_ext.contract.json_types import TYPES, type_of
from supervisely_ext.contract.places import Document, Node

DOCUMENTS = 1500
A = "/components/schemas/A"
NAMES = ["a", "b", "c/~"]
SCALARS: list[Any] = [None, True, False, 0, 1, 9, -3, 1.5, "", "on", "a long text"]
RULES: dict[str, dict[str, list[Any]]] = {
    "integer": {"minimum": [-1, 5], "maximum": [0, 5], "exclusiveMinimum": [1], "exclusiveMaximum": [9], "multipleOf": [2]},
    "string": {"minLength": [0, 3], "maxLength": [1, 5], "pattern": ["^o", "x"]},
    "array": {"minItems": [1, 3], "maxItems": [1], "uniqueItems": [True]},
    "object": {"minProperties": [2], "maxProperties": [1], "unevaluatedProperties": [False]},
}  # fmt: skip


class Drawing:
    """Schemas that say something of the values they are drawn for, right or wrong.

    The branches of a union have a type, and the whole is not closed. Of some thousand documents one is left all the same where a component
    stands in several places, or a branch takes what another refuses: a field that is new to one may not fit the other.
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def names(self) -> list[str]:
        return self.random.sample(NAMES, self.random.randint(1, 2))

    def value(self, depth: int = 0) -> Any:
        if depth < 3 and self.happens(0.4):
            return {name: self.value(depth + 1) for name in self.names()}
        if depth < 3 and self.happens(0.2):
            return [self.value(depth + 1) for _ in range(self.random.randint(0, 3))]
        return self.random.choice(SCALARS)

    def schema(self, value: Any, depth: int = 0) -> Any:
        if self.happens(0.05):
            return self.random.choice([True, False])
        type = type_of(value)
        rules = RULES.get({"number": "integer"}.get(type, type), {})
        drawn = {name: self.random.choice(chosen) for name, chosen in rules.items() if self.happens(0.15)}
        if self.happens(0.6):
            drawn["type"] = self.random.choice([type, type, [type, "null"], *self.random.sample(TYPES, 2)])
        if self.happens(0.12):
            drawn["enum"] = self.random.choices([value, *SCALARS], k=2)
        return {**drawn, **self.parts(type, value, depth), **self.mixed(value, depth)}

    def parts(self, type: str, value: Any, depth: int) -> dict[str, Any]:
        if type == "array" and value and self.happens(0.6):
            return {"items": self.schema(self.random.choice(value), depth + 1)}
        if type != "object":
            return {}
        drawn: dict[str, Any] = {}
        if self.happens(0.7):
            drawn["properties"] = {name: self.schema(value.get(name, 1), depth + 1) for name in self.names()}
        if self.happens(0.3):
            drawn["required"] = self.names()
        if self.happens(0.3):
            drawn["additionalProperties"] = self.random.choice(
                [True, False, False, self.schema(self.value(2), depth + 1)]
            )
        return drawn

    def mixed(self, value: Any, depth: int) -> dict[str, Any]:
        drawn: dict[str, Any] = {}
        if depth > 2:
            return drawn
        if self.happens(0.12):
            drawn["$ref"] = f"#/components/schemas/{self.random.choice('BC')}"
        if self.happens(0.12):
            drawn["allOf"] = [self.schema(value, depth + 1) for _ in range(2)]
        if self.happens(0.1):
            drawn["anyOf"] = [self.branch(each, depth) for each in (value, self.value(2))]
            drawn["unevaluatedProperties"] = True
        elif self.happens(0.1):
            drawn["oneOf"] = [{"required": self.names()} for _ in range(2)]
        return drawn

    def branch(self, value: Any, depth: int) -> Any:
        drawn = self.schema(value, depth + 1)
        return {"type": type_of(value), **drawn} if isinstance(drawn, dict) else drawn


def _left(document: Any, values: list[Any]) -> list[Deviation]:
    node = Node(Document(document), (A,))
    changed = deepcopy(document)
    for step in patch(document, gathered(("o", each) for value in values for each in deviations(node, value))):
        apply(changed, step)
    again = Node(Document(changed), (A,))
    return [each for value in values for each in deviations(again, value)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_the_patch_nothing_deviates(seed: int) -> None:
    """Of small schemas and some answers, drawn by a seed; nothing raises."""
    drawing, patched = Drawing(seed), 0
    for _ in range(DOCUMENTS):
        values = [drawing.value() for _ in range(2)]
        schemas = {"A": drawing.schema(values[0]), "B": drawing.schema(values[0], 3), "C": drawing.schema(values[1], 3)}
        document = {"paths": {}, "components": {"schemas": schemas}}
        assert _left(document, values) == [], (schemas, values)
        patched += bool(deviations(Node(Document(document), (A,)), values[0]))
    assert patched > DOCUMENTS / 4
