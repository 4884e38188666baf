"""One request: sent, sent again or not, and what it carries."""

import json
import logging
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ApiError, ArgumentError, ConnectionFailed, RateLimited, ServerError
from supervisely_ext.address import ServerAddress
from supervisely_ext.call import Caller, explicit_policy, retry_of
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Credentials, Secret
from supervisely_ext.retry import RetryPolicy
from tests.scripted import answer, lost

from .samples import SERVER, TOKEN, look, scripted_caller, send, task

RETRIED = (408, 429, 499, 500, 502, 503, 504, 509, 598, 599)
NOT_RETRIED = sorted({*range(300, 309), *range(400, 432), 451, 501, *range(505, 509), 520} - {*RETRIED})


def sleeps(caller: Caller) -> list[float]:
    return caller.transport.sleeps  # type: ignore[attr-defined]


def requests(caller: Caller) -> list[httpx.Request]:
    return caller.transport.requests  # type: ignore[attr-defined]


class TestRetry:
    @pytest.mark.parametrize("status", RETRIED)
    def test_a_safe_operation_is_repeated(self, status: int) -> None:
        """After a status that passes, the second try's answer counts."""
        caller = scripted_caller(answer({}, status), answer(task()))
        assert look(caller).json == task()
        assert sleeps(caller) == [1]

    @pytest.mark.parametrize("status", NOT_RETRIED)
    @pytest.mark.unrefereed("what is sent is any body")
    def test_other_statuses_are_final(self, status: int) -> None:
        """Any other status is raised at once, for every kind of operation."""
        for retry in ("safe", "never"):
            caller = scripted_caller(answer({"error": "no"}, status))
            with pytest.raises(ApiError) as caught:
                send(caller, retry=retry)
            assert (caught.value.status, caught.value.attempts) == (status, 1)
            assert sleeps(caller) == []

    @pytest.mark.parametrize("status", [status for status in RETRIED if status != 429])
    @pytest.mark.unrefereed("what is sent is any body")
    def test_what_must_not_be_done_twice_is_not_repeated(self, status: int) -> None:
        """A failure that may come after the deed is raised at once."""
        caller = scripted_caller(answer({}, status))
        with pytest.raises(ApiError):
            send(caller, retry="never")
        assert len(requests(caller)) == 1

    @pytest.mark.parametrize("step", [answer({}, 429), lost(sent=False)], ids=["429", "not sent"])
    @pytest.mark.unrefereed("what is sent is any body")
    def test_what_was_certainly_not_done_is_repeated(self, step: Any) -> None:
        """A refusal for load, and a connection that was never made, are repeated for every operation."""
        caller = scripted_caller(step, answer({}))
        assert send(caller, retry="never").is_success
        assert sleeps(caller) == [1]

    @pytest.mark.parametrize("sent", [True, False])
    def test_a_safe_operation_survives_lost_connections(self, sent: bool) -> None:
        """A request without an answer is repeated when it may be."""
        caller = scripted_caller(lost(sent=sent), lost(sent=sent), answer(task()))
        assert look(caller).json == task()
        assert sleeps(caller) == [1, 2]

    @pytest.mark.unrefereed("what is sent is any body")
    def test_a_lost_request_that_may_have_been_sent(self) -> None:
        """The error says that it may have been sent, where to, and what happened."""
        cause = httpx.ReadError("connection reset by peer")
        caller = scripted_caller(lost(sent=True, cause=cause))
        with pytest.raises(ConnectionFailed) as caught:
            send(caller, retry="never")
        error = caught.value
        assert (error.operation, error.address, error.reason) == ("any.method", SERVER, "connection reset by peer")
        assert (error.sent, error.attempts) == (True, 1)
        assert error.__cause__ is cause

    @pytest.mark.unrefereed("what is sent is any body")
    def test_a_cause_without_words_is_named(self) -> None:
        """A time-out that says nothing is named by its kind."""
        caller = scripted_caller(lost(sent=True, cause=httpx.ReadTimeout("")))
        with pytest.raises(ConnectionFailed) as caught:
            send(caller, retry="never")
        assert caught.value.reason == "ReadTimeout"

    @pytest.mark.parametrize("step", [answer({}, 503), lost(sent=True)], ids=["503", "reset"])
    def test_nothing_is_slept_after_the_last_try(self, step: Any) -> None:
        """Five tries have four pauses; the error counts them."""
        caller = scripted_caller(step, repeat=True)
        with pytest.raises((ServerError, ConnectionFailed)) as caught:
            look(caller)
        assert caught.value.attempts == 5
        assert sleeps(caller) == [1, 2, 4, 8]
        assert "5 attempts" in str(caught.value)

    @given(budget=st.floats(0, 100), tries=st.integers(1, 8), chance=st.floats(0, 1, exclude_max=True))
    def test_the_budget_holds(self, budget: float, tries: int, chance: float) -> None:
        """All pauses together fit into the budget."""
        caller = scripted_caller(
            answer({}, 503), repeat=True, random=chance, policy=RetryPolicy(tries=tries, budget=budget)
        )
        with pytest.raises(ServerError):
            look(caller)
        assert sum(sleeps(caller)) <= budget
        assert len(requests(caller)) == len(sleeps(caller)) + 1 <= tries

    @given(seconds=st.floats(0, 20))
    def test_within_a_shorter_time(self, seconds: float) -> None:
        """A caller within some seconds repeats nothing after them."""
        caller = scripted_caller(answer({}, 503), repeat=True).within(seconds)
        with pytest.raises(ServerError):
            look(caller)
        assert sum(sleeps(caller)) <= seconds

    def test_within_does_not_lengthen(self) -> None:
        """A longer time than the budget changes nothing."""
        assert scripted_caller().within(1e6).policy == RetryPolicy()

    def test_a_retry_after_in_seconds(self) -> None:
        """The pause is as long as the server asks."""
        caller = scripted_caller(answer({}, 429, retry_after="17"), answer(task()))
        look(caller)
        assert sleeps(caller) == [17]

    def test_a_retry_after_as_a_date(self) -> None:
        """A date is read by the transport's clock."""
        caller = scripted_caller()
        at = formatdate(caller.transport.time() + 25, usegmt=True)
        caller.transport.steps = [answer({}, 429, retry_after=at), answer(task())]  # type: ignore[attr-defined]
        look(caller)
        assert sleeps(caller) == [25]

    def test_a_retry_after_beyond_the_budget(self) -> None:
        """When the server asks for more time than there is, the error tells how much."""
        caller = scripted_caller(answer({}, 429, retry_after="61"))
        with pytest.raises(RateLimited) as caught:
            look(caller)
        assert caught.value.retry_after == 61
        assert sleeps(caller) == []

    def test_repeating_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        """Each repetition is a line of the log, without the token."""
        caplog.set_level(logging.DEBUG)
        look(scripted_caller(answer({"error": f"busy {TOKEN}"}, 503), answer(task())))
        assert "tasks.info failed: busy ***" in caplog.text
        assert "attempt 2 in 1.0 s" in caplog.text
        assert TOKEN not in caplog.text


