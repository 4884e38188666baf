"""The workflow edges of a team as the live page shows them: as a drawing, and as a list of what is read and made."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from .instance import Entity
from .platform import Platform
from .refusals import Refusal, not_found

if TYPE_CHECKING:
    from ..lineage import Edge
    from ..lineage_nodes import Arc

LARGEST_DRAWING = 2000
"""In edges; nothing else is answered while one is drawn, and so many take about a second."""


@frozen
class _Drawn:
    """An edge with the attributes that the drawing of a client's ledger asks for. No server: its links would lead nowhere."""

    task_id: int
    direction: str
    kind: str
    target: int | str
    meta: Mapping[str, Any]
    team_id: int
    server: str = ""
    at: str = ""
    state: str = "sent"
    reason: str = ""


def teams(platform: Platform) -> list[dict[str, Any]]:
    """Give the teams that have edges; `revision` is another whenever the drawing would be."""
    return [
        {"id": team.id, "name": team.name, "edges": len(edges), "revision": _revision(platform, edges)}
        for team in platform.teams.values()
        if (edges := _edges(platform, team.id))
    ]


def _edges(platform: Platform, team_id: int) -> list[Entity]:
    """Give the edges of a team but those that nobody could draw, which only `--validate warn` and `off` let in."""
    known = platform.workflow.get(team_id, ())
    return [edge for edge in known if isinstance(edge["type"], str) and type(edge["id"]) in (int, str)]


def _revision(platform: Platform, edges: list[Entity]) -> str:
    text = repr((platform.era, edges, _statuses(platform, edges)))
    return sha256(text.encode(errors="backslashreplace")).hexdigest()[:16]


def _statuses(platform: Platform, edges: list[Entity]) -> dict[int, str]:
    tasks = {edge["node"]["id"] for edge in edges} | {edge["id"] for edge in edges if edge["type"] == "task"}
    known = platform.known_tasks
    return {task: known[task].life.status for task in sorted(tasks & known.keys())}


def workflow(platform: Platform, query: Mapping[str, str]) -> dict[str, Any]:
    """Draw the edges of the team that the query names."""
    from .. import lineage_html, lineage_nodes

    edges = _edges(platform, _team_id(query))
    if not edges:
        raise not_found("Team with edges")
    platform.settle()
    adapted = tuple(_adapted(edge, _team_id(query)) for edge in edges)
    nodes, arcs = lineage_nodes.build(cast("tuple[Edge, ...]", adapted), _statuses(platform, edges))
    return {
        "revision": _revision(platform, edges),
        "drawing": lineage_html.fragment(nodes, arcs) if len(edges) <= LARGEST_DRAWING else "",
        "arcs": [_listed(arc) for arc in arcs],
    }


def _team_id(query: Mapping[str, str]) -> int:
    text = query.get("team", "")
    if not re.fullmatch("[0-9]{1,18}", text):
        raise Refusal(
            400, "Validation error", [{"pointer": "/team", "message": f"{text[:100]!r} is not the id of a team"}]
        )
    return int(text)


def _adapted(edge: Entity, team_id: int) -> _Drawn:
    return _Drawn(edge["node"]["id"], edge["direction"], edge["type"], edge["id"], edge["meta"], team_id)


def _listed(arc: "Arc") -> dict[str, str]:
    from ..lineage_svg import spoken

    return {
        "source": spoken(arc.source),
        "target": spoken(arc.target),
        "kinds": ", ".join(kind.replace("_", " ") for kind in arc.kinds),
    }
