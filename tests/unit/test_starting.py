"""Starting an app, in both colours."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    ApiError,
    ConnectionFailed,
    NoRelease,
    RateLimited,
    RedirectRefused,
    SessionInfo,
    StartUnconfirmed,
    UnexpectedAnswer,
)
from tests.scripted import ScriptedTransport, answer, lost

from .samples import html, module

Connect = Callable[..., tuple[Any, ScriptedTransport]]
STARTED = [{"taskId": 7, "userId": 4, "moduleId": 11, "appId": 3}]


def sent(transport: ScriptedTransport, index: int = -1) -> Any:
    return json.loads(transport.requests[index].content)


def test_an_app_session_is_started(connect: Connect) -> None:
    """`api.app.start` gives the session; the request has every field that the official SDK sends."""
    api, transport = connect(answer(STARTED))
    session = api.app.start(
        5, workspace_id=6, module_id=11, app_version="v1", params={"slyProjectId": 9}, users_id=4, task_name="mine"
    )
    assert session == SessionInfo(7, 4, 11, 3, {})
    assert transport.methods == ["tasks.run.app"]
    assert transport.fresh == [True]
    assert sent(transport) == {
        "agentId": 5,
        "workspaceId": 6,
        "moduleId": 11,
        "description": "",
        "params": {"state": {"slyProjectId": 9}, "supervisely_ext": {"start": "80000000" * 4}},
        "logLevel": "info",
        "usersIds": [4],
        "appVersion": "v1",
        "isBranch": False,
        "taskName": "mine",
        "restartPolicy": "never",
        "proxyKeepUrl": False,
        "advancedSettings": {"limitByWorkspace": False},
    }


def test_a_task_is_started(connect: Connect) -> None:
    """`api.task.start` gives what the server says of the first task, with its id."""
    api, transport = connect(answer([*STARTED, {"taskId": 8, "userId": 5}]))
    started = api.task.start(
        None,
        app_id=3,
        users_ids=[4, 5],
        params={"state": {"a": 1}, "other": 2},
        limit_by_workspace=True,
        multi_user_session=True,
        redirect_requests={"token": "t", "port": 80},
    )
    assert started == {**STARTED[0], "id": 7}
    body = sent(transport)
    assert (body["agentId"], body["appId"], body["workspaceId"], body["appVersion"]) == (None, 3, None, "")
    assert body["params"] == {"state": {"a": 1}, "other": 2, "supervisely_ext": {"start": "80000000" * 4}}
    assert (body["usersIds"], body["advancedSettings"]) == ([4, 5], {"limitByWorkspace": True})
    assert (body["redirectRequests"], body["singleSessionMode"]) == ({"token": "t", "port": 80}, True)
    assert (body["taskName"], body["description"]) == ("pythonSpawned", "application description")


def test_an_older_answer(connect: Connect) -> None:
    """A task that the server calls `id` is understood."""
    assert connect(answer([{"id": 7}]))[0].task.start(5, 3) == {"id": 7, "taskId": 7}
    assert connect(answer([{"id": 7}]))[0].app.start(5, 3, app_version="v1").task_id == 7


def test_an_answer_that_also_has_the_task(connect: Connect) -> None:
    """A start that was confirmed gives its session, whatever else the server says of it."""
    api, _ = connect(answer([{**STARTED[0], "meta": {"name": "mine"}}]))
    assert api.app.start(5, 3, app_version="v1").task_id == 7


def test_the_latest_release_is_looked_up(connect: Connect) -> None:
    """Without a version the module's newest release is started."""
    api, transport = connect(answer(module()), answer(STARTED))
    api.app.start(5, module_id=11)
    assert transport.methods == ["ecosystem.info", "tasks.run.app"]
    assert sent(transport, 0) == {"id": 11}
    assert sent(transport)["appVersion"] == "v2"


def test_a_module_without_releases_is_not_started(connect: Connect) -> None:
    """Without a release there is no version to start."""
    api, transport = connect(answer(module(releases=[])))
    with pytest.raises(NoRelease) as caught:
        api.app.start(5, module_id=11)
    assert caught.value.module_id == 11
    assert transport.methods == ["ecosystem.info"]


