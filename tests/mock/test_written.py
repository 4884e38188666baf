"""Answers as they are written: what is shown again and again is written once, and is the same JSON."""

import json
from copy import copy, deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock import Platform
from supervisely_ext.mock.written import Shown, write

from .asking import ask

values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text("ab\"'é"), below, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text("abcé"), values, max_size=4)


@given(objects, st.lists(objects, max_size=4), st.integers(0, 2))
def test_the_same_json(rest: dict[str, Any], entities: list[dict[str, Any]], times: int) -> None:
    """A page of entities that are shown again reads as a page of plain ones, however often it is written."""
    shown = [Shown(entity) for entity in entities]
    for _ in range(times + 1):
        assert json.loads(write({**rest, "entities": shown})) == {**rest, "entities": entities}
        assert [json.loads(write(entity)) for entity in shown] == entities


@pytest.mark.parametrize("copied", [copy, deepcopy])
def test_a_copy_may_be_changed(copied: Any) -> None:
    """What was written of an entity says nothing of a changed copy."""
    shown = Shown(id=1, meta={"name": "a"})
    write(shown)
    other = copied(shown)
    other["id"] = 2
    assert json.loads(write(other)) == {"id": 2, "meta": {"name": "a"}}
    assert json.loads(write({"entities": [other, shown]}))["entities"] == [other, shown]


@pytest.mark.parametrize("method", ["tasks.list", "apps.tasks.list", "tasks.info"])
def test_every_change_shows(platform: Platform, method: str) -> None:
    """Whatever happens to a task between two looks, the second shows it."""
    started = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "workspaceId": 23821})[1][0]
    task_id = started["taskId"]
    place = {
        "tasks.list": {"workspaceId": 23821},
        "apps.tasks.list": {"appId": started["appId"], "teamId": platform.apps[started["appId"]].team_id},
        "tasks.info": {"id": task_id},
    }[method]

    def look() -> Any:
        answer = ask(platform, method, place)[1]
        return answer if method == "tasks.info" else answer["entities"][0]

    seen = [look()]
    assert look() == seen[0]
    changes = [
        ("tasks.meta.update", {"id": task_id, "name": "another"}),
        ("tasks.output.set", {"taskId": task_id, "output": {"general": {"title": "x"}}}),
        ("tasks.status.update", {"id": task_id, "status": "started"}),
    ]
    for change in changes:
        status, answer = ask(platform, *change)
        assert status == 200, answer
        seen.append(look())
        assert seen[-1] != seen[-2]
    platform.tasks[task_id].log.add({"message": "a line"}, platform.clock.now())
    assert look()["meta"]["logsCnt"] == seen[-1]["meta"]["logsCnt"] + 1


def test_sharing_shows(platform: Platform) -> None:
    """Sharing a session changes what the list of its app shows."""
    started = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "workspaceId": 23821})[1][0]
    request = {"appId": started["appId"], "teamId": platform.apps[started["appId"]].team_id}
    shared = []
    for wish in (True, False):
        assert ask(platform, "tasks.sharing.set", {"taskId": started["taskId"], "shared": wish})[0] == 200
        shared.append(ask(platform, "apps.tasks.list", request)[1]["entities"][0]["isShared"])
    assert shared == [True, False]
