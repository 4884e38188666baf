"""The page of the mock in a real browser, while a client works on the same mock."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from supervisely_ext import Api
from supervisely_ext.mock import Platform, Seed
from supervisely_ext.mock.faults import read_plan
from supervisely_ext.mock.page_workflow import LARGEST_DRAWING
from tests.lineage.samples import HOSTILE, pipeline, titled
from tests.mock.asking import ask, start

from .chromium import Chromium, Page
from .serving import served

FONTS = """[...document.querySelectorAll('body *')].filter((place) => place.checkVisibility()
  && [...place.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .map((place) => parseFloat(getComputedStyle(place).fontSize))"""
TASK_LINES = (
    "[...document.querySelectorAll('#tasks .rows > li')].map((line) => line.innerText.split('\\n').filter(Boolean))"
)


@pytest.fixture
def url(platform: Platform) -> Iterator[str]:
    with served(platform) as url:
        yield url


def opened(chromium: Chromium, url: str, **view: Any) -> Page:
    page = chromium.open(url, **view)
    live(page)
    return page


def live(page: Page) -> None:
    page.until("document.querySelector('#connection').textContent === 'live'")


def text_of(page: Page, selector: str) -> str:
    text: str = page.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")
    return text


def click(page: Page, selector: str) -> None:
    page.evaluate(f"document.querySelector({json.dumps(selector)}).click()")


def ids(page: Page) -> list[str]:
    """Give the ids of the tasks that are shown."""
    found: list[str] = page.evaluate("[...document.querySelectorAll('.task .id')].map((place) => place.textContent)")
    return found


def shown(page: Page, text: str) -> None:
    """Wait until the text is to be seen."""
    page.until(f"document.body.innerText.includes({json.dumps(text)})")


def drawn(page: Page, nodes: int) -> None:
    """Wait until so many nodes are drawn."""
    page.until(f"document.querySelectorAll('.lineage.live [data-node]').length === {nodes}")


def add_edge(
    platform: Platform, task: int, target: Any, kind: str = "project", direction: str = "input", **meta: Any
) -> None:
    node = {"type": "task", "id": task}
    body = {"teamId": 447, "node": node, "type": kind, "id": target} | ({"meta": meta} if meta else {})
    assert ask(platform, f"workflow.node.add-{direction}", body) == (200, {})


def run_pipeline(platform: Platform) -> None:
    """Let 30 tasks run, read and make things."""
    edges, _ = pipeline()
    ids = {task: start(platform, 83) for task in sorted({edge.task_id for edge in edges})}
    for edge in edges:
        target = ids[int(edge.target)] if edge.kind in {"task", "app_session"} else edge.target
        add_edge(platform, ids[edge.task_id], target, edge.kind, edge.direction, **edge.meta)


def test_a_pipeline_appears_while_it_runs(chromium: Chromium, platform: Platform, url: str) -> None:
    """Tasks, their statuses over time, edges and requests, without a reload; nothing but this server is asked."""
    page = opened(chromium, url)
    assert "No tasks yet" in text_of(page, "#tasks")
    assert url in text_of(page, "#tasks")
    assert "No edges yet" in text_of(page, "#workflow")
    assert "No requests yet" in text_of(page, "#requests")
    page.evaluate("window.notReloaded = true")
    platform.script(83, [("queued", 5), ("started", 60), ("finished",)])
    with Api(url, "token") as api:
        session = api.app.start(7, module_id=83, workspace_id=23821)
        shown(page, "Export to Pascal VOC")
        (line,) = page.evaluate(TASK_LINES)
        assert line == [str(session.task_id), "run-from-python", "queued", "Export to Pascal VOC · mock agent", "0 s"]
        platform.clock.sleep(65)
        shown(page, "1 min 5 s")
        api.app.workflow.enable()
        api.app.workflow.add_input_project(76, task_id=session.task_id)
        api.app.workflow.add_output_folder("/models/x", task_id=session.task_id)
    drawn(page, 3)
    bar = page.evaluate(
        "[...document.querySelectorAll('.bar i')].map((part) => [part.dataset.status, part.className.trim(), part.title])"
    )
    assert bar == [
        ["queued", "waiting", "queued 5.0 s"],
        ["started", "running", "started 1 min 0 s"],
        ["finished", "good end", "finished"],
    ]
    widths = page.evaluate("[...document.querySelectorAll('.bar i')].map((part) => part.getBoundingClientRect().width)")
    assert widths[1] == pytest.approx(12 * widths[0], rel=0.1)
    assert page.evaluate("document.querySelector('.bar').ariaLabel") == "queued 5.0 s, started 1 min 0 s, finished"
    assert text_of(page, "#now") == "2026-01-01 00:01:05"
    assert text_of(page, "#clock") == "UTC · virtual clock"
    assert "mock team · 2 edges" in text_of(page, "#workflow")
    assert "workflow.node.add-output" in text_of(page, "#requests")
    assert page.evaluate("window.notReloaded")
    assert page.errors == []
    assert {request.partition("?")[0] for request in page.requests if not request.startswith("data:")} == {
        f"{url}/",
        f"{url}/__mock__/page",
        f"{url}/__mock__/page/workflow",
    }


def test_violations_are_red(chromium: Chromium, platform: Platform, url: str) -> None:
    """In words, and all that is left with the box ticked; a fault that was planned is not."""
    platform.faults.replace(
        read_plan(
            {"rules": [{"match": {"operation": "instance.version"}, "effect": {"kind": "status", "status": 503}}]}
        )
    )
    page = opened(chromium, url)
    ask(platform, "instance.version", {})
    ask(platform, "tasks.run.app", {"agentId": "seven", "moduleId": 83})
    ask(platform, "tasks.stop", {"id": 5})
    shown(page, "the request breaks the spec: /agentId (type): 'seven' is not of type 'integer', 'null'")
    colours = page.evaluate(
        "[...document.querySelectorAll('#requests .rows > li')].map((line) => [line.querySelector('.name').textContent, getComputedStyle(line.querySelector('.name')).color])"
    )
    assert colours == [
        ["tasks.stop", "rgb(29, 31, 35)"],
        ["tasks.run.app", "rgb(179, 38, 30)"],
        ["instance.version", "rgb(29, 31, 35)"],
    ]
    assert page.evaluate("[...document.querySelectorAll('.remark')].map((line) => getComputedStyle(line).color)") == [
        "rgb(179, 38, 30)",
        "rgb(138, 90, 0)",
    ]
    assert "3 requests · 1 breaks the spec" in text_of(page, "#requests")
    assert "fault: status" in text_of(page, "#requests")
    click(page, ".only input")
    assert (
        page.evaluate("[...document.querySelectorAll('#requests li')].filter((line) => line.checkVisibility()).length")
        == 1
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 800, 390])
def test_nothing_is_cut_off_or_too_small(
    chromium: Chromium, platform: Platform, url: str, width: int, dark: bool
) -> None:
    """With everything open: the body does not scroll sideways, and every text is at least 11 px."""
    run_pipeline(platform)
    ask(platform, "tasks.run.app", {"agentId": "seven" * 50, "moduleId": 83})
    ask(platform, "x" * 300, {})
    page = opened(chromium, url, width=width, dark=dark)
    drawn(page, 71)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    page.until("document.querySelectorAll('.history li').length >= 30")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.body')].filter((part) => part.scrollWidth > part.clientWidth).length"
        )
        == 0
    )
    assert min(page.evaluate(FONTS)) >= 11
    assert page.errors == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (1280, 480)])
def test_what_there_is_can_be_reached(
    chromium: Chromium, platform: Platform, url: str, width: int, height: int
) -> None:
    """The last request can be scrolled to in each layout."""
    run_pipeline(platform)
    page = opened(chromium, url, width=width, height=height)
    page.resize(width, height)
    page.evaluate("document.querySelector('#requests li:last-child').scrollIntoView({block: 'end'})")
    _, top, _, bottom = page.evaluate(
        "(({left, top, right, bottom}) => [left, top, right, bottom])(document.querySelector('#requests li:last-child').getBoundingClientRect())"
    )
    assert 0 <= top < bottom < height + 1


def test_500_tasks_stay_quick(chromium: Chromium, platform: Platform, url: str) -> None:
    """The page is there and answers at once; of many tasks the newest come first, and the others when they are asked for."""
    for _ in range(500):
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "taskName": f"task {_}"})
    page = opened(chromium, url)
    page.until("document.querySelectorAll('#tasks .rows > li').length === 100")
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 2000
    assert "all 500" in text_of(page, ".chips")
    assert text_of(page, ".task .name") == "task 499"
    assert text_of(page, ".more") == "Show 400 of 400 older"
    click(page, ".more")
    assert page.evaluate("document.querySelectorAll('#tasks .rows > li').length") == 500
    page.evaluate(
        "window.slow = []; new PerformanceObserver((list) => slow.push(...list.getEntries().map((task) => task.duration))).observe({type: 'longtask'})"
    )
    platform.clock.sleep(3)
    page.until("document.querySelectorAll('#tasks .rows .running').length >= 500")
    assert max(page.evaluate("slow"), default=0) < 500


def test_tasks_are_chosen_by_status(chromium: Chromium, platform: Platform, url: str) -> None:
    """A status that nothing has any more stays while it is chosen."""
    first, second = start(platform), start(platform)
    platform.advance(first, "error")
    page = opened(chromium, url)
    shown(page, "error 1")
    page.evaluate(
        "[...document.querySelectorAll('.chips button')].find((chip) => chip.innerText.startsWith('started')).click()"
    )
    assert ids(page) == [str(second)]
    platform.advance(second, "finished")
    shown(page, "started 0")
    assert ids(page) == []
    page.evaluate("document.querySelector('.chips button').click()")
    assert ids(page) == [str(second), str(first)]


def test_the_keyboard_is_enough(chromium: Chromium, platform: Platform, url: str) -> None:
    """A task's line opens to its history, and keeps the focus while others come."""
    platform.script(83, [("queued", 5), ("error", "CUDA out of memory")])
    task = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})[1][0]["taskId"]
    platform.clock.sleep(5)
    page = opened(chromium, url)
    shown(page, "CUDA out of memory")
    for _ in range(12):
        page.press("Tab")
        if page.evaluate("document.activeElement.matches('.task summary')"):
            break
    page.press("Enter")
    page.until("document.querySelectorAll('.history li').length === 2")
    history = page.evaluate(
        "[...document.querySelectorAll('.history li')].map((line) => line.innerText.split('\\n').filter(Boolean))"
    )
    assert history == [["00:00:00", "queued", "5.0 s"], ["00:00:05", "error", "CUDA out of memory"]]
    start(platform)
    page.until("document.querySelectorAll('#tasks .rows > li').length === 2")
    assert page.evaluate("document.activeElement.querySelector('.id').textContent") == str(task)


