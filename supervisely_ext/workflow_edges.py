"""The table of edges: what each `add_*` method of the workflow adds, and how it reads its arguments. Pure."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from .checks import as_id, as_text
from .errors import ArgumentError
from .lineage import Direction, Kind
from .shapes import is_path


@frozen
class Wanted:
    """What an edge leads to, before anything was looked up."""

    kind: Kind
    target: int | str | None
    """A file's path, and the project of a version's number, are to be looked up; None is the task itself."""
    version_num: int | None = None

    @property
    def is_path_of_file(self) -> bool:
        """Tell whether the file's id is to be looked up."""
        return self.kind in ("file", "model_weight") and isinstance(self.target, str)


def _input_project(project: Any, version_id: Any, version_num: Any) -> Wanted:
    if version_num is None:
        return _output_project(project, version_id)
    if version_id is not None:
        raise ArgumentError(argument="version_id, version_num", problem="are both given", hint="Give one of them")
    if project is None:
        raise ArgumentError(argument="version_num", problem="is given without its project", hint="Give the project too")
    return Wanted("project", _id_of("project", project), as_id("version_num", version_num))


def _output_project(project: Any, version_id: Any) -> Wanted:
    if version_id is not None:
        return Wanted("project_version", as_id("version_id", version_id))
    if project is None:
        raise ArgumentError(argument="project", problem="is None, and so is its version", hint="Give one of them")
    return Wanted("project", _id_of("project", project))


def _dataset(dataset: Any) -> Wanted:
    return Wanted("dataset", _id_of("dataset", dataset))


def _input_file(file: Any, model_weight: bool) -> Wanted:
    file = os.fspath(file) if is_path(file) else file
    if isinstance(file, str):
        if not file or "://" in file:
            raise ArgumentError(
                argument="file", problem=f"is {file!r}, and it is a path in the files of a team, or an id"
            )
        return Wanted(_kind_of_file(model_weight), file)
    return _output_file(file, model_weight)


def _output_file(file: Any, model_weight: bool) -> Wanted:
    return Wanted(_kind_of_file(model_weight), _id_of("file", file))


def _kind_of_file(model_weight: bool) -> Kind:
    return "model_weight" if model_weight else "file"


def _folder(path: Any) -> Wanted:
    path = as_text("path", os.fspath(path) if is_path(path) else path)
    return Wanted("folder", path if path.startswith("/") else f"/{path}")


def _input_task(input_task_id: Any) -> Wanted:
    return Wanted("task", as_id("input_task_id", input_task_id))


def _output_task(output_task_id: Any) -> Wanted:
    return Wanted("task", as_id("output_task_id", output_task_id))


def _job(id: Any) -> Wanted:
    return Wanted("job", as_id("id", id))


def _app() -> Wanted:
    return Wanted("app_session", None)


EDGES: Mapping[tuple[Direction, str], Callable[..., Wanted]] = {
    ("input", "project"): _input_project,
    ("input", "dataset"): _dataset,
    ("input", "file"): _input_file,
    ("input", "folder"): _folder,
    ("input", "job"): _job,
    ("input", "task"): _input_task,
    ("output", "project"): _output_project,
    ("output", "dataset"): _dataset,
    ("output", "file"): _output_file,
    ("output", "folder"): _folder,
    ("output", "job"): _job,
    ("output", "task"): _output_task,
    ("output", "app"): _app,
}
"""How a method's own arguments are read, by direction and the end of its name. Each reader raises `ArgumentError`."""


def _id_of(argument: str, value: Any) -> int:
    """Give the id of an entity, or of what has one: an info of ours or of the official SDK."""
    return as_id(argument, getattr(value, "id", value))
