"""Which operations are read, where their ids come from, and what the network may answer."""

import json
import re
from typing import Any, cast

import httpx
import pytest

from supervisely_ext.contract.exchanges import answer_node
from supervisely_ext.contract.kinds import KINDS
from supervisely_ext.contract.places import Document
from supervisely_ext.contract.reads import READS, Reply, TokenRefused, Unreachable, needed, survey
from supervisely_ext.contract.server import asking
from supervisely_ext.contract.spec import OperationSpec, bundled
from supervisely_ext.contract.survey import ABSENT, Survey
from supervisely_ext.mock import Platform

from ..mock.asking import ask, start

SPEC = Document(bundled().document)
OPERATIONS = bundled().operations
NOT_READ = {"projects.editInfo", "instance.get-render-previews-session-token", "ecosystem.file.download", "images.internal.hashes.list"}  # fmt: skip
"""A write, a secret, contents of files, and what would need hashes of contents."""


def test_every_operation_whose_name_says_that_it_reads_is_in_the_table() -> None:
    """A new one of the spec must be put there, or named above."""
    reading = {
        name for name in OPERATIONS if re.search(r"(\.|-|Get)(list|info|get|download|version|Task|editInfo|me$)", name)
    }
    assert reading - NOT_READ == {read.operation for read in READS}


@pytest.mark.parametrize("read", READS, ids=lambda read: read.operation)
def test_what_is_sent_is_a_valid_request(read: Any) -> None:
    """Every required field is an id of a known kind, or fixed."""
    operation = OPERATIONS[read.operation]
    needs = needed(SPEC, operation, read)
    assert set(needs.values()) <= set(KINDS)
    assert operation.request.accepts({**read.fixed, **dict.fromkeys(needs, 5)})


def _asking(platform: Platform, asked: list[str]) -> Any:
    def reply(operation: OperationSpec, fields: Any) -> Reply:
        asked.append(operation.name)
        status, body = ask(platform, operation.name, fields)
        return Reply(status, "application/json", body)

    return reply


def test_a_survey_changes_nothing_on_the_server(platform: Platform) -> None:
    """What the mock holds is the same before and after."""
    start(platform)
    before = platform.snapshot()
    found = survey(SPEC, _asking(platform, []), {"team": [447], "workspace": [23821], "project": [76]})
    assert platform.snapshot() == before
    assert found.judged.keys() == {read.operation for read in READS}


def test_ids_are_found_in_answers(platform: Platform) -> None:
    """A task is enough to find its team and workspace, whose reads come later; at most three things of a kind are looked at."""
    asked: list[str] = []
    tasks = [start(platform) for _ in range(5)]
    found = survey(SPEC, _asking(platform, asked), {"task": tasks})
    assert asked.count("tasks.info") == 3
    assert asked.count("apps.list") == 1
    assert set(found.gaps) == {
        ("projects.info", "no project is known: give --project-id"),
        ("projects.versions.list", "no project is known: give --project-id"),
    }


def test_what_cannot_be_asked_is_said(platform: Platform) -> None:
    """With the option that helps; an id of nothing is a refusal, which is judged too."""
    found = survey(SPEC, _asking(platform, []), {"task": [999]})
    assert ("apps.info", "no app is known: give --app-id") in found.gaps
    assert ("tasks.info", "refused with HTTP 404") in found.gaps
    assert found.deviations == []


@pytest.mark.parametrize("entities", [{"id": 5}, [5], [{"id": "5"}], [{"id": True}], [None], "text"])
def test_ids_that_are_none_are_passed_over(entities: Any) -> None:
    """A server that answers otherwise than the spec says must not end the survey."""

    def reply(operation: OperationSpec, fields: Any) -> Reply:
        return Reply(200, "application/json", {"entities": entities})

    found = survey(SPEC, reply, {})
    assert ("ecosystem.info", "no module is known: give --module-id") in found.gaps


def test_a_spec_without_an_operation_is_read_without_it() -> None:
    """An older spec may be held against a newer server."""
    document = json.loads(json.dumps(bundled().document))
    del document["paths"]["/instance.version"]
    asked: list[str] = []

    def reply(operation: OperationSpec, fields: Any) -> Reply:
        asked.append(operation.name)
        return Reply(404, "application/json", {"error": "no"})

    survey(Document(document), reply, {})
    assert asked == ["ecosystem.list", "ecosystem.models.list", "users.me"]


def test_what_is_not_answered_after_something_was_is_said(platform: Platform) -> None:
    """What was judged before is kept, the other reads are made, and the operation is not asked again."""
    tasks, answering, asked = [start(platform) for _ in range(2)], _asking(platform, []), []

    def reply(operation: OperationSpec, fields: Any) -> Reply:
        asked.append(operation.name)
        if operation.name == "tasks.info":
            raise Unreachable(operation.name, "no answer from https://server.invalid (ReadTimeout)")
        return cast("Reply", answering(operation, fields))

    found = survey(SPEC, reply, {"task": tasks})
    assert (
        found.gaps["tasks.info", "no answer from https://server.invalid (ReadTimeout)"]
        == asked.count("tasks.info")
        == 1
    )
    assert found.judged.keys() >= {"tasks.list", "tasks.data.get", "apps.list"}


