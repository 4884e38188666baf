"""From a context-menu target to the arguments that an app is started with. Pure.

An app that is started from a menu of the platform (a project's, a folder's, …) expects that place in its arguments,
under a key that depends on the kind of place.
"""

import os
from collections.abc import Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, Literal

from attrs import frozen

from .checks import as_id
from .errors import ArgumentError, TooManyTargets, UnknownTargetError

TargetValue = int | str | os.PathLike[str]


@frozen
class Target:
    """What a target fills in, and what a value of it is."""

    key: str
    kind: Literal["id", "path"]
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
    "team_member": Target("slyMemberId", "id", "id of a team's member"),
    "labeling_job": Target("slyJobId", "id", "id of a labeling job"),
}
"""The targets whose key is known (rest reference and SDK agree)."""

NO_TARGET = "ecosystem"
"""In a menu: the app can be started from nowhere in particular."""


def build_arguments(
    app: str, targets: Sequence[str], options: Mapping[str, Any], given: Mapping[str, TargetValue]
) -> dict[str, Any]:
    """Give the app's options with the given target filled in; nothing of `options` is shared with the result."""
    arguments = deepcopy(dict(options))
    if len(given) > 1:
        raise TooManyTargets(
            argument=", ".join(given), problem=f"{app} is started from one target", allowed=tuple(targets)
        )
    for name, value in given.items():
        target = _known(app, targets, name)
        arguments[target.key] = as_id(name, value) if target.kind == "id" else _as_path(name, value)
    if not given and targets and NO_TARGET not in targets:
        raise ArgumentError(argument="target", problem=f"{app} is started from a target", allowed=tuple(targets))
    return arguments


def _known(app: str, targets: Sequence[str], name: str) -> Target:
    if name not in targets:
        near = get_close_matches(name, targets, n=1)
        raise UnknownTargetError(
            argument=name,
            problem=f"{app} is not started from this target",
            allowed=tuple(targets),
            hint=f"Did you mean {near[0]}?" if near else "",
        )
    if name not in TARGETS:
        raise UnknownTargetError(
            argument=name,
            problem=f"it is not known which argument of {app} this target fills",
            hint="Add it to the arguments yourself, under the key that the app reads",
        )
    return TARGETS[name]


def _as_path(name: str, value: TargetValue) -> str:
    path: object = os.fspath(value) if isinstance(value, os.PathLike) else value
    if isinstance(path, str) and path:
        return path
    raise ArgumentError(argument=name, problem=f"is {value!r}, and a path is text")
