"""The units of the spec beside what `tests/data/facts.json` states of them."""

import json
from importlib.resources import files
from typing import Any

from tests.facts.reader import Fact, Facts, Reader, operations
from tests.facts.stated import STATED, stated

NOTHING = Fact({"not there"})


def bundled() -> dict[str, Any]:
    """Read the spec that the generated package carries."""
    document: dict[str, Any] = json.loads((files("supervisely_client") / "openapi.json").read_text("utf-8"))
    return document


def differences(unit: str, said: dict[str, Any], found: Facts) -> list[str]:
    """Tell each field of which the two do not say the same."""
    known = stated(said)
    return [
        f"{unit}, field {path!r}: tests/data/facts.json says {known.get(path, NOTHING)}; the spec says {found.get(path, NOTHING)}"
        for path in dict.fromkeys([*known, *found])
        if known.get(path) != found.get(path)
    ]


class Comparison:
    """Compares the units of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.reader = Reader(document, STATED["shapes"])
        self.operations = {name: (verb, operation) for name, verb, operation in operations(document)}

    def shape(self, name: str) -> list[str]:
        """Tell what differs in a shape that several share."""
        return differences(name, STATED["shapes"][name], self.reader.shape(name))

    def operation(self, name: str) -> list[str]:
        """Tell what differs in an operation."""
        verb, operation = self.operations[name]
        said = STATED["operations"][name]
        return [
            *differences(f"{name}, request", said["request"], self.reader.request(verb, operation)),
            *differences(f"{name}, answer", said["answer"], self.reader.answer(operation)),
            *differences(f"{name}, refusal", {".": STATED["refusal"]}, self.reader.refusal(operation)),
        ]
