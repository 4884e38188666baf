"""What a recording keeps of generated exchanges in which every secret place holds a canary."""

import json
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from supervisely_ext.contract.drift import deviations
from supervisely_ext.contract.exchanges import answer_node, request_node
from supervisely_ext.contract.places import Document, Node
from supervisely_ext.contract.redaction import STAND_IN, Redaction
from supervisely_ext.contract.spec import bundled
from supervisely_ext.contract.strategies import answers, requests

from .planting import at, behind, parts

SPEC = Document(bundled().document)
OPERATIONS = bundled().operations
NAMES = tuple(bundled().document["x-sensitive-names"])
CANARY = "canary-5d1f"
UNKNOWN = {
    "userLogin2": CANARY,
    "API_TOKEN": CANARY,
    "note": CANARY,
    f"key {CANARY}": 1,
    "deep": [{"x": {"password": CANARY, CANARY: CANARY}}],
}
QUICK = settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip


def poisoned(pointer: str | None, value: Any) -> Any:
    """Canaries in every text that the spec marks or does not know, and further fields in every object."""
    document = bundled().document
    marked = pointer is None or _marked(pointer)
    pointer = None if pointer is None else behind(document, pointer, value)
    if isinstance(value, str):
        return CANARY if marked or _marked(pointer) else value
    if isinstance(value, list):
        has_items = pointer is not None and "items" in at(document, pointer)
        return [poisoned(f"{pointer}/items" if has_items else None, item) for item in value]
    return {**_fields(pointer, value), **UNKNOWN} if isinstance(value, dict) else value


def _marked(pointer: str | None) -> bool:
    document = bundled().document
    schema = {} if pointer is None else at(document, pointer)
    return pointer is None or schema.get("x-sensitive", False) or ("$ref" in schema and _marked(schema["$ref"][1:]))


def _fields(pointer: str | None, value: dict[str, Any]) -> dict[str, Any]:
    document = bundled().document
    places = {
        name: f"{part}/properties/{name}"
        for part in (parts(document, pointer) if pointer else ())
        for name in at(document, part)["properties"]
    }
    return {name: poisoned(places.get(name), part) for name, part in value.items()}


def _is_canary_free(value: Any) -> bool:
    return CANARY not in json.dumps(value)


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if each.answer])
def test_no_canary_of_an_answer_is_kept(name: str) -> None:
    """Whatever is not secret is kept as it was, and what stands in for a secret deviates where the secret did."""
    node = answer_node(SPEC, OPERATIONS[name], 200)
    assert node is not None

    @QUICK
    @given(answers(name))
    def check(answer: Any) -> None:
        wrong = poisoned(node.pointer, answer)
        kept = Redaction(NAMES).redacted(node, wrong)
        assert _is_canary_free(kept)
        assert {each.tier for each in deviations(node, kept)} == {each.tier for each in deviations(node, wrong)}

    check()


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if each.request_type == "application/json"])
def test_no_canary_of_a_request_is_kept(name: str) -> None:
    """Nested objects, unknown fields, names that are data."""
    node = request_node(SPEC, OPERATIONS[name])
    assert node is not None

    @QUICK
    @given(requests(name))
    def check(request: Any) -> None:
        assert _is_canary_free(Redaction(NAMES).redacted(node, poisoned(node.pointer, request)))

    check()


def _sensitive_places(node: Any, pointer: str = "") -> list[str]:
    found = [pointer] if isinstance(node, dict) and node.get("x-sensitive") else []
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        found += _sensitive_places(value, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    return found


def test_what_stands_in_for_a_secret_follows_the_spec() -> None:
    """Else a recording would show deviations that the server never had."""
    document = bundled().document
    places = _sensitive_places(document)
    assert len(places) > 50
    for pointer in places:
        Draft202012Validator({**document, "$ref": f"#{pointer}"}).validate(STAND_IN)


def _kept(schema: Any, value: Any, *names: str) -> Any:
    document = Document({"components": {"schemas": {"A": schema}}})
    return Redaction(names).redacted(Node(document, ("/components/schemas/A",)), value)


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "value", "kept"),
    [
        (TEXT, "plain", "plain"),
        (TEXT, "somebody@example.com", STAND_IN),
        (TEXT, "https://me:word@localhost/repo", STAND_IN),
        (TEXT, "https://example.com/repo", "https://example.com/repo"),
        ({**TEXT, "enum": ["on", "off"]}, "on", "on"),
        ({"anyOf": [{"enum": ["on", "off"]}, TEXT]}, "on", "on"),
        ({"anyOf": [{"enum": ["on", "off"]}, TEXT]}, "a secret", STAND_IN),
        (TEXT, 5, 0),
        (TEXT, 5.5, 0.5),
        (TEXT, True, False),
        (TEXT, None, None),
        (TEXT, ["x"], []),
        (TEXT, {"x": 1}, {}),
        ({}, "anything", STAND_IN),
        ({"type": "array"}, ["x"], []),
        ({"type": "object"}, {"x": "y"}, {}),
        ({"type": "object", "additionalProperties": TEXT}, {"x": "y"}, {f"{STAND_IN} 1": "y"}),
        ({"type": "object", "properties": {"x": TEXT}}, {"x": "y", "z": "y"}, {"x": "y", "z": STAND_IN}),
        ({"type": "object", "properties": {"x": TEXT}}, {"two words": "y"}, {f"{STAND_IN} 1": STAND_IN}),
        ({"type": "object", "properties": {"myToken": TEXT}}, {"myToken": "y"}, {"myToken": STAND_IN}),
        (
            {"anyOf": [{"type": "object", "properties": {"x": TEXT}}, {"type": "object", "properties": {"y": TEXT}}]},
            {"y": "z"},
            {"y": "z"},
        ),
    ],
)
def test_what_is_kept(schema: Any, value: Any, kept: Any) -> None:
    """What the spec describes stays; of the rest only the type does, and names that look like names."""
    assert _kept(schema, value, "*token*") == kept


@pytest.mark.parametrize("written", [CANARY, f"see {CANARY}!", quote_plus("a b/" + CANARY), quote_plus(CANARY + "+/=")])
def test_a_known_secret_is_found_in_other_texts(written: str) -> None:
    """The caller's token in an answer's harmless text, in a name, in a URL."""
    redaction = Redaction(NAMES)
    redaction.hide([CANARY, "short"])
    kept = redaction.without_secrets({"a": [written, "a short text"], written: 5})
    assert kept == {"a": [STAND_IN, "a short text"], f"{STAND_IN} 2": 5}


def test_a_secret_under_a_telling_name_is_found_elsewhere() -> None:
    """However deep it stood, and in whichever case it is named."""
    redaction = Redaction(NAMES)
    assert redaction.redacted(None, {"a": [{"X-Api-Key": {"k": [CANARY]}}], "b": "no secret here"}) == {}
    assert redaction.without_secrets([CANARY, "no secret here"]) == [STAND_IN, "no secret here"]
    assert CANARY not in repr(redaction)
