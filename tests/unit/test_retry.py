"""When a request is sent again."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supervisely_ext.retry import RETRIED_STATUSES, RetryPolicy, may_repeat, parse_retry_after

chances = st.floats(0, 1, exclude_max=True)
seconds = st.floats(0, 1e6)


@given(tried=st.integers(1, 10_000), chance=chances)
def test_a_delay_stays_within_its_jitter(tried: int, chance: float) -> None:
    """A delay is its back-off, changed by at most the jitter."""
    policy = RetryPolicy(tries=10_001, budget=float("inf"))
    delay = policy.delay(tried=tried, elapsed=0, random=chance)
    assert delay is not None
    middle = min(2.0 ** min(tried - 1, 30), 60.0)
    assert middle * 0.8 <= delay <= middle * 1.2


@given(tried=st.integers(1, 100), elapsed=seconds, chance=chances, budget=seconds, asked=st.none() | seconds)
def test_no_try_begins_after_the_budget(
    tried: int, elapsed: float, chance: float, budget: float, asked: float | None
) -> None:
    """A delay that does not fit into the budget ends the tries."""
    delay = RetryPolicy(tries=101, budget=budget).delay(tried=tried, elapsed=elapsed, random=chance, retry_after=asked)
    assert delay is None or elapsed + delay <= budget


@given(asked=st.floats(0, 300), chance=chances)
def test_the_server_is_not_asked_earlier_than_it_wants(asked: float, chance: float) -> None:
    """A delay is never shorter than Retry-After."""
    delay = RetryPolicy(budget=float("inf")).delay(tried=1, elapsed=0, random=chance, retry_after=asked)
    assert delay is not None
    assert delay >= asked


@given(asked=st.floats(301, 1e12), chance=chances)
def test_nobody_waits_for_days(asked: float, chance: float) -> None:
    """A server that asks for more than five minutes gets no further try, whatever the budget."""
    assert RetryPolicy(budget=float("inf")).delay(tried=1, elapsed=0, random=chance, retry_after=asked) is None


@given(tries=st.integers(1, 20), chance=chances)
def test_there_are_as_many_tries_as_the_policy_has(tries: int, chance: float) -> None:
    """The last try is followed by no delay."""
    policy = RetryPolicy(tries=tries, budget=float("inf"))
    delays = [policy.delay(tried=tried, elapsed=0, random=chance) for tried in range(1, tries + 1)]
    assert None not in delays[:-1]
    assert delays[-1] is None


def test_the_delays_double() -> None:
    """In the middle of the jitter the delays are 1, 2, 4 and 8 seconds."""
    delays = [RetryPolicy().delay(tried=tried, elapsed=0, random=0.5) for tried in range(1, 6)]
    assert delays == [1, 2, 4, 8, None]


@pytest.mark.parametrize("status", range(400, 600))
def test_the_statuses_that_are_retried(status: int) -> None:
    """Safe operations repeat exactly the official SDK's statuses, starts only a 429."""
    retried = {408, 429, 499, 500, 502, 503, 504, 509, 598, 599}
    assert may_repeat("safe", status=status, sent=True) == (status in retried)
    assert may_repeat("never", status=status, sent=True) == (status == 429)
    assert retried == RETRIED_STATUSES


@pytest.mark.parametrize(("retry", "sent", "expected"), [
    ("safe", True, True),
    ("safe", False, True),
    ("never", True, False),
    ("never", False, True),
])  # fmt: skip
def test_a_lost_request(retry: str, sent: bool, expected: bool) -> None:
    """What must not be done twice is repeated only when it was not sent."""
    assert may_repeat(retry, status=None, sent=sent) is expected


@given(asked=st.integers(0, 10**9))
def test_retry_after_in_seconds(asked: int) -> None:
    """A number is a number of seconds."""
    assert parse_retry_after(str(asked), now=0) == asked


@given(at=st.integers(0, 4_000_000_000), now=st.integers(0, 4_000_000_000))
def test_retry_after_as_a_date(at: int, now: int) -> None:
    """A date is the time until then, none when it is past."""
    header = format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)
    assert parse_retry_after(header, now=now) == max(0, at - now)


def test_a_date_without_a_zone_is_utc() -> None:
    """A date whose zone is unknown is read as UTC."""
    assert parse_retry_after("Thu, 01 Jan 1970 00:01:40 -0000", now=40) == 60


@pytest.mark.parametrize(("header", "expected"), [(None, None), ("soon", None), ("", None), ("-5", 0.0)])
def test_a_strange_retry_after(header: str | None, expected: float | None) -> None:
    """What is no time says nothing; a time before now means now."""
    assert parse_retry_after(header, now=0) == expected


@given(header=st.text() | st.from_regex(r"-?[0-9]+") | st.from_regex(r"\w{3}, [0-9]+ Jan [0-9]+ [0-9:]+ [+-][0-9]+"))
@example("9" * 400)
@example(f"Thu, 01 Jan {'9' * 20} 00:00:00 GMT")
def test_no_header_breaks_the_reading(header: str) -> None:
    """Whatever a server sends as Retry-After is a time that can be slept, or none."""
    asked = parse_retry_after(header, now=1e9)
    assert asked is None or 0 <= asked < float("inf")
