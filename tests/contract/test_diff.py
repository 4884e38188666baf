"""`spec diff`: what it must find, what is no change, and how each change is classed."""

import os
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.contract.changes import KINDS, Change, verdict
from supervisely_ext.contract.diff import diff
from supervisely_ext.contract.places import Document, UnusableDocument
from supervisely_ext.contract.spec import bundled

from .rewritings import REWRITINGS
from .spec_mutations import OF_OPERATIONS, OPERATORS, draw

SPEC: Any = bundled().document
SEVERITIES = ("breaking", "risky", "safe")
SEEDS = [1, 2, 3] if "ALL_SEEDS" in os.environ else [1]

MIRRORED = {
    "became-required": "became-optional",
    "null-removed": "null-added",
    "type-removed": "type-added",
    "type-changed": "type-changed",
    "value-removed": "value-added",
    "values-listed": "values-freed",
}
"""What narrows a schema, and what widens it again: the one breaks requests, the other answers."""


def _worst(changes: list[Change]) -> str:
    return min((change.severity for change in changes), key=SEVERITIES.index, default="")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_drawn_mutation_is_classed_as_its_operator_says(seed: int) -> None:
    """At least 80 mutations of our spec under each seed, every operator among them."""
    mutations = draw(SPEC, 90, seed)
    assert len(mutations) >= 80
    wrong = [
        (mutation.operator, mutation.place, mutation.expected, found)
        for mutation in mutations
        if (found := _worst(diff(SPEC, mutation.document))) != mutation.expected
    ]
    assert not wrong
    drawn = {mutation.operator for mutation in mutations}
    assert {operator.name for operator in OPERATORS} | {name for name, *_ in OF_OPERATIONS} == drawn


def test_a_spec_does_not_differ_from_itself() -> None:
    """Nor from a copy of it."""
    assert diff(SPEC, deepcopy(SPEC)) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(REWRITINGS), min_size=1, max_size=3, unique=True), st.integers(0, 2**32))
def test_another_way_to_write_it_is_no_change(rewritings: list[Any], seed: int) -> None:
    """Order, words, names of schemas, references moved, written out or put in, null as a type or a branch."""
    written = deepcopy(SPEC)
    for rewrite in rewritings:
        written = rewrite(written, Random(seed))
    assert diff(SPEC, written) == []
    assert diff(written, SPEC) == []


@pytest.mark.parametrize("mutation", draw(SPEC, 29, 4), ids=lambda mutation: mutation.operator)
def test_what_breaks_one_way_is_mirrored_the_other_way(mutation: Any) -> None:
    """Narrowing a request and widening an answer are the same step, seen from the two sides."""
    there = {_fingerprint(change) for change in diff(SPEC, mutation.document) if change.kind in MIRRORED}
    back = {_fingerprint(change) for change in diff(mutation.document, SPEC)}
    for kind, direction, old, new, operations in there:
        assert (MIRRORED[kind], direction, new, old, operations) in back


@pytest.mark.parametrize("mutation", draw(SPEC, 29, 5), ids=lambda mutation: mutation.operator)
def test_every_pointer_leads_to_what_changed(mutation: Any) -> None:
    """In the document that it speaks of, parameters of an address too."""
    old, new = Document(SPEC), Document(mutation.document)
    for change in diff(SPEC, mutation.document):
        for document, pointer in ((old, change.old), (new, change.new)):
            assert pointer is None or document.at(pointer) is not None


def _fingerprint(change: Change) -> tuple[Any, ...]:
    return change.kind, change.direction, change.old, change.new, change.operations


def test_the_mirrored_kinds_are_breaking_on_opposite_sides() -> None:
    """What narrows breaks what is sent, what widens breaks what is answered, and neither the other."""
    for narrowing, widening in MIRRORED.items():
        if narrowing != widening:
            assert _severity(narrowing, "request") == _severity(widening, "answer") == "breaking"
            assert _severity(narrowing, "answer") == _severity(widening, "request") == "safe"


def _severity(kind: str, direction: Any) -> str:
    return Change(kind=kind, direction=direction, operations=(), place="", old=None, new=None).severity


