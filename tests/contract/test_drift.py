"""Deviations of a value from a schema, and the patch that ends them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from supervisely_ext.contract.defects import Defective
from supervisely_ext.contract.drift import Deviation, deviations, gathered
from supervisely_ext.contract.drift_patch import apply, patch, source_of
from supervisely_ext.contract.exchanges import answer_node, request_node
from supervisely_ext.contract.places import Document, Node, UnusableDocument
from supervisely_ext.contract.spec import bundled
from supervisely_ext.contract.strategies import answers, invalid_answers, invalid_requests, requests
from supervisely_ext.contract.supported import usable

SPEC = Document(bundled().document)
OPERATIONS = bundled().operations
ROOT = Path(__file__).parents[2]
QUICK = settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip
ANSWERING = [name for name, each in OPERATIONS.items() if each.answer and name != "tasks.request.direct"]
ASKING = [name for name, each in OPERATIONS.items() if each.request_type == "application/json"]


def _node(name: str, direction: str, document: Document = SPEC) -> Node:
    operation = OPERATIONS[name]
    node = answer_node(document, operation, 200) if direction == "answer" else request_node(document, operation)
    assert node is not None
    return node


def _accepts(document: Any, node: Node, value: Any) -> bool:
    return bool(Draft202012Validator({**document, "$ref": f"#{node.pointer}"}).is_valid(value))


def _patched(found: list[Deviation], document: Any) -> Any:
    changed = deepcopy(document)
    for step in patch(document, found):
        apply(changed, step)
    return changed


def _check_that_the_patch_ends_it(name: str, direction: str, value: Any) -> None:
    found = gathered((name, each) for each in deviations(_node(name, direction), value))
    assert found
    document = _patched(found, bundled().document)
    node = _node(name, direction, Document(document))
    assert deviations(node, value) == []
    assert _accepts(document, node, value)


@pytest.mark.parametrize("name", ANSWERING)
def test_right_answers_say_at_most_more(name: str) -> None:
    """Unknown fields are the only thing that a valid answer deviates by."""

    @QUICK
    @given(answers(name))
    def check(answer: Any) -> None:
        assert {each.tier for each in deviations(_node(name, "answer"), answer)} <= {"new field"}

    check()


@pytest.mark.parametrize("name", ASKING)
def test_right_requests_deviate_in_nothing(name: str) -> None:
    """Of a request that says what further names it takes, nothing is new."""

    @QUICK
    @given(requests(name))
    def check(request: Any) -> None:
        assert deviations(_node(name, "request"), request) == []

    check()


@pytest.mark.parametrize("name", [name for name in ANSWERING if name != "tasks.data.set"])
def test_every_defect_of_an_answer_is_seen_and_patched(name: str) -> None:
    """After the patch jsonschema takes the answer too."""
    if bundled().operations[name].answer == bundled().operations["tasks.data.set"].answer:
        return

    @QUICK
    @given(invalid_answers(name))
    def check(wrong: Defective) -> None:
        _check_that_the_patch_ends_it(name, "answer", wrong.value)

    check()


@pytest.mark.parametrize("name", [name for name in ASKING if name != "instance.version"])
def test_every_defect_of_a_request_is_seen_and_patched(name: str) -> None:
    """As if a server had accepted it."""

    @QUICK
    @given(invalid_requests(name))
    def check(wrong: Defective) -> None:
        _check_that_the_patch_ends_it(name, "request", wrong.value)

    check()


def _document(**schemas: Any) -> Any:
    return {"paths": {}, "components": {"schemas": schemas}}


TEXT = {"type": "string"}
A = "/components/schemas/A"
B = "/components/schemas/B"


def _seen(tier: Any, pointer: str, name: str, *types: str) -> Deviation:
    return Deviation(tier, pointer, name, frozenset(types))


CASES: dict[str, tuple[Any, Any, list[Deviation]]] = {
    "a new field belongs to the object's own component": (
        _document(A={"$ref": f"#{B}"}, B={"type": "object", "properties": {"x": TEXT}}),
        {"y": 1},
        [_seen("new field", B, "y", "integer")],
    ),
    "with several parts to the whole": (
        _document(A={"allOf": [{"$ref": f"#{B}"}, {"properties": {"z": TEXT}}]}, B={"properties": {"x": TEXT}}),
        {"y": None},
        [_seen("new field", A, "y", "null")],
    ),
    "where parts only refer, the patch gives the whole its own fields": (
        _document(A={"allOf": [{"$ref": f"#{B}"}]}, B={"type": "object", "properties": {"x": TEXT}}),
        {"y": [1]},
        [_seen("new field", A, "y", "array")],
    ),
    "in an object that says it holds nothing": (
        _document(A={"type": "object", "additionalProperties": False}),
        {"y": 1.5},
        [_seen("new field", A, "y", "number")],
    ),
    "a missing field stands where it is required": (
        _document(A={"allOf": [{"$ref": f"#{B}"}], "type": "object"}, B={"required": ["x", "y"]}),
        {"x": 1},
        [_seen("missing", B, "y")],
    ),
    "in each place that requires it": (
        _document(A={"$ref": f"#{B}", "required": ["x"]}, B={"required": ["x", "z"]}),
        {"z": 1},
        [_seen("missing", A, "x"), _seen("missing", B, "x")],
    ),
    "null where a reference stands": (
        _document(A={"properties": {"b": {"$ref": f"#{B}"}}}, B={"type": "object"}),
        {"b": None},
        [_seen("contradicts", f"{A}/properties/b", "type", "null")],
    ),
    "a value that a closed list lacks": (
        _document(A={"properties": {"b": {"$ref": f"#{B}"}}}, B={"type": "string", "enum": ["one"]}),
        {"b": "two"},
        [_seen("contradicts", f"{A}/properties/b", "enum", "string")],
    ),
    "a value that an open list lacks is no deviation": (
        _document(A={"anyOf": [{"enum": ["one"]}, TEXT]}),
        "two",
        [],
    ),
    "another type than the const's": (
        _document(A={"const": 5}),
        "five",
        [_seen("contradicts", A, "type", "string")],
    ),
    "a broken bound, in the component that has it": (
        _document(A={"items": {"$ref": f"#{B}"}}, B={"type": "integer", "minimum": 1, "maximum": 5}),
        [3, 0],
        [_seen("contradicts", B, "minimum", "integer")],
    ),
    "fields of a map": (
        _document(A={"type": "object", "additionalProperties": {"type": "number"}}),
        {"k": 1, "l": "x"},
        [_seen("contradicts", f"{A}/additionalProperties", "type", "string")],
    ),
    "none of the fields of which one must be there": (
        _document(A={"type": "object", "properties": {"x": TEXT, "y": TEXT}, "anyOf": [{"required": ["x"]}, {"required": ["y"]}]}),
        {},
        [_seen("contradicts", A, "anyOf", "object")],
    ),
    "two of the fields of which only one may be there": (
        _document(A={"type": "object", "properties": {"x": TEXT, "y": TEXT}, "oneOf": [{"required": ["x"]}, {"required": ["y"]}]}),
        {"x": "", "y": ""},
        [_seen("contradicts", A, "oneOf", "object")],
    ),
    "of several descriptions the one that explains most": (
        _document(A={"anyOf": [{"$ref": f"#{B}"}, {"type": "object", "properties": {"x": TEXT}, "required": ["x"]}]}, B={"type": "object", "properties": {"y": TEXT}}),
        {"y": "", "z": ""},
        [_seen("new field", B, "z", "string")],
    ),
    "only the part that refuses the value": (
        _document(A={"allOf": [{"$ref": f"#{B}"}, {"properties": {"x": {"type": ["integer", "null"]}}}]}, B={"properties": {"x": {"type": "integer"}}}),
        {"x": None},
        [_seen("contradicts", f"{B}/properties/x", "type", "null")],
    ),
    "both parts that refuse it only together": (
        _document(A={"allOf": [{"$ref": f"#{B}"}, {"properties": {"x": {"type": ["boolean", "null"]}}}]}, B={"properties": {"x": {"type": ["integer", "null"]}}}),
        {"x": "text"},
        [
            _seen("contradicts", f"{B}/properties/x", "type", "string"),
            _seen("contradicts", f"{A}/allOf/1/properties/x", "type", "string"),
        ],
    ),
    "anything in an object of which nothing is described": (
        _document(A={"type": "object"}),
        {"y": {"z": 1}},
        [],
    ),
    "anything that an open part of a closed object takes": (
        _document(A={"unevaluatedProperties": False, "allOf": [{"$ref": f"#{B}"}]}, B={"type": "object", "additionalProperties": True}),
        {"y": 1},
        [],
    ),
    "a field that one part excludes and another describes": (
        _document(A={"allOf": [{"type": "object", "additionalProperties": False}, {"properties": {"y": TEXT}}]}),
        {"y": 1},
        [_seen("new field", f"{A}/allOf/0", "y", "integer"), _seen("contradicts", f"{A}/allOf/1/properties/y", "type", "integer")],
    ),
    "a field that the whole excludes, whatever its parts say": (
        _document(A={"additionalProperties": False, "allOf": [{"type": "object", "properties": {"x": TEXT}}]}),
        {"y": 1},
        [_seen("new field", A, "y", "integer")],
    ),
    "a closed object of no type": (
        _document(A={"additionalProperties": False}),
        {"y": 1},
        [_seen("new field", A, "y", "integer")],
    ),
    "a value that nothing may be": (
        _document(A={"properties": {"x": False}}),
        {"x": 1},
        [_seen("contradicts", f"{A}/properties/x", "type", "integer")],
    ),
    "a list and a bound of one schema": (
        _document(A={"type": "integer", "enum": [1, 2], "maximum": 5}),
        9,
        [_seen("contradicts", A, "enum", "integer"), _seen("contradicts", A, "maximum", "integer")],
    ),
    "a type whose fields are described all the same": (
        _document(A={"type": "null", "required": ["x"]}),
        {},
        [_seen("contradicts", A, "type", "object")],
    ),
    "two parts that take the value each, but not together": (
        _document(A={"properties": {"x": {"$ref": f"#{B}"}}, "allOf": [{"properties": {"x": {"required": ["y"]}}}]}, B={"type": "object", "additionalProperties": False, "properties": {"z": TEXT}}),
        {"x": {"y": 1}},
        [_seen("new field", B, "y", "integer")],
    ),
    "anything beside what an open object lists": (
        _document(A={"type": "object", "properties": {"x": TEXT}, "additionalProperties": True}),
        {"y": 1},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_deviations(case: str) -> None:
    """Tier, place, name and types; and the patch ends them."""
    document, value, expected = CASES[case]
    found = deviations(Node(Document(document), (A,)), value)
    assert found == expected
    patched = _patched(found, document)
    assert deviations(Node(Document(patched), (A,)), value) == []
    assert _accepts(patched, Node(Document(patched), (A,)), value)


def test_several_wrong_values_of_one_place_are_one_deviation() -> None:
    """With every type and every operation that showed it; the worst tier first."""
    found = gathered(
        [
            ("b", _seen("new field", A, "x", "string")),
            ("a", _seen("new field", A, "x", "null")),
            ("a", _seen("missing", A, "y")),
        ]
    )
    assert found == [
        Deviation("missing", A, "y", frozenset(), frozenset({"a"})),
        Deviation("new field", A, "x", frozenset({"string", "null"}), frozenset({"a", "b"})),
    ]


def test_deviations_inside_one_that_is_wrapped_are_patched_too() -> None:
    """The order of the steps is such that every path leads to its place."""
    document = _document(
        A={"properties": {"b": {"allOf": [{"$ref": f"#{B}"}], "properties": {"c": {"type": "string", "enum": ["u"]}}}}},
        B={"type": "object", "required": ["d"]},
    )
    node = Node(Document(document), (A,))
    values: list[Any] = [{"b": None}, {"b": {"c": "v"}}, {"b": {"c": 5, "d": 1}}, {"b": 7}]
    found = gathered(("o", each) for value in values for each in deviations(node, value))
    changed = Node(Document(_patched(found, document)), (A,))
    assert [deviations(changed, value) for value in values] == [[], [], [], []]


def test_a_patch_says_what_it_has_seen() -> None:
    """It tests before it removes, adds beside what was there, and tags what it adds."""
    document = _document(A={"required": ["n", "y"], "type": "object", "properties": {"n": {"type": "integer"}}})
    node = Node(Document(document), (A,))
    assert patch(document, deviations(node, {"n": 1.5, "a/b~": None})) == [
        {"op": "replace", "path": f"{A}/properties/n/type", "value": "number"},
        {"op": "add", "path": f"{A}/properties/n/x-evidence", "value": "observed"},
        {"op": "add", "path": f"{A}/properties/a~1b~0", "value": {"type": "null", "x-evidence": "observed"}},
        {"op": "test", "path": f"{A}/required/1", "value": "y"},
        {"op": "remove", "path": f"{A}/required/1"},
    ]


def test_a_patch_of_another_spec_is_refused() -> None:
    """A step that tests finds something else, or nothing."""
    step = {"op": "test", "path": f"{A}/required/0", "value": "y"}
    with pytest.raises(ValueError, match="is not 'y'"):
        apply(_document(A={"required": ["x"]}), step)
    with pytest.raises(UnusableDocument):
        apply(_document(), step)


@pytest.mark.parametrize(
    ("pointer", "file", "text"),
    [
        ("/components/schemas/Task/properties/status", "tasks.yaml", "    Task:"),
        ("/components/responses/Refused/content", "common.yaml", "    Refused:"),
        ("/paths/~1ecosystem.info/post/responses", "ecosystem.yaml", "  /ecosystem.info:"),
    ],
)
def test_every_place_has_its_line_in_the_spec(pointer: str, file: str, text: str) -> None:
    """The component's, or the operation's; in a directory without a spec there is none."""
    name, _, line = source_of(pointer, ROOT / "spec").rpartition(":")
    assert Path(name).name == file
    assert Path(name).read_text("utf-8").splitlines()[int(line) - 1].startswith(text)
    assert source_of(pointer, ROOT / "docs") == ""
    assert source_of("/components/schemas/Nowhere", ROOT / "spec") == ""


@pytest.mark.parametrize("document", [[], {}, {"paths": []}, {"paths": {}, "components": None}])
def test_what_is_no_bundled_spec_is_refused(document: Any) -> None:
    """Before anything is asked of a server."""
    with pytest.raises(UnusableDocument, match="lacks paths or components"):
        usable(document)
