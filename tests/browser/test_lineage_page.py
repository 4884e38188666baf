"""The page of a lineage in a real browser."""

import html
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext.lineage import Edge
from supervisely_ext.lineage_graph import LineageGraph
from supervisely_ext.mock import Platform
from tests.lineage.samples import HOSTILE, SERVER, edge, pipeline, titled
from tests.mock.asking import ask, start

from .chromium import Chromium, Page

WIDTHS = (1280, 390)

BOXES = """(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const {left, top, right, bottom} = element.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


def boxes(page: Page, selector: str) -> list[list[float]]:
    found: list[list[float]] = page.evaluate(f"({BOXES})({selector!r})")
    return found


def inside(inner: list[float], outer: list[float]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def overlapping(found: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    return [
        (one, other)
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def opened(chromium: Chromium, path: Path, graph: LineageGraph, **view: Any) -> Page:
    target = path / "lineage.html"
    graph.save_html(target)
    return chromium.open(target, **view)


def middle(page: Page, selector: str) -> tuple[float, float]:
    left, top, right, bottom = boxes(page, selector)[0]
    return (left + right) / 2, (top + bottom) / 2


def details(page: Page) -> str:
    """Give the text of the details, empty while they are hidden."""
    text: str = page.evaluate("(({hidden, innerText}) => hidden ? '' : innerText)(document.querySelector('.details'))")
    return text


def view(page: Page) -> tuple[float, float, float]:
    found = page.evaluate("(({x, y, scale}) => [x, y, scale])(document.querySelector('.lineage').lineage)")
    return tuple(found)


@pytest.fixture
def on_the_mock(platform: Platform) -> LineageGraph:
    """The lineage of 30 tasks as the mock's platform keeps it, with the statuses that they have there."""
    edges, _ = pipeline()
    ids = {task: start(platform) for task in sorted({edge.task_id for edge in edges})}
    for sent in edges:
        target = ids[int(sent.target)] if sent.kind in {"task", "app_session"} else sent.target
        node = {"type": "task", "id": ids[sent.task_id]}
        body = {"teamId": 447, "node": node, "type": sent.kind, "id": target, "meta": sent.meta}
        assert ask(platform, f"workflow.node.add-{sent.direction}", {k: v for k, v in body.items() if v})[0] == 200
    kept = [_read(place, found) for place, found in enumerate(platform.workflow[447])]
    return LineageGraph.from_edges(kept, {task.id: task.life.status for task in platform.tasks.values()})


