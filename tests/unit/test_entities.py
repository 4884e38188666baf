"""What the server answers, as entities."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import AppInfo, ModuleInfo, SessionInfo, Status, TaskInfo
from supervisely_ext.entities import as_status

from .samples import app, module, task

SHOWN = task(
    meta={"name": "my run", "app": {"id": 3, "moduleId": 11}},
    teamId=1,
    workspaceId=2,
    userId=4,
    userLogin="max",
    agentId=5,
    agentName="gpu",
    description="d",
    startedAt="2024-01-01T00:00:00.000Z",
    finishedAt=None,
    unknownToAll=True,
)
LISTED = task(createdBy=4, user="max", nodeId=5)
ENTITIES = [
    TaskInfo.from_json(SHOWN),
    AppInfo.from_json(app()),
    SessionInfo.from_json(SHOWN),
    SessionInfo.from_json({"taskId": 7}),
    ModuleInfo.from_json(module()),
]


@pytest.mark.parametrize("status", Status)
def test_a_known_status(status: Status) -> None:
    """A status is also its text."""
    assert as_status(status.value) is status
    assert status == status.value == f"{status}"


def test_an_unknown_status_stays_text() -> None:
    """A status that a newer server invented is kept."""
    assert as_status("sleeping") == "sleeping"
    assert not isinstance(as_status("sleeping"), Status)
    assert TaskInfo.from_json(task("sleeping")).status == "sleeping"


@pytest.mark.parametrize("status", [None, 5, [], {}])
def test_a_status_that_is_no_text(status: Any) -> None:
    """What is no text is no status, instead of becoming one that nobody sent."""
    with pytest.raises((TypeError, ValueError)):
        TaskInfo.from_json(task(status))


def test_a_task_as_it_is_shown() -> None:
    """`tasks.info` fills all fields."""
    info = TaskInfo.from_json(SHOWN)
    assert (info.id, info.type, info.status) == (7, "app", Status.STARTED)
    assert (info.name, info.description, info.team_id, info.workspace_id) == ("my run", "d", 1, 2)
    assert (info.user_id, info.user_login, info.agent_id, info.agent_name) == (4, "max", 5, "gpu")
    assert (info.started_at, info.finished_at) == ("2024-01-01T00:00:00.000Z", None)


def test_a_task_as_it_is_listed() -> None:
    """Lists name user and agent otherwise and leave out the rest."""
    info = TaskInfo.from_json(LISTED)
    assert (info.user_id, info.user_login, info.agent_id) == (4, "max", 5)
    assert (info.name, info.team_id, info.agent_name) == (None, None, None)


def test_a_task_is_also_the_answer() -> None:
    """A task reads like the dict that the official SDK gives, but cannot be changed."""
    info = TaskInfo.from_json(SHOWN)
    assert dict(info) == SHOWN == info.raw
    assert (info["meta"]["name"], info.get("nothing"), len(info)) == ("my run", None, len(SHOWN))
    with pytest.raises(KeyError):
        _ = info["nothing"]
    with pytest.raises(AttributeError):
        info.status = Status.FINISHED  # type: ignore[misc]
    assert "unknownToAll" not in repr(info)


def test_a_task_needs_id_type_and_status() -> None:
    """Without what the spec promises there is no task."""
    for missing in ("id", "type", "status"):
        data = task()
        del data[missing]
        with pytest.raises(KeyError, match=missing):
            TaskInfo.from_json(data)


def test_an_app() -> None:
    """What an answer lacks is None; the fields are in the official SDK's order."""
    info = AppInfo.from_json(app(teamId=9, isShared=True, extra=1))
    assert (info.id, info.module_id, info.team_id, info.is_shared, info.config) == (3, 11, 9, True, None)
    assert info.raw["extra"] == 1
    assert list(info._asdict())[:4] == ["id", "created_by_id", "module_id", "disabled"]
    assert next(iter(info)) == 3


def test_a_session_from_a_task() -> None:
    """A whole task gives all of a session, and stays in its details."""
    session = SessionInfo.from_json(task(createdBy=4, moduleId=12, meta={"name": "run", "app": {"id": 3}}))
    assert session[:4] == (7, 4, 12, 3)
    assert (session.name, session.details["createdBy"]) == ("run", 4)


@pytest.mark.parametrize(("more", "given_id", "expected"), [
    ({"moduleId": 12}, None, 12),
    ({}, None, 13),
    ({"moduleId": 12}, 14, 14),
])  # fmt: skip
def test_where_a_session_finds_its_module(more: dict[str, Any], given_id: int | None, expected: int) -> None:
    """The module is what was asked for, else the task's own, else its app's."""
    data = task(**more, meta={"app": {"id": 3, "moduleId": 13}})
    assert SessionInfo.from_json(data, module_id=given_id).module_id == expected


def test_a_session_from_a_start() -> None:
    """The short answer of a start gives a session without details or name."""
    session = SessionInfo.from_json({"taskId": 7, "userId": 4, "moduleId": 11, "appId": 3})
    assert session == (7, 4, 11, 3, {})
    assert session.name is None


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: type(entity).__name__)
def test_entities_are_copied_whole(entity: Any) -> None:
    """A pickled or copied entity is equal, and has the whole answer."""
    for twin in (pickle.loads(pickle.dumps(entity)), copy.copy(entity), copy.deepcopy(entity)):
        assert type(twin) is type(entity)
        assert (twin, repr(twin), twin.raw) == (entity, repr(entity), entity.raw)


@given(junk=st.none() | st.integers() | st.text() | st.lists(st.integers()))
def test_a_strange_meta_is_no_meta(junk: Any) -> None:
    """What should be an object and is none counts as empty."""
    assert TaskInfo.from_json(task(meta=junk)).name is None
    assert SessionInfo.from_json(task(meta=junk)).name is None
    assert SessionInfo.from_json(task(meta={"app": junk})).app_id is None
