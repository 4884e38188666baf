"""What a change of an operation means beside its schemas: bodies, answers, servers, tokens, headers."""

from copy import deepcopy
from typing import Any

import pytest

from supervisely_ext.contract.diff import diff
from supervisely_ext.contract.spec import Contract

from .test_diff import _spec

TEXT, LIST = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
JSON = {"application/json": {"schema": TEXT}}
BYTES = {"application/octet-stream": {}}
DONE = {"description": "", "content": JSON}
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "renamed": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "The same."},
}


def _body(content: Any, **more: Any) -> Any:
    return {"requestBody": {"content": content, **more}}


def _answers(**answers: Any) -> Any:
    return {"responses": {code.strip("_"): answer for code, answer in answers.items()}}


def _parameter(**parameter: Any) -> Any:
    return {"parameters": [{"name": "q", "in": "query", "schema": LIST, **parameter}]}


def _headers(*, of: str = "200", **headers: Any) -> Any:
    return {"responses": {of: {**DONE, "headers": headers}}}


def _of(operation: Any) -> Any:
    document = _spec({}, **operation)
    document["components"]["securitySchemes"] = SCHEMES
    document["components"]["headers"] = {"Next": {"required": True, "schema": TEXT}}
    return document


# What the operation was, what it is, and each change with its class.
MEANINGS: dict[str, tuple[Any, Any, set[tuple[str, str]]]] = {
    "a body that must be there": ({"requestBody": None}, _body(JSON, required=True), {("required-body-added", "breaking")}),
    "a body without a schema that must be there": ({"requestBody": None}, _body(BYTES, required=True), {("required-body-added", "breaking")}),
    "a body that may be there": ({"requestBody": None}, _body(JSON), {("body-added", "risky")}),
    "no body": (_body(BYTES), {"requestBody": None}, {("body-removed", "breaking")}),
    "a body of which nothing is said": (_body(JSON), _body({"application/json": {}}), {("body-not-described", "breaking")}),
    "a body of which something is said": (_body({"application/json": {}}), _body(JSON), {("body-described", "breaking")}),
    "a body of another type": (_body(BYTES), _body({"text/plain": {}}), {("content-type-added", "safe"), ("content-type-removed", "breaking")}),
    "a body of an answer": (_answers(_200={"description": ""}), _answers(_200={"description": "", "content": BYTES}), {("answer-type-added", "breaking")}),
    "another success": (_answers(_200=DONE), _answers(_200=DONE, _201=DONE), {("success-added", "breaking")}),
    "a success less": (_answers(_200=DONE, _201=DONE), _answers(_201=DONE), {("success-removed", "safe")}),
    "another schema of the other success": (_answers(_200=DONE, _201=DONE), _answers(_200=DONE, _201={"content": {"application/json": {"schema": LIST}}}), {("type-changed", "breaking")}),
    "another status": (_answers(_200=DONE), _answers(_201=DONE), {("success-status-changed", "risky")}),
    "another refusal": (_answers(_200=DONE), _answers(_200=DONE, _404=DONE), {("refusal-added", "risky")}),
    "a refusal less": (_answers(_200=DONE, _404={"description": ""}), _answers(_200=DONE), {("refusal-removed", "risky")}),
    "a refusal of another type": (_answers(_404=DONE), _answers(_404={"content": {"text/html": {"schema": TEXT}}}), {("answer-type-added", "breaking"), ("answer-type-removed", "safe")}),
    "a refusal of which nothing is said": (_answers(_200=DONE, _404=DONE), _answers(_200=DONE, _404={"description": ""}), {("answer-not-described", "breaking")}),
    "a header less": (_headers(Next={"schema": TEXT}), _headers(), {("property-removed", "breaking")}),
    "a header more": (_headers(), _headers(Next={"$ref": "#/components/headers/Next"}), {("required-property-added", "safe")}),
    "a header that may be missing": (_headers(Next={"required": True, "schema": TEXT}), _headers(next={"schema": TEXT}), {("became-optional", "breaking")}),
    "another schema of a header": (_headers(Next={"schema": TEXT}), _headers(Next={"schema": LIST}), {("type-changed", "breaking")}),
    "another server": ({"servers": [{"url": "https://a"}]}, {"servers": [{"url": "https://b"}]}, {("server-added", "safe"), ("server-removed", "breaking")}),
    "a server where none was named": ({}, {"servers": [{"url": "/v2"}]}, {("server-added", "safe"), ("server-removed", "breaking")}),
    "another scheme": ({"security": [{"key": []}]}, {"security": [{"bearer": []}]}, {("access-added", "safe"), ("access-removed", "breaking")}),
    "two schemes at once": ({"security": [{"key": []}]}, {"security": [{"key": [], "bearer": []}]}, {("access-removed", "breaking")}),
    "one scheme of two": ({"security": [{"key": [], "bearer": []}]}, {"security": [{"key": []}]}, {("access-added", "safe")}),
    "one way in less": ({"security": [{"key": []}, {"bearer": []}]}, {"security": [{"key": []}]}, {("access-removed", "breaking")}),
    "a scope more": ({"security": [{"key": ["read"]}]}, {"security": [{"key": ["read", "write"]}]}, {("access-removed", "breaking")}),
    "a scheme that nobody describes": ({"security": [{"key": []}]}, {"security": [{"other": []}]}, {("access-added", "safe"), ("access-removed", "breaking")}),
    "a way in without a token": ({"security": [{"key": []}]}, {"security": [{"key": []}, {}]}, {("token-not-needed", "safe")}),
    "no way in without a token": ({"security": [{}]}, {"security": [{"key": []}]}, {("token-needed", "risky")}),
    "a list written in another way": (_parameter(), _parameter(style="pipeDelimited", explode=False), {("style-changed", "breaking")}),
    "a list written as JSON": (_parameter(), {"parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": LIST}}}]}, {("style-changed", "breaking")}),
    "characters as they are": (_parameter(), _parameter(allowReserved=True), {("style-changed", "breaking")}),
    "a parameter on its way out": (_parameter(), _parameter(deprecated=True), {("part-deprecated", "safe")}),
    "a parameter not on its way out": (_parameter(deprecated=True), _parameter(), {("part-not-deprecated", "safe")}),
    "a version that knows a value": ({}, {"x-min-instance-version-of-type": {"job": "6.11.11"}}, {("version-gate-changed", "risky")}),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANINGS)
