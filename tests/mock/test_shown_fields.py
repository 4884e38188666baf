"""The mock's answers show every field that the spec knows, but for those listed."""

from collections import defaultdict
from typing import Any

import pytest

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from tests.contract.planting import at, behind, parts

from .asking import TOKEN, ask, start
from .test_gateway import VALID

DOCUMENT = bundled().document


def note(pointer: str, value: Any, seen: dict[str, set[str]]) -> None:
    """Note by schema which of its fields the value has."""
    pointer = behind(DOCUMENT, pointer, value)
    if isinstance(value, list) and "items" in at(DOCUMENT, pointer):
        for item in value:
            note(f"{pointer}/items", item, seen)
    for part in parts(DOCUMENT, pointer) if isinstance(value, dict) else ():
        shown = at(DOCUMENT, part)["properties"].keys() & value.keys()
        seen[part.removeprefix("/components/schemas/")] |= shown
        for name in shown:
            note(f"{part}/properties/{name}", value[name], seen)


@pytest.fixture
def seen(platform: Platform) -> dict[str, set[str]]:
    """What the answers to one request of each operation have, on a platform that has one of everything."""
    start(platform, 83)
    ask(platform, "tasks.logs.add", {"logs": [{}]}, {**TOKEN, "x-task-id": "21012"})
    model = {"modality": "images", "architecture": "d", "serveModuleId": 512}
    ask(platform, "ecosystem.models.add", {**VALID["ecosystem.models.add"], **model})
    ask(platform, "tasks.output.set", VALID["tasks.output.set"])
    found: dict[str, set[str]] = defaultdict(set)
    for name, body in (*VALID.items(), ("tasks.list", {"workspaceId": 23821, "pagination_mode": "token"})):
        operation = bundled().operations[name]
        status, answer = ask(platform, name, body)
        if status == 200 and operation.answer is not None and not isinstance(answer, bytes):
            verb = operation.verb.lower()
            note(f"/paths/~1{name}/{verb}/responses/200/content/application~1json/schema", answer, found)
    return found


NOT_SHOWN = {
    # What neither a seed nor the mock's own doing could fill with anything true.
    "App": {"githubModuleUrl", "repositoryId", "repoKey"},
    "Project": {"embeddingsInProgress", "embeddingsUpdatedAt", "localEntitiesCount", "remoteEntitiesCount"},
    "Release": {"createdAt"},
    "User": {"createdAt", "disabled", "email", "lastLogin", "logins", "name", "teams", "updatedAt"},
    "Workspace": {"createdAt", "updatedAt"},
    # What apps write into their meta themselves, which keeps whatever it is given.
    "TaskMeta": {"agentStorageFolder", "config", "input", "step"},
}


def test_every_field_is_shown_or_listed(seen: dict[str, set[str]]) -> None:
    missing = {}
    for part, names in seen.items():
        pointer = part if part.startswith("/") else f"/components/schemas/{part}"
        left = at(DOCUMENT, pointer)["properties"].keys() - names
        if left:
            missing[part] = left
    assert missing == NOT_SHOWN


def test_each_way_to_a_task_shows_the_same_of_it(platform: Platform) -> None:
    """`tasks.info` and the lists of its workspace and its app agree, and leave out only what has another name, or what a list has not."""
    session = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "workspaceId": 23821})[1][0]
    info = ask(platform, "tasks.info", {"id": session["taskId"]})[1]
    (of_app,) = ask(platform, "apps.tasks.list", {"teamId": 447, "appId": session["appId"]})[1]["entities"]
    (of_workspace,) = ask(platform, "tasks.list", {"workspaceId": 23821})[1]["entities"]
    assert info.keys() - of_app.keys() == {"agentId", "agentName", "settings", "userId", "userLogin"}
    assert of_app.keys() - info.keys() == {
        "archived", "attempt", "createdBy", "isShared", "nodeId", "size", "user",
    }  # fmt: skip
    assert of_app.keys() - of_workspace.keys() == {*(of_app.keys() - info.keys()), "teamId", "workspaceId"}
    assert of_app == {**of_app, **{name: info[name] for name in info.keys() & of_app.keys()}, **of_workspace}
    assert (of_app["createdBy"], of_app["user"], of_app["nodeId"]) == (
        info["userId"],
        info["userLogin"],
        info["agentId"],
    )