def test_hostile_names_stay_text(chromium: Chromium, platform: Platform, url: str) -> None:
    """Of apps, tasks, agents, teams, edges, operations, bodies, and in what is said of them."""
    names = [
        *HOSTILE,
        "<img src=x onerror=window.hacked=1>",
        "</script><script>window.hacked=1</script>",
        "\u202eevil",
    ]
    document = platform.snapshot()
    document["agents"][0]["name"] = document["teams"][0]["name"] = names[-3]
    document["modules"][0]["config"]["name"] = names[-2]
    platform.reset(Seed.from_json(document))
    for name in names:
        ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "taskName": name})
        ask(platform, "tasks.run.app", {"agentId": name, "moduleId": 83})
        ask(platform, name.encode("ascii", "replace").decode(), {})
    ask(platform, "tasks.stop", b'{"id": "\\ud800"}')
    task = max(platform.tasks)
    for name in names:
        add_edge(
            platform,
            task,
            f"/{name}",
            "folder",
            **titled(name, description="<script>window.hacked=1</script>"),
        )
    page = opened(chromium, url)
    page.until("document.querySelectorAll('.lineage.live').length === 1")
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    titles = page.evaluate("[...document.querySelectorAll('.task .name')].map((name) => name.textContent).reverse()")
    assert titles == names
    assert names[-3] in text_of(page, ".agents")
    assert names[-3] in text_of(page, "#workflow .head")
    assert page.evaluate(
        "[typeof hacked, document.images.length, document.querySelectorAll('iframe, object, embed').length]"
    ) == ["undefined", 0, 0]
    assert page.evaluate("[...document.scripts].filter((script) => script.type !== 'application/json').length") == 1
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].some((place) => [...place.attributes].some(({name}) => name.startsWith('on')))"
        )
        is False
    )
    assert page.errors == []