def test_a_change_of_an_operation_means_what_a_person_says(name: str) -> None:
    """Each change with its class, and no other."""
    old, new, expected = MEANINGS[name]
    assert {(each.kind, each.severity) for each in diff(_of(old), _of(new))} == expected


SAME: dict[str, tuple[Any, Any]] = {
    "a header in other letters": (_parameter(name="X-A", **{"in": "header"}), _parameter(name="x-a", **{"in": "header"})),
    "a header of an answer in other letters": (_headers(Next={"schema": TEXT}), _headers(next={"schema": TEXT})),
    "defaults written out": (_parameter(), _parameter(style="form", explode=True)),
    "how a single value is written": (_parameter(schema=TEXT), _parameter(schema=TEXT, explode=False)),
    "a server in other words": ({"servers": [{"url": "/v3"}]}, {"servers": [{"url": "/v3", "description": "Ours."}]}),
    "the server that is meant where none is named": ({}, {"servers": [{"url": "/"}]}),
    "a scheme by another name": ({"security": [{"key": []}]}, {"security": [{"renamed": []}]}),
    "ways in, in another order": ({"security": [{"key": []}, {"bearer": []}]}, {"security": [{"bearer": []}, {"key": []}]}),
    "nothing to show": ({"security": []}, {"security": [{}]}),
    "a parameter without a schema": (_parameter(content={"text/plain": {}}), _parameter(content={"text/plain": {}})),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_an_operation_in_another_spelling_is_no_change(name: str) -> None:
    """Both ways."""
    old, new = map(_of, SAME[name])
    assert diff(old, new) == diff(new, old) == []


def test_a_change_of_what_all_operations_share_is_one_change() -> None:
    """Of the document's server, where it stands."""
    old = _of({})
    old["paths"]["/things.see"] = {"post": {"operationId": "things.see", "responses": {"200": DONE}}}
    new = deepcopy(old)
    old["servers"], new["servers"] = [{"url": "/v1"}], [{"url": "/v2"}]
    assert [(each.kind, each.operations, each.old, each.new) for each in diff(old, new)] == [
        ("server-removed", ("things.do", "things.see"), "/servers", "/servers"),
        ("server-added", ("things.do", "things.see"), "/servers", "/servers"),
    ]


def test_a_header_of_an_answer_stands_where_the_document_has_it() -> None:
    """Behind references too; what concerns all of them stands at the answer."""
    (added,) = diff(_of(_headers()), _of(_headers(Next={"$ref": "#/components/headers/Next"})))
    assert (added.place, added.old, added.new) == ("answer.next (in header)", None, "/components/headers/Next")


@pytest.mark.parametrize(
    ("shared", "own", "needed"),
    [(None, None, False), ([{"key": []}], None, True), ([{"key": []}], [], False), (None, [{}], False), ([{}, {"key": []}], None, False), (None, [{"key": []}], True)],
)  # fmt: skip
def test_whether_a_token_is_needed_is_one_truth(shared: Any, own: Any, needed: bool) -> None:
    """For the mock and for the comparison, whoever says it."""
    document = _spec({}, security=own)
    document["components"]["schemas"]["Error"] = {}
    if shared is not None:
        document["security"] = shared
    assert Contract(document).operations["things.do"].needs_token is needed
    free = deepcopy(document)
    free["paths"]["/things.do"]["post"]["security"] = []
    assert ("token-not-needed" in {each.kind for each in diff(document, free)}) is needed
