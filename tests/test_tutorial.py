"""The tutorial on the mock, step by step, in both colours."""

from typing import Any

import pytest

import supervisely_ext as sly
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.lifecycle import after_looks, after_seconds, at_once

SLUG = "supervisely-ecosystem/export-to-pascal-voc"


def start(api: Any, **more: Any) -> Any:
    return api.app.start(agent_id=7, module_id=83, workspace_id=23821, params={"slyProjectId": 5}, **more)


def test_slug_to_sessions(api: Any) -> None:
    """The whole way: slug, module, arguments, start, wait, stop, sessions."""
    module_id = api.app.get_ecosystem_module_id(SLUG)
    module = api.app.get_ecosystem_module_info(module_id)
    assert (module.name, module.get_latest_release()["version"]) == ("Export to Pascal VOC", "v1.1.0")
    session = start(api, task_name="mine")
    assert api.app.wait(session.task_id) is sly.Status.FINISHED
    other = start(api)
    assert api.app.wait(other.task_id, sly.Status.STARTED) is sly.Status.STARTED
    assert api.app.stop(other.task_id) is sly.Status.TERMINATING
    assert api.app.wait(other.task_id, "stopped") is sly.Status.STOPPED
    sessions = api.app.get_sessions(447, module_id)
    assert [found.task_id for found in sessions] == [other.task_id, session.task_id]
    assert [found.name for found in sessions] == ["run-from-python", "mine"]
    assert api.app.get_sessions(447, module_id, session_name="mine") == [sessions[1]]
    assert api.app.get_sessions(447, module_id, statuses=["stopped"]) == [sessions[0]]


def test_a_task_shows_how_it_was_started(api: Any) -> None:
    """What was sent with the start can be read from the task."""
    task_id = start(api, description="why", task_name="mine").task_id
    info = api.task.get_info_by_id(task_id)
    assert (info.name, info.description, info.team_id, info.workspace_id) == ("mine", "why", 447, 23821)
    assert info["meta"]["params"]["state"] == {"slyProjectId": 5}
    assert info["meta"]["app"]["version"] == "v1.1.0"


def test_lists_show_each_task_once(api: Any, platform: Platform) -> None:
    """Every started task is in the workspace's list, in order of id."""
    platform.lifecycle = at_once()
    started = [start(api).task_id for _ in range(3)]
    assert [task.id for task in api.task.get_list(23821)] == started
    only = api.task.get_list(23821, [{"field": "id", "operator": "in", "value": started[:2]}])
    assert [task.id for task in only] == started[:2]


def test_application_sessions_show_with_their_app_only(api: Any) -> None:
    """A serving app runs until it is stopped, and is no workspace task."""
    session = api.app.start(agent_id=None, module_id=512)
    assert api.app.wait(session.task_id, "started") is sly.Status.STARTED
    assert api.task.get_list(23821) == []
    assert [found.task_id for found in api.app.get_sessions(447, 512)] == [session.task_id]
    with pytest.raises(sly.WaitingTimeExceeded):
        api.app.wait(session.task_id, "finished", timeout=3600)


def test_apps_are_installed_by_their_first_start(api: Any) -> None:
    """apps.list shows an app once, with its running sessions."""
    assert api.app.get_list(447) == []
    start(api)
    (app,) = api.app.get_list(447, only_running=True)
    assert (app.module_id, app.name, len(app.tasks)) == (83, "Export to Pascal VOC", 1)


def test_a_wait_of_a_day_takes_no_time(api: Any, platform: Platform, clock: VirtualClock) -> None:
    """24 virtual hours pass, and the wait looks as often as its longest delay says."""
    platform.lifecycle = after_seconds(started=24 * 3600.0)
    seen: list[str] = []
    begun = clock.now()
    assert api.task.wait(start(api).task_id, on_status=seen.append) == "finished"
    assert seen == ["queued", "consumed", "started", "finished"]
    assert 24 * 3600 < clock.now() - begun < 24 * 3600 + 45


