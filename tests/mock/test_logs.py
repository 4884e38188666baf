"""The logs of tasks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock import Platform, VirtualClock

from .asking import TOKEN, ask, start


def add(platform: Platform, task_id: Any, *lines: dict[str, Any]) -> int:
    return ask(platform, "tasks.logs.add", {"logs": list(lines)}, {**TOKEN, "x-task-id": str(task_id)})[0]


def read(platform: Platform, task_id: int, **query: Any) -> list[dict[str, Any]]:
    status, lines = ask(platform, "tasks.log.download", {"id": task_id, **query})
    assert status == 200
    return list(lines)


def messages(platform: Platform, task_id: int, **query: Any) -> list[str]:
    return [line["message"] for line in read(platform, task_id, **query)]


def test_a_course_writes_its_log(platform: Platform) -> None:
    """A line for each status, with the time at which it began."""
    task_id = start(platform, 83)
    assert read(platform, task_id) == [
        {
            "level": "info",
            "message": f"The task is {status}",
            "timestamp": f"2026-01-01T00:00:0{at}.000Z",
            "task_id": task_id,
        }
        for at, status in enumerate(["queued", "consumed", "started"])
    ]


def test_the_task_says_how_many_lines_there_are(platform: Platform) -> None:
    """Whether they were read before or not."""
    task_id = start(platform, 83)
    for _ in range(2):
        (task,) = ask(platform, "tasks.list", {"workspaceId": 23821})[1]["entities"]
        assert task["meta"]["logsCnt"] == 3
        assert len(read(platform, task_id)) == 3


def test_an_error_is_logged_as_one(platform: Platform) -> None:
    """Its level is error."""
    task_id = start(platform)
    ask(platform, "tasks.status.update", {"id": task_id, "status": "error"})
    assert read(platform, task_id)[-1]["level"] == "error"


def test_an_empty_line_is_filled_in(platform: Platform) -> None:
    """With what every line has."""
    task_id = start(platform)
    assert add(platform, task_id, {}) == 200
    assert read(platform, task_id)[-1] == {
        "level": "info",
        "message": "",
        "timestamp": "2026-01-01T00:00:03.000Z",
        "task_id": task_id,
    }


def test_added_lines_belong_to_the_calling_task(platform: Platform) -> None:
    """The header names it; what a line lacks is filled in, what it has beyond stays."""
    task_id, other = start(platform), start(platform)
    before = read(platform, other)
    assert add(platform, task_id, {"message": "hello", "event_type": "LOG", "task_id": other}) == 200
    assert read(platform, task_id)[-1] == {
        "level": "info",
        "message": "hello",
        "timestamp": "2026-01-01T00:00:06.000Z",
        "event_type": "LOG",
        "task_id": task_id,
    }
    assert read(platform, other) == before


@pytest.mark.parametrize("header", ["", "x", "-1"])
def test_lines_of_nobody_are_dropped(platform: Platform, header: str) -> None:
    """Without a task in the header they are accepted and gone; an unknown one is refused."""
    task_id = start(platform)
    before = read(platform, task_id)
    assert add(platform, header, {"message": "lost"}) == 200
    assert add(platform, 1, {"message": "lost"}) == 404
    assert read(platform, task_id) == before


def test_only_later_lines_are_given(platform: Platform, clock: VirtualClock) -> None:
    """Later than the given time, which may be in any zone, or in UTC when it names none."""
    task_id = start(platform)
    clock.advance(10)
    add(platform, task_id, {"message": "a", "timestamp": "2026-01-01T00:00:13.000Z"})
    add(
        platform,
        task_id,
        {"message": "b", "timestamp": "2026-01-01T00:00:13.001Z"},
        {"message": "c", "timestamp": "soon"},
    )
    for since in ("2026-01-01T00:00:13.000Z", "2026-01-01T00:00:13", "2026-01-01T02:00:13+02:00"):
        assert messages(platform, task_id, sinceTime=since) == ["b", "c"]
    assert messages(platform, task_id, sinceTime="2026-01-01") == messages(platform, task_id)[1:]
    assert ask(platform, "tasks.log.download", {"id": task_id, "sinceTime": "today"})[0] == 400


def test_the_limit_keeps_the_first(platform: Platform) -> None:
    """So many lines at most, none for zero."""
    task_id = start(platform)
    add(platform, task_id, *({"message": str(number)} for number in range(5)))
    everything = read(platform, task_id)
    for limit in range(10):
        assert read(platform, task_id, limit=limit) == everything[:limit]


@given(st.lists(st.sampled_from(["add", "pass", "look"]), max_size=20), st.integers(1, 4))
def test_a_follower_sees_every_line_once(events: list[str], limit: int) -> None:
    """A log only grows at its end, and who goes on from the last time misses nothing and sees nothing twice."""
    clock = VirtualClock()
    platform = Platform(clock=clock)
    task_id = start(platform, 83)
    seen: list[dict[str, Any]] = []
    for number, event in enumerate([*events, *["look"] * 30]):
        clock.advance(0.3)  # so that no two lines have the same time
        if event == "add":
            add(platform, task_id, {"message": str(number)})
        elif event == "look":
            more = {"sinceTime": seen[-1]["timestamp"]} if seen else {}
            seen += read(platform, task_id, limit=limit, **more)
            assert read(platform, task_id)[: len(seen)] == seen
    clock.advance(60)
    seen += read(platform, task_id, sinceTime=seen[-1]["timestamp"])
    assert seen == read(platform, task_id)