def test_a_drawing_keeps_view_focus_and_choice_when_a_status_changes(
    chromium: Chromium, platform: Platform, url: str
) -> None:
    """Somebody may be looking at it."""
    task = start(platform)
    add_edge(platform, task, 76)
    page = opened(chromium, url)
    drawn(page, 2)
    page.evaluate("document.querySelector('[data-node=\"0\"]').focus()")
    page.press("Enter")
    page.press("+")
    scale = page.evaluate("document.querySelector('.lineage').lineage.scale")
    platform.advance(task, "finished")
    page.until("document.querySelector('.details').innerText.includes('finished')")
    assert page.evaluate("document.querySelector('.lineage').lineage.scale") == scale
    assert page.evaluate("document.activeElement.dataset.node") == "0"
    page.evaluate("document.querySelector('[data-zoom=in]').focus()")
    add_edge(platform, task, 77)
    drawn(page, 3)
    assert page.evaluate("document.activeElement.dataset.zoom") == "in"


def test_edges_that_are_too_many_stand_in_the_list(chromium: Chromium, platform: Platform, url: str) -> None:
    """And the page says so; a drawing that was there gives way."""
    task = start(platform)
    add_edge(platform, task, 1)
    page = opened(chromium, url)
    drawn(page, 2)
    with platform.lock:  # the page sees none of those between
        for number in range(LARGEST_DRAWING):
            add_edge(platform, task, number + 2)
    shown(page, "Too many edges to draw")
    assert page.evaluate("document.querySelectorAll('.edges tbody tr').length") == LARGEST_DRAWING + 1


