"""Waiting for a task, in both colours and in virtual time."""

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supervisely_ext import (
    Api,
    ApiError,
    ServerError,
    Status,
    TaskEndedOtherwise,
    TaskFinishedWithError,
    TaskStopped,
    WaitError,
    WaitingTimeExceeded,
)
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, task

Connect = Callable[..., tuple[Any, ScriptedTransport]]
DAY = 24 * 3600.0


def life(transport: ScriptedTransport, *changes: tuple[float, str], most: int = 20_000) -> list[float]:
    """Let the task change its status at these seconds; give the list of the times at which it is looked at."""
    begun = transport.now
    looks: list[float] = []
    answers = {status: answer(task(status)) for _, status in changes}

    def look(request: httpx.Request) -> httpx.Response:
        assert len(looks) < most, "the wait does not end"
        looks.append(transport.now - begun)
        (*_, status) = [status for at, status in changes if at <= transport.now - begun]
        return answers[status]

    transport.steps, transport.repeat = [look], True
    return looks


@pytest.fixture(params=["task", "app"])
def wait(request: pytest.FixtureRequest, connect: Connect) -> Callable[..., Any]:
    """Give a function that waits in either namespace, with the changes of the task's life first."""

    def run(*changes: tuple[float, str], **options: Any) -> tuple[Any, list[float]]:
        api, transport = connect(random=options.pop("random", 0.5))
        looks = life(transport, *changes)
        try:
            return getattr(api, request.param).wait(7, **options), looks
        except WaitError as error:
            return error, looks

    return run


Wait = Callable[..., tuple[Any, list[float]]]


class TestEnds:
    def test_no_target_means_no_limit(self, wait: Wait) -> None:
        """Without a target and numbers a wait lasts until a good end."""
        assert wait((0, "started"), (5000, "stopped"))[0] is Status.STOPPED

    def test_a_target_means_999_seconds(self, wait: Wait) -> None:
        """With a target and no numbers a wait ends after 999 s."""
        error, looks = wait((0, "queued"), target_status=Status.STARTED)
        assert type(error) is WaitingTimeExceeded
        assert error.waited == looks[-1] == 999

    def test_it_is_looked_at_once_at_least(self, wait: Wait) -> None:
        """What is reached already takes one look and no time, even without any."""
        status, looks = wait((0, "deployed"), target_status="started", timeout=0)
        assert (status, looks) == (Status.DEPLOYED, [0])

    def test_a_time_out(self, wait: Wait) -> None:
        """A time-out in seconds is kept exactly, and the last look is at its end."""
        error, looks = wait((0, "queued"), target_status="started", timeout=30)
        assert type(error) is WaitingTimeExceeded
        assert error.waited == looks[-1] == 30

    @pytest.mark.parametrize(("end", "kind"), [
        ("error", TaskFinishedWithError),
        ("stopped", TaskStopped),
        ("finished", TaskEndedOtherwise),
    ])  # fmt: skip
    def test_another_end(self, wait: Wait, end: str, kind: type[WaitError]) -> None:
        """An end that was not wanted raises at once, with the whole story."""
        error, looks = wait((0, "queued"), (4, "started"), (20, end), target_status="deployed")
        assert type(error) is kind
        assert (error.task_id, error.target, error.last_status) == (7, ("deployed",), end)
        assert [status for _, status in error.history] == ["queued", "started", end]
        assert all(at in looks for at, _ in error.history)
        assert error.waited == looks[-1] <= 30
        assert error.url == f"{SERVER}/apps/sessions/7"

    def test_an_error_without_a_target(self, wait: Wait) -> None:
        """A task that fails is never a good end."""
        error, _ = wait((0, "error"))
        assert type(error) is TaskFinishedWithError
        assert error.target == ()

    def test_terminating_is_on_the_way(self, wait: Wait) -> None:
        """A task that is being stopped is waited for until it is."""
        assert wait((0, "terminating"), (50, "stopped"))[0] is Status.STOPPED
        assert type(wait((0, "terminating"), (50, "stopped"), target_status="finished")[0]) is TaskStopped

    def test_an_unknown_status_is_on_the_way(self, wait: Wait) -> None:
        """A status that nobody knows keeps waiting, and is reported."""
        seen: list[str] = []
        assert wait((0, "sleeping"), (50, "finished"), on_status=seen.append)[0] is Status.FINISHED
        assert seen == ["sleeping", "finished"]

    def test_an_error_may_be_wanted(self, wait: Wait) -> None:
        """Who waits for an error gets it."""
        assert wait((0, "error"), target_status="error")[0] is Status.ERROR

    def test_one_of_several(self, wait: Wait) -> None:
        """The first of several targets ends the wait, and so gives the status it has."""
        status, _ = wait((0, "queued"), (9, "stopped"), target_status={"deployed", "stopped"})
        assert status is Status.STOPPED