def _read(place: int, found: dict[str, Any]) -> Edge:
    return edge(found["node"]["id"], found["direction"], found["type"], found["id"], meta=found["meta"], second=place)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_pipeline_of_30_tasks(
    chromium: Chromium, on_the_mock: LineageGraph, tmp_path: Path, width: int, dark: bool
) -> None:
    """Every node and edge is drawn, labels are readable and do not overlap, nothing is loaded, nothing is complained of."""
    page = opened(chromium, tmp_path, on_the_mock, width=width, dark=dark)
    assert sum(node.is_task for node in on_the_mock.nodes) == 30
    assert len(boxes(page, "[data-node]")) == len(on_the_mock.nodes)
    assert len(boxes(page, "[data-arc] .line")) == len(on_the_mock.arcs)
    labels, cards = boxes(page, ".nodes text"), boxes(page, ".nodes .card")
    assert overlapping(labels) == overlapping(cards) == []
    assert all(inside(label, cards[index // 2]) for index, label in enumerate(labels))
    sizes = page.evaluate(
        "[...document.querySelectorAll('.nodes text')].map((text) => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) * view(page)[2] >= 11
    canvas = boxes(page, ".canvas")[0]
    assert sum(inside(card, canvas) for card in cards) >= (1 if width == 390 else 15)
    page.evaluate("document.querySelector('[data-zoom=fit]').click()")
    assert all(inside(card, canvas) for card in boxes(page, ".nodes .card"))
    assert all(inside(line, canvas) for line in boxes(page, ".arcs .line"))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.requests == [(tmp_path / "lineage.html").as_uri()]
    assert page.errors == []


def test_lines_pass_between_cards(chromium: Chromium, on_the_mock: LineageGraph, tmp_path: Path) -> None:
    """No arc crosses a card that it does not belong to, in the whole pipeline."""
    page = opened(chromium, tmp_path, on_the_mock)
    crossed = page.evaluate(
        """(() => {
          const cards = [...document.querySelectorAll('[data-node]')].map((node) => node.getBoundingClientRect());
          const {arcs} = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
          return [...document.querySelectorAll('[data-arc] .line')].flatMap((line, index) => {
            const matrix = line.getScreenCTM(), length = line.getTotalLength(), own = [arcs[index].source, arcs[index].target];
            const points = Array.from({length: 101}, (_, at) => line.getPointAtLength(length * at / 100).matrixTransform(matrix));
            return cards.flatMap((card, at) => own.includes(at) ? [] : points.filter(({x, y}) =>
              x > card.left && x < card.right && y > card.top && y < card.bottom).map(() => [index, at]));
          });
        })()"""
    )
    assert crossed == []


def test_hostile_titles_are_texts(chromium: Chromium, tmp_path: Path) -> None:
    """Titles, descriptions, links, ids, reasons and the page's own title come from servers and people."""
    bad = [
        *HOSTILE,
        "'><script>window.hacked=1</script>",
        "</title><script>window.hacked=1</script>",
        "${alert(1)}",
        "\ud800",
    ]
    edges = [
        edge(
            number,
            "input",
            "folder",
            f"/{text}",
            state="failed",
            reason=text,
            meta=titled(html.escape(text), description=text, mainLink={"url": f"javascript:{text}", "title": text}),
        )
        for number, text in enumerate(bad, 1)
    ]
    graph = LineageGraph.from_edges(edges, dict.fromkeys(range(1, len(bad) + 1), "<b>odd</b>"))
    graph.save_html(tmp_path / "x.html", title="</title><script>window.hacked=1</script>")
    page = chromium.open(tmp_path / "x.html")
    for index, node in enumerate(graph.nodes):
        page.evaluate(
            f"document.querySelectorAll('[data-node]')[{index}].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
        )
        assert node.label in details(page)
        assert page.evaluate(
            "[...document.querySelectorAll('.details a')].every(({protocol}) => protocol === 'https:')"
        )
    assert page.evaluate("[typeof hacked, document.scripts.length, document.images.length]") == ["undefined", 2, 0]
    labels, cards = boxes(page, ".nodes text"), boxes(page, ".nodes .card")
    assert [text for index, text in enumerate(labels) if not inside(text, cards[index // 2])] == []
    assert page.errors == []
    assert len(page.requests) == 1


@pytest.mark.parametrize(
    "letter", ["W", "m", "@", "数", "Ж", "Ω", "ß", "あ", "ﷺ", "👩‍👩‍👧", "—", "i", "a\u0301", "अ", "ห", "𝕎"]
)
def test_long_labels_stay_in_their_cards(chromium: Chromium, tmp_path: Path, letter: str) -> None:
    """Wide and narrow letters of many scripts are cut before the edge; the full text is in the details."""
    long = letter * 80
    graph = LineageGraph.from_edges([edge(5, "input", "folder", f"/{long}", meta=titled(long))], {5: long})
    page = opened(chromium, tmp_path, graph)
    labels, cards = boxes(page, ".nodes text"), boxes(page, ".nodes .card")
    assert all(label[2] <= cards[index // 2][2] for index, label in enumerate(labels))
    page.click(*middle(page, "[data-node='0']"))
    assert graph.node("task", 5).title in details(page)


def test_the_policy_refuses_what_is_not_the_page(chromium: Chromium, tmp_path: Path) -> None:
    """An image, a script and a style that something put in are refused by the browser."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline(1)))
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://mock.invalid/x.png'}))")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 1'}))"
    )
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert page.evaluate("fetch('https://mock.invalid/').then(() => 'sent', () => 'refused')") == "refused"
    assert page.evaluate("typeof hacked") == "undefined"
    assert sum("Content Security Policy" in error for error in page.errors) >= 4
    assert page.refused == page.requests[1:] == ["https://mock.invalid/x.png"]


def test_a_click_shows_details(chromium: Chromium, tmp_path: Path) -> None:
    """What it is, its status in words, its links and its neighbours, which lead on; a click beside closes them."""
    meta = titled("Train", description="<small>All of it</small>", mainLink={"url": "/files/7", "title": "Weights"})
    edges = [
        edge(5, "input", "project", 76, meta=meta),
        edge(5, "output", "model_weight", 9, state="failed", reason="HTTP 503"),
    ]
    page = opened(chromium, tmp_path, LineageGraph.from_edges(edges, {5: "finished"}))
    page.click(*middle(page, "[data-node='0']"))
    shown = details(page)
    assert all(
        text in shown for text in ("Train", "All of it", "5", "finished", "Inputs (1)", "Project 76", "Outputs (1)")
    )
    assert "model weight, 2026-11-21 06:00:00 UTC; not sent: the request failed (HTTP 503)" in shown
    links = page.evaluate("[...document.querySelectorAll('.details a')].map((link) => [link.href, link.textContent])")
    assert links == [[f"{SERVER}/apps/sessions/5", "Open the task"], [f"{SERVER}/files/7", "Weights"]]
    page.evaluate("document.querySelectorAll('.details li button')[0].click()")
    assert "Read by (1)" in details(page)
    assert page.evaluate("document.activeElement.dataset.node") == "2"
    left, top, _, bottom = boxes(page, ".canvas")[0]
    page.click(left + 5, (top + bottom) / 2 + 200)
    assert details(page) == ""


def test_what_belongs_together_stands_out(chromium: Chromium, tmp_path: Path) -> None:
    """All that a chosen node comes of and all that came of it, and no more."""
    graph = LineageGraph.from_edges(*pipeline(2))
    page = opened(chromium, tmp_path, graph)
    chosen = graph.node("task", 121232)
    page.evaluate(f"document.querySelector(\"[data-node='{graph.nodes.index(chosen)}']\").focus()")
    page.press("Enter")
    traced = page.evaluate("[...document.querySelectorAll('.node.traced')].map((node) => Number(node.dataset.node))")
    assert {graph.nodes[index] for index in traced} == {chosen, *graph.upstream(chosen), *graph.downstream(chosen)}
    page.press("Escape")
    assert page.evaluate("document.querySelectorAll('.tracing').length") == 0


def test_the_keyboard_is_enough(chromium: Chromium, tmp_path: Path) -> None:
    """Tab reaches a node, arrows follow the arcs and the column, Enter opens, Escape closes, + - 0 zoom."""
    graph = LineageGraph.from_edges(
        [edge(5, "input", "project", 1), edge(5, "input", "project", 2), edge(6, "input", "task", 5)]
    )
    page = opened(chromium, tmp_path, graph)

    def focused() -> Any:
        return page.evaluate("document.activeElement.dataset.node ?? null")

    page.press("Tab")
    assert focused() == "0"
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.press(key)
        walked.append(focused())
    assert walked == ["1", "1", "0", "2", "3", "2", "2"]
    page.press("Enter")
    assert "Project 1" in details(page)
    page.press("Escape")
    assert details(page) == ""
    before = view(page)[2]
    page.press("+")
    assert view(page)[2] == pytest.approx(before * 1.25)
    page.press("-")
    page.press("-")
    assert view(page)[2] == pytest.approx(before / 1.25)
    page.press("0")
    assert view(page)[2] == pytest.approx(min(before, 1))


def test_a_focused_node_comes_into_view(chromium: Chromium, tmp_path: Path) -> None:
    """However far outside it was."""
    graph = LineageGraph.from_edges(*pipeline())
    page = opened(chromium, tmp_path, graph, width=390)
    for _ in graph.nodes:
        page.press("Tab")
        assert inside(boxes(page, "[data-node]:focus .card")[0], boxes(page, ".canvas")[0])


def test_dragging_pans_and_opens_nothing(chromium: Chromium, tmp_path: Path) -> None:
    """Though it began on a node."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline()))
    x, y, scale = view(page)
    place = middle(page, "[data-node='0']")
    page.drag(place, (place[0] + 60, place[1] - 40))
    assert view(page) == (pytest.approx(x + 60), pytest.approx(y - 40), scale)
    assert details(page) == ""


def test_dragging_leaves_the_details_open(chromium: Chromium, tmp_path: Path) -> None:
    """Only a click beside the nodes closes them; who reads about a node may look around."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline(1)))
    page.click(*middle(page, "[data-node='0']"))
    before = details(page)
    assert before
    page.drag((300, 700), (340, 690))
    assert details(page) == before
    page.click(300, 700)
    assert details(page) == ""


def test_the_wheel_zooms_about_the_pointer(chromium: Chromium, tmp_path: Path) -> None:
    """What lies under it stays there."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline()))
    before, place = view(page)[2], middle(page, "[data-node='0']")
    page.mouse("mouseWheel", *place, deltaX=0, deltaY=-200)
    page.until(f"document.querySelector('.lineage').lineage.scale > {before}")
    assert middle(page, "[data-node='0']") == pytest.approx(place, abs=1)


def test_two_fingers_zoom_and_one_pans(chromium: Chromium, tmp_path: Path) -> None:
    """On a phone."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline()), width=390)
    x, y, scale = view(page)
    page.touch("touchStart", (200, 400))
    page.touch("touchMove", (150, 420))
    page.touch("touchEnd")
    assert view(page) == (pytest.approx(x - 50), pytest.approx(y + 20), scale)
    page.touch("touchStart", (150, 400), (250, 400))
    page.touch("touchMove", (100, 400), (300, 400))
    page.touch("touchEnd")
    assert view(page)[2] == pytest.approx(scale * 2, rel=0.05)


def test_another_drawing_keeps_view_and_choice(chromium: Chromium, tmp_path: Path) -> None:
    """As on a page that shows a lineage while it grows; a listener of the old one would act twice."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline(1)))
    page.click(*middle(page, "[data-node='0']"))
    page.press("+")
    before = view(page), details(page)
    page.evaluate(
        "(() => { const root = document.querySelector('.lineage'); root.innerHTML = root.innerHTML; mountLineage(root); })()"
    )
    assert (view(page), details(page)) == before
    page.evaluate("document.querySelector('[data-node=\"0\"]').focus()")
    page.press("+")
    assert view(page)[2] == pytest.approx(before[0][2] * 1.25)


def test_a_notebook_shows_it_in_a_frame(chromium: Chromium, tmp_path: Path) -> None:
    """That has no size before it is shown; the notebook cannot reach into it, nor it into the notebook."""
    frame = LineageGraph.from_edges(*pipeline(1))._repr_html_()
    target = tmp_path / "notebook.html"
    target.write_text(f'<!doctype html><meta charset="utf-8"><h1>Notebook</h1>{frame}', "utf-8")
    page = chromium.open(target)
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert page.errors == []
    target.write_text(f"<!doctype html>{frame.replace('allow-scripts', 'allow-scripts allow-same-origin')}", "utf-8")
    page.go(target.as_uri())
    page.until("document.querySelector('iframe').contentDocument.querySelector('.lineage').lineage.y > 0")
    assert page.evaluate(
        """(() => {
          const {body} = document.querySelector('iframe').contentDocument, canvas = body.querySelector('.canvas');
          const {top, bottom} = canvas.getBoundingClientRect();
          return [...body.querySelectorAll('.card')].map((card) => card.getBoundingClientRect()).every(
            (card) => card.top >= top && card.bottom <= bottom);
        })()"""
    )


def test_a_view_fits_again_until_somebody_moves_it(chromium: Chromium, tmp_path: Path) -> None:
    """When the window changes."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges(*pipeline(1)), height=400)
    x, y, scale = view(page)
    page.resize(1280, 800)
    page.until(f"document.querySelector('.lineage').lineage.y === {y + 200}")
    page.drag((600, 700), (620, 700))
    page.resize(1280, 400)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert view(page) == (x + 20, y + 200, scale)


def test_no_edges_are_no_error(chromium: Chromium, tmp_path: Path) -> None:
    """The page says so."""
    page = opened(chromium, tmp_path, LineageGraph.from_edges([]))
    assert "No edges have been recorded." in page.evaluate("document.body.innerText")
    assert page.errors == []


def test_without_scripts_it_is_still_a_drawing(chromium: Chromium, tmp_path: Path) -> None:
    """That scrolls; the buttons that would do nothing are not there."""
    target = tmp_path / "lineage.html"
    LineageGraph.from_edges(*pipeline(1)).save_html(target)
    page = chromium.open("about:blank")
    page.call("Emulation.setScriptExecutionDisabled", {"value": True})
    page.go(target.as_uri())
    page.call("Emulation.setScriptExecutionDisabled", {"value": False})
    assert len(boxes(page, "[data-node] .card")) == 15
    assert page.evaluate("getComputedStyle(document.querySelector('.controls')).display") == "none"
    assert page.evaluate(
        "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('.canvas'))"
    )