class TestPolicy:
    def test_numbers_of_the_official_sdk(self) -> None:
        """A count alone ends the tries, the pause is the first one."""
        policy = explicit_policy(retry_count=3, retry_sleep_sec=2)
        caller = scripted_caller(answer({}, 503), repeat=True, policy=policy)
        with pytest.raises(ServerError):
            look(caller)
        assert sleeps(caller) == [2, 4]
        assert explicit_policy(None, None) == RetryPolicy()

    def test_a_long_pause_is_kept(self) -> None:
        """It ends the tries no sooner than their number does."""
        caller = scripted_caller(answer({}, 503), repeat=True, policy=explicit_policy(None, retry_sleep_sec=70))
        with pytest.raises(ServerError):
            look(caller)
        assert sleeps(caller) == [70] * 4

    @pytest.mark.parametrize(("count", "pause", "argument"), [
        (0, None, "retry_count"),
        (-1, None, "retry_count"),
        (None, -0.1, "retry_sleep_sec"),
        (None, float("nan"), "retry_sleep_sec"),
    ])  # fmt: skip
    def test_numbers_that_cannot_be(self, count: int | None, pause: float | None, argument: str) -> None:
        """No tries, and time that goes back, are refused."""
        with pytest.raises(ArgumentError) as caught:
            explicit_policy(count, pause)
        assert caught.value.argument == argument

    def test_which_methods_may_be_repeated(self) -> None:
        """The spec decides; a method that it does not know is repeated only when it reads."""
        assert retry_of("tasks.run.app", read=True) == "never"
        assert retry_of("tasks.info", read=False) == "safe"
        assert retry_of("images.add", read=False) == "never"
        assert retry_of("images.info", read=True) == "safe"


