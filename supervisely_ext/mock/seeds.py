"""What a platform begins with, as JSON: `{"instance", "teams", "workspaces", "users", "agents", "modules", "projects", "versions", "files"}`.

A module is given by its app's own config.json under `config`. Projects, their versions and the teams' files stand as the server shows them, and may be left out.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from .state import Agent, Team, User, Workspace


@frozen
class ModuleSeed:
    """An app of the ecosystem, its releases the newest first."""

    id: int
    slug: str
    config: Mapping[str, Any]
    releases: tuple[Mapping[str, Any], ...]


@frozen
class Seed:
    """All that stands at the beginning."""

    version: str
    teams: tuple[Team, ...]
    workspaces: tuple[Workspace, ...]
    users: tuple[User, ...]
    agents: tuple[Agent, ...]
    modules: tuple[ModuleSeed, ...]
    projects: tuple[Mapping[str, Any], ...] = ()
    versions: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Seed":
        """Read a seed."""
        return cls(
            version=data["instance"]["version"],
            teams=tuple(Team(item["id"], item["name"]) for item in data["teams"]),
            workspaces=tuple(Workspace(item["id"], item["teamId"], item["name"]) for item in data["workspaces"]),
            users=tuple(User(item["id"], item["login"]) for item in data["users"]),
            agents=tuple(Agent(item["id"], item["name"]) for item in data["agents"]),
            modules=tuple(
                ModuleSeed(item["id"], item["slug"], item["config"], tuple(item["releases"]))
                for item in data["modules"]
            ),
            projects=tuple(data.get("projects", ())),
            versions=tuple(data.get("versions", ())),
            files=tuple(data.get("files", ())),
        )


@cache
def default_seed() -> Seed:
    """Give the seed of a platform that is given none: team 447 with workspace 23821, agent 7, three apps, two projects."""
    text = files(__package__ or "").joinpath("default_seed.json").read_text("utf-8")
    return Seed.from_json(json.loads(text))
