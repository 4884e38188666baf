"""The mock answers whatever it is asked as the spec says, and never with a failure of its own."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supervisely_ext.contract.defects import Defective
from supervisely_ext.contract.reading import read_json
from supervisely_ext.contract.spec import OperationSpec, bundled
from supervisely_ext.contract.strategies import invalid_requests, requests
from supervisely_ext.mock import Platform
from supervisely_ext.mock.exchange import Reply, Request
from supervisely_ext.mock.gateway import PREFIX, handle
from supervisely_ext.mock.operations.files import content_hash
from tests.mock.asking import start
from tests.mock.test_gateway import VALID

from .effort import effort

OPERATIONS = bundled().operations
FORMS = {name for name, operation in OPERATIONS.items() if operation.request_type == "multipart/form-data"}
"""Their parts are text, whatever is put into them."""


def platform_with_tasks() -> Platform:
    """One runs, one has ended; a content is known."""
    platform = Platform()
    start(platform, 83)
    start(platform)
    platform.advance(21012, "finished")
    platform.contents[content_hash(b"")] = b""
    return platform


def ask(platform: Platform, operation: OperationSpec, request: Any, task_id: int = 21013) -> Reply:
    """Send what the operation takes, in the way in which it takes it."""
    headers = {"x-api-key": "any", "x-task-id": str(task_id)}
    query, content = "", b""
    if not operation.request_type:
        query = urlencode(request)
    elif operation.request_type == "application/json":
        headers["content-type"] = operation.request_type
        content = json.dumps(request, ensure_ascii=False).encode()
    else:
        form = httpx.Request("POST", "https://mock.invalid", files={name: str(part).encode() for name, part in request.items()} or {"": b""})  # fmt: skip
        headers["content-type"], content = form.headers["content-type"], form.read()
    return handle(platform, Request(operation.verb, f"{PREFIX}{operation.name}", headers, content, query))


def assert_as_promised(platform: Platform, operation: OperationSpec, reply: Reply) -> None:
    assert platform.journal.own_faults() == ()
    assert reply.status < 500 or reply.status == 501, reply.body
    if reply.status == 200:
        assert operation.answer is None or operation.answer.accepts(read_json(reply.body)), reply.body
    else:
        assert operation.refusal.accepts(read_json(reply.body)), reply.body


def likely(operation: OperationSpec, drawn: Any) -> st.SearchStrategy[Any]:
    """Give what was drawn, and the same about things that there are."""
    known = VALID.get(operation.name, {})
    if not isinstance(drawn, dict) or not isinstance(known, dict):
        return st.just(drawn)
    ways = [drawn, {**known, **drawn}, {**drawn, **known}]
    return st.sampled_from([way for way in ways if operation.request.accepts(way)])


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_the_spec_allows_is_answered_as_it_says(name: str) -> None:
    """Done, or refused with a reason; and then once more, on what the first has left."""
    operation = OPERATIONS[name]

    @effort(12)
    @given(requests(name).flatmap(lambda drawn: likely(operation, drawn)))
    def check(request: Any) -> None:
        platform = platform_with_tasks()
        for _ in range(2):
            assert_as_promised(platform, operation, ask(platform, operation, request))

    check()


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - FORMS))
def test_what_the_spec_forbids_is_refused(name: str) -> None:
    """With 400, and where the defect is."""
    operation = OPERATIONS[name]

    @effort(12)
    @given(invalid_requests(name))
    def check(each: Defective) -> None:
        assume(operation.request_type or isinstance(each.value, dict))  # a query has names and values
        platform = platform_with_tasks()
        reply = ask(platform, operation, each.value)
        assert_as_promised(platform, operation, reply)
        if operation.request_type:  # of a query, numbers cannot be told from texts
            assert reply.status == 400, each

    check()


@pytest.mark.parametrize("name", OPERATIONS)
def test_any_bytes_are_answered(name: str) -> None:
    """Whatever they are."""
    operation = OPERATIONS[name]
    content_types = st.sampled_from([operation.request_type, "", "text/plain", "multipart/form-data; boundary=x"])

    @effort(6)
    @given(content_types, st.binary(max_size=50) | st.sampled_from([b"{", b"[1]", b'{"id": 1e999}', b'"\\ud800"']))
    def check(content_type: str, body: bytes) -> None:
        platform = Platform()
        headers = {"x-api-key": "any", "content-type": content_type}
        request = Request(operation.verb, f"{PREFIX}{name}", headers, body, body.decode("latin-1"))
        assert_as_promised(platform, operation, handle(platform, request))

    check()