class TestRequest:
    def test_what_a_request_carries(self) -> None:
        """A request has the token, says who sends it, and is JSON without needless blanks."""
        caller = scripted_caller(answer(task()))
        look(caller)
        (request,) = requests(caller)
        assert (request.method, str(request.url)) == ("POST", f"{SERVER}/public/api/v3/tasks.info")
        assert request.headers["x-api-key"] == TOKEN
        assert request.headers["content-type"] == "application/json"
        assert request.headers["user-agent"].startswith("supervisely-ext/")
        assert "x-task-id" not in request.headers
        assert request.content == b'{"id":7}'
        assert request.extensions["timeout"] == {"connect": 10, "read": 60, "write": 60, "pool": 60}
        assert request.extensions["total"] is None

    def test_the_time_that_is_left_is_for_the_whole_exchange(self) -> None:
        """For each of its parts too; and no other call within it gets more."""
        caller = scripted_caller(answer(task()))
        look(caller.within(20).within(30))
        (request,) = requests(caller)
        assert request.extensions["total"] == 20
        assert request.extensions["timeout"] == {"connect": 10, "read": 20, "write": 20, "pool": 20}

    def test_the_task_id_is_sent(self) -> None:
        """A client inside a task says which."""
        credentials = Credentials(ServerAddress("https", "host"), Secret(TOKEN), task_id=55)
        caller = scripted_caller(answer(task()), credentials=credentials)
        look(caller)
        assert requests(caller)[0].headers["x-task-id"] == "55"

    @pytest.mark.unrefereed("what is sent is any body")
    def test_only_what_must_not_be_done_twice_is_fresh(self) -> None:
        """An operation that may not be repeated has its own connection."""
        caller = scripted_caller(answer({}), repeat=True)
        send(caller, retry="safe")
        send(caller, retry="never")
        assert caller.transport.fresh == [False, True]  # type: ignore[attr-defined]

    @given(body=st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])), lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner), max_leaves=5))  # fmt: skip
    @pytest.mark.unrefereed("what is sent is any body")
    def test_a_body_arrives_as_it_is(self, body: Any) -> None:
        """Any JSON is sent as it was given."""
        caller = scripted_caller(answer({}))
        send(caller, body=body)
        assert json.loads(requests(caller)[0].content) == body

    @pytest.mark.parametrize("body", [float("nan"), float("inf"), {1, 2}, object(), "\ud800", {"a": b"bytes"}])
    def test_what_is_no_json_is_not_sent(self, body: Any) -> None:
        """A body that JSON cannot hold is refused before anything is sent."""
        caller = scripted_caller()
        with pytest.raises(ArgumentError) as caught:
            send(caller, body=body)
        assert caught.value.argument == "any.method"
        assert requests(caller) == []

    def test_a_body_without_end_is_not_sent(self) -> None:
        """A list that contains itself is refused."""
        body: list[Any] = []
        body.append(body)
        with pytest.raises(ArgumentError):
            send(scripted_caller(), body=body)

    @pytest.mark.unrefereed("what is sent is any body")
    def test_a_get_has_no_body(self) -> None:
        """Parameters go into the address."""
        caller = scripted_caller(answer({}))
        request = {"method": "get", "url": "/a.method", "params": {"id": 5}}
        complete(caller.send("a.method", request, retry="safe"))
        assert str(requests(caller)[0].url) == f"{SERVER}/public/api/v3/a.method?id=5"
        assert requests(caller)[0].content == b""
