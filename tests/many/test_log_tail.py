"""Following a log: whatever the server cuts, repeats or loses, what comes out is the log."""

import itertools
import json
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supervisely_ext import Api, ArgumentError, NotFound, Polling, TaskGone, WaitingTimeExceeded
from supervisely_ext.log_cursor import LogCursor, time_of
from supervisely_ext.mock import Platform
from supervisely_ext.transport import Unanswered
from tests.scripted import ScriptedTransport, answer

from .conftest import Colour, start

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
Line = dict[str, Any]


def line(milliseconds: int, message: str) -> Line:
    at = (BEGIN + timedelta(milliseconds=milliseconds)).isoformat(timespec="milliseconds")
    return {"timestamp": at.replace("+00:00", "Z"), "message": message}


def sorted_lines(steps: list[tuple[int, str]]) -> list[Line]:
    """Lines whose times never go back, many of them equal, some of them equal in all."""
    at, found = 0, []
    for step, message in steps:
        at += step
        found.append(line(at, message))
    return found


steps = st.lists(st.tuples(st.sampled_from([0, 0, 0, 1, 700, 9000]), st.sampled_from("abc")), max_size=40)


class LogServer:
    """A log that grows with each request, and is whole one look after the task's end; how it reads `sinceTime`, what it cuts and when it is away is up to the test."""

    def __init__(
        self,
        lines: list[Line],
        *,
        grows: list[int],
        inclusive: bool,
        floors: bool = False,
        cap: int = 10**6,
        away: list[str] | None = None,
        late_lines: int = 0,
    ) -> None:
        self.lines, self.grows, self.inclusive, self.floors = lines, list(grows), inclusive, floors
        self.cap, self.away, self.late_lines, self.there = cap, list(away or []), late_lines, 0
        self.has_ended, self.looks_after_the_end = False, 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        trouble = self.away.pop(0) if self.away else ""
        if trouble == "reset":
            raise Unanswered(httpx.ReadError("reset"), sent=True)
        if trouble == "503":
            return answer({}, 503)
        self.there = min(len(self.lines), self.there + (self.grows.pop(0) if self.grows else 3))
        if self.looks_after_the_end:
            self.there = len(self.lines)
        self.looks_after_the_end += self.has_ended
        if request.url.path.endswith("tasks.info"):
            self.has_ended = self.there >= len(self.lines) - self.late_lines
            return answer({"id": 7, "type": "app", "status": "finished" if self.has_ended else "started"})
        return answer(self.read(request.url.params.get("sinceTime"), int(request.url.params["limit"])))

    def read(self, since: str | None, limit: int) -> list[Line]:
        begin = time_of(since) if since else None
        if begin is not None and self.floors:
            begin = begin.replace(microsecond=0)
        later = [line for line in self.lines[: self.there] if begin is None or self._is_later(line, begin)]
        return later[: min(limit, self.cap)]

    def _is_later(self, line: Line, begin: datetime) -> bool:
        at = time_of(line["timestamp"])
        return at is None or at > begin or (self.inclusive and at == begin)


def follow(server: LogServer, **options: Any) -> list[Line]:
    transport = ScriptedTransport([server], repeat=True)
    return list(Api("https://sly.invalid", "token", transport=transport).task.follow_logs(7, **options))


@settings(deadline=None, max_examples=300)
@given(
    steps,
    st.lists(st.integers(0, 9), max_size=20),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(["", "", "reset", "503"]), max_size=12),
    st.integers(0, 3),
)
@example([(0, "a")], [0, 0], False, False, ["reset"], 1)  # fmt: skip
def test_the_concatenation_is_the_log(
    steps: list[tuple[int, str]], grows: list[int], inclusive: bool, floors: bool, away: list[str], late: int
) -> None:
    """Under growth at any moment, resets, outages, equal lines and lines that come after the end."""
    lines = sorted_lines(steps)
    server = LogServer(lines, grows=grows, inclusive=inclusive, floors=floors, away=["", *away], late_lines=late)
    assert follow(server) == lines


@settings(deadline=None, max_examples=300)
@given(steps, st.lists(st.integers(0, 9), max_size=20), st.booleans(), st.booleans(), st.integers(1, 5))
def test_pages_of_any_size(
    steps: list[tuple[int, str]], grows: list[int], inclusive: bool, floors: bool, limit: int
) -> None:
    """Under any limit, though more lines than that have the same time."""
    lines = sorted_lines(steps)
    server = LogServer(lines, grows=grows, inclusive=inclusive, floors=floors)
    cursor, found = LogCursor(None, limit), []
    for _ in range(len(grows) + len(lines) + 3):
        server.there = min(len(lines), server.there + (server.grows.pop(0) if server.grows else 3))
        more = True
        while more:
            fresh, more = cursor.take(server.read(cursor.asked_from, cursor.limit))
            found += fresh
    assert found == lines


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([0, 1, 1, 40, 3000]), max_size=400), st.booleans(), st.integers(50, 90), st.booleans())
def test_a_server_that_cuts(gaps: list[int], inclusive: bool, cap: int, at_once: bool) -> None:
    """A server that gives no more than so many lines, whatever is asked for, only needs more requests."""
    lines = sorted_lines([(max(gap, index % 40 == 0), str(index)) for index, gap in enumerate(gaps)])
    assert follow(LogServer(lines, grows=[len(lines)] if at_once else [], inclusive=inclusive, cap=cap)) == lines