def test_each_team_has_its_own_drawing(chromium: Chromium, platform: Platform, url: str) -> None:
    """It goes when the team's edges have gone."""
    document = platform.snapshot()
    document["teams"].append({"id": 5, "name": "night shift"})
    document["workspaces"].append({"id": 6, "teamId": 5, "name": "of the other team"})
    platform.reset(Seed.from_json(document))
    add_edge(platform, start(platform), 1)
    other = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "workspaceId": 6})[1][0]["taskId"]
    node = {"type": "task", "id": other}
    assert ask(platform, "workflow.node.add-input", {"teamId": 5, "node": node, "type": "project", "id": 2}) == (
        200,
        {},
    )
    page = opened(chromium, url)
    page.until("document.querySelectorAll('.lineage.live').length === 2")
    assert page.evaluate("[...document.querySelectorAll('.team h3')].map((title) => title.innerText)") == [
        "mock team 1 edge",
        "night shift 1 edge",
    ]
    assert "2 teams · 2 edges" in text_of(page, "#workflow .head")
    platform.reset()
    shown(page, "No edges yet")
    assert page.evaluate("document.querySelectorAll('.lineage').length") == 0


def test_a_mock_that_comes_back_is_followed_again(chromium: Chromium, platform: Platform) -> None:
    """While it is gone the page says so and keeps what it knows; of the new one it shows nothing of the old."""
    with served(platform) as url:
        old = start(platform, 304)
        page = opened(chromium, url)
        shown(page, "Export to DOTA")
    shown(page, "Connection lost")
    assert text_of(page, "#tasks .id") == str(old)
    new = Platform()
    start(new, 512)
    with served(new, again_at=url):
        live(page)
        shown(page, "Serve a model")
        assert "Export to DOTA" not in text_of(page, "body")
        assert "1 request" in text_of(page, "#requests")


def test_nobody_is_asked_while_nobody_looks(chromium: Chromium, platform: Platform, url: str) -> None:
    """A page in a hidden tab rests, and is up to date again as soon as it is seen."""
    page = opened(chromium, url)
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true}); document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    asked = len(page.requests)
    start(platform)
    page.evaluate("new Promise((done) => setTimeout(done, 2200))")
    assert len(page.requests) == asked
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    shown(page, "Serve a model")


def test_very_many_requests_do_not_pile_up(chromium: Chromium, platform: Platform, url: str) -> None:
    """The page keeps the last 300, and the violations among the earlier ones."""
    page = opened(chromium, url)
    ask(platform, "tasks.run.app", {"agentId": "seven", "moduleId": 83})
    shown(page, "1 request · 1 breaks the spec")
    for _ in range(2):
        for _ in range(250):
            ask(platform, "instance.version", {})
        count = platform.journal.count
        shown(page, f"{count} · 1 breaks the spec" if count > 301 else f"{count} requests · 1 breaks the spec")
    assert page.evaluate("document.querySelectorAll('#requests .rows > li').length") == 301
    assert "last 301 of 501" in text_of(page, "#requests")
