"""A lineage as the text of a Mermaid flowchart. Pure."""

from collections.abc import Sequence

from .lineage_nodes import Arc, Node, several_servers
from .lineage_text import cut_end

_LABEL_WIDTH = 36.0
"""In em."""

_SHAPES = {
    "task": ('["', '"]'),
    "project": ('[("', '")]'),
    "project_version": ('[("', '")]'),
    "dataset": ('[("', '")]'),
    "job": ('{{"', '"}}'),
    "app": ('(["', '"])'),
}
_OTHER_SHAPE = ('("', '")')


def to_mermaid(nodes: Sequence[Node], arcs: Sequence[Arc]) -> str:
    """Give the text; a dotted arrow is an edge that is not on the server."""
    number = {node: f"n{index}" for index, node in enumerate(nodes)}
    apart = several_servers(nodes)
    lines = [f"  {number[node]}{_shaped(node, node.host if apart else '')}" for node in nodes]
    lines += [f"  {number[arc.source]} {_arrow(arc)} {number[arc.target]}" for arc in arcs]
    return "\n".join(["flowchart LR", *lines, ""])


def _shaped(node: Node, host: str) -> str:
    opening, closing = _SHAPES.get(node.kind, _OTHER_SHAPE)
    lines = filter(None, (node.label, node.name if node.title else "", host, node.status))
    return f"{opening}{'<br/>'.join(_escaped(cut_end(line, _LABEL_WIDTH)) for line in lines)}{closing}"


def _arrow(arc: Arc) -> str:
    return "-->" if arc.state == "sent" else "-.->"


def _escaped(text: str) -> str:
    """Write all but letters, digits, spaces and commas as entities: the rest may be Mermaid or HTML.

    Mermaid looks for Markdown, formulas and icons after it has read the entities, so each is followed by a space of no width.
    """
    return "".join(c if c.isalnum() or c in " ," else f"#{ord(c)};#8203;" for c in text)
