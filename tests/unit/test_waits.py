"""Waiting for a task, in both colours and in virtual time."""

import itertools
import logging
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    Api,
    ArgumentError,
    ConnectionFailed,
    NotFound,
    Polling,
    RateLimited,
    ServerError,
    Status,
    TaskEndedOtherwise,
    TaskFinishedWithError,
    TaskGone,
    TaskStopped,
    Unauthorized,
    UnexpectedAnswer,
    WaitError,
    WaitingTimeExceeded,
)
from tests.scripted import ScriptedTransport, answer, lost

from .samples import SERVER, TOKEN, html, task

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

    def test_an_unknown_status_is_warned_of_once(self, wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
        """Not with each look, and not when it comes back."""
        wait((0, "sleeping"), (50, "started"), (80, "sleeping"), (200, "finished"))
        assert [record.getMessage() for record in caplog.records] == [
            "task 7 is 'sleeping', a status that this client does not know: it waits on"
        ]

    def test_an_unknown_status_may_be_any_text(self, wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
        """It is shown short and without control characters; the attribute has all of it."""
        strange = "\x1b[2J" + 5000 * "x"
        error, _ = wait((0, strange), timeout=30)
        assert isinstance(error, WaitingTimeExceeded)
        assert error.last_status == strange
        for text in (str(error), caplog.records[0].getMessage()):
            assert "\x1b" not in text
            assert len(text) < 200

    def test_an_error_may_be_wanted(self, wait: Wait) -> None:
        """Who waits for an error gets it."""
        assert wait((0, "error"), target_status="error")[0] is Status.ERROR

    def test_one_of_several(self, wait: Wait) -> None:
        """The first of several targets ends the wait, and so gives the status it has."""
        status, _ = wait((0, "queued"), (9, "stopped"), target_status={"deployed", "stopped"})
        assert status is Status.STOPPED


class TestFailedLooks:
    def test_a_wait_right_after_a_start(self, connect: Connect) -> None:
        """Once the server has answered this client, a first look that is lost ends nothing; each look is one request."""
        api, transport = connect(answer({"version": "1"}), lost(sent=True), answer({}, 502), answer(task("finished")))
        assert api.instance_version == "1"
        assert api.task.wait(7) is Status.FINISHED
        assert transport.methods == ["instance.version", *["tasks.info"] * 3]

    def test_a_server_that_never_answered(self, connect: Connect) -> None:
        """The address may be wrong: after the tries of any request there is an error, though nothing limits the wait."""
        api, transport = connect(*[lost(sent=False)] * 9)
        with pytest.raises(ConnectionFailed) as caught:
            api.task.wait(7)
        assert caught.value.attempts == len(transport.requests) == 5
        assert caught.value.__notes__ == [f"while waiting for task 7, {SERVER}/apps/sessions/7"]

    @pytest.mark.parametrize("status", [408, 429, 499, 500, 501, 504, 507, 520, 530, 599])
    def test_what_may_pass(self, connect: Connect, status: int) -> None:
        """Any 5xx, also one that nobody has a name for, and what proxies say of their own trouble: counted, and no end."""
        seen: list[str] = []
        api, _ = connect(answer(task("queued")), answer({}, status), answer(task("finished")))
        assert api.task.wait(7, on_status=seen.append) is Status.FINISHED
        assert seen == ["queued", "finished"]

    def test_another_page_than_a_task(self, connect: Connect) -> None:
        """Before the task was seen a page means a wrong address, later it is a proxy's."""
        with pytest.raises(UnexpectedAnswer):
            connect(html())[0].task.wait(7)
        assert connect(answer(task()), html(), answer(task("finished")))[0].task.wait(7) is Status.FINISHED

    def test_the_server_says_when(self, connect: Connect) -> None:
        """Retry-After is obeyed, up to five minutes, and never beyond the deadline."""
        busy = [answer({}, 429, retry_after=seconds) for seconds in ("100", "4000", "0")]
        api, transport = connect(answer(task()), *busy, answer({}, 429, retry_after="4000"), repeat=True)
        with pytest.raises(WaitingTimeExceeded) as caught:
            api.task.wait(7, timeout=500)
        assert isinstance(caught.value.__cause__, RateLimited)
        assert transport.sleeps[1:3] == [100, 300]
        assert sum(transport.sleeps) == pytest.approx(500)

    def test_a_long_outage_is_told_now_and_then(self, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
        """The first look that fails is warned of, and every tenth; after a good one it begins anew."""
        failures = [answer({}, 503)] * 21
        api, _ = connect(answer(task()), *failures, answer(task()), answer({}, 503), answer(task("finished")))
        assert api.task.wait(7) is Status.FINISHED
        assert [record.getMessage().partition(": ")[0] for record in caplog.records] == [
            "waiting for task 7 goes on",
            "waiting for task 7 goes on, look 11 in a row",
            "waiting for task 7 goes on, look 21 in a row",
            "waiting for task 7 goes on",
        ]

    def test_the_time_of_a_lost_server_is_told(self, connect: Connect) -> None:
        """What is not known is not said: the task was queued, when it was last seen."""
        api, _ = connect(answer(task("queued")), answer({}, 503), repeat=True)
        with pytest.raises(WaitingTimeExceeded, match=r"^task 7 was queued when last seen, 60\.0 s ago ") as caught:
            api.task.wait(7, timeout=60)
        assert caught.value.unseen == 60

    def test_counted_looks_keep_their_tries(self, connect: Connect) -> None:
        """With two looks a lost answer must not be half of all."""
        api, transport = connect(answer(task()), answer({}, 503), answer({}, 503), answer(task("finished")))
        assert api.app.wait(7, "finished", 2) is Status.FINISHED
        assert len(transport.requests) == 4


class TestWhenItLooks:
    def test_an_initial_delay(self, wait: Wait) -> None:
        """Nothing is asked before it, and it counts as waited."""
        status, looks = wait((0, "queued"), (50, "finished"), polling=Polling(initial_delay=60), timeout=60)
        assert (status, looks) == (Status.FINISHED, [60])

    @pytest.mark.parametrize("timeout", [0, 10])
    def test_the_last_look_of_a_far_server(self, connect: Connect, timeout: float) -> None:
        """It is at the deadline, and a second is given for its answer."""
        api, transport = connect()

        def look(request: httpx.Request) -> httpx.Response:
            begun = transport.now - 1000
            transport.now += min(0.3, request.extensions["timeout"]["read"])
            if request.extensions["timeout"]["read"] < 0.3:
                raise lost(sent=True)
            return answer(task("finished" if begun >= timeout else "started"))

        transport.steps, transport.repeat = [look], True
        assert api.task.wait(7, "finished", timeout=timeout, polling=Polling(first_delay=20)) is Status.FINISHED

    def test_the_longest_delay(self, wait: Wait) -> None:
        """A day in looks five minutes apart."""
        _, looks = wait((0, "queued"), (DAY, "finished"), polling=Polling(longest_delay=300, growth=2), timeout=None)
        assert max(b - a for a, b in itertools.pairwise(looks)) == 300
        assert len(looks) < DAY / 300 + 10

    @pytest.mark.parametrize(("given", "expected"), [
        ({"polling": Polling(timeout=5)}, 5),
        ({"polling": Polling(timeout=5), "timeout": 7}, 7),
        ({"polling": Polling()}, 999),
    ])  # fmt: skip
    def test_whose_timeout(self, wait: Wait, given: dict[str, Any], expected: float) -> None:
        """The wait's own replaces the polling's, which replaces the 999 s."""
        error, _ = wait((0, "queued"), target_status="started", **given)
        assert error.waited == expected

    def test_an_initial_delay_beyond_the_time(self, wait: Wait) -> None:
        """A wait that could never look is refused, before anything is sent."""
        with pytest.raises(ArgumentError, match="initial_delay: is 1000 s, and the wait ends after 999 s"):
            wait((0, "queued"), target_status="started", polling=Polling(initial_delay=1000))


class TestStoppingInTime:
    def test_the_task_is_asked_to_stop(self, connect: Connect) -> None:
        """With on_timeout="stop" the server is asked once the time is used up, and the error says so."""
        api, transport = connect(answer(task("started")), answer(task("started")), answer({"status": "terminating"}))
        with pytest.raises(
            WaitingTimeExceeded, match="is still started; it was asked to stop and is terminating"
        ) as caught:
            api.task.wait(7, "finished", timeout=1, on_timeout="stop")
        assert transport.methods == ["tasks.info", "tasks.info", "tasks.stop"]
        assert (caught.value.stop_requested, caught.value.stop_status, caught.value.stop_failure) == (
            True,
            "terminating",
            "",
        )

    def test_the_request_is_bounded_and_may_fail(self, connect: Connect) -> None:
        """Within five seconds; why it failed is part of the error, which stays what it is."""
        api, transport = connect(answer(task("started")), answer({}, 503), repeat=True)
        with pytest.raises(WaitingTimeExceeded, match=r"could not be asked to stop: tasks\.stop failed") as caught:
            api.task.wait(7, "finished", timeout=10, on_timeout="stop")
        assert transport.now - 1000 <= 15
        assert not caught.value.stop_requested
        assert "HTTP 503" in caught.value.stop_failure
        assert transport.requests[-1].extensions["timeout"]["read"] == 5

    def test_what_else_there_might_be(self, wait: Wait) -> None:
        """There are two things to do when the time is used up."""
        with pytest.raises(ArgumentError, match=r"on_timeout: is 'stopp'; allowed: raise, stop\. Did you mean stop\?"):
            wait((0, "queued"), on_timeout="stopp")


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

    def test_a_task_that_is_gone(self, connect: Connect) -> None:
        """A task that was there and is no more is not waited for; the error knows when it was last seen."""
        api, transport = connect(answer(task("queued")), answer(task("started")), answer({"error": "Not Found"}, 404))
        with pytest.raises(TaskGone, match=r"^task 7 is gone: 1\.1 s ago it was started ") as caught:
            api.app.wait(7)
        assert isinstance(caught.value.__cause__, NotFound)
        assert [status for _, status in caught.value.history] == ["queued", "started"]
        assert len(transport.requests) == 3

    def test_a_task_that_never_was(self, connect: Connect) -> None:
        """A first look at no task is what any look at no task is."""
        api, _ = connect(answer({"error": "Not Found"}, 404))
        with pytest.raises(NotFound) as caught:
            api.app.wait(7)
        assert not isinstance(caught.value, WaitError)

    def test_a_refusal_ends_the_wait(self, connect: Connect) -> None:
        """A token that is taken away is no outage; what was waited for stands in a note, also in a copy."""
        api, _ = connect(answer(task("queued")), answer({"error": "no"}, 401))
        with pytest.raises(Unauthorized) as caught:
            api.app.wait(7)
        copied = pickle.loads(pickle.dumps(caught.value))
        assert copied.__notes__ == [f"while waiting for task 7, {SERVER}/apps/sessions/7"]


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
