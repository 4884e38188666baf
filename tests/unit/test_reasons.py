"""What a failed task's error tells beyond its status."""

import pickle
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext import Api, TaskFinishedWithError
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.lifecycle import after_seconds
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, task
from .test_waits import Connect

END = "2026-03-30T14:30:00.000Z"


def line(message: str, **more: Any) -> dict[str, Any]:
    return {"level": "info", "message": message, "timestamp": "2026-03-30T14:29:59.000Z", "task_id": 7, **more}


def failed(api: Any) -> TaskFinishedWithError:
    with pytest.raises(TaskFinishedWithError) as caught:
        api.task.wait(7)
    return caught.value


def asked(transport: ScriptedTransport) -> list[dict[str, list[str]]]:
    return [parse_qs(request.url.query.decode()) for request in transport.requests if request.method == "GET"]


def test_the_end_of_the_log(connect: Connect) -> None:
    """The last ten lines of the last minute, in the text and as an attribute, also in a copy."""
    api, transport = connect(
        answer(task("error", finishedAt=END)), answer([line(f"m{number}") for number in range(12)])
    )
    error = failed(api)
    assert asked(transport) == [{"id": ["7"], "sinceTime": ["2026-03-30T14:29:00.000Z"], "limit": ["1000"]}]
    assert error.log_tail == tuple(f"2026-03-30T14:29:59.000Z info m{number}" for number in range(2, 12))
    assert str(error).startswith("task 7 ended with an error (waited 0.0 s for the end, ")
    assert str(error).endswith("\n  end of its log:" + "".join(f"\n    {each}" for each in error.log_tail))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert transport.requests[-1].extensions["timeout"]["read"] == 5


def test_a_quiet_minute(connect: Connect) -> None:
    """When little was said in it, the whole log is asked for; one that is too long leaves the little."""
    last = line("The task is error")
    api, transport = connect(answer(task("error", finishedAt=END)), answer([last]), answer([line("before"), last]))
    assert [text.partition(" info ")[2] for text in failed(api).log_tail] == ["before", "The task is error"]
    assert asked(transport)[1] == {"id": ["7"], "limit": ["1000"]}
    api, _ = connect(answer(task("error", finishedAt=END)), answer([last]), answer([line("the beginning")] * 1000))
    assert [text.partition(" info ")[2] for text in failed(api).log_tail] == ["The task is error"]


def test_a_busy_minute(connect: Connect) -> None:
    """An answer as long as the limit may be the beginning of the minute: then the last five seconds are asked for."""
    many = [line("chatter")] * 1000
    api, transport = connect(answer(task("error", finishedAt=END)), answer(many), answer([line("the end")]))
    assert failed(api).log_tail == ("2026-03-30T14:29:59.000Z info the end",)
    assert asked(transport)[1]["sinceTime"] == ["2026-03-30T14:29:55.000Z"]
    api, _ = connect(answer(task("error", finishedAt=END)), answer(many), answer(many))
    assert failed(api).log_tail == ()


@pytest.mark.parametrize("end", [None, "yesterday", "0001-01-01T00:00:00Z"])
def test_an_end_that_is_not_known(connect: Connect, end: str | None) -> None:
    """Without the time of the end the log is asked for from its beginning."""
    api, transport = connect(answer(task("error", finishedAt=end)), answer([line("m")]))
    assert failed(api).log_tail
    assert asked(transport) == [{"id": ["7"], "limit": ["1000"]}]
    assert failed(connect(answer(task("error", finishedAt=end)), answer([line("m")] * 1000))[0]).log_tail == ()


@pytest.mark.parametrize("reply", [answer({}, 403), answer({}, 503), answer([1]), answer({}), httpx.Response(200)])
def test_a_log_that_cannot_be_had(connect: Connect, reply: httpx.Response, caplog: pytest.LogCaptureFixture) -> None:
    """The error of the task stays the error; that its log is missing is logged."""
    caplog.set_level("INFO")
    api, transport = connect(answer(task("error")), reply, repeat=True)
    error = failed(api)
    assert (error.log_tail, error.waited) == ((), 0)
    assert "the log of task 7 could not be read" in caplog.text
    assert transport.now - 1000 <= 5


def test_a_traceback_in_one_message(connect: Connect) -> None:
    """Its last lines are the last lines; no terminal is moved, no token shown, no line endless."""
    message = "Traceback:\n" + "  frame\n" * 20 + f"\x1b[31mKeyError: {TOKEN}\x1b[0m\n" + "x" * 1000
    api, _ = connect(answer(task("error", finishedAt=END)), answer([line(message)]), repeat=True)
    tail = failed(api).log_tail
    *_, key_error, endless = tail
    assert key_error == "�[31mKeyError: ***�[0m"
    assert endless == "x" * 300 + "…"
    assert len(tail) == 10


@pytest.mark.parametrize(("general", "message"), [
    ({"title": "CUDA out of memory", "isError": True}, "CUDA out of memory"),
    ({"title": "Failed", "description": "no\nGPU", "isError": True}, "Failed. no�GPU"),
    ({"title": "Done", "isError": False}, ""),
    ({"isError": True}, ""),
    (None, ""),
])  # fmt: skip
def test_what_the_task_says_itself(connect: Connect, general: Any, message: str) -> None:
    """An output that is marked as an error is the message."""
    api, _ = connect(answer(task("error", meta={"output": {"general": general}})), answer([]), answer([]))
    error = failed(api)
    assert error.message == message
    assert str(error).startswith("task 7 ended with an error" + (f": {message} (" if message else " ("))


@settings(max_examples=30)
@given(gap=st.floats(1, 200), count=st.integers(0, 60))
def test_the_tail_is_the_end_of_the_mocks_log(gap: float, count: int) -> None:
    """Whatever was logged, and however long before the task's end."""
    clock = VirtualClock()
    platform = Platform(clock=clock)
    api = Api(SERVER, TOKEN, transport=InProcess(platform))
    session = api.app.start(None, module_id=83)
    started = platform.tasks[session.task_id]
    platform.change_course(started, after_seconds(1, 1, 300, end="error"))
    clock.advance(302 - gap)
    platform.settle()
    for number in range(count):
        started.log.add({"message": f"m{number}", "level": "debug"}, clock.now())
    with pytest.raises(TaskFinishedWithError) as caught:
        api.app.wait(session.task_id)
    lines = [f"{each['timestamp']} {each['level']} {each['message']}" for each in api.task.get_logs(session.task_id)]
    assert caught.value.log_tail == tuple(lines[-len(caught.value.log_tail) :])
    assert caught.value.log_tail[-1].endswith("The task is error")
    assert len(caught.value.log_tail) == min(10, len(lines))
