"""`spec diff` on documents that nobody should write: refused with what is wrong, never with an error of Python's, never for ever."""

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.cli import main
from supervisely_ext.contract.diff import diff, families
from supervisely_ext.contract.diff_report import FORMATS, as_changelog
from supervisely_ext.contract.documents import read_text_document
from supervisely_ext.contract.places import UnusableDocument
from supervisely_ext.contract.python_names import with_names

from .properties.effort import effort

_PART = {"$ref": "#/components/schemas/Part"}
WHOLE: Any = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "/v3", "variables": {"a": {"default": "b"}}}],
    "security": [{"token": ["read"]}],
    "paths": {
        "/things.list": {
            "parameters": [{"$ref": "#/components/parameters/Page"}],
            "get": {
                "operationId": "things.list",
                "tags": ["things"],
                "parameters": [{"name": "id", "in": "query", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": {"$ref": "#/components/responses/Things"}},
                "x-retry": "safe",
                "x-filter-fields": ["id"],
            },
        },
        "/things.make": {
            "post": {
                "operationId": "things.make",
                "requestBody": {"required": True, "content": {"application/json": {"schema": _PART}}},
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": _PART}}}},
                "deprecated": True,
            },
        },
    },
    "components": {
        "parameters": {"Page": {"name": "page", "in": "query", "content": {"text/plain": {"schema": {"minimum": 1}}}}},
        "responses": {
            "Things": {
                "headers": {"Next": {"$ref": "#/components/headers/Next"}},
                "content": {"application/json": {"schema": {"type": "array", "minItems": 1, "items": _PART}}},
            }
        },
        "headers": {"Next": {"required": True, "deprecated": True, "style": "simple", "schema": {"type": "array"}}},
        "securitySchemes": {"token": {"type": "oauth2", "flows": {"password": {"tokenUrl": "/", "scopes": {}}}}},
        "schemas": {
            "Pet": {
                "anyOf": [_PART, {"type": "null"}],
                "discriminator": {"propertyName": "a", "mapping": {"x": "Part", "y": "#/components/schemas/Pet"}},
                "readOnly": True,
            },
            "Part": {
                "allOf": [{"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}],
                "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
                "unevaluatedProperties": False,
                "properties": {
                    "a": {
                        "anyOf": [{"enum": ["x", "y"], "default": "x"}, {"type": ["string", "null"], "pattern": "z"}]
                    },
                    "b": {"not": _PART, "type": "number", "multipleOf": 2, "exclusiveMinimum": 0},
                    "inner": _PART,
                    "pet": {"$ref": "#/components/schemas/Pet"},
                },
                "patternProperties": {"^x": {"allOf": [_PART], "required": ["a"]}},
                "if": {"properties": {"title": {"const": 1}}},
                "then": {"prefixItems": [{"enum": [1, "a"]}]},
                "dependentRequired": {"a": ["b"]},
                "additionalProperties": {"const": 1},
            },
        },
    },
}
WRONG: list[Any] = [
    *(None, 7, -1, 1.5, True, False, "", "x", [], [7], ["a", "a"], [[]], [{}], [None], {}, {"a": 7}, {"": {}}),
    *({"$ref": 5}, {"$ref": ""}, {"$ref": "#/"}, {"$ref": "#/components/schemas/Part/~2"}, {"$ref": "#/paths"}),
]


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, part in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _places(part, (*path, key))


PLACES = list(_places(WHOLE))


def _with(path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return deepcopy(value)
    document = holder = deepcopy(WHOLE)
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = deepcopy(value)
    return document


@effort(400)
@given(st.sampled_from(PLACES), st.sampled_from(WRONG))
def test_a_document_with_a_wrong_part_is_compared_or_refused(place: tuple[Any, ...], value: Any) -> None:
    """From it and to it, whatever stands wherever."""
    document = _with(place, value)
    for old, new in ((WHOLE, document), (document, WHOLE)):
        with suppress(UnusableDocument):
            changes = with_names(diff(old, new), {**families(old), **families(new)})
            for write in (*FORMATS.values(), as_changelog):
                write(changes)


def test_the_whole_document_can_be_read() -> None:
    """Else the test above would test nothing."""
    assert diff(WHOLE, deepcopy(WHOLE)) == []


def _spec_of(**schemas: Any) -> Any:
    document = deepcopy(WHOLE)
    document["components"]["schemas"] |= schemas
    document["components"]["schemas"]["Part"] = {"$ref": f"#/components/schemas/{next(iter(schemas))}"}
    return document


def test_schemas_that_share_others_are_compared_once() -> None:
    """Two references on each of thirty levels make a billion ways down, and one change."""
    levels = {
        f"L{level}": {
            "type": "object",
            "properties": {name: {"$ref": f"#/components/schemas/L{level + 1}"} for name in "ab"},
        }
        for level in range(30)
    }
    old, new = _spec_of(**levels, L30={"type": "string"}), _spec_of(**levels, L30={"type": "integer"})
    changes = diff(old, new)
    assert {(change.kind, change.old) for change in changes} == {("type-changed", "/components/schemas/L30")}
    assert {change.direction for change in changes} == {"request", "answer"}


def test_alternatives_within_alternatives_are_matched_in_time() -> None:
    """Six levels of three objects each."""
    part: Any = {"type": "string"}
    for _ in range(6):
        part = {"anyOf": [{"type": "object", "properties": {name: deepcopy(part)}} for name in "abc"]}
    assert diff(_spec_of(Deep=part), _spec_of(Deep=deepcopy(part))) == []


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"allOf": [{"anyOf": [{"minimum": n}, {"maximum": n}]} for n in range(40)]}, "ways to follow"),
        ({"type": "strnig"}, "is none of null, boolean"),
        ({"minimum": "1"}, "minimum is of type string, not integer or number"),
        ({"required": [7]}, "not of type string"),
        (7, "is of type integer"),
    ],
)
def test_a_schema_that_cannot_be_read_is_named(schema: Any, text: str) -> None:
    """With the place."""
    with pytest.raises(UnusableDocument, match=text) as caught:
        diff(WHOLE, _spec_of(Bad=schema))
    assert "/components/schemas/Bad" in str(caught.value)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"parameters": [{"$ref": "#/openapi"}]}, "/openapi, which is no parameter"),
        ({"parameters": [{"$ref": "#/paths"}]}, "/paths, which is no parameter"),
        ({"requestBody": {"$ref": "#/openapi"}}, "/openapi, which is no body"),
        ({"responses": {"200": {"$ref": "#/openapi"}}}, "/openapi, which is no body"),
        ({"responses": {"200": {"headers": {"A": {"$ref": "#/openapi"}}}}}, "/openapi, which is no header"),
        ({"servers": [{}]}, "does not meet required"),
        ({"security": [{"token": 5}]}, "does not meet type"),
        ({"operationId": "things.list"}, "have one operationId: things.list"),
    ],
)
def test_an_operation_that_cannot_be_read_is_named(part: Any, text: str) -> None:
    """With what keeps it from being read."""
    document = deepcopy(WHOLE)
    document["paths"]["/things.make"]["post"] |= part
    with pytest.raises(UnusableDocument, match=text):
        diff(document, document)


