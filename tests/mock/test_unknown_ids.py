"""Whatever id a request names: one that nobody has is not found, in every method of the spec."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from supervisely_ext.mock.operations import HANDLERS

from .asking import TOKEN, ask, send_form, start
from .test_gateway import VALID

NOBODY = 987_654
BODIES: dict[str, Any] = {
    **VALID,
    "tasks.resume": {"id": 21012},
    "tasks.run.deploy": {"modelId": 1},
    "tasks.run.plugin": {"name": "a", "taskType": "train", "pluginId": 1},
    "tasks.run.python": {"workspaceId": 23821, "config": {}},
}
NOT_LOOKED_AT = {
    # assumed: outputs and edges may tell of what the mock does not keep, such as datasets, models and jobs
    ("tasks.output.set", "output/project/id"),
    ("tasks.output.set", "output/model/id"),
    ("workflow.node.add-input", "id"),
    ("workflow.node.add-output", "id"),
    # refused to everybody
    ("ecosystem.release", "userId"),
}


def resolved(schema: Any) -> Any:
    while "$ref" in schema:
        schema = bundled().document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def id_fields(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the places of ids in a request; a list of ids counts as one place."""
    schema = resolved(schema)
    for part in schema.get("allOf", ()):
        yield from id_fields(part, path)
    for name, own in schema.get("properties", {}).items():
        own = resolved(own)
        if re.fullmatch(r"id|\w+(Id|Ids)", name):
            yield (*path, name, *(["0"] if own.get("type") == "array" else []))
        else:
            yield from id_fields(own, (*path, name))


CASES = [
    (method, "/".join(path))
    for method, operation in bundled().operations.items()
    for path in id_fields(operation.request.schema)
    if method in HANDLERS and (method, "/".join(path)) not in NOT_LOOKED_AT
]


def with_unknown(method: str, place: str) -> Any:
    """Give a request that would be right if there were such an id."""
    accepts = bundled().operations[method].request.accepts
    body = deepcopy(BODIES[method])
    *outer, last = place.split("/")
    node = body
    for name in outer:
        node = node.setdefault(name, {}) if name != outer[-1] or last != "0" else node
    if last == "0":
        node[outer[-1]] = [NOBODY]
    else:
        node[last] = NOBODY
    node |= {"mode": "specific_workspace"} if outer == ["workspace"] else {}
    node |= {"pathPrefix": "/p"} if outer == ["slyCloud"] else {"name": "n"} if outer == ["service"] else {}
    for other in [name for name in body if name not in place.split("/")]:
        if accepts(body):
            break
        without = {name: value for name, value in body.items() if name != other}
        body = without if accepts(without) else body
    assert accepts(body), body
    return body


def test_the_spec_has_such_fields() -> None:
    """In most of its methods; the list is not empty by mistake."""
    assert len(CASES) > 40
    assert {("tasks.info", "id"), ("apps.list", "workspace/id"), ("tasks.users.add", "userIds/0")} <= {*CASES}


@pytest.mark.parametrize(("method", "place"), CASES)
def test_an_unknown_id_is_not_found(platform: Platform, method: str, place: str) -> None:
    """404 in the server's own shape, and nothing has changed."""
    assert start(platform, 83) == 21012
    ask(platform, "ecosystem.models.add", BODIES["ecosystem.models.add"])
    body = with_unknown(method, place)
    before = platform.snapshot()
    status, answer = ask(platform, method, body)
    assert (status, answer["error"]) == (404, "Not Found"), answer
    assert bundled().operations[method].refusal.accepts(answer)
    assert platform.snapshot() == before


@pytest.mark.parametrize("method", ["tasks.logs.add", "tasks.files.bulk.upload"])
def test_so_is_one_in_the_header(platform: Platform, method: str) -> None:
    """Of the task that calls."""
    if method == "tasks.logs.add":
        assert ask(platform, method, {"logs": []}, {**TOKEN, "x-task-id": str(NOBODY)})[0] == 404
    else:
        assert send_form(platform, {"0": (None, b"{}")}, NOBODY)[0] == 404


def test_names_of_nobody_are_not_found_either(platform: Platform) -> None:
    """A slug, a login, a version."""
    for method, body in {
        "ecosystem.info": {"slug": "no/such"},
        "ecosystem.change-owner": {"id": 83, "ownerLogin": "nobody"},
        "instance.get-render-previews-session-token": {"slug": "no/such"},
        "ecosystem.file.download": {"moduleId": 83, "version": "v9", "isArchive": True},
    }.items():
        assert ask(platform, method, body)[0] == 404
