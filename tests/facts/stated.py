"""`tests/data/facts.json`: what is known of each field, and from where."""

import json
from pathlib import Path
from typing import Any

from tests.facts.reader import Fact, Facts

FILE = Path(__file__).parents[1] / "data" / "facts.json"
STATED: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def stated(unit: dict[str, Any]) -> Facts:
    """Read one unit of the file."""
    return {path: fact(said) for path, said in unit.items()}


def fact(said: str | list[Any]) -> Fact:
    """Read `integer|null? required minimum=1 reference`, or a list of that, the listed values and why it is so.

    A `?` says that the type or bound is our guess; the spec does not tell it from the others.
    """
    text, *more = [said] if isinstance(said, str) else said
    types, *words = (part.replace("?", "") for part in text.split())
    return Fact(set(types.split("|")) - {"any"}, {value for value in more if isinstance(value, str)}, set(words))
