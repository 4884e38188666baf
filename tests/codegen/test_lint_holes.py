"""Breaches of the rules in the less usual places of a document, and documents that must not crash the lint."""

from typing import Any

import pytest

from tests.codegen.test_lint import STOP, Mutation, schema, stop, task
from tests.codegen.tools import lint


def set_request(spec: Any, inline: Any) -> None:
    stop(spec)["requestBody"]["content"]["application/json"]["schema"] = inline


def set_answer(spec: Any, inline: Any) -> None:
    stop(spec)["responses"]["200"]["content"]["application/json"]["schema"] = inline


def share_parameter(spec: Any, parameter: Any) -> None:
    spec["components"]["parameters"] = {"Id": parameter}
    stop(spec)["parameters"] = [{"$ref": "#/components/parameters/Id"}]


CLOSED = {"type": "object", "additionalProperties": False}
COOKIE = {"name": "id", "in": "cookie", "schema": {"type": "integer"}}
QUERY = {"name": "id", "in": "query", "schema": {"type": "integer", "default": 1}}

UNSEEN: dict[str, tuple[Mutation, str]] = {
    "a default in a request written at the operation": (
        lambda s: set_request(s, {**CLOSED, "properties": {"id": {"type": "integer", "default": 1}}}),
        "a default in a request",
    ),
    "a default of a parameter": (lambda s: stop(s).update(parameters=[QUERY]), "a default in a request"),
    "an open request written at the operation": (
        lambda s: set_request(s, {"type": "object", "properties": {}}),
        "a request says additionalProperties: false",
    ),
    "a closed enum in an answer written at the operation": (
        lambda s: set_answer(s, {"type": "string", "enum": ["a"]}),
        "a closed enum in an answer",
    ),
    "an answer that refers to a closed enum": (
        lambda s: set_answer(s, {"$ref": "#/components/schemas/TaskStatus"}),
        "TaskStatus is closed here",
    ),
    "a closed object in an answer written at the operation": (
        lambda s: set_answer(s, CLOSED),
        "a closed object in an answer",
    ),
    "a cookie parameter by reference": (
        lambda s: share_parameter(s, COOKIE),
        "the endpoint template knows no path and cookie parameters",
    ),
    "an answer closed by unevaluatedProperties": (
        lambda s: schema(s, "TaskPage").update(unevaluatedProperties=False),
        "a closed object in an answer",
    ),
    "an operation without answers": (lambda s: stop(s).pop("responses"), "needs exactly one 2xx answer"),
}


@pytest.mark.usefixtures("only_our_rules")
@pytest.mark.parametrize("case", UNSEEN)
def test_a_rule_holds_in_every_place(spec: Any, case: str) -> None:
    """Whether a schema has a name or is written where it is used, and whatever closes it."""
    mutate, text = UNSEEN[case]
    mutate(spec)
    problems = lint.lint(spec)
    assert [said for _, said in problems if text in said], problems


def share_request(spec: Any) -> None:
    spec["components"]["requestBodies"] = {"Stop": stop(spec)["requestBody"]}
    stop(spec)["requestBody"] = {"$ref": "#/components/requestBodies/Stop"}


def share_header(spec: Any) -> None:
    spec["components"]["headers"] = {"Left": {"schema": {"type": "integer"}}}
    stop(spec)["responses"]["200"]["headers"] = {"x-left": {"$ref": "#/components/headers/Left"}}


def open_enum_inside_all_of(spec: Any) -> None:
    reference = {"$ref": "#/components/schemas/TaskStatus"}
    schema(spec, "TaskPage")["allOf"][1]["properties"]["first"] = {"anyOf": [reference, {"type": "string"}]}


HARMLESS: dict[str, Mutation] = {
    "an open enum inside allOf": open_enum_inside_all_of,
    **{
        f"a property called {name}": lambda s, name=name: task(s).update({name: {"type": "integer"}})
        for name in ("nullable", "enum", "examples", "x-retry")
    },
}


@pytest.mark.usefixtures("only_our_rules")
@pytest.mark.parametrize("case", HARMLESS)
def test_a_harmless_document_is_not_reported(spec: Any, case: str) -> None:
    """Names of properties are no keywords."""
    HARMLESS[case](spec)
    assert lint.lint(spec) == []


UNUSUAL: dict[str, Mutation] = {
    "a summary of a path": lambda s: s["paths"]["/tasks.stop"].update(summary="S"),
    "parameters of a path": lambda s: s["paths"]["/tasks.stop"].update(parameters=[QUERY]),
    "a shared request": share_request,
    "a shared header": share_header,
}


@pytest.mark.usefixtures("only_our_rules")
@pytest.mark.parametrize("case", UNUSUAL)
def test_an_unusual_document_is_allowed_or_reported_but_no_crash(spec: Any, case: str) -> None:
    """OpenAPI has more places for a `$ref` than schemas, and more in a path than operations."""
    UNUSUAL[case](spec)
    assert all(said for _, said in lint.lint(spec))


@pytest.mark.usefixtures("only_our_rules")
def test_properties_called_example_are_held_to_the_rules_too(spec: Any) -> None:
    """They are not examples."""
    task(spec)["example"] = {"type": "integer", "nullable": True}
    assert lint.lint(spec) != []


@pytest.mark.usefixtures("only_our_rules")
def test_examples_of_a_media_type_are_checked(spec: Any) -> None:
    """They are named there, each with its `value`."""
    media = stop(spec)["requestBody"]["content"]["application/json"]
    media["examples"] = {"wrong": {"value": {"id": "seven"}}}
    assert any(pointer.startswith(STOP) for pointer, _ in lint.lint(spec))


def test_a_breach_of_openapi_is_reported_in_one_line(spec: Any) -> None:
    """The validator's own text goes on with the whole document."""
    del spec["info"]
    (problem,) = lint._openapi(spec)
    assert "'info' is a required property" in problem[1].replace('"', "'")
    assert "\n" not in problem[1]


def test_a_breach_of_openapi_inside_a_schema_is_reported_where_it_is(spec: Any) -> None:
    """With the component's name, not only with the way inside it."""
    task(spec)["size"]["type"] = "text"
    assert {pointer for pointer, _ in lint._openapi(spec)} == {"/components/schemas/Task/properties/size/type"}