def _bomb(levels: int) -> str:
    lines = [f"a0: &a0 {{type: string, {'x' * 50}: 1}}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_bomb(30), "larger than"),
        ("a: &a [*a]", "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("a: " + "{b: " * 3000 + "1" + "}" * 3000, "nested too deeply"),
        ("!!python/object/apply:os.getcwd []", "no YAML"),
        ("? [a]\n: b", "no YAML"),
        ("a: .nan", "holds nan"),
        ("a: .inf", "holds inf"),
        ("a: !!binary aGk=", "holds b'hi'"),
        ("a: !!set {b}", "holds"),
        ('{"a": NaN}', "no JSON"),
        ('{"\\ud800": 1}', "half a character"),
        ('a: "\\ud800"', "half a character"),
    ],
    ids=range(14),
)
def test_a_text_that_is_a_trap_is_refused(text: str, why: str) -> None:
    """Quickly, whatever it would unfold to; and YAML that says what JSON cannot."""
    with pytest.raises(UnusableDocument, match=why):
        read_text_document(text, "trap")


def test_yaml_is_read_as_json_would_be() -> None:
    """Numbers and words as names, dates as texts, aliases wherever they stand."""
    text = "200: &a {version: 2026-01-01, at: 2026-01-01 10:00:00}\nyes: *a\nnull: 1.5"
    part = {"version": "2026-01-01", "at": "2026-01-01T10:00:00"}
    assert read_text_document(text, "spec") == {"200": part, "true": part, "null": 1.5}


def test_a_nested_schema_is_refused_with_2(tmp_path: Path) -> None:
    """What is deeper than Python goes is one line of text, too."""
    part: Any = {"type": "string"}
    for _ in range(300):
        part = {"type": "array", "items": part}
    path = tmp_path / "deep.json"
    path.write_text(json.dumps(_spec_of(Deep=part)))
    done = CliRunner().invoke(main, ["spec", "diff", str(path), str(path)])
    assert done.exit_code == 2, done.output
    assert "nested too deeply" in done.stderr