def test_a_cut_between_equal_times() -> None:
    """A cut in the middle of lines of one time loses none of them, though the server gives only later ones."""
    lines = sorted_lines([(0 if index % 2 else 10, str(index)) for index in range(300)])
    for cap in (50, 51):
        assert follow(LogServer(lines, grows=[300], inclusive=False, cap=cap)) == lines


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 55), st.integers(0, 55), st.booleans(), st.booleans(), st.booleans())
def test_more_equal_times_than_a_server_gives(
    before: int, after: int, inclusive: bool, floors: bool, at_once: bool
) -> None:
    """Nobody can have all of those; the lines after them come, and it is said that some may be missing."""
    lines = sorted_lines(
        [(50, f"a{number}") for number in range(before)]
        + [(1000 if number == 0 else 0, f"b{number}") for number in range(100)]
        + [(1000, f"c{number}") for number in range(after)]
    )
    warnings: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: warnings.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("supervisely_ext").addHandler(handler)
    try:
        found = follow(
            LogServer(lines, grows=[len(lines)] if at_once else [], inclusive=inclusive, floors=floors, cap=60)
        )
    finally:
        logging.getLogger("supervisely_ext").removeHandler(handler)
    positions = [lines.index(each) for each in found]
    assert positions == sorted(set(positions))
    assert [each for each in found if "b" not in each["message"]] == [
        each for each in lines if "b" not in each["message"]
    ]
    assert found == lines or warnings == [
        "the log of task 7 has more lines of one time than the server gives at once: some of them may be missing"
    ]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(-4900, 900), max_size=40), st.lists(st.integers(0, 5), max_size=20), st.booleans())
def test_lines_out_of_order(shifts: list[int], grows: list[int], inclusive: bool) -> None:
    """Lines that come up to five seconds late are there, once."""
    newest, lines = 10_000, []
    for index, shift in enumerate(shifts):
        lines.append(line(newest + shift, str(index)))
        newest = max(newest, newest + shift)
    found = follow(LogServer(lines, grows=grows, inclusive=inclusive))
    assert Counter(map(json.dumps, found)) == Counter(map(json.dumps, lines))


@given(steps, st.booleans())
def test_the_beginning_is_kept(steps: list[tuple[int, str]], inclusive: bool) -> None:
    """Nothing older than what was asked for comes, also when it is asked again."""
    lines = sorted_lines(steps)
    since = line(700, "")["timestamp"]
    server = LogServer(lines, grows=[2, 2, 2], inclusive=inclusive)
    begin = time_of(since)
    assert begin is not None
    wanted = [each for each in lines if server._is_later(each, begin)]
    assert follow(server, since_time=since) == wanted


def test_lines_without_a_time() -> None:
    """They are given once, though the server gives them again and again."""
    lines = [{"message": "a"}, {"message": "b", "timestamp": "soon"}, line(1, "c"), {"message": "a"}, line(20_000, "d")]
    for each in lines:
        each.setdefault("timestamp", "")
    assert follow(LogServer(lines, grows=[1] * 20, inclusive=True)) == lines


def test_a_server_that_does_not_read_the_time(caplog: pytest.LogCaptureFixture) -> None:
    """The whole log in each answer does no harm, and is no crowd."""
    lines = sorted_lines([(900, str(number)) for number in range(80)])

    class Deaf(LogServer):
        def read(self, since: str | None, limit: int) -> list[Line]:
            return super().read(None, limit)

    assert follow(Deaf(lines, grows=[], inclusive=True)) == lines
    assert not caplog.records


def test_few_requests_when_nothing_happens() -> None:
    """A quiet log costs two requests a look: one for the task, one for the log."""
    quiet = LogServer(
        sorted_lines([(1, str(number)) for number in range(30)]), grows=[29] + [0] * 10**4, inclusive=True
    )
    transport = ScriptedTransport([quiet], repeat=True)
    with pytest.raises(WaitingTimeExceeded):
        list(Api("https://sly.invalid", "token", transport=transport).task.follow_logs(7, timeout=600))
    looks = len(transport.sleeps)
    assert 60 < looks < 90
    assert len(transport.requests) <= 2 * (looks + 1) + 2


