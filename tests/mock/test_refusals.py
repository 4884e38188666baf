"""Who is refused, and how: facts that a third party's judge (tests/judges) found wanting, or cannot judge itself."""

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform, Seed
from supervisely_ext.mock.seeds import default_seed
from tests.mock.asking import TOKEN, ask, reply_to, send_form, start

OPERATIONS = bundled().operations


@pytest.fixture
def guarded() -> Platform:
    """A platform that takes one token only."""
    document = default_seed().to_json()
    document["instance"]["tokens"] = ["the right one"]
    return Platform(seed=Seed.from_json(document))


@pytest.mark.parametrize("method", sorted(name for name, operation in OPERATIONS.items() if operation.needs_token))
def test_every_operation_wants_the_right_token(guarded: Platform, method: str) -> None:
    """None is a 400, as on the server; another one a 401; the right one goes further, to the body that is no request."""
    said = [
        reply_to(guarded, method, {"nonsense": 1}, headers).status
        for headers in ({}, {"x-api-key": ""}, {"x-api-key": "wrong"}, {"x-api-key": "the right one"})
    ]
    assert said[:3] == [400, 400, 401]
    assert said[3] not in (401, 403)


def test_the_version_is_for_everybody(guarded: Platform) -> None:
    """instance.version alone needs no token."""
    assert [name for name, operation in OPERATIONS.items() if not operation.needs_token] == ["instance.version"]
    assert ask(guarded, "instance.version", {}, {})[0] == 200


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE", "PATCH", "TRACE"])
def test_another_verb_is_told_the_right_one(platform: Platform, verb: str) -> None:
    """405, and Allow names what is taken."""
    reply = reply_to(platform, "tasks.info", {"id": 1}, TOKEN, verb)
    assert (reply.status, reply.headers) == (405, (("allow", "POST"),))
    reply = reply_to(platform, "tasks.log.download", {}, TOKEN, "POST")
    assert (reply.status, reply.headers) == (405, (("allow", "GET"),))


def test_a_whole_number_may_be_written_with_a_point(platform: Platform) -> None:
    """In JSON 1.0 and 1e0 are 1, as an id, as a size of pages and as a payload; 1.5 is no id."""
    assert ask(platform, "ecosystem.list", b'{"per_page": 2.0, "page": 1e0}')[1]["perPage"] == 2
    assert ask(platform, "ecosystem.info", b'{"id": 83.0}')[1]["id"] == 83
    assert ask(platform, "ecosystem.info", b'{"id": 83.5}')[0] == 400
    task_id = start(platform)
    fields = [{"field": "data.x", "payload": [2.0, 2.5, -0.0, 1e300]}]
    assert ask(platform, "tasks.data.set", {"taskId": task_id, "fields": fields})[0] == 200
    assert platform.tasks[task_id].data["data"]["x"] == [2, 2.5, 0, 1e300]
    assert isinstance(platform.tasks[task_id].data["data"]["x"][0], int)


def test_a_number_in_a_query_may_have_many_digits(platform: Platform) -> None:
    """More lines than there are, or an id of nothing; only what Python would not read is no number."""
    task_id = start(platform)
    assert ask(platform, "tasks.log.download", {"id": task_id, "limit": 10**40})[0] == 200
    assert ask(platform, "tasks.log.download", {"id": 10**40})[0] == 404
    assert ask(platform, "tasks.log.download", {"id": "9" * 5000})[0] == 400


def test_a_form_without_parts_is_a_form(platform: Platform) -> None:
    """It uploads nothing; what has not even an end is refused."""
    task_id = start(platform)
    method = "tasks.files.bulk.upload"
    headers = {**TOKEN, "content-type": "multipart/form-data; boundary=b", "x-task-id": str(task_id)}
    assert ask(platform, method, b"--b--\r\n", headers) == (200, {})
    assert ask(platform, method, b"--b\r\n", headers)[0] == 400
    assert send_form(platform, {"0": (None, b"{}")}, task_id)[0] == 400


@pytest.mark.parametrize(
    ("method", "request_", "place"),
    [
        ("tasks.list", {"workspaceId": 23821, "filter": [{"field": "name", "operator": "="}]}, "filter"),
        ("ecosystem.list", {"filter": [{"field": "id", "operator": "<", "value": "x"}]}, "filter"),
        ("ecosystem.list", {"after": "x"}, "after"),
        ("tasks.data.get", {"taskId": 21012, "fields": [""]}, "field"),
        ("tasks.app-v2.data.set", {"taskId": 21012, "payload": {"data": [{}]}}, "data"),
        ("tasks.meta.update", {"id": 21012, "app": 5}, "/app"),
        ("tasks.log.download", {"id": 21012, "sinceTime": "x"}, "sinceTime"),
    ],
)
def test_what_the_spec_allows_breaks_a_rule_of_the_domain_at_most(
    platform: Platform, method: str, request_: dict[str, object], place: str
) -> None:
    """Its details are an object with the place; a list is for what breaks the rules of the method, which are the spec's."""
    assert start(platform) == 21012
    assert OPERATIONS[method].request.accepts(request_)
    status, answer = ask(platform, method, request_)
    assert (status, answer["error"], answer["details"]["path"]) == (400, "Bad Request", [place])
