"""Waits that change what they wait for, on the mock, in both colours."""

from typing import Any

import pytest

from supervisely_ext import NotFound, Polling, TaskFinishedWithError, TaskGone, WaitingTimeExceeded
from supervisely_ext.mock import Platform
from supervisely_ext.mock.lifecycle import after_seconds

EXPORT, SERVICE = 83, 512


def test_a_task_that_takes_too_long_is_stopped(api: Any, platform: Platform) -> None:
    """At the deadline; a second wait sees it stopped."""
    task_id = api.app.start(7, module_id=SERVICE).task_id
    with pytest.raises(WaitingTimeExceeded, match="it was asked to stop and is terminating"):
        api.app.wait(task_id, "finished", timeout=60, on_timeout="stop")
    assert platform.tasks[task_id].life.status == "terminating"
    assert api.app.wait(task_id) == "stopped"


def test_a_task_that_takes_too_long_runs_on(api: Any, platform: Platform) -> None:
    """Unless that was asked for, a deadline ends the wait and nothing else."""
    task_id = api.app.start(7, module_id=SERVICE).task_id
    with pytest.raises(WaitingTimeExceeded, match="is still started"):
        api.app.wait(task_id, "finished", timeout=60)
    assert platform.tasks[task_id].life.status == "started"


@pytest.mark.unrefereed("the task is torn out of the mock, which then fails at it")
def test_a_task_that_vanishes(api: Any, platform: Platform) -> None:
    """Who deletes it while it is waited for ends the wait; the next one knows no such task."""
    task_id = api.app.start(7, module_id=SERVICE).task_id
    with pytest.raises(TaskGone, match=f"^task {task_id} is gone"):
        api.app.wait(task_id, "finished", on_status=lambda status: platform.known_tasks.pop(task_id, None))
    with pytest.raises(NotFound):
        api.app.wait(task_id)


def test_a_task_that_fails(api: Any, platform: Platform) -> None:
    """What it said of itself and the end of its log are part of the error."""
    task_id = api.app.start(7, module_id=EXPORT).task_id
    platform.change_course(platform.tasks[task_id], after_seconds(1, 1, 60, end="error"))
    api.task.set_output_error(task_id, "CUDA out of memory", "8 GB were asked for")
    with pytest.raises(TaskFinishedWithError) as caught:
        api.task.wait(task_id, polling=Polling(initial_delay=90))
    assert caught.value.message == "CUDA out of memory. 8 GB were asked for"
    assert [line.rpartition("The task is ")[2] for line in caught.value.log_tail] == [
        "queued", "queued", "consumed", "started", "error",
    ]  # fmt: skip
    assert caught.value.history == ((90, "error"),)
