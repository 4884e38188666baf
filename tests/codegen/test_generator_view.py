"""The view of the bundle that the generator reads."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.codegen.tools import bundle, our_spec

COLOR = {"type": "string", "enum": ["red", "blue"]}
REFERENCE = {"$ref": "#/components/schemas/Color"}


def view_of(schema: Any) -> Any:
    """Give what the view makes of this schema, as a component and deep inside another."""
    whole = {
        "paths": {},
        "components": {"schemas": {"Color": COLOR, "X": schema, "Y": {"properties": {"x": {"items": schema}}}}},
    }
    view = bundle.generator_view(whole)["components"]["schemas"]
    assert view["X"] == view["Y"]["properties"]["x"]["items"]
    return view["X"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"description": "D", "anyOf": [REFERENCE, {"type": "string"}]}, {"description": "D", "type": "string"}),
        ({"oneOf": [{"type": "string"}, REFERENCE]}, {"type": "string"}),
        ({"anyOf": [REFERENCE, {"type": "null"}]}, {"anyOf": [REFERENCE, {"type": "null"}]}),
        ({"type": "object", "description": "D"}, {"description": "D"}),
        (
            {"type": "object", "required": ["a"], "properties": {}},
            {"type": "object", "required": ["a"], "properties": {}},
        ),
        ({"type": "object", "additionalProperties": False}, {"type": "object", "additionalProperties": False}),
        ({"type": "object", "allOf": [REFERENCE]}, {"type": "object", "allOf": [REFERENCE]}),
        ({"allOf": [REFERENCE], "unevaluatedProperties": False}, {"allOf": [REFERENCE], "additionalProperties": False}),
        ({"allOf": [REFERENCE], "unevaluatedProperties": True}, {"allOf": [REFERENCE]}),
        ({"properties": {}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"properties": {}}),
        ({"properties": {}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"properties": {}}),
        ({"anyOf": [{"required": ["a"]}, REFERENCE]}, {"anyOf": [{"required": ["a"]}, REFERENCE]}),
        ({"type": "string", "x-evidence": "sdk", "examples": ["a"]}, {"type": "string"}),
    ],
    ids=[
        "an open enum becomes string",
        "in whatever order",
        "an enum or null stays",
        "a free-form object becomes anything",
        "an object with properties stays",
        "a closed object stays",
        "a composed object stays",
        "unevaluatedProperties false closes",
        "unevaluatedProperties true is left out",
        "oneOf required is left out",
        "anyOf required is left out",
        "a real choice stays",
        "extensions and examples are left out",
    ],
)
def test_a_schema_is_simplified_wherever_it_stands(schema: Any, expected: Any) -> None:
    """Only what the generator cannot read or must not act on is changed."""
    assert view_of(schema) == expected


def test_no_operation_has_a_default_answer() -> None:
    """Refusals are mapped by the layer, so their bodies are in no signature."""
    view = bundle.generator_view(our_spec())
    answers = [set(operation["responses"]) for item in view["paths"].values() for operation in item.values()]
    assert answers == [{"200"}] * len(view["paths"])
    assert "responses" not in view["components"]


def test_security_of_the_whole_stands_at_each_operation_that_has_none_of_its_own() -> None:
    """The generator ignores it at the top."""
    document = our_spec()
    operations = {
        name.removeprefix("/"): next(iter(item.values()))
        for name, item in bundle.generator_view(document)["paths"].items()
    }
    assert document["security"] == [{"apiKey": []}]
    assert {name for name, operation in operations.items() if operation["security"] == []} == {"instance.version"}
    others = [operation["security"] for name, operation in operations.items() if name != "instance.version"]
    assert others == [document["security"]] * len(others)


def test_a_spec_without_security_gives_operations_without() -> None:
    """Then every client may call them."""
    document = {"paths": {"/a": {"summary": "S", "get": {"responses": {}}}}, "components": {}}
    assert bundle.generator_view(document)["paths"]["/a"] == {"summary": "S", "get": {"responses": {}, "security": []}}


def test_the_bundle_itself_stays_as_it_is() -> None:
    """The view is a copy."""
    document = our_spec()
    before = copy.deepcopy(document)
    view = bundle.generator_view(document)
    assert document == before
    assert view != before


def test_the_view_of_our_spec_refers_only_to_what_it_has() -> None:
    """No ref of it leads into what was left out."""
    view = bundle.generator_view(our_spec())
    references = {part.partition('"')[0] for part in json.dumps(view).split('"$ref": "#/components/schemas/')[1:]}
    assert '"$ref": "#/components/responses' not in json.dumps(view)
    assert references <= view["components"]["schemas"].keys()


JSON_SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "object"}, REFERENCE, {"type": "null"}, {"required": ["a"]}]),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries(
            {"type": st.just("object")}, optional={"properties": st.dictionaries(st.sampled_from("ab"), inner)}
        ),
        st.fixed_dictionaries({"items": inner}, optional={"unevaluatedProperties": st.booleans()}),
    ),
    max_leaves=8,
)


@given(JSON_SCHEMAS)
def test_simplifying_twice_is_simplifying_once(schema: Any) -> None:
    """The view of a view is the view."""
    once = view_of(schema)
    assert view_of(once) == once


@pytest.mark.parametrize("name", ["examples", "x-ray", "anyOf", "unevaluatedProperties"])
def test_a_property_may_be_called_like_a_keyword(name: str) -> None:
    """Names of properties are no keywords, so the model keeps them."""
    schema = {"type": "object", "properties": {name: {"type": "integer"}, "other": {"type": "integer"}}}
    assert view_of(schema) == schema


@pytest.mark.parametrize(
    "choice",
    [
        [{"type": "string"}, {"type": "integer"}],
        [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    ],
    ids=["number", "list"],
)
def test_a_choice_between_text_and_another_type_stays_a_choice(choice: Any) -> None:
    """Only an enum is covered by string: a number or a list is not."""
    assert view_of({"anyOf": choice}) == {"anyOf": choice}


def test_an_open_enum_that_may_be_null_stays_nullable() -> None:
    """Or a type checker would swear that the text is there."""
    view = view_of({"anyOf": [REFERENCE, {"type": "string"}, {"type": "null"}]})
    assert view in ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]})


def test_a_2xx_answer_given_by_reference_is_still_there() -> None:
    """Shared answers are left out only where they are refusals."""
    answer = {"description": "Fine.", "content": {"application/json": {"schema": {"type": "string"}}}}
    reference = {"$ref": "#/components/responses/Fine"}
    document = {
        "paths": {"/a": {"get": {"responses": {"200": reference}}}},
        "components": {"responses": {"Fine": answer}},
    }
    view = bundle.generator_view(document)
    found = view["paths"]["/a"]["get"]["responses"]["200"]
    assert found == answer or view["components"].get("responses", {}).get("Fine") == answer
