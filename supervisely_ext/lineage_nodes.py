"""What recorded edges make together: nodes, which are tasks and data, and the arcs between them. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from attrs import evolve, field, frozen

from .errors import ArgumentError
from .lineage_text import plain_text, visible
from .shapes import is_object, part

if TYPE_CHECKING:  # the mock draws edges of its own, and must not import the client's
    from .lineage import Edge

TASK = "task"
_SAME_IDS = {"model_weight": "file", "app_session": "app"}
"""Kinds on the wire whose ids are those of another: a weight is a file of the team's storage."""
_WITHOUT_CARD = {"project", "project_version", "dataset"}
"""The platform ignores customRelationSettings for them."""

Statuses = Mapping[int, str] | Mapping[tuple[str, int], str]
"""By task id; by (server, task id) where there are several servers."""


@frozen
class Link:
    """A link of the node's settings; always http or https."""

    title: str
    url: str


@frozen
class Node:
    """A task, or data that tasks read or make. Two are equal when they are the same thing, however they are described."""

    server: str
    kind: str
    """`task`, `project`, `project_version`, `dataset`, `file`, `folder`, `job` or `app`, whose id is its task's."""
    id: int | str
    """A path for a folder, without a slash at its end, and for a file that was not looked up; a number for all others."""
    team_id: int | None = None
    """Of what has a path for an id, which means something in its team alone."""
    role: str = field(default="", eq=False)
    """The kind on the wire: `model_weight` for a file that an edge called so."""
    title: str = field(default="", eq=False)
    """The text of the title that the app gave it, of its last edge that has one."""
    description: str = field(default="", eq=False)
    link: Link | None = field(default=None, eq=False)
    status: str | None = field(default=None, eq=False)
    """Of a task, where it is known."""

    @property
    def is_task(self) -> bool:
        """Tell whether this is a task; all others are data."""
        return self.kind == TASK

    @property
    def name(self) -> str:
        """What it is, in words: `Task 121230`, `Folder /models`."""
        return f"{(self.role or self.kind).replace('_', ' ').capitalize()} {visible(str(self.id))}"

    @property
    def host(self) -> str:
        """The server's name, as it is shown."""
        return visible(self.server.partition("://")[2] or self.server)

    @property
    def label(self) -> str:
        """The title, else the name."""
        return self.title or self.name


