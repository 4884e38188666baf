"""The lineage as a graph over tasks: what was made of what, and by which task. Pure."""

from collections.abc import Iterable, Mapping
from os import PathLike
from os.path import realpath
from pathlib import Path
from typing import Any, TypeVar

from attrs import field, frozen

from . import lineage_html, lineage_mermaid, lineage_openlineage, lineage_svg
from .errors import ArgumentError
from .lineage import Edge
from .lineage_nodes import TASK, Arc, Node, Statuses, build, in_order
from .whole_file import taking_the_place_of

_FRAME_HEIGHT = 520
"""Of the frame in a notebook, in pixels."""


@frozen
class GraphDiff:
    """What another graph has more and less. Nodes and arcs count as equal when they are the same thing, whatever their titles."""

    added_nodes: tuple[Node, ...]
    removed_nodes: tuple[Node, ...]
    added_arcs: tuple[Arc, ...]
    removed_arcs: tuple[Arc, ...]

    def __bool__(self) -> bool:
        return any((self.added_nodes, self.removed_nodes, self.added_arcs, self.removed_arcs))


@frozen(repr=False)
class LineageGraph:
    """Nodes, which are tasks and data, and arcs in the direction of the data's flow; both are in a fixed order."""

    edges: tuple[Edge, ...]
    statuses: Statuses
    nodes: tuple[Node, ...] = field(init=False, eq=False)
    arcs: tuple[Arc, ...] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        nodes, arcs = build(self.edges, self.statuses)
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "arcs", arcs)

    @classmethod
    def from_edges(cls, edges: Iterable[Edge], statuses: Statuses | None = None) -> "LineageGraph":
        """Make the graph of a ledger or any other edges, whatever their order.

        `statuses` is by task id, or by (server, task id), which several servers need. Raises `ArgumentError`.
        """
        return cls(in_order(edges), {} if statuses is None else dict(statuses))

    @staticmethod
    def merge(*graphs: "LineageGraph") -> "LineageGraph":
        """Give one graph of all; of two statuses of a task the later graph's counts."""
        edges = [edge for graph in graphs for edge in graph.edges]
        statuses = {(n.server, int(n.id)): n.status for g in graphs for n in g.nodes if n.status is not None}
        return LineageGraph.from_edges(edges, statuses)

    def __repr__(self) -> str:
        return f"<LineageGraph: {lineage_svg.summary(self.nodes, self.arcs)}>"

    def node(self, kind: str, id: int | str, *, server: str | None = None, team_id: int | None = None) -> Node:
        """Give the node of this kind and id; server and team matter where several have it. Raises `ArgumentError`."""
        found = [node for node in self.nodes if (node.kind, node.id) == (kind, id)]
        found = [node for node in found if server is None or node.server == server.rstrip("/")]
        found = [node for node in found if team_id is None or node.team_id == team_id]
        if len(found) == 1:
            return found[0]
        ids = tuple(f"{node.id} of {node.server}" for node in self.nodes if node.kind == kind)
        problem = f"{len(found)} nodes are {kind} {id}"
        raise ArgumentError(
            argument="id", problem=problem, allowed=ids, hint="Give server and team_id where several have the id."
        )

    def upstream(self, node: Node | int) -> tuple[Node, ...]:
        """Give all that the node comes of, at any distance and without itself; a number is a task's id."""
        return self._reached(node, _by_end((arc.target, arc.source) for arc in self.arcs))

    def downstream(self, node: Node | int) -> tuple[Node, ...]:
        """Give all that came of the node, at any distance and without itself; a number is a task's id."""
        return self._reached(node, _by_end((arc.source, arc.target) for arc in self.arcs))

    def _reached(self, start: Node | int, following: Mapping[Node, list[Node]]) -> tuple[Node, ...]:
        start = start if isinstance(start, Node) else self.node(TASK, start)
        if start not in self.nodes:
            raise ArgumentError(argument="node", problem=f"{start.name} of {start.server} is not in this graph")
        seen, waiting = {start}, [start]
        while waiting:
            new = [node for node in following.get(waiting.pop(), ()) if node not in seen]
            seen.update(new)
            waiting += new
        return tuple(node for node in self.nodes if node in seen and node != start)

    def diff(self, other: "LineageGraph") -> GraphDiff:
        """Tell what the other graph has more (added) and less (removed) than this one."""
        return GraphDiff(
            added_nodes=_missing(other.nodes, self.nodes),
            removed_nodes=_missing(self.nodes, other.nodes),
            added_arcs=_missing(other.arcs, self.arcs),
            removed_arcs=_missing(self.arcs, other.arcs),
        )

    def to_mermaid(self) -> str:
        """Give a Mermaid flowchart. Mermaid itself draws at most 500 edges unless it is configured otherwise."""
        return lineage_mermaid.to_mermaid(self.nodes, self.arcs)

    def to_openlineage(self) -> list[dict[str, Any]]:
        """Give OpenLineage run events as JSON objects, one or two a task; the server is the namespace."""
        return lineage_openlineage.to_openlineage(self.nodes, self.arcs)

    def to_svg(self) -> str:
        """Give the `<svg>` element alone; `lineage_html.style()` is its style sheet, for an element of class `lineage` around it."""
        return lineage_svg.to_svg(self.nodes, self.arcs)

    def to_html(self, title: str = "Lineage") -> str:
        """Give one page to look at: it pans, zooms, shows details of what is clicked, and loads nothing from anywhere."""
        return lineage_html.to_html(self.nodes, self.arcs, title)

    def save_html(self, path: str | PathLike[str], title: str = "Lineage") -> None:
        """Write the page; a file that is there is replaced at once or, on an error, not at all."""
        page = self.to_html(title)
        with taking_the_place_of(Path(realpath(path))) as file:
            file.write(page.encode())

    def _repr_html_(self) -> str:
        return lineage_html.to_frame(self.to_html(), _FRAME_HEIGHT)


def _by_end(pairs: Iterable[tuple[Node, Node]]) -> Mapping[Node, list[Node]]:
    following: dict[Node, list[Node]] = {}
    for one, other in pairs:
        following.setdefault(one, []).append(other)
    return following


_Thing = TypeVar("_Thing", Node, Arc)


def _missing(these: Iterable[_Thing], others: Iterable[_Thing]) -> tuple[_Thing, ...]:
    known = set(others)
    return tuple(thing for thing in these if thing not in known)
