"""What the mock gives to the page that shows it live; the page itself is tested in a browser."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.contract.spec import bundled
from supervisely_ext.lineage_svg import tone
from supervisely_ext.mock import FastClock, Platform, RealClock, Seed, VirtualClock
from supervisely_ext.mock.clock import Clock
from supervisely_ext.mock.exchange import Reply, Request
from supervisely_ext.mock.page_workflow import LARGEST_DRAWING
from supervisely_ext.mock.routes import respond
from tests.lineage.samples import titled

from .asking import ask, start


def get(platform: Platform, path: str, query: str = "", verb: str = "GET") -> Reply:
    return respond(platform, Request(verb, path, {}, b"", query))


def view(platform: Platform, after: str = "") -> dict[str, Any]:
    reply = get(platform, "/__mock__/page", f"after={after}")
    assert reply.status == 200
    seen: dict[str, Any] = json.loads(reply.body)
    return seen


def add_edge(platform: Platform, task: int, target: Any, kind: str = "project", **meta: Any) -> None:
    body = {"teamId": 447, "node": {"type": "task", "id": task}, "type": kind, "id": target} | (
        {"meta": meta} if meta else {}
    )
    assert ask(platform, "workflow.node.add-input", body) == (200, {})


def workflow(platform: Platform, team: Any = 447) -> tuple[int, Any]:
    reply = get(platform, "/__mock__/page/workflow", f"team={team}")
    return reply.status, json.loads(reply.body)


def test_the_policy_allows_the_very_style_and_script_and_this_server(platform: Platform) -> None:
    """Nothing else: no inline style, no handler, no other origin; the icon is in the page."""
    reply = get(platform, "/")
    html, headers = reply.body.decode(), dict(reply.headers)
    policy = headers["content-security-policy"]
    for part in ("style", "script"):
        (inner,) = re.findall(rf"<{part}>(.*?)</{part}>", html, re.DOTALL)
        assert f"{part}-src 'sha256-{b64encode(sha256(inner.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert reply.content_type.startswith("text/html")
    assert headers["cache-control"] == "no-store"


def test_every_status_has_the_colour_that_it_has_in_a_drawing(platform: Platform) -> None:
    """The page learns them from where the drawing has them."""
    html = get(platform, "/").body.decode().replace("&quot;", '"')
    (tones,) = re.findall(r'data-tones="({.*?})"', html)
    statuses = bundled().document["components"]["schemas"]["TaskStatus"]["enum"]
    assert json.loads(tones) == {status: tone(status) for status in statuses}


def test_other_verbs(platform: Platform) -> None:
    """HEAD tells that the page is there; the others are refused with what is allowed."""
    head, post = get(platform, "/", verb="HEAD"), get(platform, "/", verb="POST")
    assert (head.status, head.body) == (200, b"")
    assert (post.status, dict(post.headers)) == (405, {"allow": "GET, HEAD"})


def test_a_task_with_its_history(platform: Platform) -> None:
    """Its app, its name, its agent, and every status with its time and message."""
    platform.script(83, [("queued", 5), ("started", 60), ("error", "CUDA out of memory")])
    _, tasks = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83, "taskName": "night run"})
    platform.clock.sleep(100)
    seen = view(platform)
    began = platform.began
    assert seen["tasks"] == [
        {
            "id": tasks[0]["taskId"],
            "app": "Export to Pascal VOC",
            "name": "night run",
            "agent": "mock agent",
            "history": [["queued", began, ""], ["started", began + 5, ""], ["error", began + 65, "CUDA out of memory"]],
        }
    ]
    assert seen["statuses"] == {"error": 1}
    assert seen["now"] == began + 100


@pytest.mark.parametrize(
    ("clock", "mode"),
    [(VirtualClock(), "virtual"), (FastClock(60), "fast:60"), (RealClock(), "real")],
)
def test_the_mode_of_the_clock(clock: Clock, mode: str) -> None:
    """As `--time` takes it."""
    assert view(Platform(clock=clock))["clock"] == mode


def test_agents_and_what_they_work_on(platform: Platform) -> None:
    """How many tasks, of how many; whether they are there."""
    start(platform)
    platform.set_agent(7, capacity=3, online=False, gpu=False)
    agent = {"name": "mock agent", "online": False, "gpu": False, "capacity": 3, "tasks": 1}
    assert view(platform)["agents"] == [agent]


def test_looking_at_the_page_changes_nothing(platform: Platform) -> None:
    """It is no look at a task, for which a course may wait, and no request of the journal."""
    platform.script(83, [{"status": "queued", "looks": 1}, ("finished",)])
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    for _ in range(3):
        get(platform, "/")
        seen = view(platform)
    assert seen["statuses"] == {"queued": 1}
    assert seen["journal"]["count"] == 1


@given(st.lists(st.sampled_from(["start", "second", "hand", "stop", "nonsense", "look"]), max_size=25))
def test_who_follows_knows_as_much_as_who_comes_new(deeds: list[str]) -> None:
    """Whatever happens between two looks: every status of every task, and each request once."""
    platform = Platform()
    seen = view(platform)
    tasks, entries = {}, []
    for deed in [*deeds, "look"]:
        last = max(platform.known_tasks, default=0)
        running = last and platform.tasks[last].life.finished_at is None
        match deed:
            case "start":
                ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
            case "second":
                platform.clock.sleep(1)
            case "hand" if running:
                platform.advance(last, "started")
            case "stop" if last:
                ask(platform, "tasks.stop", {"id": last})
            case "nonsense":
                ask(platform, "tasks.stop", {})
            case "look":
                seen = view(platform, seen["cursor"])
                assert not seen["fresh"]
                tasks |= {task["id"]: task for task in seen["tasks"]}
                entries += seen["journal"]["entries"]
            case _:
                continue
    new = view(platform)
    assert new["fresh"]
    assert list(tasks.values()) == new["tasks"]
    assert entries == new["journal"]["entries"]


def test_what_has_not_moved_is_not_told_again(platform: Platform) -> None:
    """A page that asks each second gets next to nothing while nothing happens."""
    start(platform)
    platform.clock.sleep(60)
    seen = view(platform, view(platform)["cursor"])
    assert seen["tasks"] == seen["journal"]["entries"] == []
    assert seen["statuses"] == {"started": 1}


@pytest.mark.parametrize("cursor", ["x", "a_b_c", "__", "%00", "1_2_3_4", "é"])
def test_what_is_no_cursor_gives_everything(platform: Platform, cursor: str) -> None:
    """As none does."""
    start(platform)
    assert view(platform, cursor) == view(platform)
    assert view(platform)["fresh"]


@pytest.mark.parametrize("forget", [Platform.reset, lambda platform: platform.journal.clear()])
def test_numbers_that_begin_anew_are_noticed(platform: Platform, forget: Any) -> None:
    """Even when as many requests have come since."""
    start(platform)
    seen = view(platform)
    forget(platform)
    start(platform)
    again = view(platform, seen["cursor"])
    assert again["fresh"]
    assert [entry["number"] for entry in again["journal"]["entries"]] == [1]
    assert len(again["tasks"]) == len(platform.tasks)


def test_another_state_is_noticed(platform: Platform) -> None:
    """Though the journal goes on, and though time stands still."""
    start(platform)
    empty = Platform().snapshot()
    seen = view(platform)
    platform.load(Seed.from_json(empty))
    again = view(platform, seen["cursor"])
    assert (again["fresh"], again["tasks"], again["journal"]["count"]) == (True, [], 1)


def test_violations_are_not_lost_among_many_requests(platform: Platform) -> None:
    """Of a thousand requests the last 300 are sent, and the one before them that breaks the spec."""
    ask(platform, "tasks.run.app", {"agentId": "seven", "moduleId": 83})
    for _ in range(1000):
        ask(platform, "instance.version", {})
    journal = view(platform)["journal"]
    assert (journal["count"], journal["broken"]) == (1001, 1)
    assert [entry["number"] for entry in journal["entries"]] == [1, *range(702, 1002)]
    broken, ordinary, *_ = journal["entries"]
    assert (broken["operation"], broken["status"], broken["broken"]) == ("tasks.run.app", 400, True)
    assert broken["remarks"] == [
        "the request breaks the spec: /agentId (type): 'seven' is not of type 'integer', 'null'"
    ]
    assert not ordinary["broken"]


def test_bodies_are_shown_in_part(platform: Platform) -> None:
    """The beginning of a long one, text as it is, nothing for none."""
    ask(platform, "tasks.info", {"id": 1, "text": "x" * 3000})
    ask(platform, "tasks.info", b"no JSON")
    ask(platform, "tasks.stop", b'{"id": "\\ud800"}')
    ask(platform, "nonsense", b"null")
    long, text, half, none = [entry["body"] for entry in view(platform)["journal"]["entries"]]
    assert (len(long), long[-1]) == (401, "…")
    assert (text, half, none) == ("no JSON", '{"id": "\\ud800"}', "")


def test_half_a_character_is_no_harm(platform: Platform) -> None:
    """A course may have it in what the log says."""
    platform.script(83, [("error", "a\ud800b")])
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    assert view(platform)["tasks"][0]["history"][-1][2] == "a\ud800b"


def test_a_drawing_with_its_list(platform: Platform) -> None:
    """What was read and made, by its titles; the revision is that of the view, and moves with edges, settings and statuses."""
    task = start(platform)
    revisions = set()
    for step in (
        lambda: add_edge(platform, task, 76),
        lambda: add_edge(platform, task, 76, **titled("Train")),
        lambda: add_edge(platform, task, "/models/x", "folder"),
        lambda: platform.stop(platform.tasks[task]),
    ):
        step()
        (team,) = view(platform)["teams"]
        status, drawn = workflow(platform)
        assert (status, drawn["revision"]) == (200, team["revision"])
        revisions.add(team["revision"])
    assert len(revisions) == 4
    assert (team["id"], team["name"], team["edges"]) == (447, "mock team", 2)
    target = f"Train (Task {task}), terminating"
    assert drawn["arcs"] == [
        {"source": "Folder /models/x", "target": target, "kinds": "folder"},
        {"source": "Project 76", "target": target, "kinds": "project"},
    ]
    assert drawn["drawing"].startswith('<div class="lineage"')
    assert "/apps/sessions/" not in drawn["drawing"]  # the mock has no such page
    assert '"note":"project"' in drawn["drawing"]


def test_the_status_of_a_task_that_was_only_read(platform: Platform) -> None:
    """Is shown too, where there is such a task."""
    read, reader = start(platform), start(platform)
    add_edge(platform, reader, read, "task")
    add_edge(platform, reader, 5, "task")
    sources = [arc["source"] for arc in workflow(platform)[1]["arcs"]]
    assert sources == ["Task 5", f"Task {read}, started"]


def test_very_many_edges_are_listed_only(platform: Platform) -> None:
    """A drawing of them would keep everybody waiting."""
    task = start(platform)
    for number in range(LARGEST_DRAWING):
        add_edge(platform, task, number + 1)
    assert workflow(platform)[1]["drawing"]
    add_edge(platform, task, LARGEST_DRAWING + 1)
    drawn = workflow(platform)[1]
    assert (drawn["drawing"], len(drawn["arcs"])) == ("", LARGEST_DRAWING + 1)


@pytest.mark.parametrize(
    ("team", "status"), [("447", 404), ("1", 404), ("", 400), ("x", 400), ("-1", 400), ("9" * 99, 400), ("²", 400)]
)
def test_teams_without_a_drawing(platform: Platform, team: str, status: int) -> None:
    """One without edges is not found; what is no id is refused with its pointer."""
    answer = workflow(platform, team)
    assert answer[0] == status
    assert status == 404 or answer[1]["details"][0]["pointer"] == "/team"


def test_only_teams_with_edges_are_shown(platform: Platform) -> None:
    """By their order in the seed."""
    assert view(platform)["teams"] == []
    document = platform.snapshot()
    document["teams"].append({"id": 5, "name": "other"})
    platform.reset(Seed.from_json(document))
    add_edge(platform, start(platform), 1)
    assert [team["id"] for team in view(platform)["teams"]] == [447]