class TestFollowing:
    def test_to_the_end(self, colour: Colour, platform: Platform) -> None:
        """Lines come while the task runs, and the last ones after it; both namespaces follow."""
        task_id = start(platform, (5.0, "started"), (60.0, "finished"))
        for namespace in ("task", "app"):
            api, _ = colour.connect(platform)
            times = []
            lines = []
            for each in colour.run(getattr(api, namespace).follow_logs(task_id)):
                lines.append(each)
                times.append(platform.clock.now() - 1_767_225_600)
            assert [each["message"] for each in lines] == [
                f"The task is {name}" for name in ("queued", "started", "finished")
            ]
            if namespace == "task":
                assert times[0] == 0
                assert 5 <= times[1] <= 7
                assert 60 <= times[2] <= 72

    def test_abandoned(self, colour: Colour, platform: Platform) -> None:
        """Who stops reading leaves nothing behind."""
        api, transport = colour.connect(platform)
        iterator = colour.run(api.task.follow_logs(start(platform)))
        assert next(iterator)["message"] == "The task is queued"
        iterator.close()
        assert len(transport.requests) == 2

    def test_time(self, colour: Colour, platform: Platform) -> None:
        """A time-out is kept, and an initial delay."""
        api, transport = colour.connect(platform)
        task_id = start(platform)
        polling = Polling(initial_delay=5, timeout=10)
        with pytest.raises(WaitingTimeExceeded) as caught:
            list(colour.run(api.task.follow_logs(task_id, polling=polling, timeout=30)))
        assert caught.value.waited == pytest.approx(30)
        assert transport.requests[0][0] == 1_767_225_605

    def test_a_task_that_has_ended(self, colour: Colour, platform: Platform) -> None:
        """Gives its log, even when there is no time to look again later."""
        api, _ = colour.connect(platform)
        task_id = start(platform, (1.0, "error"))
        platform.clock.advance(100)
        assert len(list(colour.run(api.task.follow_logs(task_id, timeout=0)))) == 2

    def test_unknown_and_gone(self, colour: Colour, platform: Platform) -> None:
        """A task that never was, and one that vanishes."""
        api, _ = colour.connect(platform)
        with pytest.raises(NotFound):
            list(colour.run(api.task.follow_logs(99)))
        task_id = start(platform)
        lines = colour.run(api.task.follow_logs(task_id))
        next(lines)
        del platform.known_tasks[task_id]
        with pytest.raises(TaskGone):
            next(lines)

    def test_an_outage(self, colour: Colour, platform: Platform) -> None:
        """Is outlived until the deadline; a server that never answers is an error at once."""
        api, transport = colour.connect(platform)
        task_id = start(platform)
        lines = colour.run(api.task.follow_logs(task_id, timeout=60))
        next(lines)
        transport.answer = lambda request, body: httpx.Response(503)
        with pytest.raises(WaitingTimeExceeded) as caught:
            next(lines)
        assert caught.value.failed_looks > 5
        assert caught.value.__cause__ is not None

    @pytest.mark.parametrize(
        "options", [{"id": 0}, {"since_time": "today"}, {"since_time": ""}, {"timeout": -1}, {"polling": 5}]
    )
    def test_bad_input(self, colour: Colour, platform: Platform, options: dict[str, Any]) -> None:
        """Nothing is sent."""
        api, transport = colour.connect(platform)
        with pytest.raises(ArgumentError):
            next(colour.run(api.task.follow_logs(**{"id": 1, **options})))
        assert not transport.requests


@pytest.mark.parametrize("full", [1000, 60])
def test_a_task_that_writes_faster_than_it_is_read(full: int) -> None:
    """Its lines come as long as there is time, and no longer."""
    count = itertools.count()
    transport = ScriptedTransport([], repeat=True)

    def serve(request: httpx.Request) -> httpx.Response:
        assert len(transport.requests) < 1000, "the time-out is not kept"
        transport.now += 0.1
        if request.url.path.endswith("tasks.info"):
            return answer({"id": 7, "type": "app", "status": "started"})
        return answer([line(next(count), "more") for _ in range(full)])

    transport.steps = [serve]
    lines = Api("https://sly.invalid", "token", transport=transport).task.follow_logs(7, timeout=10)
    found: list[Line] = []
    with pytest.raises(WaitingTimeExceeded, match="was started when last seen") as caught:
        found.extend(lines)
    assert len(found) > 5 * full
    assert 10 <= caught.value.waited <= 10.2


def test_an_end_that_is_never_confirmed() -> None:
    """When the server stays away after the end, nobody says that the log is whole."""
    state = {"requests": 0}

    def serve(request: httpx.Request) -> httpx.Response:
        state["requests"] += 1
        if state["requests"] > 2:
            return answer({}, 503)
        return answer({"id": 7, "type": "app", "status": "finished"} if state["requests"] == 1 else [])

    transport = ScriptedTransport([serve], repeat=True)
    with pytest.raises(WaitingTimeExceeded):
        list(Api("https://sly.invalid", "token", transport=transport).task.follow_logs(7, timeout=30))


@pytest.mark.parametrize("news", [0, 29])
def test_attempts_are_looks_in_a_row_without_a_new_line(news: int) -> None:
    """A log that goes on is followed."""
    looks = itertools.count(1)

    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("tasks.info"):
            return answer({"id": 7, "type": "app", "status": "started"})
        return answer([line(number, "more") for number in range(min(next(looks), news))])

    transport = ScriptedTransport([serve], repeat=True)
    lines = Api("https://sly.invalid", "token", transport=transport).task.follow_logs(7, polling=Polling(attempts=3))
    found: list[Line] = []
    with pytest.raises(WaitingTimeExceeded):
        found.extend(lines)
    assert len(found) == news
    assert next(looks) - 1 == news + 3 - bool(news)
