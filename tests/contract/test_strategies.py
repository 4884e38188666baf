"""Values from the spec: those that it allows, and those with one defect."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator

from supervisely_ext.contract.defects import Defective
from supervisely_ext.contract.spec import Contract, Schema, bundled
from supervisely_ext.contract.strategies import (
    answers,
    invalid,
    invalid_answers,
    invalid_requests,
    node_of,
    requests,
    valid,
)

OPERATIONS = bundled().operations
QUICK = settings(
    max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip
ANYTHING = {"tasks.request.direct"}


def _judge(schema: Schema) -> Draft202012Validator:
    return Draft202012Validator({**schema.document, **schema.schema})


@pytest.mark.parametrize("name", OPERATIONS)
def test_requests_follow_the_spec(name: str) -> None:
    """Judged by jsonschema, which took no part in making them."""
    judge = _judge(OPERATIONS[name].request)

    @QUICK
    @given(requests(name))
    def check(request: Any) -> None:
        judge.validate(request)

    check()


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.answer])
def test_answers_follow_the_spec(name: str) -> None:
    """Judged by jsonschema."""
    schema = OPERATIONS[name].answer
    assert schema is not None
    judge = _judge(schema)

    @QUICK
    @given(answers(name))
    def check(answer: Any) -> None:
        judge.validate(answer)

    check()


@pytest.mark.parametrize("name", OPERATIONS)
def test_defective_requests_break_the_spec_where_they_say(name: str) -> None:
    """One defect: with the place as it was the rest is right."""
    judge = _judge(OPERATIONS[name].request)

    @QUICK
    @given(invalid_requests(name))
    def check(each: Defective) -> None:
        errors = list(judge.iter_errors(each.value))
        assert errors
        assert all(_concerns(each.pointer, error) for error in errors)

    check()


def _concerns(pointer: str, error: Any) -> bool:
    """The place itself, what holds it, or a union around it."""
    place = "".join(f"/{step}" for step in error.absolute_path)
    return pointer.startswith(place) or place.startswith(pointer)


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if each.answer and name not in ANYTHING])
def test_defective_answers_break_the_spec(name: str) -> None:
    """Judged by jsonschema."""
    schema = OPERATIONS[name].answer
    assert schema is not None
    judge = _judge(schema)

    @QUICK
    @given(invalid_answers(name))
    def check(each: Defective) -> None:
        assert not judge.is_valid(each.value)

    check()


def test_where_anything_is_allowed_nothing_is_wrong() -> None:
    """Said, instead of looking for it."""
    with pytest.raises(ValueError, match="every value follows"):
        invalid_answers("tasks.request.direct")


def test_an_operation_without_a_json_answer_has_no_answers() -> None:
    """It promises bytes or text."""
    name = next(name for name, operation in OPERATIONS.items() if operation.answer is None)
    with pytest.raises(ValueError, match="promises no JSON"):
        answers(name)


def test_another_contract_can_be_given() -> None:
    """Users test against the spec of their own instance."""
    contract = Contract(bundled().document)
    assert find(requests("tasks.info", contract), lambda request: True) == {"id": 1}


def _schema(schema: Any, **components: Any) -> Schema:
    return Schema({"components": {"schemas": components}}, schema)


@pytest.mark.parametrize(
    ("schema", "smallest"),
    [
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}, "additionalProperties": False}, {"a": 0}),
        ({"type": "object", "required": ["unnamed"]}, {"unnamed": None}),
        ({"type": "string", "minLength": 2, "maxLength": 4}, "00"),
        ({"type": "string", "pattern": "^v[0-9]$"}, "v0"),
        ({"allOf": [{"type": "string", "pattern": "z$"}, {"pattern": "^a"}]}, "az"),
        ({"allOf": [{"type": "integer", "multipleOf": 2, "minimum": 1}, {"multipleOf": 3}]}, 6),
        ({"type": "number", "minimum": 0.25, "maximum": 0.75}, 0.5),
        ({"type": "number", "minimum": 2}, 2.0),
        ({"type": "array", "minItems": 2, "items": {"type": "boolean"}}, [False, False]),
        ({"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {"type": "null"}, "b": {}}}, {"a": None}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
        ({"enum": ["x", "y"]}, "x"),
        ({"$ref": "#/components/schemas/Tree"}, {}),
        ({}, None),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {}),
    ],
)  # fmt: skip
def test_values_shrink_to_the_smallest(schema: Any, smallest: Any) -> None:
    """So that a failing test shows what matters."""
    tree = {
        "type": "object",
        "properties": {"inner": {"$ref": "#/components/schemas/Tree"}},
        "additionalProperties": False,
    }
    assert find(valid(_schema(schema, Tree=tree)), lambda value: True) == smallest


@pytest.mark.parametrize(
    ("schema", "is_met"),
    [
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, lambda value: "a" in value),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, lambda value: value.keys() - {"a"}),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, lambda value: True in value.values()),
        ({"type": "array", "items": {"type": "boolean"}}, lambda value: len(value) > 1),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, lambda value: value == "a"),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, lambda value: value not in ("a", "")),
        ({"type": "number"}, lambda value: isinstance(value, int)),
        ({"type": "number"}, lambda value: value != int(value)),
        ({"type": "string"}, lambda value: not value.isascii()),
        ({"type": "integer"}, lambda value: value > 2**31),
        ({}, lambda value: isinstance(value, dict) and value),
    ],
)
def test_what_may_be_comes(schema: Any, is_met: Any) -> None:
    """What is optional, what is unknown, more than one, any branch, beyond what a careless reader expects."""
    assert is_met(find(valid(_schema(schema)), is_met, settings=settings(max_examples=2000)))


@pytest.mark.parametrize(
    ("schema", "defect"),
    [
        ({"type": "object", "required": ["a"]}, "missing"),
        ({"type": "object", "additionalProperties": False}, "unknown property"),
        ({"type": ["string", "null"]}, "wrong type"),
        ({"type": "string"}, "null"),
        ({"enum": ["a"]}, "unlisted value"),
        ({"type": "integer", "minimum": 3}, "out of bounds"),
        ({"type": "integer", "exclusiveMaximum": 3}, "out of bounds"),
        ({"type": "integer", "exclusiveMinimum": 3}, "out of bounds"),
        ({"type": "integer", "maximum": 3}, "out of bounds"),
        ({"type": "string", "minLength": 1}, "too short"),
        ({"type": "string", "maxLength": 1}, "too long"),
        ({"type": "array", "maxItems": 1}, "too long"),
        ({"type": "array", "minItems": 1, "items": {"type": "number"}}, "wrong type"),
        ({"type": "number"}, "null"),
    ],
)
def test_each_kind_of_defect_is_made(schema: Any, defect: str) -> None:
    """Where the schema makes it one."""
    assert find(invalid(_schema(schema)), lambda each: each.defect == defect).defect == defect


def test_each_required_name_goes_missing() -> None:
    """Not only the first."""
    schema = _schema({"type": "object", "required": ["a", "b"]})
    for name in "ab":
        assert find(invalid(schema), lambda each, place=f"/{name}": each.pointer == place).defect == "missing"  # type: ignore[misc]


def test_a_value_without_a_place_for_a_defect_is_left_out() -> None:
    """Every type is allowed, and nothing else is ruled."""
    every = ["null", "boolean", "number", "string", "array", "object"]
    with pytest.raises(Unsatisfiable):
        find(invalid(_schema({"type": every})), lambda each: True, settings=settings(max_examples=5))


def test_the_same_seed_gives_the_same_values() -> None:
    """Twice, without the database of examples."""

    def draw() -> list[Any]:
        drawn: list[Any] = []

        @settings(max_examples=30, database=None, derandomize=True, deadline=None)
        @given(answers("tasks.info"))
        def collect(value: Any) -> None:
            drawn.append(value)

        collect()
        return drawn

    assert draw() == draw()


def test_a_schema_that_allows_nothing_gives_nothing() -> None:
    """No strategy rather than a wrong value."""
    assert valid(_schema(False)).is_empty
    assert node_of(_schema(True)).pointer == "/schema"
    assert isinstance(valid(_schema(True)), st.SearchStrategy)
