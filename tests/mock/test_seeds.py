"""What a seed may hold, and that everything wrong with one is told, each with its place."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.mock import Platform, Seed, SeedError
from supervisely_ext.mock.seeds import default_seed

from .asking import ask

SMALL: dict[str, Any] = {
    "teams": [{"id": 1, "name": "t"}],
    "workspaces": [{"id": 2, "teamId": 1, "name": "w"}],
    "users": [{"id": 3, "login": "u"}],
}
WHOLE: dict[str, Any] = {
    **SMALL,
    "agents": [{"id": 4, "name": "a"}],
    "modules": [{"id": 5, "slug": "a/b", "config": {"name": "n"}}],
    "apps": [{"id": 6, "moduleId": 5, "teamId": 1}],
    "projects": [{"id": 7, "workspaceId": 2}],
    "versions": [{"id": 8, "projectId": 7, "version": 1}],
    "files": [{"id": 9, "teamId": 1, "path": "/f"}],
    "models": [{"id": 10, "serveModuleId": 5}],
    "tasks": [{"id": 11, "appId": 6, "workspaceId": 2}],
    "workflow": [{"teamId": 1, "direction": "input", "node": {"type": "task", "id": 11}, "type": "project", "id": 7}],
}
LIFE = {"steps": [["queued", 1], ["finished"]], "enteredAt": 0, "history": [{"status": "queued", "at": 0}]}


def changed(**more: Any) -> dict[str, Any]:
    """Give the whole seed with further entries in the first entity of each kind."""
    document = json.loads(json.dumps(WHOLE))
    for kind, entries in more.items():
        if isinstance(document.get(kind), list) and isinstance(entries, dict):
            document[kind][0].update(entries)
        else:
            document[kind] = entries
    return dict(document)


def problems(document: Any) -> dict[str, str]:
    with pytest.raises(SeedError) as caught:
        Seed.from_json(document)
    return {problem.pointer: problem.message for problem in caught.value.problems}


def test_little_is_needed() -> None:
    """Teams, workspaces and users; the rest is as on a new instance."""
    platform = Platform(seed=Seed.from_json(SMALL))
    assert ask(platform, "tasks.list", {"workspaceId": 2})[1]["total"] == 0
    assert ask(platform, "instance.version", {}) == (200, {"version": "6.18.3"})
    assert problems({}).keys() == {"/teams", "/workspaces", "/users"}


def test_everything_may_be_given() -> None:
    """A task without a life begins its course with the platform; ids go on after the given ones."""
    platform = Platform(seed=Seed.from_json(WHOLE))
    task = ask(platform, "tasks.info", {"id": 11})[1]
    assert (task["status"], task["userId"], task["agentId"], task["meta"]["app"]["version"]) == (
        "queued",
        3,
        None,
        "v1.0.0",
    )
    platform.clock.sleep(3600)
    assert ask(platform, "tasks.info", {"id": 11})[1]["status"] == "finished"
    begun = ask(platform, "tasks.run.app", {"agentId": 4, "moduleId": 5})[1][0]
    assert (begun["taskId"], begun["appId"]) == (21012, 6)
    high = Platform(seed=Seed.from_json(changed(tasks={"id": 50_000}, apps={"id": 6}, workflow=[])))
    assert ask(high, "tasks.run.app", {"agentId": 4, "appId": 6})[1][0]["taskId"] == 50_001


@pytest.mark.parametrize(
    ("course", "then"),
    [
        ([["started", 5], ["error", "no"]], "error"),
        ([{"status": "queued", "looks": 9}, {"status": "stopped"}], "queued"),
    ],
)
def test_courses_come_from_json(course: Any, then: str) -> None:
    """Of a task, of a module, of its next starts, of the instance; nearer ones come first."""
    usual = {"instance": {"lifecycle": [["finished"]]}}
    for document in (
        changed(tasks={"lifecycle": course}, **usual),
        changed(modules={"lifecycle": course}, **usual),
        changed(instance={"lifecycle": course}),
    ):
        platform = Platform(seed=Seed.from_json(document))
        platform.clock.sleep(1000)
        assert platform.tasks[11].life.status == then
    platform = Platform(seed=Seed.from_json(changed(modules={"scripts": [course]}, **usual)))
    assert platform.tasks[11].life.status == "finished"
    task_id = ask(platform, "tasks.run.app", {"agentId": 4, "moduleId": 5})[1][0]["taskId"]
    platform.clock.sleep(1000)
    assert platform.tasks[task_id].life.status == then


@pytest.mark.parametrize(
    ("document", "pointer", "words"),
    [
        (changed(nonsense=1), "", "'nonsense'"),
        (changed(teams={"nmae": "t"}), "/teams/0", "'nmae'"),
        (changed(projects={"imageCount": 5}), "/projects/0", "'imageCount'"),
        (changed(projects={"imagesCount": "5"}), "/projects/0/imagesCount", "'5' is not of type"),
        (changed(versions={"version": "1"}), "/versions/0/version", "'1' is not of type"),
        (changed(files={"path": None}), "/files/0/path", "None is not of type"),
        (changed(teams=[]), "/teams", "[]"),
        (changed(teams={"id": 0}), "/teams/0/id", "0 is less than"),
        (changed(apps={"moduleId": 1e300}), "/apps/0/moduleId", f"{int(1e300)} is none of the modules"),
        (changed(tasks={"userId": 99.0}), "/tasks/0/userId", "99 is none of the users"),
        (changed(agents={"capacity": 0}), "/agents/0/capacity", "0 is less than"),
        (changed(instance={"unfit": "wait"}), "/instance/unfit", "'wait' is not one of"),
        (changed(instance={"tokens": [""]}), "/instance/tokens/0", "''"),
        (changed(instance={"tokens": [{"sha256": "x"}]}), "/instance/tokens/0/sha256", "'x' does not match"),
        (changed(modules={"lifecycle": [["runing", 1]]}), "/modules/0/lifecycle/0/0", "'runing' is not one of"),
        (changed(modules={"lifecycle": [["queued", -1]]}), "/modules/0/lifecycle/0/1", "-1 is less than"),
        (changed(modules={"lifecycle": [["queued", 10**12]]}), "/modules/0/lifecycle/0/1", "is greater than"),
        (changed(modules={"lifecycle": []}), "/modules/0/lifecycle", "[]"),
        (
            changed(modules={"scripts": [[["finished"], ["queued"]]]}),
            "/modules/0/scripts/0/1",
            "'queued' cannot follow 'finished'",
        ),
        (changed(tasks={"lifecycle": [["error"], ["error"]]}), "/tasks/0/lifecycle/1", "cannot follow"),
        (
            changed(modules={"config": {"categories": "export"}}),
            "/modules/0/config/categories",
            "'export' is not of type",
        ),
        (changed(modules={"config": {"name": 5}}), "/modules/0/name", "5 is not of type"),
        (changed(modules={"releases": [{"name": "x"}]}), "/modules/0/releases/0/version", "'version' is a required"),
        (changed(modules={"files": {"a": "not base64"}}), "/modules/0/files/a", "does not match"),
        (changed(tasks={"meta": {"app": 5}}), "/tasks/0/meta/app", "5 is not of type"),
        (changed(tasks={"request": {"description": 5}}), "/tasks/0/request/description", "5 is not of type"),
        (changed(tasks={"request": {"params": []}}), "/tasks/0/request/params", "[] is not of type"),
        (changed(tasks={"life": {**LIFE, "history": []}}), "/tasks/0/life/history", "[]"),
        (
            changed(tasks={"life": {**LIFE, "history": [{"status": "started", "at": 0}]}}),
            "/tasks/0/life/history",
            "'started'",
        ),
        (changed(tasks={"life": LIFE, "lifecycle": [["queued"]]}), "/tasks/0", "should not be valid"),
        (changed(tasks={"life": LIFE, "placed": True}), "/tasks/0/agentId", "is a required"),
        (changed(workflow={"type": "cloud"}), "/workflow/0/type", "'cloud' is not one of"),
        (changed(workflow={"meta": {"x": 1}}), "/workflow/0/meta", "'x'"),
        (changed(workspaces={"teamId": 99}), "/workspaces/0/teamId", "99 is none of the teams"),
        (changed(projects={"workspaceId": 99}), "/projects/0/workspaceId", "99 is none of the workspaces"),
        (changed(projects={"version": {"id": 99}}), "/projects/0/version/id", "99 is none of the versions"),
        (changed(versions={"projectId": 99}), "/versions/0/projectId", "99 is none of the projects"),
        (changed(versions={"teamFileId": 99}), "/versions/0/teamFileId", "99 is none of the files"),
        (changed(files={"teamId": 99}), "/files/0/teamId", "99 is none of the teams"),
        (changed(models={"trainModuleId": 99}), "/models/0/trainModuleId", "99 is none of the modules"),
        (changed(apps={"moduleId": 99}), "/apps/0/moduleId", "99 is none of the modules"),
        (changed(tasks={"appId": 99}), "/tasks/0/appId", "99 is none of the apps"),
        (changed(tasks={"agentId": 99}), "/tasks/0/agentId", "99 is none of the agents"),
        (changed(tasks={"userId": 99}), "/tasks/0/userId", "99 is none of the users"),
        (changed(tasks={"users": [3, 99]}), "/tasks/0/users/1", "99 is none of the users"),
        (changed(tasks={"files": {"f": "abc"}}), "/tasks/0/files/f", "'abc' is none of the contents"),
        (changed(workflow={"node": {"type": "task", "id": 99}}), "/workflow/0/node/id", "99 is none of the tasks"),
        (changed(teams=[*SMALL["teams"], *SMALL["teams"]]), "/teams/1/id", "the id 1 is given more than once"),
        ([], "", "is not of type 'object'"),
        ({**SMALL, "commands": {"x": float("nan")}}, "", "it is no JSON"),
        ({**SMALL, "commands": {"x": {1}}}, "", "it is no JSON"),
        ({**SMALL, "commands": {"x": "\ud800"}}, "", "it is no JSON"),
    ],
)
def test_what_is_wrong_is_told(document: Any, pointer: str, words: str) -> None:
    """Where, as a JSON pointer, and what."""
    assert words in problems(document)[pointer]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """The text has the first few, the attribute has all, and both survive pickling."""
    document = changed(
        teams={"x": 1}, workspaces={"teamId": 99}, projects={"name": 5}, tasks={"appId": 98, "users": ["u"]}
    )
    document["users"] *= 2
    document["projects"].append({"id": 12, "workspaceId": 2, "sise": 1})
    assert problems(document).keys() == {
        *("/teams/0", "/workspaces/0/teamId", "/projects/0/name", "/projects/1", "/tasks/0/appId", "/tasks/0/users/0"),
        *("/users/0/id", "/users/1/id"),
    }
    with pytest.raises(SeedError, match=r"and 3 more$") as caught:
        Seed.from_json(document)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.problems) == (str(caught.value), caught.value.problems)


def test_a_file_that_is_no_seed(tmp_path: Path) -> None:
    """It is named."""
    path = tmp_path / "seed.json"
    for content in (b"", b"{", b"\xff", b"[" * 100_000):
        path.write_bytes(content)
        with pytest.raises(SeedError, match=r"seed\.json is no JSON"):
            Seed.from_file(path)
    with pytest.raises(FileNotFoundError):
        Seed.from_file(tmp_path / "none")


def test_a_seed_is_a_copy_and_shows_nothing() -> None:
    """It does not change with what it was read from, and a token is not in its repr."""
    document = changed(instance={"tokens": ["very-secret"]})
    seed = Seed.from_json(document)
    document["teams"].clear()
    seed.to_json()["users"].clear()
    assert Platform(seed=seed).users.keys() == {3}
    assert "very-secret" not in repr(seed)


def test_two_platforms_of_one_seed_share_nothing() -> None:
    """What happens on one is not seen on the other."""
    seed = Seed.from_json(WHOLE)
    first, second = Platform(seed=seed), Platform(seed=seed)
    before = second.snapshot()
    ask(first, "projects.editInfo", {"id": 7, "customData": {"a": 1}})
    ask(first, "tasks.data.set", {"taskId": 11, "fields": [{"field": "data.x", "payload": 1}]})
    first.set_agent(4, online=False)
    assert second.snapshot() == before == Platform(seed=seed).snapshot()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 12) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "teamId", "x"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.sampled_from([*WHOLE["tasks"][0], "life", "data", "config", "node", "version"]),
    JSON,
)
def test_any_json_is_a_seed_or_a_seed_error(kind: str, name: str, value: Any) -> None:
    """Never another failure; and every platform that begins can be asked, and gives a snapshot."""
    for document in (changed(**{kind: {name: value}}), {**WHOLE, kind: value}):
        try:
            seed = Seed.from_json(document)
        except SeedError:
            continue
        platform = Platform(seed=seed)
        assert Platform(seed=Seed.from_json(platform.snapshot())).snapshot() == platform.snapshot()
        assert ask(platform, "apps.list", {"teamId": next(iter(platform.teams))})[0] == 200
        for task_id in platform.tasks:
            assert ask(platform, "tasks.info", {"id": task_id})[0] == 200


def test_the_default_seed_is_one() -> None:
    """In the short form."""
    assert Platform().snapshot() == Platform(seed=Seed.from_json(default_seed().to_json())).snapshot()
