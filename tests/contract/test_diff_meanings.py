"""What a change of a schema means to whoever sends it and whoever reads it, judged by hand."""

from collections.abc import Sequence
from typing import Any

import pytest

from supervisely_ext.contract.diff import diff

from .test_diff import _spec, _thing

TEXT, NUMBER, NULL = {"type": "string"}, {"type": "integer"}, {"type": "null"}
BROKEN, DOUBTFUL, FINE = "breaking", "risky", "safe"


def _object(*required: str, extra: Any = True, **properties: Any) -> Any:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": extra}


def _one_of(*names: str, keyword: str = "anyOf") -> Any:
    return {"type": "object", keyword: [{"required": [name]} for name in names]}


# What it was, what it is, and the worst that this is: in a request, in an answer; and the same of the way back.
MEANINGS: dict[str, tuple[Any, Any, tuple[str, str], tuple[str, str]]] = {
    "a branch of another type": ({"anyOf": [TEXT, NUMBER]}, {"anyOf": [TEXT, NUMBER, {"type": "boolean"}]}, (FINE, BROKEN), (BROKEN, FINE)),
    "a branch of the same type": ({"anyOf": [_object("a", a=TEXT), _object("b", b=TEXT)]}, {"anyOf": [_object("a", a=TEXT), _object("b", b=TEXT), _object("c", c=TEXT)]}, (FINE, BROKEN), (BROKEN, FINE)),
    "null as a branch": (TEXT, {"anyOf": [TEXT, NULL]}, (FINE, BROKEN), (BROKEN, FINE)),
    "a constant becomes a list": ({"const": "a"}, {"enum": ["a", "b"]}, (FINE, BROKEN), (BROKEN, FINE)),
    "types listed": ({"type": ["string", "integer", "null"]}, {"type": ["string", "null"]}, (BROKEN, FINE), (FINE, BROKEN)),
    "a part that requires": (_object(a=TEXT), {"allOf": [_object(a=TEXT), {"required": ["a"]}]}, (BROKEN, FINE), (FINE, BROKEN)),
    "a part that adds": (_object(a=TEXT), {"allOf": [_object(a=TEXT), _object(b=TEXT)]}, (FINE, FINE), (BROKEN, BROKEN)),
    "other properties of another type": (_object(extra=TEXT), _object(extra=NUMBER), (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "other properties of a type": (_object(), _object(extra=TEXT), (BROKEN, FINE), (FINE, DOUBTFUL)),
    "other properties allowed, of a type": (_object(extra=False), _object(extra=TEXT), (FINE, FINE), (BROKEN, FINE)),
    "longer texts only": ({"type": "string", "minLength": 1}, {"type": "string", "minLength": 3}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "fewer items only": ({"type": "array", "maxItems": 9}, {"type": "array", "maxItems": 3}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "a choice less": (_one_of("a", "b"), _one_of("a"), (BROKEN, FINE), (FINE, DOUBTFUL)),
    "only one of the choices": (_one_of("a", "b"), _one_of("a", "b", keyword="oneOf"), (BROKEN, FINE), (FINE, DOUBTFUL)),
    "one of two choices goes": ({"allOf": [_one_of("a", "b"), _one_of("c", "d")]}, _one_of("a", "b"), (FINE, DOUBTFUL), (BROKEN, FINE)),
    "two objects with choices": ({"anyOf": [_one_of("a"), _one_of("b")]}, _one_of("a"), (BROKEN, FINE), (FINE, BROKEN)),
    "what is nowhere described is required": ({"type": "object"}, {"type": "object", "required": ["a"]}, (BROKEN, FINE), (FINE, BROKEN)),
    "what was required is described": ({"type": "object", "required": ["a"]}, _object("a", a=TEXT), (FINE, FINE), (BROKEN, BROKEN)),
    "inside of what stands inside": (_object(a=_object(b=TEXT)), _object(a=_object(b=NUMBER)), (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "an object that was anything": ({"properties": {"a": TEXT, "b": TEXT}}, _object(a=TEXT), (BROKEN, BROKEN), (FINE, BROKEN)),
    "a value more, where any is allowed": ({"anyOf": [{"enum": ["a"]}, TEXT]}, {"anyOf": [{"enum": ["a", "b"]}, TEXT]}, (FINE, FINE), (DOUBTFUL, DOUBTFUL)),
    "no other values any more": ({"anyOf": [{"enum": ["a"]}, TEXT]}, {"enum": ["a"]}, (BROKEN, FINE), (FINE, BROKEN)),
    "what must not be": (_object(), {**_object(), "not": {"required": ["a"]}}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "what needs something else": (_object(), {**_object(), "dependentRequired": {"a": ["b"]}}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "names by a pattern": (_object(extra=False), {**_object(extra=False), "patternProperties": {"^x": TEXT}}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "a condition": (_object(), {**_object(), "if": {"required": ["a"]}, "then": {"required": ["b"]}}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "an item that must be there": ({"type": "array"}, {"type": "array", "contains": TEXT}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "items of a place": ({"type": "array", "prefixItems": [TEXT]}, {"type": "array", "prefixItems": [NUMBER]}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "no items": ({"type": "array"}, {"type": "array", "items": False}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "a time instead of a text": (TEXT, {"type": "string", "format": "date-time"}, (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "a text of a format": (TEXT, {"type": "string", "format": "email"}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "both of two patterns": ({"type": "string", "pattern": "^a"}, {"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "z$"}]}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "one of two patterns is another": ({"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "z$"}]}, {"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "y$"}]}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "a divisor more": ({"type": "number", "multipleOf": 2}, {"allOf": [{"type": "number", "multipleOf": 2}, {"multipleOf": 3}]}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "the bound itself": ({"type": "number", "exclusiveMinimum": 0}, {"type": "number", "minimum": 0}, (FINE, DOUBTFUL), (BROKEN, FINE)),
    "the bound itself, at the top": ({"type": "number", "exclusiveMaximum": 0}, {"type": "number", "maximum": 0}, (FINE, DOUBTFUL), (BROKEN, FINE)),
    "a bound beyond the bound itself": ({"type": "number", "minimum": 0}, {"type": "number", "exclusiveMinimum": 1}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "one of the others, of another type": (_object(extra=NUMBER), _object(extra=NUMBER, a=TEXT), (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "one of the others, of their type": (_object(extra=NUMBER), _object(extra=NUMBER, a=NUMBER), (FINE, FINE), (BROKEN, BROKEN)),
    "a list of true instead of 1": ({"enum": [[1]]}, {"enum": [[True]]}, (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "not to be sent": (TEXT, {**TEXT, "readOnly": True}, (BROKEN, FINE), (FINE, FINE)),
    "not to be answered": (TEXT, {**TEXT, "writeOnly": True}, (FINE, BROKEN), (FINE, FINE)),
    "on its way out": (TEXT, {**TEXT, "deprecated": True}, (FINE, FINE), (FINE, FINE)),
    "names of properties that are words of schemas": ({**_object(), "dependentRequired": {"title": ["b"]}}, {**_object(), "dependentRequired": {"title": ["b", "c"]}}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "a property that is called as wording is": ({**_object(), "not": {"properties": {"title": {"const": 1}}}}, {**_object(), "not": {"properties": {"title": {"const": 2}}}}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "what stands beside a reference": ({"not": {"$ref": "#/components/schemas/Thing", "minProperties": 1}}, {"not": {"$ref": "#/components/schemas/Thing", "minProperties": 2}}, (BROKEN, DOUBTFUL), (BROKEN, DOUBTFUL)),
    "what tells alternatives apart": ({"oneOf": [_object("a", a=TEXT)], "discriminator": {"propertyName": "a"}}, {"oneOf": [_object("a", a=TEXT)], "discriminator": {"propertyName": "b"}}, (BROKEN, BROKEN), (BROKEN, BROKEN)),
    "that something tells alternatives apart": (_object("a", a=TEXT), {**_object("a", a=TEXT), "discriminator": {"propertyName": "a"}}, (BROKEN, FINE), (FINE, DOUBTFUL)),
    "false instead of 0": ({"default": 0}, {"default": False}, (DOUBTFUL, DOUBTFUL), (DOUBTFUL, DOUBTFUL)),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANINGS)
def test_a_change_means_what_a_person_says(name: str) -> None:
    """Both ways, on both sides."""
    old, new, there, back = MEANINGS[name]
    assert _classes(old, new) == there
    assert _classes(new, old) == back


def _classes(old: Any, new: Any) -> tuple[str, str]:
    changes = diff(_thing(old), _thing(new))
    request, answer = ([each.severity for each in changes if each.direction == side] for side in ("request", "answer"))
    return _worst(request), _worst(answer)


def _worst(severities: Sequence[str]) -> str:
    return next(each for each in (BROKEN, DOUBTFUL, FINE, "nothing") if each in [*severities, "nothing"])


SAME = {
    "whole numbers from 1": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    "whole numbers to 8": ({"type": "integer", "exclusiveMaximum": 9, "maximum": 10}, {"type": "integer", "maximum": 8}),
    "no least length": ({"type": "string", "minLength": 0}, TEXT),
    "not unique": ({"type": "array", "uniqueItems": False, "minItems": 0}, {"type": "array"}),
    "both truths": ({"enum": [True, False]}, {"type": "boolean"}),
    "values beside any text": ({"anyOf": [{"enum": ["a"]}, TEXT]}, TEXT),
    "a number, whole or not": ({"anyOf": [NUMBER, {"type": "number"}]}, {"type": "number"}),
    "a bound beside null": ({"type": ["integer", "null"], "minimum": 1}, {"anyOf": [NUMBER, NULL], "minimum": 1}),
    "a format beside null": ({"type": ["string", "null"], "format": "date-time"}, {"anyOf": [TEXT, NULL], "format": "date-time"}),
    "a format of texts beside numbers": ({"type": ["string", "integer"], "format": "date-time"}, {"anyOf": [{**TEXT, "format": "date-time"}, NUMBER]}),
    "a format of numbers": ({"type": "integer", "format": "int64"}, {"allOf": [NUMBER], "format": "int64"}),
    "properties beside null": ({**_object("a", a=TEXT), "type": ["object", "null"]}, {"anyOf": [{"type": "object"}, NULL], "properties": {"a": TEXT}, "required": ["a"]}),
    "items beside null": ({"type": ["array", "null"], "items": TEXT}, {"anyOf": [{"type": "array"}, NULL], "items": TEXT}),
    "a default beside null": ({"type": ["string", "null"], "default": "a"}, {"anyOf": [{**TEXT, "default": "a"}, NULL]}),
    "what may not be sent, beside null": ({"type": ["string", "null"], "readOnly": True}, {"anyOf": [{**TEXT, "readOnly": True}, NULL]}),
    "whole numbers by reference": ({"type": "integer", "exclusiveMinimum": 0}, {"$ref": "#/components/schemas/Whole", "exclusiveMinimum": 0}),
    "whole numbers from a broken one": ({"type": "integer", "exclusiveMinimum": 0.5, "maximum": 2.5}, {"type": "integer", "minimum": 1, "maximum": 2}),
    "whole numbers among others": ({"allOf": [NUMBER, {"enum": [1, 2.5]}]}, {"type": "integer", "enum": [1]}),
    "whole numbers in two ways": ({"enum": [1, 2]}, {"enum": [1.0, 2.0]}),
    "a bound that the other one beats": ({"type": "number", "minimum": 0, "exclusiveMinimum": 0}, {"type": "number", "exclusiveMinimum": 0}),
    "a rule of another type": (TEXT, {**TEXT, "minimum": 3, "items": TEXT, "required": ["a"], "uniqueItems": True, "minContains": 2}),
    "two patterns": ({"allOf": [{**TEXT, "pattern": "^a"}, {"pattern": "z$"}]}, {"allOf": [{"pattern": "z$"}, {**TEXT, "pattern": "^a"}]}),
    "one of two that ask more": ({"anyOf": [{**TEXT, "not": {"const": "a"}}, TEXT]}, {"anyOf": [TEXT, {**TEXT, "not": {"const": "a"}}]}),
    "a default in one of two": ({"anyOf": [{**TEXT, "default": "a"}, TEXT]}, {"anyOf": [TEXT, {**TEXT, "default": "a"}]}),
    "who needs whom, in another order": ({**_object(), "dependentRequired": {"a": ["b", "c"]}}, {**_object(), "dependentRequired": {"a": ["c", "b"]}}),
    "alternatives that must not be, in another order": ({"not": {"anyOf": [TEXT, NUMBER]}}, {"not": {"anyOf": [NUMBER, TEXT]}}),
    "a type in a list": ({"not": {"type": "string"}}, {"not": {"type": ["string"]}}),
    "what rules nothing": (_object(), {**_object(), "unevaluatedProperties": True, "propertyNames": {}, "patternProperties": {}, "dependentRequired": {}}),
    "what rules nothing, of lists": ({"type": "array"}, {"type": "array", "prefixItems": [], "unevaluatedItems": {}}),
    "a choice that asks for nothing": (_object(), {**_object(), "anyOf": [{"required": ["a"]}, {}]}),
    "alternatives told apart by schemas of other names": ({"oneOf": [{"$ref": "#/components/schemas/Bad"}], "discriminator": {"propertyName": "a", "mapping": {"x": "#/components/schemas/Bad"}}}, {"oneOf": [{"$ref": "#/components/schemas/AlsoBad"}], "discriminator": {"propertyName": "a", "mapping": {"x": "AlsoBad"}}}),
    "a text or anything": ({"anyOf": [TEXT, {}]}, {}),
    "any items": ({"type": "array", "items": {}}, {"type": "array", "items": True}),
    "what must not be, by reference": ({"not": {"$ref": "#/components/schemas/Bad"}}, {"not": {"type": "string", "title": "bad"}}),
    "what must not be, in another order": ({"not": {"enum": ["a", "b"], "type": ["string", "null"]}}, {"not": {"type": ["null", "string"], "enum": ["b", "a"]}}),
    "what must not be, by itself": ({"not": {"$ref": "#/components/schemas/Loop"}}, {"not": {"$ref": "#/components/schemas/SameLoop"}}),
}  # fmt: skip
COMPONENTS = {
    "Bad": TEXT,
    "AlsoBad": {**TEXT, "title": "bad"},
    "Whole": NUMBER,
    "Loop": {"properties": {"in": {"$ref": "#/components/schemas/Loop"}}},
    "SameLoop": {"properties": {"in": {"$ref": "#/components/schemas/SameLoop"}}},
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_in_another_spelling_is_no_change(name: str) -> None:
    """Both ways."""
    old, new = map(_thing, SAME[name])
    for document in (old, new):
        document["components"]["schemas"] |= COMPONENTS
    assert diff(old, new) == diff(new, old) == []


def _referring(status: Any) -> Any:
    """Two properties of one schema, and one of it or null."""
    part = {"$ref": "#/components/schemas/Status"}
    document = _spec(_object(a=part, b=part, c={"anyOf": [part, NULL]}))
    document["components"]["schemas"]["Status"] = status
    return document


def test_a_change_of_a_shared_schema_is_one_change_where_it_stands() -> None:
    """Not one for each place that refers to it, so that one line accepts it; those places are known, too."""
    changes = diff(_referring({"enum": ["on"]}), _referring({"enum": ["on", "off"]}))
    assert [(each.direction, each.kind, each.old, each.place) for each in changes] == [
        ("answer", "value-added", "/components/schemas/Status", "answer.a"),
        ("request", "value-added", "/components/schemas/Status", "request.a"),
    ]
    assert changes[0].used == {f"/components/schemas/Thing/properties/{name}" for name in "abc"}


def _asking(*parameters: Any, path: Any = ()) -> Any:
    document = _spec({}, parameters=list(parameters))
    document["paths"]["/things.do"]["parameters"] = list(path)
    return document


PAGE = {"name": "page", "in": "query", "schema": NUMBER}


def test_a_parameter_stands_where_the_document_has_it() -> None:
    """Of the operation, or of the path, and with what is said of its content."""
    (removed,) = diff(_asking(PAGE), _asking())
    assert (removed.kind, removed.place, removed.old) == (
        "property-removed",
        "request.page",
        "/paths/~1things.do/post/parameters/0",
    )
    (changed,) = diff(_asking(path=[PAGE]), _asking(path=[{**PAGE, "schema": {"type": "integer", "minimum": 1}}]))
    assert (changed.kind, changed.new) == ("bound-tightened", "/paths/~1things.do/parameters/0/schema")
    (retyped,) = diff(
        _asking(PAGE), _asking({"name": "page", "in": "query", "content": {"text/plain": {"schema": TEXT}}})
    )
    assert (retyped.kind, retyped.new) == (
        "type-changed",
        "/paths/~1things.do/post/parameters/0/content/text~1plain/schema",
    )
    (needed,) = diff(_asking(PAGE), _asking({**PAGE, "required": True}))
    assert (needed.kind, needed.new) == ("became-required", "/paths/~1things.do/post/parameters/0")


def test_a_parameter_that_moves_into_a_header_is_another() -> None:
    """Who sent it in the address does not send it any more."""
    moved = diff(_asking(PAGE), _asking({**PAGE, "in": "header"}))
    assert {(each.kind, each.place) for each in moved} == {
        ("property-removed", "request.page"),
        ("property-added", "request.page (in header)"),
    }


def test_of_several_media_types_each_is_compared_with_itself() -> None:
    """Whichever comes first."""

    def both(json: Any, form: Any) -> Any:
        return _spec({}, requestBody={"required": True, "content": {"application/json": {"schema": json}, "application/x-www-form-urlencoded": {"schema": form}}})  # fmt: skip

    (change,) = diff(both(_object(a=TEXT), _object(a=TEXT)), both(_object(a=TEXT), _object(a=NUMBER)))
    assert (
        change.new
        == "/paths/~1things.do/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/a"
    )


def test_which_refusal_is_gone_is_said() -> None:
    """Of several."""
    content = {"application/json": {"schema": {"type": "object"}}}
    refusals = {code: {"description": "", "content": content} for code in ("200", "400", "409")}
    (gone,) = diff(
        _spec({}, responses=refusals), _spec({}, responses={code: refusals[code] for code in ("200", "400")})
    )
    assert (gone.kind, gone.severity, gone.detail) == ("refusal-removed", "risky", "409")


def test_alternatives_that_are_told_apart_in_another_way_are_told() -> None:
    """Which value stands for which of them."""

    def pets(one: str, other: str) -> Any:
        mapping = {"cat": f"#/components/schemas/{one}", "dog": other}
        refs = [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog")]
        document = _spec({"oneOf": refs, "discriminator": {"propertyName": "kind", "mapping": mapping}})
        document["components"]["schemas"] |= {"Cat": _object(lives=NUMBER), "Dog": _object(barks=TEXT)}
        return document

    changes = diff(pets("Cat", "Dog"), pets("Dog", "Cat"))
    assert {(each.kind, each.direction, each.severity) for each in changes} == {
        ("discriminator-changed", direction, "breaking") for direction in ("request", "answer")
    }
    assert {each.detail.partition(":")[0] for each in changes} == {"cat", "dog"}
