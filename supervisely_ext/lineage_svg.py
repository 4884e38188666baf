"""The drawing of a lineage as one `<svg>` element, without a style of its own. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from .lineage_layout import NODE_HEIGHT, NODE_WIDTH, Layout, Point, lay_out
from .lineage_nodes import Arc, Node, several_servers
from .lineage_text import cut_end, cut_start, visible, width_of

TITLE_SIZE, NOTE_SIZE = 14, 12.5
"""Of the two lines of a node, in pixels; the style sheet sets the same."""
_TEXT_LEFT, _TITLE_BASE, _NOTE_BASE = 50, 24, 43
_TEXT_WIDTH = NODE_WIDTH - _TEXT_LEFT - 10
_PART_OF_STATUS = 0.65
_HEAD = 7
_BOW = 40

_TONES: Mapping[str, str] = {
    "queued": "waiting",
    "consumed": "waiting",
    "started": "running",
    "deployed": "running",
    "finished": "good",
    "error": "bad",
    "terminating": "ending",
    "stopped": "ending",
}

_ICONS: Mapping[str, str] = {
    "task": "M5 3.5v9l7.5-4.5z",
    "project": "M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3",
    "project_version": "M8 2.2a5.8 5.8 0 1 0 .01 0M8 5v3.2l2.2 1.6",
    "dataset": "M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5h-4.5zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5h-4.5z",
    "file": "M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3",
    "model_weight": "M8 1.8l5.5 3.1v6.2l-5.5 3.1-5.5-3.1v-6.2zM2.5 4.9l5.5 3.1 5.5-3.1M8 8v6.2",
    "folder": "M1.8 4v9h12.4v-7.2h-6.4l-1.6-1.8z",
    "job": "M3.5 3h9v11h-9zM6 1.8h4v2.4h-4zM5.8 8.7l1.6 1.6 2.8-3.2",
    "app": "M2 3h12v10h-12zM2 6h12M4 4.5h.01M6 4.5h.01",
}
_OTHER_ICON = "M8 2.2a5.8 5.8 0 1 0 .01 0"


def to_svg(nodes: Sequence[Node], arcs: Sequence[Arc]) -> str:
    """Draw nodes and arcs; the element of node number n has `data-node="n"`, that of an arc `data-arc`."""
    number = {node: index for index, node in enumerate(nodes)}
    pairs = [(number[arc.source], number[arc.target]) for arc in arcs]
    layout = lay_out(len(nodes), pairs)
    lines = (_arc(index, arc, layout.routes[pairs[index]]) for index, arc in enumerate(arcs))
    notes = _notes(nodes, arcs)
    cards = (_card(index, node, notes[index], layout.places[index]) for index, node in enumerate(nodes))
    size = f'width="{_number(layout.width)}" height="{_number(layout.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(summary(nodes, arcs))}" {size} '
        f'viewBox="0 0 {_number(layout.width)} {_number(layout.height)}" data-start="{_start(layout)}" data-room="{_TEXT_WIDTH}">'
        f'<g class="view"><g class="arcs">{"".join(lines)}</g><g class="nodes">{"".join(cards)}</g></g></svg>'
    )


def summary(nodes: Sequence[Node], arcs: Sequence[Arc]) -> str:
    """Count in words what is drawn."""
    tasks = sum(node.is_task for node in nodes)
    counts = ((tasks, "task"), (len(nodes) - tasks, "data node"), (len(arcs), "edge"))
    return ", ".join(_counted(count, noun) for count, noun in counts)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def tone(status: str) -> str:
    """Give the name of the colour of a status; those that nobody knows share one."""
    return _TONES.get(status, "other")


def _start(layout: Layout) -> str:
    """Give the height at which a view that cannot show all begins: that of the first node of the first layer."""
    left_first = min(layout.places, default=(0.0, 0.0))
    return _number(left_first[1] + NODE_HEIGHT / 2)


def _notes(nodes: Sequence[Node], arcs: Iterable[Arc]) -> list[str]:
    """Give the second line of each node: its name where the first is a title, else what it does in the graph."""
    reads = dict.fromkeys(nodes, 0)
    writes = dict.fromkeys(nodes, 0)
    for arc in arcs:
        writes[arc.source] += 1
        reads[arc.target] += 1
    notes = [node.name if node.title else _use(node, reads[node], writes[node]) for node in nodes]
    return (
        [f"{node.host} · {note}" for node, note in zip(nodes, notes, strict=True)] if several_servers(nodes) else notes
    )


def _use(node: Node, into: int, out_of: int) -> str:
    if node.is_task:
        words = (_counted(into, "input"), _counted(out_of, "output"))
    else:
        words = (f"made by {into}", f"read by {out_of}")
    return ", ".join(text for count, text in zip((into, out_of), words, strict=True) if count)


def _card(index: int, node: Node, note: str, place: Point) -> str:
    kind = node.role if node.role in _ICONS else node.kind
    icon = _ICONS.get(kind, _OTHER_ICON)
    family = "task" if node.is_task else "data"
    return (
        f'<g class="node {family}" data-node="{index}" tabindex="0" role="button" aria-label="{escape(spoken(node))}" '
        f'transform="translate({_number(place[0])} {_number(place[1])})"><title>{escape(spoken(node))}</title>'
        f'<rect class="card" width="{NODE_WIDTH}" height="{NODE_HEIGHT}" rx="9"/>'
        f'<rect class="tile" x="10" y="12" width="30" height="32" rx="7"/>'
        f'<path class="icon" transform="translate(17 20)" d="{icon}"/>'
        f'<text class="label" x="{_TEXT_LEFT}" y="{_TITLE_BASE}">{escape(_cut_label(node))}</text>'
        f'<text class="note" x="{_TEXT_LEFT}" y="{_NOTE_BASE}">{_note(node, note)}</text></g>'
    )


def spoken(node: Node) -> str:
    """Say in one line what the node is, in full."""
    status = f", {node.status}" if node.status else ""
    return f"{node.title} ({node.name}){status}" if node.title else f"{node.name}{status}"


def _cut_label(node: Node) -> str:
    room = _TEXT_WIDTH / TITLE_SIZE
    is_path = isinstance(node.id, str) and not node.title
    return cut_start(visible(str(node.id)), room) if is_path else cut_end(node.label, room)


def _note(node: Node, note: str) -> str:
    room = _TEXT_WIDTH / NOTE_SIZE
    if node.status is None:
        return escape(cut_end(note, room))
    status = cut_end(f"● {node.status}", room * _PART_OF_STATUS)
    rest = cut_end(f" · {node.id if node.title else note}", room - width_of(status))
    return f'<tspan class="{tone(node.status)}">{escape(status)}</tspan>{escape(rest)}'


def _arc(index: int, arc: Arc, route: Sequence[Point]) -> str:
    kind = "arc" if arc.state == "sent" else "arc unsent"
    (x, y), backwards = route[-1], route[-1][0] <= route[-2][0]
    base = x + _HEAD if backwards else x - _HEAD
    line = _curve([*route[:-1], (base, y)])
    head = f"M{_number(x)} {_number(y)}L{_number(base)} {_number(y - 4)}V{_number(y + 4)}Z"
    return (
        f'<g class="{kind}" data-arc="{index}"><title>{escape(told(arc))}</title>'
        f'<path class="line" d="{line}"/><path class="head" d="{head}"/></g>'
    )


def told(arc: Arc) -> str:
    """Say in one line what the arc joins."""
    state = "" if arc.state == "sent" else f" (not on the server: {arc.state.replace('_', ' ')})"
    return f"{arc.source.label} → {arc.target.label}{state}"


def _curve(points: Sequence[Point]) -> str:
    """Join points by curves that leave and arrive level; a straight line joins two at one height, a bow two at one side."""
    path = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        middle = (x + next_x) / 2 if abs(next_x - x) > _HEAD else x + _BOW
        bend = (
            f"C{_number(middle)} {_number(y)} {_number(middle)} {_number(next_y)} {_number(next_x)} {_number(next_y)}"
        )
        path.append(f"H{_number(next_x)}" if y == next_y else bend)
    return "".join(path)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
