"""What the spec lets a client send again after a lost answer does no more when it comes twice; what it does not let, would."""

from typing import Any

import pytest
from supervisely_client.operation import RETRY

from supervisely_ext.mock import Platform

from .asking import ask, start
from .test_gateway import REFUSED, VALID

SAFE = sorted(name for name in VALID if RETRY[name] == "safe")
APPENDING = {
    "tasks.run.app": {"agentId": 7, "moduleId": 83},
    "tasks.logs.add": {"logs": [{"message": "once"}]},
    "ecosystem.models.add": VALID["ecosystem.models.add"],
}
"""Requests that must not be repeated."""


@pytest.fixture
def state(platform: Platform) -> Platform:
    """Task 21012 runs, 21013 has ended; there is a model."""
    assert ask(platform, "ecosystem.models.add", VALID["ecosystem.models.add"])[0] == 200
    start(platform, 83)
    start(platform, 83)
    platform.advance(21013, "finished")
    return platform


def twice(platform: Platform, method: str, body: Any) -> tuple[Any, Any]:
    """Give the state after the first and after the second time."""
    states = []
    for _ in range(2):
        status, _ = ask(platform, method, body, {"x-api-key": "any", "x-task-id": "21012"})
        assert status == 200
        states.append(platform.snapshot())
    return states[0], states[1]


@pytest.mark.parametrize("method", SAFE)
def test_what_may_be_repeated_changes_nothing_the_second_time(method: str, state: Platform) -> None:
    once, again = twice(state, method, VALID[method])
    assert once == again


@pytest.mark.parametrize("method", APPENDING)
def test_what_must_not_be_repeated_would_do_it_again(method: str, state: Platform) -> None:
    assert RETRY[method] == "never"
    once, again = twice(state, method, APPENDING[method])
    assert once != again


def test_a_task_that_has_ended_again_would_run_once_more(state: Platform) -> None:
    assert RETRY["tasks.resume"] == "never"
    for _ in range(2):
        assert ask(state, "tasks.resume", {"id": 21013})[0] == 200
        assert state.tasks[21013].life.status == "queued"
        state.advance(21013, "finished")


def test_every_operation_that_must_not_be_repeated_is_shown_or_not_served() -> None:
    never = {name for name, retry in RETRY.items() if retry == "never"}
    shown = APPENDING.keys() | {"tasks.resume"}
    assert never - shown == {"ecosystem.change-owner", "tasks.app-v2.data.set", "tasks.request.direct"} | (
        REFUSED - {"tasks.resume"}
    )