def test_attempts_are_looks(api: Any, platform: Platform) -> None:
    """A task that ends after so many looks is seen ending by exactly so many attempts."""
    platform.lifecycle = after_looks(2)
    assert api.app.wait(start(api).task_id, "finished", attempts=7, attempt_delay_sec=0) == "finished"
    with pytest.raises(sly.WaitingTimeExceeded):
        api.app.wait(start(api).task_id, "finished", attempts=6, attempt_delay_sec=0)


@pytest.mark.parametrize(("end", "error"), [("error", sly.TaskFinishedWithError), ("stopped", sly.TaskStopped)])
def test_a_bad_end_raises(api: Any, platform: Platform, end: str, error: type[sly.WaitError]) -> None:
    """A task that ends otherwise than wanted is an error that tells its history."""
    platform.lifecycle = after_seconds(end=end)
    with pytest.raises(error) as caught:
        api.task.wait(start(api).task_id, "finished")
    assert [status for _, status in caught.value.history] == ["queued", "consumed", "started", end]
    assert caught.value.url == f"https://mock.invalid/apps/sessions/{caught.value.task_id}"


def test_unknown_ids_are_not_found(api: Any) -> None:
    """What the server does not have raises NotFound, never gives None."""
    for call in (
        lambda: api.task.get_info_by_id(1),
        lambda: api.task.get_status(1),
        lambda: api.task.stop(1),
        lambda: api.task.get_list(1),
        lambda: api.app.get_ecosystem_module_info(1),
        lambda: api.app.start(1, module_id=83),
        lambda: api.app.start(7, module_id=83, workspace_id=1),
        lambda: api.app.start(7, module_id=83, users_id=1),
        lambda: api.app.start(7, app_id=1, app_version="v1"),
        lambda: api.app.start(7, module_id=83, app_version="v9"),
        lambda: api.app.get_ecosystem_module_info(83, version="v9"),
    ):
        with pytest.raises(sly.NotFound):
            call()


def test_near_slugs_are_named(api: Any, platform: Platform) -> None:
    """A misspelt slug is answered with the one that was meant, an ambiguous one with the ids."""
    with pytest.raises(sly.NotFoundInEcosystem, match=SLUG) as caught:
        api.app.get_ecosystem_module_id("supervisely-ecosystem/export-to-pascal-vok")
    assert caught.value.near[0] == SLUG
    with pytest.raises(sly.NotFoundInEcosystem, match=r"fits 'unlike/anything'$"):
        api.app.get_ecosystem_module_id("unlike/anything")
    twin = platform.add_app({"name": "twin"}, slug=SLUG)
    with pytest.raises(sly.NotFoundInEcosystem) as caught:
        api.app.get_ecosystem_module_id(SLUG)
    assert caught.value.module_ids == (83, twin)


def test_a_module_without_release_needs_a_version(api: Any, platform: Platform) -> None:
    """There is nothing to start; a branch can be started."""
    module_id = platform.add_app({"name": "new"}, releases=[])
    with pytest.raises(sly.NoRelease, match=f"module {module_id}"):
        api.app.start(7, module_id=module_id)
    session = api.app.start(7, module_id=module_id, app_version="main", is_branch=True)
    assert api.task.get_info_by_id(session.task_id)["meta"]["app"]["version"] == "main"


def test_an_app_id_of_the_team_starts_too(api: Any) -> None:
    """The older way: by the installed app's id, with a version."""
    app_id = start(api).app_id
    task = api.task.start(7, app_id=app_id, users_ids=[6], app_version="v1.0.0")
    assert (task["id"], task["appId"]) == (task["taskId"], app_id)


def test_the_version_is_asked_for_once(api: Any, platform: Platform) -> None:
    """The instance's version is remembered."""

    def version() -> str:
        return api.get_instance_version() if hasattr(api, "get_instance_version") else api.instance_version

    assert version() == "6.18.3"
    platform.version = "7"
    assert version() == "6.18.3"
