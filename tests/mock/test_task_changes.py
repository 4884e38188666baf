"""What is set of a task is what is shown of it."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.lifecycle import ENDS

from .asking import ask, start

STATUSES = ["queued", "consumed", "started", "deployed", "error", "finished", "terminating", "stopped"]


def info(platform: Platform, task_id: int) -> dict[str, Any]:
    status, task = ask(platform, "tasks.info", {"id": task_id})
    assert status == 200
    return dict(task)


@pytest.mark.parametrize("second", STATUSES)
@pytest.mark.parametrize("first", STATUSES)
def test_a_task_has_the_status_that_was_set(platform: Platform, clock: VirtualClock, first: str, second: str) -> None:
    """Any after any, for good; only an end has a time of its end."""
    task_id = start(platform)
    for status in (first, second):
        assert ask(platform, "tasks.status.update", {"id": task_id, "status": status}) == (200, {})
        clock.advance(1000)
        task = info(platform, task_id)
        assert task["status"] == status
        assert (task["finishedAt"] is not None) == (status in ENDS)


def test_the_same_status_again_changes_nothing(platform: Platform, clock: VirtualClock) -> None:
    """A repetition keeps the times, and the task still stays."""
    task_id = start(platform, 83)
    times = []
    for _ in range(2):
        ask(platform, "tasks.status.update", {"id": task_id, "status": "started"})
        clock.advance(1000)
        times.append(info(platform, task_id)["startedAt"])
    assert info(platform, task_id)["status"] == "started"
    assert times[0] == times[1] == "2026-01-01T00:00:02.000Z"


def test_entries_of_meta_are_kept(platform: Platform) -> None:
    """The name is the session's, other entries stand beside it, and later ones add to earlier ones."""
    task_id = start(platform)
    folder = {"hostDir": "/host", "folder": "rel/dir"}
    for entries in ({"name": "second try", "custom": [1]}, {"agentStorageFolder": folder, "k8sMarkers": {"a": 1}}):
        assert ask(platform, "tasks.meta.update", {"id": task_id, **entries}) == (200, {"success": True})
    meta = info(platform, task_id)["meta"]
    assert (meta["name"], meta["custom"], meta["agentStorageFolder"]) == ("second try", [1], folder)
    assert (meta["app"]["moduleId"], "id" in meta) == (512, False)
    (session,) = ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 578})[1]["entities"]
    assert session["meta"] == meta


@pytest.mark.parametrize("entries", [{"app": 5}, {"output": "x"}, {"hasLogs": 1}])
def test_meta_that_could_not_be_shown_is_refused(platform: Platform, entries: dict[str, Any]) -> None:
    """The task stays readable."""
    task_id = start(platform)
    assert ask(platform, "tasks.meta.update", {"id": task_id, **entries})[0] == 400
    assert info(platform, task_id)["meta"]["app"]["id"] == 578


def test_the_last_output_is_shown(platform: Platform) -> None:
    """A later output takes the place of the one before."""
    task_id = start(platform)
    for output in ({"project": {"id": 76, "title": "Lemons"}}, {"general": {"title": "Report"}}):
        assert ask(platform, "tasks.output.set", {"taskId": task_id, "output": output}) == (200, {})
        assert info(platform, task_id)["meta"]["output"] == output


def test_a_task_tells_its_place(platform: Platform) -> None:
    """Team and workspace, by id and name."""
    assert ask(platform, "GetTaskContext", {"id": start(platform)})[1] == {
        "team": {"id": 447, "name": "mock team"},
        "workspace": {"id": 23821, "name": "mock workspace"},
    }


def test_an_app_is_shown_by_its_id_in_the_team(platform: Platform) -> None:
    """As `apps.list` shows it; not by the module's id."""
    start(platform)
    (listed,) = ask(platform, "apps.list", {"teamId": 447})[1]["entities"]
    assert ask(platform, "apps.info", {"id": 578})[1] == listed
    assert ask(platform, "apps.info", {"id": 512})[0] == 404
