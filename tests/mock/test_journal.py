"""What the journal keeps, and how it is shown."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from supervisely_ext.contract.spec import Violation
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock import operations as mock_operations
from supervisely_ext.mock.faults import Match, Plan, Reset, Rule
from supervisely_ext.mock.journal import Entry, Journal, kept

from .asking import ask, reply_to, send_form, start


def test_an_entry_says_what_was_asked_and_what_came_of_it(platform: Platform, clock: VirtualClock) -> None:
    """Number, time, operation, verb, path, status and body; the commit."""
    clock.sleep(5)
    ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    (entry,) = platform.journal.entries()
    assert entry.to_json() == {
        "number": 1,
        "time": clock.now(),
        "verb": "POST",
        "path": "/public/api/v3/tasks.run.app",
        "operation": "tasks.run.app",
        "status": 200,
        "body": {"agentId": 7, "moduleId": 83},
        "request_violations": [],
        "answer_violations": [],
        "failure": "",
        "fault": "",
        "breaks_spec": False,
        "committed": True,
    }


def test_no_token_is_kept(platform: Platform) -> None:
    """Headers are not part of it."""
    ask(platform, "tasks.info", {"id": 1}, {"x-api-key": "s3cr3t", "x-task-id": "5"})
    assert "s3cr3t" not in json.dumps(platform.journal.to_json()) + platform.journal.text() + repr(
        platform.journal.entries()
    )


@pytest.mark.parametrize(
    ("method", "sent", "shown"),
    [
        ("tasks.info", b"{", "{"),
        ("tasks.info", b"\xff", "�"),
        ("tasks.info", b"[" * 3000, "[" * 3000),
        ("tasks.info", b'"' + b"x" * 10**6 + b'"', '"' + "x" * 4095 + "…"),
        ("tasks.log.download", {"id": 5}, {"id": 5}),
        ("tasks.files.bulk.upload", b"secret", "6 bytes"),
        ("nonsense", b"{}", {}),
    ],
)
def test_bodies_as_they_are_shown(platform: Platform, method: str, sent: Any, shown: Any) -> None:
    """Decoded where they are JSON, cut where they are long, and of files the size."""
    ask(platform, method, sent)
    assert platform.journal.entries()[-1].body == shown


def test_forms_are_shown_as_sizes(platform: Platform) -> None:
    """What is in a file is nobody's business."""
    start(platform)
    send_form(platform, {"0": (None, b"{}"), "0-file": ("a", b"secret")}, 21012)
    assert platform.journal.entries()[-1].body == {"0": "2 bytes", "0-file": "6 bytes"}


def test_what_is_changed_later_is_not_changed_here(platform: Platform) -> None:
    """An entry keeps what was asked, whatever the platform does with it."""
    task_id = start(platform)
    ask(platform, "tasks.data.set", {"taskId": task_id, "fields": [{"field": "data", "payload": {"x": 1}}]})
    ask(platform, "tasks.data.set", {"taskId": task_id, "fields": [{"field": "data.x", "payload": 2}]})
    assert platform.journal.entries()[-2].body["fields"][0]["payload"] == {"x": 1}


@pytest.mark.unrefereed("the mock's failures are planted")
def test_it_is_bounded_and_counts_on(platform: Platform) -> None:
    """The oldest go, the numbers stay; the mock's own faults are kept longer."""
    journal = Journal(limit=3)
    for number in range(10):
        journal.record(Entry(0.0, "POST", "/x", "", 200, failure="" if number else "ValueError: x"))
    assert [entry.number for entry in journal.entries()] == [8, 9, 10]
    assert [entry.number for entry in journal.entries(after=9)] == [10]
    assert [entry.number for entry in journal.own_faults()] == [1]
    assert (journal.count, journal.text().splitlines()[0]) == (10, "… 7 earlier")
    journal.clear()
    assert (journal.count, journal.entries(), journal.own_faults(), journal.text()) == (0, (), (), "")


@pytest.mark.unrefereed("the mock's failures are planted")
def test_the_text_of_a_report(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line a request, aligned, and below it what is unusual."""
    ask(platform, "instance.version", {})
    ask(platform, "tasks.info", {})
    ask(platform, "tasks.list", {"workspaceId": 23821})
    monkeypatch.setitem(mock_operations.HANDLERS, "projects.info", lambda platform, request: {"id": "x"})
    ask(platform, "projects.info", {"id": 1})
    monkeypatch.setitem(mock_operations.HANDLERS, "projects.info", lambda platform, request: 1 / 0)
    ask(platform, "projects.info", {"id": 1})
    ask(platform, "nonsense", {})
    lines = platform.journal.text().splitlines()
    assert lines[:4] == [
        "    1 200 POST instance.version        {}",
        "    2 400 POST tasks.info              {}",
        "      ! the request breaks the spec: /id (required): 'id' is a required property",
        '    3 200 POST tasks.list              {"workspaceId": 23821}',
    ]
    assert any(line.startswith("      ! the mock's answer breaks the spec: ") for line in lines)
    assert "      ! the mock failed: ZeroDivisionError: division by zero" in lines
    assert lines[-1] == "    6 404 POST /public/api/v3/nonsense {}"


def test_a_fault_in_the_text(platform: Platform) -> None:
    """Where no answer left there is no status; and it says that it was done all the same."""
    platform.faults.replace(Plan([Rule(Match(), Reset(committed=True))]))
    reply_to(platform, "tasks.run.app", {"agentId": 7, "moduleId": 83})
    assert platform.journal.text().splitlines() == [
        '    1   - POST tasks.run.app {"agentId": 7, "moduleId": 83}',
        "      ! fault: reset",
        "      ! what was asked was done",
    ]


def test_long_lines_are_cut() -> None:
    """A message and a body stay readable."""
    journal = Journal()
    violation = Violation(("a", 0), "type", "x" * 1000)
    journal.record(Entry(0.0, "POST", "/x", "", 400, content=b'"' + b"y" * 1000 + b'"', request_violations=[violation]))
    assert max(map(len, journal.text().splitlines())) < 200
    assert journal.to_json()["entries"][0]["request_violations"] == [
        {"pointer": "/a/0", "rule": "type", "message": "x" * 100 + "…"}
    ]


def test_of_a_long_body_little_is_kept(platform: Platform) -> None:
    """Not even by what is said to be wrong with it."""
    ask(platform, "tasks.info", {"id": list(range(10_000))})
    (entry,) = platform.journal.entries()
    assert entry.request_violations
    assert len(repr(entry)) < 10_000


def test_a_body_is_whole_up_to_4096_bytes() -> None:
    """From then on its beginning is text, and an ellipsis."""
    for length in (4096, 4097):
        content = kept(b'"' + b"y" * (length - 2) + b'"')
        body = Entry(0.0, "POST", "/x", "", 200, content=content).body
        assert body == ("y" * 4094 if length == 4096 else f'"{"y" * 4095}…')


def test_many_threads_lose_no_entry(platform: Platform) -> None:
    """Every request has a number of its own, while others read."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: (ask(platform, "instance.version", {}), platform.journal.text()), range(400)))
    assert [entry.number for entry in platform.journal.entries()] == list(range(1, 401))