@frozen
class Arc:
    """From what was read to the task that read it, or from a task to what it made. Two are equal when they join the same nodes."""

    source: Node
    target: Node
    edges: "tuple[Edge, ...]" = field(eq=False, repr=False)
    """The records of it, in the order of time; a task that reads another's result may be recorded by both."""

    @property
    def state(self) -> str:
        """`sent` as soon as one record was, else the state of the last."""
        states = [edge.state for edge in self.edges]
        return "sent" if "sent" in states else states[-1]

    @property
    def reason(self) -> str:
        """Why it was not sent; empty when it was."""
        return "" if self.state == "sent" else self.edges[-1].reason

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the records call the data, as on the wire."""
        return tuple(sorted({edge.kind for edge in self.edges}))


def in_order(edges: "Iterable[Edge]") -> "tuple[Edge, ...]":
    """Give each edge once, by time; equal for every order of the same edges."""
    known = {_edge_key(edge): edge for edge in edges}
    return tuple(known[key] for key in sorted(known))


def _edge_key(edge: "Edge") -> tuple[Any, ...]:
    meta = json.dumps(dict(edge.meta), sort_keys=True, default=str)
    place = (edge.moment, edge.server, edge.task_id, edge.direction, edge.kind, repr(edge.target))
    return *place, edge.state, edge.reason, edge.team_id or 0, meta


def build(edges: "tuple[Edge, ...]", statuses: Statuses) -> tuple[tuple[Node, ...], tuple[Arc, ...]]:
    """Give the nodes and the arcs of edges that are in order."""
    described = _described(edges, statuses)
    joined: dict[tuple[Node, Node], list[Edge]] = {}
    for edge in edges:
        joined.setdefault(ends_of(edge), []).append(edge)
    arcs = [Arc(described[source], described[target], tuple(found)) for (source, target), found in joined.items()]
    return tuple(sorted(described.values(), key=node_key)), tuple(sorted(arcs, key=arc_key))


def node_key(node: Node) -> tuple[Any, ...]:
    """Give what nodes are sorted by: tasks first, then kinds, then ids."""
    return node.server, not node.is_task, node.kind, isinstance(node.id, str), node.id, node.team_id or 0


def several_servers(nodes: Iterable[Node]) -> bool:
    """Tell whether the nodes must be told apart by their servers."""
    return len({node.server for node in nodes}) > 1


def arc_key(arc: Arc) -> tuple[Any, ...]:
    """Give what arcs are sorted by."""
    return node_key(arc.source), node_key(arc.target)


def ends_of(edge: "Edge") -> tuple[Node, Node]:
    """Give source and target: data flows into a task by its inputs and out of it by its outputs."""
    task, data = task_of(edge), data_of(edge)
    return (data, task) if edge.direction == "input" else (task, data)


def task_of(edge: "Edge") -> Node:
    """Give the task that the edge belongs to."""
    return Node(edge.server.rstrip("/"), TASK, edge.task_id, role=TASK)


def data_of(edge: "Edge") -> Node:
    """Give what the edge says was read or made."""
    server, kind, id = edge.server.rstrip("/"), _SAME_IDS.get(edge.kind, edge.kind), _number_or_path(edge.target)
    if isinstance(id, int):
        return Node(server, kind, id, role=edge.kind)
    return Node(server, kind, id.rstrip("/") or "/", edge.team_id, role=edge.kind)


def _number_or_path(target: int | str) -> int | str:
    # a task's id is text when it was taken from the environment
    return int(target) if isinstance(target, str) and re.fullmatch(r"[0-9]{1,18}", target) else target


def _described(edges: "Iterable[Edge]", statuses: Statuses) -> dict[Node, Node]:
    settings: dict[Node, Mapping[str, Any]] = {}
    nodes: dict[Node, Node] = {}
    for edge in edges:
        task, data = task_of(edge), data_of(edge)
        nodes.setdefault(task, task)
        if data not in nodes or data.role in _SAME_IDS:
            nodes[data] = data
        _keep_settings(settings, edge)
    known = _by_server(statuses, {node.server for node in nodes})
    return {node: _describe(nodes[node], settings.get(node, {}), known) for node in nodes}


def _keep_settings(settings: dict[Node, Mapping[str, Any]], edge: "Edge") -> None:
    own, card = (edge.meta.get(key) for key in ("customNodeSettings", "customRelationSettings"))
    if is_object(own):
        settings[task_of(edge)] = own
    data = data_of(edge)
    if is_object(card) and data.kind not in _WITHOUT_CARD and not (data.is_task and data in settings):
        settings[data] = card


def _by_server(statuses: Statuses, servers: set[str]) -> Mapping[tuple[str, int | str], str]:
    by_server: dict[tuple[str, int | str], str | None] = {}
    for key, status in statuses.items():
        _check_task_key(key)
        if isinstance(key, tuple):
            by_server[key[0].rstrip("/"), key[1]] = status
        elif len(servers) > 1:
            problem = f"task {key} may be of any of {len(servers)} servers"
            raise ArgumentError(argument="statuses", problem=problem, hint="Give (server, task id) as key.")
        else:
            by_server.update({(server, key): status for server in servers})
    return {key: str(status) for key, status in by_server.items() if status is not None}


def _check_task_key(key: object) -> None:
    match key:
        case (str(), int(task)) | int(task) if not isinstance(task, bool):
            return
        case _:
            problem = f"has the key {key!r}, and a key is a task id or (server, task id)"
            raise ArgumentError(argument="statuses", problem=problem)


def _describe(node: Node, settings: Mapping[str, Any], statuses: Mapping[tuple[str, int | str], str]) -> Node:
    status = statuses.get((node.server, node.id)) if node.is_task else None
    return evolve(
        node,
        title=_text(settings, "title"),
        description=_text(settings, "description"),
        link=_link(node.server, part(settings, "mainLink")),
        status=None if status is None else visible(status),
    )


def _text(settings: Mapping[str, Any], key: str) -> str:
    value = settings.get(key)
    return plain_text(value) if isinstance(value, str) else ""


def _link(server: str, link: Mapping[str, Any]) -> Link | None:
    url = web_address(server, link.get("url"))
    return None if url is None else Link(visible(str(link.get("title") or url)), url)


def web_address(server: str, path: object) -> str | None:
    """Give the address of a path on the server; None for what is no web address, such as `javascript:`."""
    try:
        url = urljoin(f"{server}/", str(path or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if path and parts.scheme in {"http", "https"} and parts.hostname else None
