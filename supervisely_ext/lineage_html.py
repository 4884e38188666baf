"""One offline HTML page that shows a lineage: pan, zoom, the details of each node.

The page loads nothing: its content security policy allows only its own style and script, by their hashes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from .lineage_nodes import Arc, Node, web_address
from .lineage_svg import summary, to_svg, tone
from .lineage_text import visible

_CONTROLS = (
    '<div class="controls"><button type="button" data-zoom="out" aria-label="Zoom out">−</button>'
    '<button type="button" data-zoom="in" aria-label="Zoom in">+</button>'
    '<button type="button" data-zoom="fit" title="Show all">Fit</button></div>'
)
_KEY = '<p><span class="key"></span>not on the server</p>'
_EMPTY = '<p class="empty">No edges have been recorded.</p>'
_STATES = {
    "off": "not sent: the workflow feature was off",
    "too_old": "not sent: the instance is too old",
    "failed": "not sent: the request failed",
}


def style() -> str:
    """Give the style sheet of a drawing; all its rules are about `.lineage`, and its colours are also those of `.lineage-palette`."""
    return _resource("lineage.css")


def script() -> str:
    """Give the script of drawings: it mounts every `[data-lineage]`, and `mountLineage(root)` mounts one that came later."""
    return _resource("lineage.js")


def _resource(name: str) -> str:
    return (files("supervisely_ext") / "lineage_page" / name).read_text("utf-8")


def fragment(nodes: Sequence[Node], arcs: Sequence[Arc]) -> str:
    """Give the element that holds a drawing, its buttons and its data; a page adds `style()` and `script()` once."""
    # "<" would let a title end the element
    data = json.dumps(_data(nodes, arcs), separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="lineage" data-lineage><div class="canvas">{to_svg(nodes, arcs)}</div>{_CONTROLS}'
        f'<aside class="details" aria-label="Details" hidden></aside>'
        f'<script type="application/json">{data}</script></div>'
    )


def to_html(nodes: Sequence[Node], arcs: Sequence[Arc], title: str) -> str:
    """Give the page."""
    look, behaviour = style() + _resource("page.css"), script()
    return Template(_resource("page.html")).substitute(
        policy=_policy(look, behaviour),
        title=escape(visible(title)),
        style=look,
        summary=summary(nodes, arcs),
        key=_KEY if any(arc.state != "sent" for arc in arcs) else "",
        drawing=fragment(nodes, arcs) if nodes else _EMPTY,
        script=behaviour,
    )


def to_frame(page: str, height: int) -> str:
    """Give an element for a notebook that shows the page apart from the notebook's own styles and scripts."""
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-popups" width="100%" height="{height}" '
        f'style="border: 1px solid #8884; border-radius: 8px" title="Lineage"></iframe>'
    )


def _policy(look: str, behaviour: str) -> str:
    allowed = f"style-src {_source(look)}; script-src {_source(behaviour)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(nodes: Sequence[Node], arcs: Sequence[Arc]) -> Mapping[str, Any]:
    number = {node: index for index, node in enumerate(nodes)}
    return {
        "nodes": [_node(node) for node in nodes],
        "arcs": [{"source": number[a.source], "target": number[a.target], "note": _record(a)} for a in arcs],
    }


def _node(node: Node) -> Mapping[str, Any]:
    return {
        "key": json.dumps([node.server, node.kind, node.id, node.team_id]),
        "task": node.is_task,
        "label": node.label,
        "description": node.description,
        "facts": [fact for fact in _facts(node) if fact[1]],
        "links": _links(node),
    }


def _facts(node: Node) -> list[tuple[str, ...]]:
    status = node.status or ("unknown" if node.is_task else "")
    return [
        ("Kind", (node.role or node.kind).replace("_", " ")),
        ("Path" if isinstance(node.id, str) else "ID", visible(str(node.id))),
        ("Status", status, tone(status)),
        ("Team", str(node.team_id or "")),
        ("Server", visible(node.server)),
    ]


def _links(node: Node) -> list[tuple[str, str]]:
    session = web_address(node.server, f"/apps/sessions/{node.id}") if node.is_task else None
    own = [] if node.link is None else [(node.link.title, node.link.url)]
    return own if session is None else [("Open the task", session), *own]


def _record(arc: Arc) -> str:
    kinds = ", ".join(kind.replace("_", " ") for kind in arc.kinds)
    state = "" if arc.state == "sent" else f"; {_STATES.get(arc.state, arc.state)}"
    reason = f" ({visible(arc.reason)})" if arc.reason else ""
    at = arc.edges[0].at
    return f"{kinds}{', ' if at else ''}{_moment(at)}{state}{reason}"


def _moment(at: str) -> str:
    """Give an ISO time as people write it; what is none stays as it is."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return visible(at)
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
