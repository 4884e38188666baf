"""The text of the page, and of the drawing in it; how it looks and acts is tested in a browser."""

import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from supervisely_ext import lineage_html
from supervisely_ext.lineage_graph import LineageGraph
from supervisely_ext.lineage_nodes import build

from .samples import HOSTILE, edge, pipeline, titled


class Elements(HTMLParser):
    """All elements of a page, and the texts in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def notes(*edges: Any, **statuses: Any) -> list[str]:
    drawing = LineageGraph.from_edges(edges, statuses.get("statuses")).to_svg()
    return [
        html.unescape(re.sub("<.*?>", "", note)) for note in re.findall(r'<text class="note".*?>(.*?)</text>', drawing)
    ]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_makes_no_element(title: str) -> None:
    """Nor an attribute: the page has those of the same graph with a harmless one."""
    harmless, hostile = (
        Elements(
            LineageGraph.from_edges([edge(5, "input", "folder", f"/{text}", meta=titled(html.escape(text)))]).to_html(
                text
            )
        )
        for text in ("plain", title)
    )
    assert hostile.names == harmless.names
    assert [name for name, _ in hostile.attributes] == [name for name, _ in harmless.attributes]


def test_nothing_on_the_page_is_loaded_or_styled_inline() -> None:
    """There is no address in an attribute but the name of SVG, and no style or handler, which the policy would refuse."""
    page = Elements(LineageGraph.from_edges(*pipeline()).to_html())
    assert [(name, value) for name, value in page.attributes if "://" in (value or "")] == [
        ("xmlns", "http://www.w3.org/2000/svg")
    ]
    assert not [name for name, _ in page.attributes if name in {"style", "src", "href"} or name.startswith("on")]


def test_the_policy_names_the_very_style_and_script() -> None:
    """By hashes, and allows nothing else."""
    page = Elements(LineageGraph.from_edges(*pipeline(1)).to_html())
    policy = dict(page.attributes)["content"] and next(
        value for _, value in page.attributes if value and "default-src" in value
    )
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'",
        policy,
    )


def test_the_fragment_is_in_the_page() -> None:
    """Another page may hold it beside the style and the script."""
    graph = LineageGraph.from_edges(*pipeline(1))
    page, part = graph.to_html(), lineage_html.fragment(graph.nodes, graph.arcs)
    assert all(piece in page for piece in (part, lineage_html.style(), lineage_html.script()))
    assert graph.to_svg() in part


def test_the_same_edges_give_the_same_page() -> None:
    """To the byte, in any order."""
    edges, statuses = pipeline()
    assert (
        LineageGraph.from_edges(edges, statuses).to_html() == LineageGraph.from_edges(edges[::-1], statuses).to_html()
    )


def test_the_second_line_says_what_the_first_does_not() -> None:
    """The id under a title; the status in words; else what it does in the graph."""
    read = edge(5, "input", "project", 1, meta=titled("Train"))
    assert notes(read) == ["Task 5", "read by 1"]
    assert notes(read, statuses={5: "finished"}) == ["● finished · 5", "read by 1"]
    made = [edge(5, "output", "project", 1), edge(6, "input", "project", 1)]
    assert notes(*made, statuses={6: "error"}) == ["1 output", "● error · 1 input", "made by 1, read by 1"]


def test_several_servers_are_named() -> None:
    """Their ids may be the same."""
    two = [edge(5, "input", "project", 1, server=server) for server in ("https://one.invalid", "https://two.invalid")]
    assert notes(*two)[:2] == ["one.invalid · 1 input", "one.invalid · read by 1"]


def test_a_kind_that_nobody_knows_is_drawn() -> None:
    """With an icon of its own, by its name; the mock draws edges as it was sent them."""

    class Unknown:
        server, task_id, direction, kind, target = "https://mock.invalid", 5, "input", "point_cloud", 7
        meta, team_id, at, state, reason = {}, None, "some day", "postponed", ""

    nodes, arcs = build((Unknown(),), {})  # type: ignore[arg-type]
    page = lineage_html.to_html(nodes, arcs, "Lineage")
    assert nodes[1].label == "Point cloud 7"
    assert data_of(page)["arcs"][0]["note"] == "point cloud, some day; postponed"
    assert "not on the server: postponed" in page


@pytest.mark.parametrize(
    ("state", "words"), [("off", "the workflow feature was off"), ("too_old", "the instance is too old")]
)
def test_what_was_not_sent_says_why(state: str, words: str) -> None:
    """In the details, on the arc, and in the key of the page."""
    page = LineageGraph.from_edges([edge(5, "input", "project", 1, state=state, reason="because")]).to_html()
    note = data_of(page)["arcs"][0]["note"]
    assert note == f"project, 2026-11-21 06:00:00 UTC; not sent: {words} (because)"
    assert f"Project 1 → Task 5 (not on the server: {state.replace('_', ' ')})" in page
    assert "not on the server</p>" in page
    assert "not on the server" not in LineageGraph.from_edges([edge(5, "input", "project", 1)]).to_html()


def test_a_task_that_reads_itself_is_drawn() -> None:
    """As a loop."""
    graph = LineageGraph.from_edges([edge(5, "input", "task", 5)])
    assert graph.to_svg().count("data-arc") == 1
    assert graph.upstream(5) == ()


def test_a_notebook_gets_a_frame() -> None:
    """That holds the whole page, may run its script, and is of no one's origin."""
    graph = LineageGraph.from_edges(*pipeline(1))
    frame = dict(Elements(graph._repr_html_()).attributes)
    assert frame["srcdoc"] == graph.to_html()
    assert frame["sandbox"] == "allow-scripts allow-popups"
