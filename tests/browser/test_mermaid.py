"""Mermaid itself reads and draws our text, and shows every label as it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext.lineage_graph import LineageGraph
from tests.lineage.samples import HOSTILE, edge, pipeline, titled

from .chromium import Chromium, Page

BUNDLE = Path(__file__).parent / "node_modules/mermaid/dist/mermaid.min.js"


@pytest.fixture(scope="module")
def mermaid(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page with Mermaid in it."""
    if not BUNDLE.is_file():
        pytest.skip("no Mermaid: run npm ci --ignore-scripts in tests/browser")
    path = tmp_path_factory.mktemp("mermaid") / "page.html"
    path.write_text(f'<!doctype html><meta charset="utf-8"><body><script src="{BUNDLE.as_uri()}"></script>', "utf-8")
    page = chromium.open(path)
    page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    return page


def drawn(mermaid: Page, text: str) -> dict[str, Any]:
    """Give the kind of the diagram, the text of each node and the number of edges, as Mermaid draws them."""
    found: dict[str, Any] = mermaid.evaluate(
        f"""(async () => {{
          const text = {json.dumps(text)}, kind = (await mermaid.parse(text)).diagramType;
          const box = document.createElement('div');
          document.body.append(box);
          box.innerHTML = (await mermaid.render('drawing', text)).svg;
          const lines = (node) => [...node.querySelectorAll('.nodeLabel')].map((label) => label.innerText.replaceAll('\\u200b', '')).join('');
          const nodes = [...box.querySelectorAll('g.node')].map(lines), edges = box.querySelectorAll('.edgePaths path').length;
          const strange = box.querySelectorAll('script, img, a, iframe').length;
          box.remove();
          return {{kind, nodes, edges, strange}};
        }})()"""
    )
    return found


def test_a_pipeline_is_drawn_whole(mermaid: Page) -> None:
    """30 tasks: every node and every edge."""
    graph = LineageGraph.from_edges(*pipeline())
    found = drawn(mermaid, graph.to_mermaid())
    assert found["kind"].startswith("flowchart")
    assert len(found["nodes"]) == len(graph.nodes)
    assert found["edges"] == len(graph.arcs)
    assert "Train #1\nTask 121233\nfinished" in found["nodes"]


def test_an_empty_graph_parses(mermaid: Page) -> None:
    """With no node in it."""
    assert drawn(mermaid, LineageGraph.from_edges([]).to_mermaid())["nodes"] == []


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_are_shown_as_they_are(mermaid: Page, title: str) -> None:
    """Whatever Mermaid, Markdown or HTML would make of them."""
    node = edge(
        5, "input", "task", 6, meta={"customNodeSettings": {"title": title.replace("&", "&amp;").replace("<", "&lt;")}}
    )
    graph = LineageGraph.from_edges([node, edge(6, "output", "app_session", 6, meta=titled("end"))])
    found = drawn(mermaid, graph.to_mermaid())
    expected = graph.node("task", 5).label
    assert f"{expected}\nTask 5" in found["nodes"]
    assert (len(found["nodes"]), found["edges"], found["strange"]) == (3, 2, 0)
