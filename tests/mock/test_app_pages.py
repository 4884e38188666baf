"""The data of a running app, and the commands that it answers."""

from typing import Any

import pytest
from hypothesis import given

from supervisely_ext.mock import Platform
from supervisely_ext.mock.refusals import not_found

from .asking import ask, start
from .test_fields import JSON


def put(platform: Platform, task_id: int, *fields: dict[str, Any]) -> int:
    return ask(platform, "tasks.data.set", {"taskId": task_id, "fields": list(fields)})[0]


def get(platform: Platform, task_id: int, field: str) -> Any:
    status, answer = ask(platform, "tasks.data.get", {"taskId": task_id, "fields": [field]})
    assert status == 200
    return answer["result"][field]


def patch(platform: Platform, task_id: int, **more: Any) -> int:
    return ask(platform, "tasks.app-v2.data.set", {"taskId": task_id, **more})[0]


def direct(platform: Platform, **more: Any) -> tuple[int, Any]:
    return ask(platform, "tasks.request.direct", {"skipResponse": False, "timeout": None, **more})


@given(JSON)
def test_any_json_is_kept(value: Any) -> None:
    """What was set is read back, by each task for itself; what was not is null."""
    platform = Platform()
    one, other = start(platform), start(platform)
    assert put(platform, one, {"field": "data.chart.series[0].y", "payload": value}) == 200
    assert get(platform, one, "data.chart") == {"series": [{"y": value}]}
    assert get(platform, other, "data.chart") is None


def test_fields_are_appended_to(platform: Platform) -> None:
    """In the order of the request, deeply when told."""
    task_id = start(platform)
    put(platform, task_id, {"field": "state.y", "payload": {"z": [1], "k": 1}})
    put(platform, task_id, {"field": "state.y", "payload": {"z": [2]}, "append": True, "recursive": True})
    assert get(platform, task_id, "state") == {"y": {"z": [1, 2], "k": 1}}
    put(platform, task_id, {"field": "state.y", "payload": {"z": [3]}, "append": True})
    assert get(platform, task_id, "state") == {"y": {"z": [3], "k": 1}}


def test_one_bad_field_spoils_the_request(platform: Platform) -> None:
    """Nothing of it is done."""
    task_id = start(platform)
    assert put(platform, task_id, {"field": "data.x", "payload": 1}, {"field": "data..x", "payload": 1}) == 400
    assert patch(platform, task_id, payload={"state": {"x": 1}}, fields=[{"field": "[", "payload": 1}]) == 400
    assert patch(platform, task_id, payload={"state": {"x": 1}, "data": [{"op": "remove", "path": "/x"}]}) == 400
    assert get(platform, task_id, "data") == get(platform, task_id, "state") == {}
    assert put(platform, 1, {"field": "data.x", "payload": 1}) == 404


def test_a_page_is_patched(platform: Platform) -> None:
    """The patch goes to data, entries of the state replace those of the same name, fields come last."""
    task_id = start(platform)
    put(platform, task_id, {"field": "state.kept", "payload": 1}, {"field": "data.a", "payload": 1})
    payload = {"data": [{"op": "replace", "path": "/a", "value": 2}], "state": {"s": 1}}
    assert patch(platform, task_id, payload=payload, fields=[{"field": "data.b", "payload": 3}]) == 200
    assert get(platform, task_id, "data") == {"a": 2, "b": 3}
    assert get(platform, task_id, "state") == {"kept": 1, "s": 1}
    assert patch(platform, task_id, fields=[{"field": "data.a", "payload": 4}]) == 200
    assert get(platform, task_id, "data.a") == 4


@pytest.mark.parametrize("status", ["queued", "consumed", "started", "deployed", "error", "finished", "stopped"])
def test_only_a_running_app_answers(platform: Platform, status: str) -> None:
    """Started and deployed ones; of others the server says that they cannot be reached."""
    task_id = start(platform)
    ask(platform, "tasks.status.update", {"id": task_id, "status": status})
    expected = 200 if status in ("started", "deployed") else 400
    running = direct(platform, taskId=task_id, command="is_running")
    ready = direct(platform, taskId=task_id, command="is_ready")
    assert (running[0], ready[0]) == (expected, expected)
    if expected == 200:
        assert (running[1], ready[1]) == ({"running": True}, {"status": "ready"})


def test_commands_are_answered_as_registered(platform: Platform) -> None:
    """A value, or what a function makes of the request; a function may refuse."""
    task_id = start(platform)

    def refuse(request: Any) -> Any:
        raise not_found("Model")

    platform.answer_command("value", [1, None])
    platform.answer_command("double", lambda request: request["state"]["x"] * 2)
    platform.answer_command("refuse", refuse)
    platform.answer_command("is_ready", {"status": "not yet"})
    assert direct(platform, taskId=task_id, command="value") == (200, [1, None])
    assert direct(platform, taskId=task_id, command="double", state={"x": 4}) == (200, 8)
    assert direct(platform, taskId=task_id, command="refuse")[0] == 404
    assert direct(platform, taskId=task_id, command="is_ready")[1] == {"status": "not yet"}


def test_an_unknown_command_is_not_found(platform: Platform) -> None:
    """Also none at all, and an app that is no task."""
    task_id = start(platform)
    assert direct(platform, taskId=task_id, command="nonsense")[0] == 404
    assert direct(platform, taskId=task_id)[0] == 404
    assert direct(platform, service={"name": "a-service"}, command="is_running")[0] == 404


@pytest.mark.parametrize("skips", [{"skipResponse": True}, {}])
def test_nobody_waits_when_the_answer_is_skipped(platform: Platform, skips: dict[str, bool]) -> None:
    """The command is executed, its answer and its refusal are lost; so it is when the request does not say."""
    task_id, seen = start(platform), list[Any]()
    platform.answer_command("note", seen.append)
    for command in ("note", "nonsense"):
        assert ask(platform, "tasks.request.direct", {"taskId": task_id, "command": command, **skips}) == (200, {})
    assert [request["command"] for request in seen] == ["note"]


@pytest.mark.parametrize("answer", [{"entities": 5}, {"entities": "x"}, {"entities": {"a": 1}}, {"entities": [[]]}])
def test_an_app_may_call_its_answers_as_lists_do(platform: Platform, answer: Any) -> None:
    """It is no list of the platform's for that."""
    task_id = start(platform)
    platform.answer_command("info", answer)
    assert direct(platform, taskId=task_id, command="info") == (200, answer)
