"""The places of the platform from whose menus apps are started, and what each fills in. Pure."""

import os
from collections.abc import Mapping
from typing import Any, Literal

from attrs import frozen

from .checks import as_id
from .errors import ArgumentError
from .masking import shown
from .shapes import is_path

TargetValue = int | str | os.PathLike[str]
Kind = Literal["id", "path", "id or path"]


@frozen
class Target:
    """What a target fills in, and what a value of it is."""

    key: str | None
    """The argument that it fills; None where no source says it."""
    kind: Kind
    help: str


def _data_targets() -> dict[str, Target]:
    kinds = {
        "images": "images",
        "videos": "videos",
        "point_cloud": "point clouds",
        "point_cloud_episodes": "point cloud episodes",
        "mesh": "meshes",
        "volumes": "volumes",
    }
    levels = {"project": "slyProjectId", "dataset": "slyDatasetId"}
    return {
        f"{kind}_{level}": Target(key, "id", f"id of a {level} of {content}")
        for level, key in levels.items()
        for kind, content in kinds.items()
    }


TARGETS: Mapping[str, Target] = {
    "files_folder": Target("slyFolder", "path", "path of a folder in Team Files"),
    "files_file": Target("slyFile", "path", "path of a file in Team Files"),
    **_data_targets(),
    "team": Target("slyTeamId", "id", "id of a team"),
    "workspace": Target("slyWorkspaceId", "id", "id of a workspace"),
    "team_member": Target("slyMemberId", "id", "id of a team's member"),
    "labeling_job": Target("slyJobId", "id", "id of a labeling job"),
    "agent_folder": Target(None, "path", "path of a folder on an agent"),
    "agent_file": Target(None, "path", "path of a file on an agent"),
}
"""The targets that the REST reference or the official SDK names; slyWorkspaceId is what the platform's guides read."""

NO_TARGET = "ecosystem"
"""In a menu: the app can be started from nowhere in particular."""

_OTHER = Target(None, "id or path", "an id or a path; not known to this client")


def target_of(name: str) -> Target:
    """Give what is known of a target that an app's menu names."""
    return TARGETS.get(name, _OTHER)


def as_place(name: str, value: Any, kind: Kind) -> int | str:
    """Give the value of a target, as it is sent."""
    path = os.fspath(value) if is_path(value) else value
    if kind == "id" or (kind == "id or path" and not isinstance(path, str)):
        return as_id(name, value)
    if isinstance(path, str) and path:
        return path
    raise ArgumentError(argument=name, problem=f"is {shown(value)}, and a path is text")