def _spec(schema: Any, **operation: Any) -> Any:
    """A spec with one operation, whose body and answer are of one schema."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    definition = {
        "operationId": "things.do",
        "tags": ["things"],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "Done.", "content": content}},
        **operation,
    }
    loop = {"$ref": "#/components/requestBodies/Loop"}
    return {
        "openapi": "3.1.0",
        "info": {},
        "paths": {"/things.do": {"post": {key: value for key, value in definition.items() if value is not None}}},
        "components": {"schemas": {"Thing": schema}, "requestBodies": {"Loop": loop}},
    }


def _kinds(old: Any, new: Any) -> set[tuple[str | None, str, str]]:
    return {(change.direction, change.kind, change.detail) for change in diff(old, new)}


def _thing(part: Any, **more: Any) -> Any:
    return _spec({"type": "object", "properties": {"part": part}, **more})


@pytest.mark.parametrize(
    ("old", "new", "kind", "detail"),
    [
        ({"type": "string"}, {"enum": ["a", "b"]}, "values-listed", ""),
        ({"const": "a"}, {"enum": ["a", "b"]}, "value-added", "'b'"),
        ({"enum": ["a", None]}, {"enum": ["a"]}, "null-removed", ""),
        ({"type": "string"}, {}, "type-added", "string -> any"),
        ({}, {"type": "string"}, "type-removed", "any -> string"),
        ({"type": "string"}, False, "type-removed", "string"),
        ({"type": ["string", "integer"]}, {"type": "string"}, "type-removed", "integer"),
        ({"type": ["integer", "number"]}, {"type": "integer"}, "type-removed", "number -> integer"),
        ({"enum": [1, 2.5]}, {"enum": [1]}, "type-removed", "number"),
        ({"enum": [1, True, [], {}]}, {"enum": [1, True, []]}, "type-removed", "object"),
        ({"type": "array", "items": {"type": "string"}}, {"type": "array"}, "rule-dropped", "items"),
        ({"type": "object"}, {"type": "object", "additionalProperties": {"type": "string"}}, "rule-added", "other properties"),
        ({"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}, "rule-changed", "pattern: 'a' -> 'b'"),
        ({"type": "string", "minLength": 1}, {"type": "string"}, "bound-loosened", "minLength: 1 -> None"),
        ({"allOf": [{"minimum": 1}, {"type": "integer", "minimum": 5}]}, {"type": "integer", "minimum": 6}, "bound-tightened", "minimum: 5 -> 6"),
        ({"allOf": [{"maximum": 9}, {"type": "integer", "maximum": 5}]}, {"type": "integer", "maximum": 7}, "bound-loosened", "maximum: 5 -> 7"),
        ({"anyOf": [{"type": "string"}, {"type": "object", "properties": {"a": {}}}]}, {"type": "string"}, "type-removed", "object"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"oneOf": [{"required": ["a"]}]}, "choice-removed", "b"),
        ({"oneOf": [{"required": ["a"]}]}, {}, "choice-added", "of required properties"),
        ({}, {"oneOf": [{"required": ["a"]}]}, "choice-removed", "of required properties"),
        ({"allOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "number"}, "type-added", "integer -> number"),
        ({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}, {"enum": ["b", "c"]}, "value-added", "'c'"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, {"type": "integer"}, "type-added", "integer"),
        ({"type": "string", "enum": ["a", 1]}, {"enum": ["a", 1]}, "type-added", "integer"),
        ({"type": "integer", "enum": ["a"]}, {"enum": ["a"]}, "type-added", "string"),
        ({"allOf": [{"properties": {"a": {"minimum": 1}}}, {"properties": {"a": {"type": "integer"}}}]}, {"properties": {"a": {"type": "integer"}}}, "bound-loosened", "minimum: 1 -> None"),
        ({"allOf": [{"type": "array", "items": {"minimum": 1}}, {"items": {"type": "integer"}}]}, {"type": "array", "items": {"type": "integer"}}, "bound-loosened", "minimum: 1 -> None"),
        ({"enum": ["x" * 90]}, {"enum": ["y"]}, "value-removed", f"'{'x' * 59}…"),
    ],
)  # fmt: skip
def test_a_change_of_a_part_is_found(old: Any, new: Any, kind: str, detail: str) -> None:
    """On both sides, with what it was and is."""
    found = _kinds(_thing(old), _thing(new))
    assert {("request", kind, detail), ("answer", kind, detail)} <= found


def test_alternatives_of_one_type_are_matched_by_likeness() -> None:
    """Of two objects the changed one is compared with what it was, wherever it stands now."""
    cat = {"type": "object", "properties": {"name": {"type": "string"}, "lives": {"type": "integer"}}}
    dog = {"type": "object", "properties": {"size": {"type": "string"}, "barks": {"type": "boolean"}}}
    older = {**cat, "properties": {**cat["properties"], "age": {"type": "integer"}}}
    found = diff(_thing({"anyOf": [cat, dog]}), _thing({"anyOf": [dog, older]}))
    assert {(change.kind, change.place) for change in found} == {
        ("property-added", "request.part.age"),
        ("property-added", "answer.part.age"),
    }


def test_a_schema_that_contains_itself_is_compared_once() -> None:
    """A tree of things."""
    tree = {
        "type": "object",
        "properties": {"inner": {"$ref": "#/components/schemas/Thing"}, "name": {"type": "string"}},
    }
    changed = deepcopy(tree)
    changed["properties"]["name"]["type"] = "integer"
    assert {change.place for change in diff(_spec(tree), _spec(changed))} == {"request.name", "answer.name"}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"requestBody": None}, "body-removed"),
        ({"requestBody": None}, {}, "required-body-added"),
        ({}, {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}, "body-became-optional"),
        ({}, {"responses": {"200": {"description": "Done."}}}, "answer-not-described"),
        ({}, {"responses": {"200": {"description": "Done.", "content": {"image/png": {}}}}}, "answer-not-described"),
        ({"responses": {"200": {"description": "Done."}}}, {}, "answer-described"),
        ({}, {"requestBody": {"required": True, "content": {"text/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}, "content-type-removed"),
        ({}, {"requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/json": {}}}}, "content-type-added"),
        ({}, {"responses": {"200": {"description": "", "content": {"text/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}, "answer-type-added"),
        ({}, {"responses": {"200": {"description": "", "content": {"text/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}, "answer-type-removed"),
        ({}, {"responses": {"201": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}, "success-status-changed"),
        ({}, {"security": [{"token": []}]}, "token-needed"),
        ({"security": [{"token": []}]}, {"security": []}, "token-not-needed"),
        ({"deprecated": True}, {}, "not-deprecated"),
    ],
)  # fmt: skip
def test_a_change_of_an_operation_is_found(before: Any, after: Any, kind: str) -> None:
    """Bodies, answers, media types, tokens."""
    thing = {"type": "object"}
    assert kind in {change.kind for change in diff(_spec(thing, **before), _spec(thing, **after))}


def test_query_parameters_are_parts_of_the_request() -> None:
    """A new one that is required breaks; a shared one is followed to where it stands."""
    shared = {"name": "id", "in": "query", "schema": {"type": "integer"}}
    old = _spec({}, parameters=[{"$ref": "#/components/parameters/Id"}])
    new = _spec(
        {}, parameters=[shared, {"name": "page", "in": "query", "required": True, "schema": {"type": "integer"}}]
    )
    old["components"]["parameters"] = {"Id": shared}
    (change,) = diff(old, new)
    assert (change.kind, change.place, change.severity) == ("required-property-added", "request.page", "breaking")


def test_a_closed_part_refuses_what_other_parts_describe() -> None:
    """`additionalProperties: false` knows the properties beside it only, not those of other branches."""
    named = {"type": "object", "properties": {"name": {}}}
    sized = {"type": "object", "properties": {"size": {}}}
    old, new = _thing({"allOf": [named, sized]}), _thing({"allOf": [named, {**sized, "additionalProperties": False}]})
    assert {change.kind for change in diff(old, new)} == {"property-removed", "closed"}
    needed = {"type": "object", "required": ["name"], "properties": {"name": {}}}
    new = _thing({"allOf": [needed, {**sized, "additionalProperties": False}]})
    assert ("request", "type-removed", "object") in _kinds(old, new)


def test_an_operation_that_moved_is_recognised_by_its_address() -> None:
    """Renamed, not removed and added."""
    new = _spec({}, operationId="things.make")
    assert [change.kind for change in diff(_spec({}), new)] == ["operation-renamed"]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ([], "no OpenAPI 3.1"),
        ({"openapi": "3.0.3", "paths": {}}, "no OpenAPI 3.1"),
        (_spec({"$ref": "#/components/schemas/Thing"}), "refers to itself"),
        (_spec({"$ref": "#/components/schemas/Gone"}), "leads nowhere"),
        (_spec({"$ref": "other.yaml#/Thing"}), "bundle it first"),
        (_spec(7), "is no schema"),
        (_spec({}, requestBody={"$ref": "#/components/requestBodies/Loop"}), "refers to itself"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(document: Any, text: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(UnusableDocument, match=text):
        diff(document, document)


def test_every_kind_has_a_reason() -> None:
    """On both sides where there are two."""
    judged = {(kind, side) for kind in KINDS for side in ("request", "answer", None) if _is_judged(kind, side)}
    assert {kind for kind, _ in judged} == KINDS
    for kind, side in judged:
        change = Change(kind=kind, direction=side, operations=(), place="", old=None, new=None)
        assert change.reason
        assert change.severity in SEVERITIES
        assert side is None or (kind, "answer" if side == "request" else "request") in judged


def _is_judged(kind: str, side: Any) -> bool:
    try:
        return bool(verdict(kind, side))
    except KeyError:
        return False
