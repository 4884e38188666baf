"""Every rule of the lint fires where it is broken, and only there."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.codegen.tools import lint, run_as_script

Mutation = Callable[[Any], Any]


def test_our_spec_breaks_no_rule(spec: Any) -> None:
    """Neither those of OpenAPI nor our own."""
    assert lint.lint(spec) == []


def stop(spec: Any) -> Any:
    return spec["paths"]["/tasks.stop"]["post"]


def schema(spec: Any, name: str) -> Any:
    return spec["components"]["schemas"][name]


def task(spec: Any) -> Any:
    return schema(spec, "Task")["properties"]


def run_request(spec: Any) -> Any:
    return schema(spec, "TasksRunAppRequest")["properties"]


def add_operation(spec: Any, name: str) -> None:
    spec["paths"][f"/{name}"] = {"post": {**stop(spec), "operationId": name}}


def turn_into_a_plain_one(composed: Any) -> None:
    composed["additionalProperties"] = {}
    del composed["unevaluatedProperties"]


STOP = "/paths/~1tasks.stop/post"
TASK = "/components/schemas/Task"
RUN = "/components/schemas/TasksRunAppRequest"
PATH_PARAMETER = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
COOKIE_PARAMETER = {"name": "id", "in": "cookie", "schema": {"type": "integer"}}
ONE_ANSWER = "needs exactly one 2xx answer and `default` for the refusals"
NULL_ENUM = {"type": ["string", "null"], "enum": ["a", None]}

# What is done to our spec, where the lint must see it, what it must say.
BROKEN: dict[str, tuple[Mutation, str, str]] = {
    "another operationId": (lambda s: stop(s).update(operationId="tasks.halt"), STOP, "operationId 'tasks.halt' is not"),
    "no operationId": (lambda s: stop(s).pop("operationId"), STOP, "operationId '' is not the method's name 'tasks.stop'"),
    "one module for two": (
        lambda s: add_operation(s, "tasks-Stop"), "/paths/~1tasks-Stop/post", "overwrite the module of 'tasks.stop'"),
    "one module for camel case": (
        lambda s: add_operation(s, "tasksStop"), "/paths/~1tasksStop/post", "overwrite the module of 'tasks.stop'"),
    **{
        f"no {key}": (lambda s, key=key: stop(s).pop(key), STOP, f"has no {key}")
        for key in ("summary", "description", "x-evidence", "x-retry")
    },
    "empty summary": (lambda s: stop(s).update(summary=""), STOP, "has no summary"),
    "no tag": (lambda s: stop(s).pop("tags"), STOP, "needs exactly one tag"),
    "two tags": (lambda s: stop(s).update(tags=["tasks", "apps"]), STOP, "needs exactly one tag"),
    "path parameter": (lambda s: stop(s).update(parameters=[PATH_PARAMETER]), STOP, "no path and cookie parameters"),
    "cookie parameter": (lambda s: stop(s).update(parameters=[COOKIE_PARAMETER]), STOP, "no path and cookie parameters"),
    "two request types": (
        lambda s: stop(s)["requestBody"]["content"].update({"text/plain": {}}), STOP, "two request content types"),
    "two 2xx answers": (lambda s: stop(s)["responses"].update({"202": {"description": "D"}}), STOP, ONE_ANSWER),
    "no 2xx answer": (lambda s: stop(s)["responses"].pop("200"), STOP, ONE_ANSWER),
    "no default answer": (lambda s: stop(s)["responses"].pop("default"), STOP, ONE_ANSWER),
    "blank in a key": (
        lambda s: task(s)["user"].update({"or a group": None}), f"{TASK}/properties/user", "'or a group' has a blank"),
    "unknown evidence": (
        lambda s: task(s)["size"].update({"x-evidence": "hearsay"}),
        f"{TASK}/properties/size",
        "x-evidence 'hearsay' is none of assumed, observed, reference, sdk",
    ),
    "unknown retry": (lambda s: stop(s).update({"x-retry": "maybe"}), STOP, "x-retry 'maybe' is none of never, safe"),
    **{
        f"property {name}": (
            lambda s, name=name: task(s).update({name: {"type": "string"}}),
            f"{TASK}/properties/{name}",
            "this name breaks the generated model",
        )
        for name in ("d", "cls", "field_dict", "to_dict", "from_dict", "additional_properties")
    },
    "nullable": (
        lambda s: task(s)["size"].update(nullable=True), f"{TASK}/properties/size", "nullable is OpenAPI 3.0"),
    "enum with null": (lambda s: task(s).update(x=NULL_ENUM), f"{TASK}/properties/x", "an enum with null makes three"),
    "wrong example": (
        lambda s: schema(s, "Task")["examples"].append({"id": "7", "type": "app", "status": "started"}),
        f"{TASK}/examples/1",
        "'7' is not of type 'integer'",
    ),
    "wrong example by reference": (
        lambda s: schema(s, "TasksInfoRequest")["examples"].append({"id": 0}),
        "/components/schemas/TasksInfoRequest/examples/1",
        "0 is less than the minimum of 1",
    ),
    "default in a request": (
        lambda s: run_request(s)["isBranch"].update(default=False), f"{RUN}/properties/isBranch", "a default in a request"),
    "default in a part of a request": (
        lambda s: schema(s, "Filter")["properties"]["field"].update(default="id"),
        "/components/schemas/Filter/properties/field",
        "a default in a request",
    ),
    "open request": (lambda s: schema(s, "TasksRunAppRequest").pop("additionalProperties"), RUN, "additionalProperties: false"),
    "open composed request": (
        lambda s: schema(s, "AppsListRequest").pop("unevaluatedProperties"),
        "/components/schemas/AppsListRequest",
        "unevaluatedProperties: false",
    ),
    "composed request closed as a plain one": (
        lambda s: turn_into_a_plain_one(schema(s, "EcosystemListRequest")),
        "/components/schemas/EcosystemListRequest",
        "unevaluatedProperties: false",
    ),
    "sensitive is not true": (
        lambda s: task(s)["size"].update({"x-sensitive": "very"}), f"{TASK}/properties/size", "x-sensitive says true"),
    "sensitive with rules": (
        lambda s: task(s)["user"].update(pattern="^x"), f"{TASK}/properties/user", "stands in for a sensitive text"),
    "contents of files that are not sensitive": (
        lambda s: s["components"]["schemas"]["EcosystemReleaseRequest"]["properties"]["archive"].pop("x-sensitive"),
        "/components/schemas/EcosystemReleaseRequest/properties/archive",
        "contents of files are x-sensitive",
    ),
    "a secret that is not sensitive": (
        lambda s: task(s)["userLogin"].pop("x-sensitive"), f"{TASK}/properties/userLogin", "a text of this name is"),
    "closed enum in an answer": (
        lambda s: task(s)["type"].update(enum=["app", "clone"]), f"{TASK}/properties/type", "a closed enum in an answer"),
    "closed object in an answer": (
        lambda s: schema(s, "Task").update(additionalProperties=False), TASK, "a closed object in an answer"),
    "closed object in a refusal": (
        lambda s: schema(s, "Violation").update(additionalProperties=False),
        "/components/schemas/Violation",
        "a closed object in an answer",
    ),
    "enum by reference in an answer": (
        lambda s: task(s).update(status={"$ref": "#/components/schemas/TaskStatus"}),
        f"{TASK}/properties/status",
        "TaskStatus is closed here",
    ),
    "enum beside null in an answer": (
        lambda s: task(s).update(status={"anyOf": [{"$ref": "#/components/schemas/TaskStatus"}, {"type": "null"}]}),
        f"{TASK}/properties/status/anyOf/0",
        "TaskStatus is closed here",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("only_our_rules")
@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_rule_is_reported_where_it_is_broken(spec: Any, case: str) -> None:
    """Nothing else is reported."""
    mutate, pointer, text = BROKEN[case]
    mutate(spec)
    problems = lint.lint(spec)
    assert {where for where, _ in problems} == {pointer}
    assert any(text in said for _, said in problems), problems


# What is done to our spec without breaking a rule.
FINE: dict[str, Mutation] = {
    "query and header parameters": lambda s: stop(s).update(
        parameters=[{"name": n, "in": n, "schema": {"type": "string"}} for n in ("query", "header")]
    ),
    "a request that takes names it does not list": lambda s: schema(s, "TasksStopRequest").update(
        additionalProperties={"type": "string"}
    ),
    "a property called default": lambda s: run_request(s).update(default={"type": "string"}),
    "an example that breaks rules": lambda s: task(s)["settings"].update(example={"nullable": True, "a b": 1}),
    "a documented refusal": lambda s: stop(s)["responses"].update({"404": {"description": "D"}}),
    "shared examples": lambda s: s["components"].update(examples={"one": {"value": 1}}),
    "an operation without a request": lambda s: stop(s).pop("requestBody"),
    "an enum that may be null in a request": lambda s: run_request(s).update(
        x={"anyOf": [{"$ref": "#/components/schemas/Integration"}, {"type": "null"}]}
    ),
    "an open enum": lambda s: task(s).update(
        status={"anyOf": [{"$ref": "#/components/schemas/TaskStatus"}, {"type": "string"}]}
    ),
}


@pytest.mark.usefixtures("only_our_rules")
@pytest.mark.parametrize("case", FINE)
def test_what_breaks_no_rule_is_not_reported(spec: Any, case: str) -> None:
    """The nearest neighbours of what is refused are allowed."""
    FINE[case](spec)
    assert lint.lint(spec) == []


def test_a_document_that_is_no_openapi_is_reported(spec: Any) -> None:
    """With the pointer of what is wrong."""
    stop(spec)["tags"] = "tasks"
    problems = dict(lint.lint(spec))
    assert '"tasks" is not of type "array"' in problems[f"{STOP}/tags"]


def test_the_script_prints_every_problem_and_fails(
    spec: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each, with the pointer; nothing and success without one."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(spec), "utf-8")
    assert not run_as_script(monkeypatch, "lint", path)
    assert capsys.readouterr() == ("", "")
    stop(spec).update(summary="", tags=[])
    path.write_text(json.dumps(spec), "utf-8")
    assert run_as_script(monkeypatch, "lint", path) == 1
    lines = [f"spec: #{STOP}: has no summary", f"spec: #{STOP}: needs exactly one tag, its family"]
    assert capsys.readouterr() == ("", "\n".join(lines) + "\n")
