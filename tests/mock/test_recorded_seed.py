"""Recordings become seeds: a platform that begins with one shows what was recorded."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from supervisely_ext.cli import main
from supervisely_ext.contract.places import Document
from supervisely_ext.contract.recording import Recorded
from supervisely_ext.contract.spec import bundled
from supervisely_ext.contract.survey import ABSENT
from supervisely_ext.mock import Platform, Seed
from supervisely_ext.mock.recorded_seed import seed_of

from ..contract.test_planted_drift import Liar, _record
from .asking import ask, start

SPEC = Document(bundled().document)
KNOWN = {"team": [447], "workspace": [23821], "project": [76]}


def _recorded(platform: Platform, path: Path) -> None:
    liar = Liar(platform)
    liar.asked(SPEC)
    asyncio.run(_record(liar, liar.requests[:], path))


def test_a_platform_of_a_recording_shows_the_same_things(platform: Platform, tmp_path: Path) -> None:
    """Ids, statuses, versions and places; names of people and things are stand-ins."""
    stopped, running = start(platform), start(platform)
    ask(platform, "tasks.stop", {"id": stopped})
    _recorded(platform, tmp_path / "recording.jsonl")
    done = CliRunner().invoke(main, ["contract", "seed", str(tmp_path / "recording.jsonl")])
    assert done.exit_code == 0, done.output
    other = Platform(seed=Seed.from_json(json.loads(done.stdout)))
    for id in (stopped, running):
        (_, before), (_, after) = ask(platform, "tasks.info", {"id": id}), ask(other, "tasks.info", {"id": id})
        same = ("id", "status", "teamId", "workspaceId", "agentId", "userId")
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert after["userLogin"] == f"user {after['userId']}"
    for method, fields in {
        "instance.version": {},
        "projects.info": {"id": 76},
        "projects.versions.list": {"projectId": 76},
        "file-storage.list": {"teamId": 447, "path": "/"},
        "ecosystem.list": {},
        "ecosystem.models.list": {},
        "apps.list": {"teamId": 447},
    }.items():
        assert _ids(ask(other, method, fields)[1]) == _ids(ask(platform, method, fields)[1]), method
    project = ask(other, "projects.info", {"id": 76})[1]
    assert (project["name"], project["type"]) == ("project 76", "images")


def _ids(answer: Any) -> Any:
    found = answer.get("entities", answer) if isinstance(answer, dict) else answer
    return [item.get("id") for item in found] if isinstance(found, list) else found.get("version", found)


def _answer(operation: str | None, answer: Any, status: int | None = 200) -> Recorded:
    return Recorded(operation, status, ABSENT, answer, "application/json", None)


TASK = {"id": 5, "type": "app", "status": "finished"}
APP = {"app": {"id": 9, "moduleId": 83}}


def _seed(*exchanges: Recorded) -> tuple[dict[str, Any], list[str]]:
    seed, left_out = seed_of(SPEC, exchanges)
    Seed.from_json(seed)
    return seed, left_out


def test_an_empty_recording_is_a_platform_with_a_team() -> None:
    """What every platform has is there, and nothing else."""
    seed, left_out = _seed()
    assert [seed[kind] for kind in ("teams", "workspaces", "users")] == [
        [{"id": 1, "name": "team 1"}],
        [{"id": 1, "name": "workspace 1", "teamId": 1}],
        [{"id": 1, "login": "user 1"}],
    ]
    assert (seed["tasks"], left_out) == ([], [])


def test_a_task_brings_its_app_and_module() -> None:
    """Of which no more is known than their ids and what the task calls the app."""
    task = {**TASK, "teamId": 3, "workspaceId": 4, "meta": {"app": {**APP["app"], "name": "My app"}}}
    seed, _ = _seed(_answer("tasks.info", task))
    assert seed["apps"] == [{"id": 9, "moduleId": 83, "teamId": 3}]
    assert seed["modules"][0]["config"] == {"name": "My app", "type": "app"}
    assert seed["workspaces"] == [{"id": 4, "name": "workspace 4", "teamId": 3}]
    platform = Platform(seed=Seed.from_json(seed))
    assert ask(platform, "tasks.info", {"id": 5})[1]["status"] == "finished"


def test_a_later_answer_says_more() -> None:
    """The last status counts, and what only the first has said is kept."""
    first = {**TASK, "status": "started", "teamId": 3, "workspaceId": 4, "meta": APP}
    seed, _ = _seed(_answer("tasks.info", first), _answer("tasks.info", TASK))
    assert seed["tasks"][0]["life"]["history"] == [{"status": "finished", "at": 0}]


@pytest.mark.parametrize(
    ("exchange", "reason"),
    [
        (_answer("tasks.info", TASK), "task 5: its app, team or workspace was not seen"),
        (_answer("apps.info", {"id": 9, "moduleId": 83, "teamId": 3}), "app 9: its team or its module was not seen"),
        (_answer("projects.info", {"id": 6, "name": "x"}), "project 6: its workspaceId was not seen"),
        (_answer("file-storage.info", {"path": "[redacted]", "teamId": 3}), "file without an id: its id was not seen"),
    ],
)
def test_what_the_mock_cannot_hold_is_named(exchange: Recorded, reason: str) -> None:
    """Nothing is dropped silently."""
    assert _seed(exchange)[1] == [reason]


def _page(item: dict[str, Any]) -> dict[str, Any]:
    return {"total": 1, "perPage": 1, "pagesCount": 1, "entities": [item]}


ORPHANS = {
    "a task of an app": (
        [
            _answer("apps.info", {"id": 9, "moduleId": 83, "teamId": 3}),
            _answer("tasks.info", {**TASK, "teamId": 3, "workspaceId": 4, "meta": {"app": {"id": 9}}}),
        ],
        ["app 9: its team or its module was not seen", "task 5: its app, team or workspace was not seen"],
    ),
    "a version of a project": (
        [
            _answer("projects.info", {"id": 6, "name": "x"}),
            _answer("projects.versions.list", _page({"id": 8, "version": 2, "projectId": 6})),
        ],
        ["project 6: its workspaceId was not seen", "version 8: its projectId was not seen"],
    ),
    "a project's version": (
        [
            _answer("projects.info", {"id": 6, "name": "x", "workspaceId": 4, "version": {"id": 8, "version": 2}}),
            _answer("projects.versions.list", _page({"id": 8, "version": 2, "projectId": 7})),
        ],
        ["version 8: its projectId was not seen"],
    ),
    "a version's file": (
        [
            _answer("file-storage.info", {"id": 3, "path": "/a"}),
            _answer("projects.info", {"id": 6, "name": "x", "workspaceId": 4}),
            _answer("projects.versions.list", _page({"id": 8, "version": 2, "projectId": 6, "teamFileId": 3})),
        ],
        ["file 3: its teamId was not seen"],
    ),
}


@pytest.mark.parametrize("case", ORPHANS)
def test_what_is_left_out_is_named_by_nothing(case: str) -> None:
    """Else there would be no seed at all."""
    exchanges, reasons = ORPHANS[case]
    assert _seed(*exchanges)[1] == reasons


def test_a_project_forgets_a_version_that_was_not_seen() -> None:
    """And a version the file and the preview that were not."""
    project = {"id": 6, "name": "[redacted]", "workspaceId": 4, "teamId": 3, "version": {"id": 7, "version": 1}}
    version = {"id": 8, "version": 2, "projectId": 6, "teamFileId": 9, "previewProjectId": 6}
    seed, _ = _seed(_answer("projects.info", project), _answer("projects.versions.list", _page(version)))
    assert seed["projects"] == [{"id": 6, "name": "project 6", "workspaceId": 4, "teamId": 3}]
    assert seed["versions"] == [{"id": 8, "version": 2, "projectId": 6, "previewProjectId": 6}]


@pytest.mark.parametrize(
    "exchange",
    [
        _answer(None, TASK),
        _answer("tasks.info", ABSENT),
        _answer("tasks.info", TASK, 404),
        _answer("tasks.info", TASK, None),
        _answer("ecosystem.file.download", TASK),
        _answer("tasks.info", "text"),
        _answer("tasks.log.download", [{"message": "x", "unknown": 1}]),
    ],
)
def test_other_exchanges_show_nothing(exchange: Recorded) -> None:
    """Refusals, broken answers, methods that the spec does not know."""
    assert _seed(exchange) == _seed()


def _write(path: Path, operation: str, answer: Any) -> Path:
    kept = {"type": "application/json", "size": 0, "json": answer}
    path.write_text(json.dumps({"operation": operation, "request": {}, "status": 200, "answer": kept, "failure": None}))
    return path


def test_the_command_names_what_it_leaves_out(tmp_path: Path) -> None:
    """On standard error, so that the seed alone is on standard output."""
    done = CliRunner().invoke(main, ["contract", "seed", str(_write(tmp_path / "recording", "tasks.info", TASK))])
    assert (done.exit_code, json.loads(done.stdout)["tasks"]) == (0, [])
    assert done.stderr == "left out: task 5: its app, team or workspace was not seen\n"


def test_a_status_that_is_none_makes_no_seed(tmp_path: Path) -> None:
    """It is said which task, and in which recording."""
    task = {**TASK, "status": "melting", "teamId": 3, "workspaceId": 4, "meta": APP}
    path = _write(tmp_path / "recording", "tasks.info", task)
    done = CliRunner().invoke(main, ["contract", "seed", str(path)])
    assert done.exit_code == 1
    assert "makes no seed: /tasks/0/life" in done.stderr