def test_a_server_that_answers_nothing_ends_the_survey() -> None:
    """It is not asked eighteen times."""
    asked: list[str] = []

    def reply(operation: OperationSpec, fields: Any) -> Reply:
        asked.append(operation.name)
        raise Unreachable(operation.name, "no answer")

    with pytest.raises(Unreachable, match=r"^instance.version: no answer$"):
        survey(SPEC, reply, {})
    assert asked == ["instance.version"]


def test_a_refused_token_ends_the_survey() -> None:
    """Nothing else would be answered either."""
    with pytest.raises(TokenRefused, match=r"at instance.version \(HTTP 401\)"):
        survey(SPEC, lambda operation, fields: Reply(401, "application/json", {"error": "no"}), {})


def _asked(response: Any, name: str = "tasks.info", fields: Any = None) -> tuple[Reply, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(response, Exception):
            raise response
        return response

    with httpx.Client(
        base_url="https://server.invalid", transport=httpx.MockTransport(handler), follow_redirects=True
    ) as client:
        return asking(client, lambda: "the-token")(OPERATIONS[name], fields or {"id": 5}), seen


def test_the_token_goes_only_where_it_is_needed() -> None:
    """The version is asked for without it; a query goes into the URL."""
    _, (request,) = _asked(httpx.Response(200, json={}))
    assert (request.headers["x-api-key"], request.content, request.method) == ("the-token", b'{"id":5}', "POST")
    _, (request,) = _asked(httpx.Response(200, json={}), "instance.version")
    assert "x-api-key" not in request.headers
    _, (request,) = _asked(httpx.Response(200, json=[]), "tasks.log.download")
    assert (request.method, request.url.query, request.content) == ("GET", b"id=5", b"")


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (httpx.Response(302, headers={"location": "https://other.invalid:8/login?next=secret"}), "HTTP 302 with a redirect to https://other.invalid instead of JSON"),
        (httpx.Response(307, headers={"location": "/login"}), "HTTP 307 with a redirect to https://server.invalid instead of JSON"),
        (httpx.Response(200, html="<p>Log in</p>"), "HTTP 200 with text/html; charset=utf-8 instead of JSON"),
        (httpx.Response(200, content=b"{", headers={"content-type": "application/json"}), "HTTP 200 with application/json instead of JSON"),
        (httpx.Response(200, content=b"{}"), "HTTP 200 with no content type instead of JSON"),
        (httpx.Response(201, json={}), "HTTP 201, of which the spec says nothing"),
    ],
)  # fmt: skip
def test_what_is_not_the_promised_json_is_said_and_not_followed(response: httpx.Response, why: str) -> None:
    """The token goes nowhere else."""
    reply, requests = _asked(response)
    assert len(requests) == 1
    found = Survey(SPEC)
    found.answer(OPERATIONS["tasks.info"], reply.status, reply.content_type, reply.body)
    assert found.gaps == {("tasks.info", why): 1}
    assert not found.judged


def test_no_answer_is_an_error_without_the_errors_own_words() -> None:
    """They may quote what was sent."""
    with pytest.raises(Unreachable, match=r"^tasks.info: no answer from https://server.invalid \(ConnectError\)$"):
        _asked(httpx.ConnectError("the-token"))


def test_a_rule_that_a_sensitive_text_breaks_is_told() -> None:
    """What a server says is judged as it is; only names of new fields are redacted."""
    document = json.loads(json.dumps(bundled().document))
    document["components"]["schemas"]["Workspace"]["properties"]["name"]["maxLength"] = 3
    found = Survey(Document(document))
    workspace = {
        "id": 1,
        "teamId": 2,
        "name": "Somebody's",
        "2024-01-01": 1,
        "session": 1,
        "password": "session-of-somebody",
    }
    found.answer(OPERATIONS["workspaces.info"], 200, "application/json", {**workspace, "session-of-somebody": 1})
    assert [(each.tier, each.name) for each in found.deviations] == [
        ("contradicts", "maxLength"),
        ("new field", "[redacted]"),
        ("new field", "[redacted] 0"),
        ("new field", "password"),
        ("new field", "session"),
    ]


def test_an_operation_that_promises_no_json_cannot_be_judged() -> None:
    """It is said instead of passed over; what a form sends is not judged either."""
    found = Survey(SPEC)
    found.answer(OPERATIONS["tasks.sharing.set"], 200, "application/json", {})
    found.request(OPERATIONS["tasks.files.bulk.upload"], {"a": 1})
    found.request(OPERATIONS["tasks.info"], ABSENT)
    found.request(OPERATIONS["tasks.log.download"], ABSENT)
    assert (found.gaps, found.deviations) == ({("tasks.sharing.set", "the spec promises no JSON"): 1}, [])
    assert answer_node(SPEC, OPERATIONS["ecosystem.file.download"], 200) is None