@pytest.mark.parametrize("release", [{}, "v1", {"version": None}])
def test_a_release_of_another_shape(connect: Connect, release: Any) -> None:
    """A release without a version is an answer that the spec does not promise."""
    api, transport = connect(answer(module(releases=[release])))
    with pytest.raises(UnexpectedAnswer):
        api.app.start(5, module_id=11)
    assert transport.methods == ["ecosystem.info"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_a_refused_start_is_a_refusal(connect: Connect, status: int) -> None:
    """A start that the server refuses has not happened."""
    api, transport = connect(answer({"error": "no"}, status))
    with pytest.raises(ApiError) as caught:
        api.task.start(5, 3)
    assert caught.value.status == status
    assert transport.methods == ["tasks.run.app"]


def test_a_redirected_start_is_a_refusal(connect: Connect) -> None:
    """A redirect is not followed, so nothing was started."""
    api, transport = connect(httpx.Response(307, headers={"location": "https://other/"}))
    with pytest.raises(RedirectRefused) as caught:
        api.task.start(5, 3)
    assert caught.value.location == "https://other"
    assert len(transport.requests) == 1


DOUBTS = {
    "reset": lost(sent=True),
    **{f"{status}": answer({"error": "x"}, status) for status in (408, 499, 500, 502, 503, 504, 509, 520, 598, 599)},
    "page": html(),
    "empty": httpx.Response(200),
    "cut off": httpx.Response(200, text='[{"taskId": '),
    "no task": answer([]),
    "object": answer({"taskId": 7}),
    "no id": answer([{}]),
    "null id": answer([{"taskId": None}]),
    "text": answer(["7"]),
}


@pytest.mark.parametrize("step", DOUBTS.values(), ids=DOUBTS)
def test_a_start_that_may_have_been_received_is_not_sent_again(connect: Connect, step: Any) -> None:
    """When nobody knows whether the app was started, the error says so and names what to look for."""
    api, transport = connect(step)
    with pytest.raises(StartUnconfirmed) as caught:
        api.app.start(5, module_id=11, app_version="v1", task_name="mine")
    error = caught.value
    assert (error.app_id, error.module_id, error.workspace_id, error.task_name) == (None, 11, None, "mine")
    assert "no workspace_id was given, so they were not looked for" in str(error)
    assert isinstance(error.__cause__, ConnectionFailed | ApiError)
    assert str(error.__cause__) in str(error)
    assert transport.methods == ["tasks.run.app"]


@pytest.mark.parametrize("step", [lost(sent=False), answer({}, 429)], ids=["not sent", "429"])
def test_a_start_that_was_certainly_not_received_is_sent_again(connect: Connect, step: Any) -> None:
    """A start that was not sent, or refused for load, is repeated."""
    api, transport = connect(step, answer(STARTED))
    assert api.task.start(5, 3)["id"] == 7
    assert transport.methods == ["tasks.run.app", "tasks.run.app"]


def test_a_start_that_was_never_received(connect: Connect) -> None:
    """When no connection is ever made, that is the error: nothing was started."""
    api, transport = connect(lost(sent=False), repeat=True)
    with pytest.raises(ConnectionFailed) as caught:
        api.task.start(5, 3)
    assert (caught.value.sent, caught.value.attempts) == (False, 5)
    assert len(transport.requests) == 5


def test_a_start_refused_for_load_to_the_end(connect: Connect) -> None:
    """A server that stays busy has started nothing."""
    api, _ = connect(answer({}, 429), repeat=True)
    with pytest.raises(RateLimited):
        api.task.start(5, 3)


def test_a_start_lost_after_a_repetition(connect: Connect) -> None:
    """What happened to the last sending decides."""
    api, transport = connect(lost(sent=False), lost(sent=True))
    with pytest.raises(StartUnconfirmed):
        api.task.start(5, 3)
    assert len(transport.requests) == 2


@pytest.mark.unrefereed("post sends what it is told")
def test_explicit_tries_do_not_repeat_a_start(connect: Connect) -> None:
    """Neither `retry_count` nor `retries` makes a start repeatable, however it is spelt."""
    for method in ("tasks.run.app", "/tasks.run.app"):
        api, transport = connect(lost(sent=True), repeat=True, retry_count=5)
        with pytest.raises(ConnectionFailed):
            api.post(method, {}, retries=5)
        assert len(transport.requests) == 1
