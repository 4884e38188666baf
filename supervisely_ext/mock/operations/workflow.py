"""What tasks have read and made."""

from functools import partial
from typing import Any

from ..platform import Platform
from ..refusals import not_found
from .registry import Request, answers


def _add_edge(platform: Platform, request: Request, *, direction: str) -> Any:
    task = platform.find_task(request["node"]["id"])
    if task.workspace.team_id != request["teamId"]:
        # assumed: a team knows its own tasks only
        raise not_found("Task")
    edge = {
        "direction": direction,
        "node": {"type": request["node"]["type"], "id": task.id},
        "type": request["type"],
        "id": request["id"],
    }
    edges = platform.workflow.setdefault(request["teamId"], [])
    # assumed: the same edge again is that edge, and its settings are the last ones
    kept = next((known for known in edges if known | edge == known), None)
    if kept is None:
        edges.append(kept := {**edge, "meta": {}})
    kept["meta"] |= request.get("meta", {})
    return {}


answers("workflow.node.add-input")(partial(_add_edge, direction="input"))
answers("workflow.node.add-output")(partial(_add_edge, direction="output"))
