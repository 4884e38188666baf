"""What the mock's methods do beyond the tutorial."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.lifecycle import after_looks, at_once

from .asking import ask, start


def slugs(platform: Platform, **criteria: Any) -> set[str]:
    status, answer = ask(platform, "ecosystem.list", criteria)
    assert status == 200
    return {module["slug"].rpartition("/")[2] for module in answer["entities"]}


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"search": "PASCAL"}, {"export-to-pascal-voc"}),
        ({"category": "serve"}, {"serve-mock-model"}),
        ({"categories": ["Export", "serve"]}, {"export-to-pascal-voc", "export-to-dota", "serve-mock-model"}),
        ({"categories": ["export", "serve"], "categoriesOperation": "and"}, set()),
        ({"context": ["images_dataset"]}, {"export-to-dota"}),
        ({"contextRoot": ["Download as"]}, {"export-to-pascal-voc", "export-to-dota"}),
        ({"integratedInto": ["standalone"]}, set()),
        ({"filter": [{"field": "name", "operator": "ilike", "value": "%dota"}]}, {"export-to-dota"}),
    ],
)
def test_the_ecosystem_is_searched(platform: Platform, criteria: dict[str, Any], found: set[str]) -> None:
    """Each criterion narrows, categories in any case."""
    assert slugs(platform, **criteria) == found


def test_a_module_is_shown_by_slug_and_version(platform: Platform) -> None:
    """By id or slug; an unknown key or version is not found."""
    slug = "supervisely-ecosystem/export-to-dota"
    assert ask(platform, "ecosystem.info", {"slug": slug, "version": "v1.0.3"})[1]["id"] == 304
    assert ask(platform, "ecosystem.info", {"slug": slug, "version": "v9"})[0] == 404
    assert ask(platform, "ecosystem.info", {"appKey": "unknown"})[0] == 404


def test_several_users_get_a_task_each(platform: Platform) -> None:
    """One task a user, or one for all in single-session mode."""
    platform.users[8] = type(platform.caller)(8, "second")
    body = {"agentId": None, "moduleId": 83, "usersIds": [6, 8]}
    assert [task["userId"] for task in ask(platform, "tasks.run.app", body)[1]] == [6, 8]
    assert len(ask(platform, "tasks.run.app", {**body, "singleSessionMode": True})[1]) == 1


def test_neither_and_both_ids_are_refused(platform: Platform) -> None:
    """Exactly one of moduleId, appId and appServiceId."""
    assert ask(platform, "tasks.run.app", {"agentId": 7})[0] == 400
    assert ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "appId": 578})[0] == 400


def test_stopping_what_has_ended_changes_nothing(platform: Platform) -> None:
    """A finished task stays finished."""
    platform.lifecycle = at_once()
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    assert ask(platform, "tasks.stop", {"id": 21012})[1] == {"status": "finished"}


def test_apps_are_chosen_by_what_they_are(platform: Platform) -> None:
    """apps.list narrows by context, place, tags and repository."""
    for module_id in (304, 512):
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": module_id})

    def modules(**criteria: Any) -> list[int]:
        return [app["moduleId"] for app in ask(platform, "apps.list", {"teamId": 447, **criteria})[1]["entities"]]

    assert modules() == [304, 512]
    assert modules(context=["images_dataset"]) == [304]
    assert modules(integratedInto=["files"]) == []
    assert modules(sessionTags=["deployed_nn"]) == [512]
    assert modules(sessionTags=["deployed_nn", "other"]) == []
    assert modules(sessionTags=["deployed_nn", "other"], sessionTagsOperation="or") == [512]
    assert modules(repositoryKey="key") == []
    assert ask(platform, "apps.list", {"teamId": 1})[0] == 404


def test_sessions_that_have_ended_show_when_asked_for(platform: Platform) -> None:
    """apps.list has the running ones, and all with forceAllSessions; apps.tasks.list all unless told."""
    platform.lifecycle = at_once()
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})

    def tasks(**more: Any) -> int:
        (app,) = ask(platform, "apps.list", {"teamId": 447, **more})[1]["entities"]
        return len(app["tasks"])

    assert (tasks(), tasks(forceAllSessions=False), tasks(onlyRunning=True)) == (1, 0, 0)

    def sessions(**more: Any) -> int:
        return int(ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 578, **more})[1]["total"])

    assert (sessions(), sessions(onlyRunning=True)) == (1, 0)
    here = {"id": 23821, "mode": "specific_workspace"}
    assert sessions(workspace=here) == 1
    assert ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 578, "workspace": {**here, "id": 1}})[0] == 404
    assert ask(platform, "apps.tasks.list", {"teamId": 1, "appId": 578})[0] == 404


def test_lists_are_looks_too(platform: Platform, clock: VirtualClock) -> None:
    """A course by looks goes on when lists show the task."""
    module_id = platform.add_app({"name": "by looks"}, lifecycle=after_looks(1))
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": module_id})
    seen = []
    for _ in range(4):
        answer = ask(platform, "tasks.list", {"workspaceId": 23821})[1]
        seen.append(answer["entities"][0]["status"])
    assert seen == ["queued", "consumed", "started", "finished"]
    assert clock.now() == VirtualClock().now()


def test_apps_are_started_by_their_id_too(platform: Platform) -> None:
    """The installed one runs again; an unknown release is not found unless it is a branch."""
    first = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})[1][0]
    second = ask(platform, "tasks.run.app", {"agentId": 7, "appId": first["appId"]})[1][0]
    assert second == {**first, "taskId": first["taskId"] + 1}
    branch = {"agentId": 7, "moduleId": 83, "appVersion": "my-branch"}
    assert ask(platform, "tasks.run.app", branch)[0] == 404
    assert ask(platform, "tasks.run.app", {**branch, "isBranch": True})[0] == 200


def test_tasks_are_listed_by_what_is_shown_of_them(platform: Platform, clock: VirtualClock) -> None:
    """Kept by type, sorted by the times of their start; those that have none come last unless told."""
    platform.lifecycle = [("queued", 10), ("started", 1), ("finished",)]
    for _ in range(3):
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
        clock.advance(6)

    def ids(**more: Any) -> list[int]:
        return [task["id"] for task in ask(platform, "tasks.list", {"workspaceId": 23821, **more})[1]["entities"]]

    by_start = {"sort": "startedAt", "sort_order": "desc"}
    assert ids(**by_start) == [21013, 21012, 21014]
    assert ids(**by_start, sort_nulls_order="first") == [21014, 21013, 21012]
    assert ids(filter=[{"field": "type", "operator": "=", "value": "clone"}]) == []
    assert ids(filter=[{"field": "type", "operator": "=", "value": "app"}]) == [21012, 21013, 21014]


def test_nobody_publishes_here(platform: Platform) -> None:
    """The ecosystem is what the seed and `add_app` make it."""
    body = {"repo": "https://example.invalid/a", "token": "t", "provider": "github"}
    assert ask(platform, "ecosystem.add", body)[0] == 403


def test_models_of_the_ecosystem_are_kept(platform: Platform) -> None:
    """What is added is listed, what is changed of it is changed."""
    model = {"name": "unet", "framework": "b", "task": "segmentation", "serveModuleId": 512}
    for name in ("unet", "other"):
        assert ask(platform, "ecosystem.models.add", {**model, "name": name})[0] == 200
    assert ask(platform, "ecosystem.models.update", {"id": 1, "tags": ["fast"]})[0] == 200
    rule = {"field": "name", "operator": "=", "value": "unet"}
    page = ask(platform, "ecosystem.models.list", {"filter": [rule]})[1]
    assert page["entities"] == [{"id": 1, **model, "tags": ["fast"]}]


def test_tasks_are_shared(platform: Platform) -> None:
    """Sessions show it; users are added once and removed."""
    task_id = start(platform)
    ask(platform, "tasks.sharing.set", {"taskId": task_id, "shared": True})
    (session,) = ask(platform, "apps.tasks.list", {"teamId": 447, "appId": 578})[1]["entities"]
    assert session["isShared"]
    for _ in range(2):
        ask(platform, "tasks.users.add", {"taskId": task_id, "userIds": [6, 6]})
    assert platform.tasks[task_id].users == [6]
    ask(platform, "tasks.users.remove", {"taskId": task_id, "userIds": [6]})
    assert platform.tasks[task_id].users == []