class TestOnTheWay:
    def test_each_new_status_is_reported_once(self, wait: Wait) -> None:
        """The function is called with each change and not with each look."""
        seen: list[Any] = []
        changes = ((0, "queued"), (30, "started"), (60, "queued"), (90, "finished"))
        wait(*changes, on_status=seen.append)
        assert seen == ["queued", "started", "queued", "finished"]

    def test_an_error_of_the_function_ends_the_wait(self, connect: Connect) -> None:
        """What the function raises comes out of the wait."""
        api, transport = connect()
        life(transport, (0, "queued"))

        def refuse(status: str) -> None:
            raise LookupError(status)

        with pytest.raises(LookupError, match="queued"):
            api.task.wait(7, on_status=refuse)
        assert len(transport.requests) == 1

    def test_a_service_is_said_to_serve(self, wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
        """Who waits for the end of what serves is warned once."""
        wait((0, "queued"), (5, "deployed"), (90, "stopped"))
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        assert "task 7 is deployed" in caplog.text
        caplog.clear()
        wait((0, "deployed"), target_status="started")
        assert not caplog.records

    def test_an_outage_is_outlived(self, connect: Connect) -> None:
        """A wait goes on when the server was away for ten minutes of the time it has."""
        api, transport = connect()
        begun = transport.now

        def look(request: httpx.Request) -> httpx.Response:
            passed = transport.now - begun
            if 100 < passed < 700:
                return answer({}, 503)
            return answer(task("finished" if passed > 3000 else "started"))

        transport.steps, transport.repeat = [look], True
        assert api.task.wait(7, "finished", timeout=DAY) is Status.FINISHED

    def test_an_outage_does_not_outlast_the_deadline(self, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
        """When the server stays away the wait ends at its deadline, and tells why nothing more is known."""
        api, transport = connect(answer(task("queued")), *[answer({}, 503)] * 99)
        with pytest.raises(WaitingTimeExceeded) as caught:
            api.task.wait(7, "finished", timeout=60)
        error = caught.value
        assert isinstance(error.__cause__, ServerError)
        assert (error.last_status, error.history) == ("queued", ((0.0, "queued"),))
        assert error.failed_looks >= 1
        assert "waiting for task 7 goes on" in caplog.text
        assert transport.now - 1000 == pytest.approx(60)

    def test_an_outage_at_the_beginning(self, connect: Connect) -> None:
        """A server that refuses for now is there: the wait goes on to its deadline, and says that it saw nothing."""
        api, transport = connect(answer({}, 503), repeat=True)
        with pytest.raises(WaitingTimeExceeded, match="task 7 was not seen: no look had an answer") as caught:
            api.task.wait(7, "finished", timeout=5)
        assert isinstance(caught.value.__cause__, ServerError)
        assert (caught.value.last_status, caught.value.history, caught.value.unseen) == ("unknown", (), 5)
        assert transport.now - 1000 == 5

    def test_a_failure_that_has_passed_is_no_cause(self, connect: Connect) -> None:
        """After a good look an earlier failure is counted, and not the reason any more."""
        api, _ = connect(answer(task("queued")), answer({}, 500), answer(task("queued")), retry_count=1)
        with pytest.raises(WaitingTimeExceeded) as caught:
            api.app.wait(7, "finished", 3)
        assert (caught.value.failed_looks, caught.value.__cause__) == (1, None)

    def test_a_refusal_ends_the_wait(self, connect: Connect) -> None:
        """A task that is gone is not waited for."""
        api, transport = connect(answer(task("queued")), answer({"error": "Not Found"}, 404))
        with pytest.raises(ApiError):
            api.app.wait(7)
        assert len(transport.requests) == 2


@pytest.mark.parametrize(("namespace", "attempts", "pause"), [
    ("task", "wait_attempts", "wait_attempt_timeout_sec"),
    ("app", "attempts", "attempt_delay_sec"),
])  # fmt: skip
class TestNamesOfTheSdk:
    def test_looks_are_counted(self, connect: Connect, namespace: str, attempts: str, pause: str) -> None:
        """With attempts and a pause it looks exactly so often, at exactly that pause."""
        api, transport = connect(random=0.99)
        looks = life(transport, (0, "queued"))
        with pytest.raises(WaitingTimeExceeded) as caught:
            getattr(api, namespace).wait(7, "started", **{attempts: 4, pause: 2.5})
        assert looks == [0, 2.5, 5, 7.5]
        assert transport.sleeps == [2.5] * 3
        assert caught.value.waited == 7.5

    def test_one_number_alone(self, connect: Connect, namespace: str, attempts: str, pause: str) -> None:
        """Attempts alone have a pause of 1 s, a pause alone has 999 attempts."""
        for options, count, seconds in (({attempts: 3}, 3, 2), ({pause: 0}, 999, 0), ({pause: 3}, 999, 2994)):
            api, transport = connect()
            looks = life(transport, (0, "queued"))
            with pytest.raises(WaitingTimeExceeded):
                getattr(api, namespace).wait(7, "started", **options)
            assert (len(looks), looks[-1]) == (count, seconds)


def test_a_day() -> None:
    """A wait of a day needs no day, and ends when the task does, within one gap."""
    transport = ScriptedTransport()
    looks = life(transport, (0, "queued"), (100, "started"), (DAY, "finished"))
    assert Api(SERVER, TOKEN, transport=transport).task.wait(7, "finished", timeout=None) is Status.FINISHED
    assert DAY <= looks[-1] <= DAY + 36
    assert len(looks) < DAY / 28


@example(timeout=1e-12, chance=0.5, now=1000.0)
@given(
    timeout=st.floats(0, 200),
    chance=st.floats(0, 1, exclude_max=True),
    now=st.floats(0, 1e6),
)
def test_no_look_after_the_deadline(timeout: float, chance: float, now: float) -> None:
    """The last look is at the deadline, gaps are bounded, and a wait always ends."""
    transport = ScriptedTransport(random=chance)
    transport.now = now
    looks = life(transport, (0, "queued"), most=60)
    with pytest.raises(WaitingTimeExceeded) as caught:
        Api(SERVER, TOKEN, transport=transport).task.wait(7, "started", timeout=timeout)
    assert timeout - 0.001 <= looks[-1] <= timeout + 1e-6
    assert sum(transport.sleeps) <= timeout + 1e-6
    assert max(transport.sleeps, default=0) <= 30 * 1.2
    assert caught.value.waited == looks[-1]
