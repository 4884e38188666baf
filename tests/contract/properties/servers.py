"""Servers that answer whatever a test has drawn."""

from collections.abc import Callable
from typing import Any

import httpx
from hypothesis import strategies as st

from supervisely_ext.contract.spec import OperationSpec, bundled
from supervisely_ext.contract.strategies import answers, invalid_answers
from supervisely_ext.transport import Unanswered
from tests.mock.planting import example
from tests.scripted import ScriptedTransport

_MOST_DRAWN = 4
_MOST = 40
NO_MORE = httpx.Response(404, json={"error": "Not Found"})
ANY_ANSWER = {"tasks.request.direct"}

PAGE = b"<!doctype html><title>Sign in</title>"
BODIES = st.sampled_from([b"", b" ", PAGE, b'{"id": 7', b"[", b"\xff\xfe", b"null", b"[]", b"{}", b"7", b'"text"', b"[null]", b'{"entities": [7]}', b"NaN"])  # fmt: skip
LOST = st.builds(Unanswered, st.builds(httpx.ReadError, st.just("connection reset")), sent=st.booleans())
REFUSALS = st.sampled_from([302, 400, 401, 403, 404, 409, 418, 429, 500, 501, 503])


def right(operation: OperationSpec) -> st.SearchStrategy[httpx.Response]:
    """Give successes that the spec promises."""
    if operation.answer is None:
        return st.binary(max_size=20).map(lambda body: httpx.Response(200, content=body))
    return answers(operation.name).map(_json)


def broken(operation: OperationSpec) -> st.SearchStrategy[Any]:
    """Give successes that break one promise, bodies that are something else, refusals, and no answer at all."""
    ways: list[st.SearchStrategy[Any]] = [
        BODIES.map(lambda body: httpx.Response(200, content=body)),
        st.builds(lambda status, body: httpx.Response(status, content=body), REFUSALS, BODIES),
        st.builds(lambda status, body: httpx.Response(status, json=body), REFUSALS, st.just({"error": "no", "details": {}})),
        LOST,
    ]  # fmt: skip
    if operation.answer is not None and operation.name not in ANY_ANSWER:
        ways.append(invalid_answers(operation.name).map(lambda each: _json(each.value)))
    return st.one_of(ways)


def _json(body: Any) -> httpx.Response:
    return httpx.Response(200, json=body)


def server(answer: Callable[[OperationSpec], Any]) -> ScriptedTransport:
    """Give a server that answers each operation a few times as `answer` says, then as before, and at last not at all."""
    given: dict[str, list[Any]] = {}
    count = 0

    def step(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        request.read()
        name = request.url.path.rpartition("/")[2]
        known = given.setdefault(name, [])
        if count > _MOST or name not in bundled().operations:
            return _fresh(NO_MORE)
        if count <= _MOST_DRAWN or not known:
            known.append(answer(bundled().operations[name]))
        if isinstance(known[-1], Exception):
            raise known[-1]
        return _fresh(known[-1])

    return ScriptedTransport([step], repeat=True)


def _fresh(response: httpx.Response) -> httpx.Response:
    headers = {name: value for name, value in response.headers.items() if name == "content-type"}
    return httpx.Response(response.status_code, headers=headers, content=response.content)


def exemplary(operation: OperationSpec) -> httpx.Response:
    """Give the spec's own example of a success."""
    if operation.answer is None:
        return httpx.Response(200, content=b"bytes")
    if operation.name == "instance.version":
        return _json({"version": "99.0.0"})  # the example's is too old for most edges of the workflow
    candidates = (example(operation.answer.document, operation.answer.schema), [], {})
    return _json(next(each for each in candidates if operation.answer.accepts(each)))
