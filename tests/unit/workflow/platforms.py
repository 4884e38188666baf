"""Platforms with tasks in several teams, and what their lineage holds."""

from typing import Any

from supervisely_ext.mock import Platform
from supervisely_ext.mock.state import Team, Workspace

OTHER_TEAM = 999


def start_in(platform: Platform, workspace_id: int) -> int:
    """Start a task in a workspace, which is a team's."""
    workspace = platform.workspaces[workspace_id]
    app = platform.install(platform.modules[83], workspace.team_id)
    return platform.start(app, workspace, platform.find_agent(None), platform.caller, {}).id


def add_team(platform: Platform, team_id: int) -> int:
    """Add a team with a workspace of the same id, and start a task there."""
    platform.teams[team_id] = Team(team_id, "another")
    platform.workspaces[team_id] = Workspace(team_id, team_id, "another")
    return start_in(platform, team_id)


def edges(platform: Platform, team_id: int = 447) -> list[tuple[str, int, str, Any]]:
    """What a team's lineage holds on the server."""
    kept = platform.workflow.get(team_id, [])
    return [(edge["direction"], edge["node"]["id"], edge["type"], edge["id"]) for edge in kept]
