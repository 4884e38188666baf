"""The bundled spec says what is known of each field, and nothing else: `tests/data/facts.json`, in both directions."""

from typing import Any

import pytest

from tests.facts.comparison import Comparison, bundled
from tests.facts.reader import SOURCES
from tests.facts.stated import STATED, fact

COMPARISON = Comparison(bundled())
UNITS: list[dict[str, Any]] = [
    *STATED["shapes"].values(),
    *(unit for sides in STATED["operations"].values() for unit in sides.values()),
]


@pytest.mark.parametrize("name", STATED["shapes"])
def test_a_shape_is_as_known(name: str) -> None:
    """What several operations share."""
    assert not (found := COMPARISON.shape(name)), "\n".join(found)


@pytest.mark.parametrize("name", COMPARISON.operations)
def test_an_operation_is_as_known(name: str) -> None:
    """Its request, its answer and its refusal."""
    assert not (found := COMPARISON.operation(name)), "\n".join(found)


def test_the_operations_are_those_known() -> None:
    """Neither more nor fewer."""
    assert STATED["operations"].keys() == COMPARISON.operations.keys()


def test_what_must_not_be_sent_twice_is_not() -> None:
    """And everything else may be: reads, and writes that leave the same state however often they come."""
    never = {name for name, (_, operation) in COMPARISON.operations.items() if operation["x-retry"] == "never"}
    assert never == STATED["never sent twice"].keys()


def test_every_fact_has_one_source() -> None:
    """Except a name of what is taken over."""
    assert not [
        said for unit in UNITS for path, said in unit.items() if path != "+" and len(fact(said).words & SOURCES) != 1
    ]


def test_what_is_no_value_is_a_reason() -> None:
    """A misspelt `why` would be passed over."""
    beside = [more for unit in UNITS for said in unit.values() for more in said if not isinstance(more, str)]
    assert not [more for more in beside if more.keys() != {"why"} or not more["why"]]
