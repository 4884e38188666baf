"""A session as a text, and back, in both colours."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, NotFound, SessionInfo
from supervisely_ext.session_tokens import SessionToken
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, page

Connect = Callable[..., tuple[Any, ScriptedTransport]]
TEXT = f'{{"v":1,"server":"{SERVER}","task_id":7,"module_id":11,"key":"mine"}}'
TASK = {
    "id": 7,
    "type": "app",
    "status": "started",
    "userId": 4,
    "meta": {"app": {"id": 3, "moduleId": 11}, "name": "x"},
}


def test_a_started_session_has_a_token_without_secrets(connect: Connect) -> None:
    """JSON: server, task, module, key."""
    api, _ = connect(answer([{"taskId": 7, "moduleId": 11}]))
    session = api.app.start(5, module_id=11, app_version="v1", reconcile=False)
    assert json.loads(session.token()) == {"v": 1, "server": SERVER, "task_id": 7, "module_id": 11}
    assert TOKEN not in session.token()


def test_a_session_of_a_list_has_a_token_too(connect: Connect) -> None:
    """Its key is not known."""
    api, _ = connect(answer(page({"id": 3})), answer(page(TASK)))
    (session,) = api.app.get_sessions(1, 11)
    assert json.loads(session.token())["task_id"] == 7
    assert session.idempotency_key is None


def test_a_session_made_by_hand_has_none() -> None:
    """Nobody knows its server."""
    with pytest.raises(ArgumentError, match="made by hand"):
        SessionInfo(7, 4, 11, 3, {}).token()


def test_attaching_gives_the_session_again(connect: Connect) -> None:
    """As the server has it now, with the same token."""
    api, transport = connect(answer(TASK))
    session = api.app.attach(TEXT)
    assert tuple(session) == (7, 4, 11, 3, TASK | {"moduleId": 11})
    assert (session.name, session.server, session.idempotency_key) == ("x", SERVER, "mine")
    assert session.token() == TEXT
    assert transport.methods == ["tasks.info"]


def test_a_session_keeps_what_it_knows_when_it_is_copied() -> None:
    """And stays the tuple that it is in the SDK."""
    session = SessionInfo.from_json({"taskId": 7}, server=SERVER, idempotency_key="mine")
    for other in (pickle.loads(pickle.dumps(session)), copy.copy(session)):
        assert (other, other.token()) == (session, session.token())
    assert list(session._asdict()) == ["task_id", "user_id", "module_id", "app_id", "details"]


@pytest.mark.parametrize("server", ["https://other.example.com", "https://sly.example.com:8443", "http://localhost"])
def test_a_token_of_another_server_is_refused(connect: Connect, server: str) -> None:
    """Nothing is sent."""
    api, transport = connect()
    with pytest.raises(ArgumentError, match=f"is of a session on {server}, and this client is of {SERVER}"):
        api.app.attach(TEXT.replace(SERVER, server))
    assert transport.requests == []


def test_http_and_https_are_one_server(connect: Connect) -> None:
    """A client may have moved from one to the other."""
    api, _ = connect(answer(TASK))
    assert api.app.attach(TEXT.replace("https:", "http:")).task_id == 7


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("port", [80, 443])
def test_a_port_that_the_scheme_implies_makes_no_other_server(connect: Connect, scheme: str, port: int) -> None:
    """Whether it is written or not."""
    api, _ = connect(answer(TASK))
    assert api.app.attach(TEXT.replace(SERVER, f"{scheme}://sly.example.com:{port}")).task_id == 7


def test_a_task_that_runs_something_else_is_refused(connect: Connect) -> None:
    """A server that was set up anew gives its ids again."""
    api, _ = connect(answer({**TASK, "meta": {"app": {"moduleId": 12}}}))
    with pytest.raises(ArgumentError, match="is of module 11, and task 7 runs module 12"):
        api.app.attach(TEXT)


def test_a_task_that_is_no_more_is_not_found(connect: Connect) -> None:
    """As everywhere."""
    api, _ = connect(answer({"error": "no"}, 404))
    with pytest.raises(NotFound):
        api.app.attach(TEXT)


BROKEN = {
    "nothing": "",
    "no text": 7,
    "no JSON": "{",
    "no object": "[]",
    "another version": TEXT.replace('"v":1', '"v":2'),
    "no version": "{}",
    "no task": TEXT.replace("task_id", "task"),
    "a task in words": TEXT.replace('"task_id":7', '"task_id":"7"'),
    "a task that is none": TEXT.replace('"task_id":7', '"task_id":-3'),
    "a server that is none": TEXT.replace(SERVER, "ftp://x"),
    "no server": TEXT.replace("server", "host"),
    "a module in words": TEXT.replace('"module_id":11', '"module_id":"11"'),
    "a key that is a number": TEXT.replace('"mine"', "5"),
    "too long": TEXT.replace("mine", "x" * 5000),
    "too deep": "[" * 4000,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_no_token_is_refused(connect: Connect, text: Any) -> None:
    """Nothing is sent."""
    api, transport = connect()
    with pytest.raises(ArgumentError, match="token: is no session token"):
        api.app.attach(text)
    assert transport.requests == []


@given(
    st.builds(
        SessionToken,
        server=st.sampled_from(["https://a.example", "http://localhost:8080", "https://[::1]:9"]),
        task_id=st.integers(1),
        module_id=st.none() | st.integers(),
        key=st.none() | st.text(st.characters(exclude_categories=["C", "Z"]), max_size=128),
    )
)
def test_a_token_is_read_as_it_was_written(token: SessionToken) -> None:
    """Any key, any server."""
    assert SessionToken.read(token.text()) == token


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_any_other_json_is_refused_or_read(data: Any) -> None:
    """With the one error."""
    with pytest.raises(ArgumentError):
        SessionToken.read(json.dumps(data))
