"""What is wrong with a seed: its shape (`seed.schema.json`), ids given twice, ids of nothing, courses and apps that cannot be."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

from attrs import frozen

from ..contract.spec import Schema, Violation, bundled
from .lifecycle import LifecycleError, course
from .refusals import MOST_TOLD
from .snapshots import module_of

Json = Any
Path = tuple[str | int, ...]

_REFERENCES = {
    "workspaces/*/teamId": "teams",
    "projects/*/workspaceId": "workspaces",
    "projects/*/teamId": "teams",
    "projects/*/createdBy": "users",
    "projects/*/version/id": "versions",
    "versions/*/projectId": "projects",
    "versions/*/createdBy": "users",
    "versions/*/teamFileId": "files",
    "versions/*/teamId": "teams",
    "versions/*/previewProjectId": "projects",
    "files/*/teamId": "teams",
    "files/*/userId": "users",
    "models/*/trainModuleId": "modules",
    "models/*/serveModuleId": "modules",
    "apps/*/moduleId": "modules",
    "apps/*/teamId": "teams",
    "apps/*/createdBy": "users",
    "tasks/*/appId": "apps",
    "tasks/*/workspaceId": "workspaces",
    "tasks/*/userId": "users",
    "tasks/*/agentId": "agents",
    "tasks/*/users/*": "users",
    "tasks/*/files/*": "contents",
    "workflow/*/teamId": "teams",
    "workflow/*/node/id": "tasks",
}
"""Which id is of which kind; null is of none."""

_COURSES = (
    "instance/lifecycle",
    "modules/*/lifecycle",
    "modules/*/scripts/*",
    "tasks/*/lifecycle",
    "tasks/*/life/steps",
)


@frozen
class Problem:
    """One thing that is wrong; the place is a JSON pointer."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer or 'the seed'}: {self.message}"


def problems_of(document: Json) -> list[Problem]:
    """Find everything that is wrong; what courses and apps mean is looked at where all shapes are right."""
    shape = [] if _schema().accepts(document) else list(_schema().violations(document, MOST_TOLD))
    found = [Problem(violation.pointer, _cut(violation.message)) for violation in shape]
    found += [*_given_twice(document), *_dangling(document)]
    found = found or [*_wrong_courses(document), *_wrong_modules(document)]
    return found or [*_wrong_lives(document)]


@cache
def _schema() -> Schema:
    text = files(__package__ or "").joinpath("seed.schema.json").read_text("utf-8")
    return Schema(bundled().document, json.loads(text))


def _cut(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:200]}…"


def _problem(path: Path, message: str) -> Problem:
    return Problem(Violation(path, "", "").pointer, message)


def _found(node: Json, pattern: Sequence[str], path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Give what stands at a place, `*` being every one."""
    if not pattern:
        yield path, node
        return
    here = _children(node)
    for key in here if pattern[0] == "*" else here.keys() & {pattern[0]}:
        yield from _found(here[key], pattern[1:], (*path, key))


def _children(node: Json) -> dict[Any, Json]:
    match node:
        case list():
            return dict(enumerate(cast(list[object], node)))
        case dict():
            return cast(dict[str | int, Any], node)
        case _:
            return {}


def _ids(document: Json, kind: str) -> list[int | str]:
    if kind == "contents":
        return [str(path[-1]) for path, _ in _found(document, ("contents", "*"))]
    return [value for _, value in _found(document, (kind, "*", "id")) if isinstance(value, int)]


def _given_twice(document: Json) -> Iterator[Problem]:
    for kind in sorted({*_REFERENCES.values(), "models"}):
        twice = {value for value, times in Counter(_ids(document, kind)).items() if times > 1}
        for path, value in _found(document, (kind, "*", "id")):
            if isinstance(value, int) and value in twice:
                yield _problem(path, f"the id {value} is given more than once")


def _dangling(document: Json) -> Iterator[Problem]:
    for pattern, kind in _REFERENCES.items():
        known, type_of_id = set(_ids(document, kind)), str if kind == "contents" else int
        for path, value in _found(document, pattern.split("/")):
            if isinstance(value, type_of_id) and value not in known:
                yield _problem(path, f"{value!r} is none of the {kind}")


def _wrong_courses(document: Json) -> Iterator[Problem]:
    for pattern in _COURSES:
        for path, script in _found(document, pattern.split("/")):
            try:
                course(script)
            except LifecycleError as error:
                yield _problem((*path, error.index), error.problem)


def _wrong_modules(document: Json) -> Iterator[Problem]:
    schema = bundled().schema("Module")
    for path, item in _found(document, ("modules", "*")):
        module = module_of(item, 0.0).shown
        for violation in () if schema.accepts(module) else schema.violations(module):
            yield _problem((*path, *violation.path), f"as the server would show it: {_cut(violation.message)}")


def _wrong_lives(document: Json) -> Iterator[Problem]:
    for path, life in _found(document, ("tasks", "*", "life")):
        now, last = course(life["steps"])[0].status, life["history"][-1]["status"]
        if now != last:
            yield _problem((*path, "history"), f"it ends with {last!r}, but the steps begin with {now!r}")
