"""What ends a wait, and when it looks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, Status, TaskEndedOtherwise, TaskFinishedWithError, TaskStopped
from supervisely_ext.waiting import DEFAULT_TIMEOUT, Polling, as_targets, end_error, is_reached, plan_polling

Q, C, S, D = Status.QUEUED, Status.CONSUMED, Status.STARTED, Status.DEPLOYED
E, F, T, X = Status.ERROR, Status.FINISHED, Status.TERMINATING, Status.STOPPED
REACHED = {
    None: {F, X},
    Q: {Q, C, S, D, F},
    C: {C, S, D, F},
    S: {S, D, F},
    D: {D},
    T: {T, X},
    F: {F},
    X: {X},
    E: {E},
}
NAMES = ("attempts", "attempt_delay_sec")
statuses = st.sampled_from([*Status, "sleeping"])
chances = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize("target", REACHED)
@pytest.mark.parametrize("status", [*Status, "sleeping"])
def test_what_reaches_a_target(target: Status | None, status: str) -> None:
    """A target is reached as the table of the module says."""
    assert is_reached(status, as_targets(target)) == (status in REACHED[target])


@given(targets=st.lists(st.sampled_from(Status), min_size=1), status=statuses)
def test_several_targets(targets: list[Status], status: str) -> None:
    """One of several targets is reached when it would be reached alone."""
    assert is_reached(status, as_targets(targets)) == any(is_reached(status, (target,)) for target in targets)


def test_what_an_end_is() -> None:
    """Three statuses are ends; all others, also unknown ones, keep waiting."""
    ends = {E: TaskFinishedWithError, X: TaskStopped, F: TaskEndedOtherwise}
    for status in [*Status, "sleeping"]:
        assert end_error(status) is ends.get(status)  # type: ignore[call-overload]


@pytest.mark.parametrize(("target", "expected"), [
    (None, ()),
    ("started", (S,)),
    (S, (S,)),
    (["started", F], (S, F)),
    ({"error"}, (E,)),
    ((status for status in ("queued", "stopped")), (Q, X)),
])  # fmt: skip
def test_how_a_target_may_be_written(target: Any, expected: tuple[Status, ...]) -> None:
    """A target is a status, its text, or several of them."""
    assert as_targets(target) == expected


@pytest.mark.parametrize(("target", "hint"), [
    ("finnished", "Did you mean finished?"),
    ("FINISHED", ""),
    ("", ""),
    (["started", "stoped"], "Did you mean stopped?"),
    ([], ""),
    ([None], ""),
    (5, ""),
])  # fmt: skip
def test_what_is_no_target(target: Any, hint: str) -> None:
    """A misspelt status is refused, with all that there are and the nearest."""
    with pytest.raises(ArgumentError) as caught:
        as_targets(target)
    assert (caught.value.argument, caught.value.hint) == ("target_status", hint)
    assert caught.value.allowed == tuple(Status)


@given(looks=st.integers(1, 10_000), waited=st.floats(0, 1e5), chance=chances, timeout=st.none() | st.floats(0, 1e5))
def test_a_gap_is_bounded(looks: int, waited: float, chance: float, timeout: float | None) -> None:
    """A gap is within its jitter, not longer than the longest, and ends at the deadline."""
    delay = Polling(timeout=timeout).delay(looks=looks, waited=waited, random=chance)
    rest = float("inf") if timeout is None else timeout - waited
    if delay is None:
        assert rest < 0.001
        return
    middle = min(1.1 ** min(looks - 1, 1000), 30.0)
    assert 0 < delay <= min(middle * 1.2, rest)
    assert delay >= min(middle * 0.8, rest)


@given(looks=st.integers(1, 10**6), growth=st.floats(1, 1e6) | st.integers(1, 10**6), chance=chances)
def test_any_growth_comes_to_the_longest_delay(looks: int, growth: float, chance: float) -> None:
    """However fast, and however long the wait: a number that is too large for the machine ends no wait."""
    delay = Polling(growth=growth, longest_delay=5.0).delay(looks=looks, waited=0, random=chance)
    assert delay is not None
    assert 0.8 <= delay <= 6


@given(attempts=st.integers(1, 100), pause=st.floats(0, 1e6), looks=st.integers(1, 100), chance=chances)
def test_attempts_are_counted(attempts: int, pause: float, looks: int, chance: float) -> None:
    """With attempts and a pause it looks exactly so often at exactly that pause."""
    polling = plan_polling(attempts, pause, DEFAULT_TIMEOUT, has_target=True, names=NAMES)
    assert polling.delay(looks=looks, waited=0, random=chance) == (pause if looks < attempts else None)


@pytest.mark.parametrize(("attempts", "pause", "timeout", "has_target", "expected"), [
    (None, None, DEFAULT_TIMEOUT, True, (999, None)),
    (None, None, DEFAULT_TIMEOUT, False, (None, None)),
    (None, None, None, True, (None, None)),
    (None, None, 5, True, (5, None)),
    (3, None, DEFAULT_TIMEOUT, True, (None, 3)),
    (None, 2, DEFAULT_TIMEOUT, False, (None, 999)),
    (3, 2, 5, True, (5, 3)),
    (3, 2, None, True, (None, 3)),
])  # fmt: skip
def test_what_the_arguments_of_a_wait_mean(
    attempts: int | None, pause: float | None, timeout: Any, has_target: bool, expected: tuple[Any, Any]
) -> None:
    """Without numbers 999 s with a target and no limit without; attempts and a time-out both count."""
    polling = plan_polling(attempts, pause, timeout, has_target=has_target, names=NAMES)
    assert (polling.timeout, polling.attempts) == expected


@pytest.mark.parametrize(("attempts", "pause", "timeout", "argument"), [
    (0, None, None, "attempts"),
    (-3, None, None, "attempts"),
    (float("nan"), None, None, "attempts"),
    (None, -1, None, "attempt_delay_sec"),
    (None, float("nan"), None, "attempt_delay_sec"),
    (None, None, -0.1, "timeout"),
    (None, None, float("nan"), "timeout"),
    (3, 1, -1, "timeout"),
])  # fmt: skip
def test_numbers_that_cannot_be(attempts: Any, pause: Any, timeout: Any, argument: str) -> None:
    """No looks, and time that goes back or is no number, are refused by their names."""
    with pytest.raises(ArgumentError) as caught:
        plan_polling(attempts, pause, timeout, has_target=True, names=NAMES)
    assert caught.value.argument == argument


@pytest.mark.parametrize(("given", "argument"), [
    ({"timeout": -1}, "timeout"),
    ({"attempts": 0}, "attempts"),
    ({"initial_delay": -1}, "initial_delay"),
    ({"initial_delay": 6, "timeout": 5}, "initial_delay"),
    ({"first_delay": 0}, "first_delay"),
    ({"growth": 0.5}, "growth"),
    ({"longest_delay": 0}, "longest_delay"),
    ({"longest_delay": float("inf")}, "longest_delay"),
    ({"jitter": 1}, "jitter"),
    ({"jitter": "0.1"}, "jitter"),
])  # fmt: skip
def test_a_polling_that_cannot_be(given: dict[str, Any], argument: str) -> None:
    """Its numbers are checked where it is made; no pauses at all only with a number of looks."""
    with pytest.raises(ArgumentError) as caught:
        Polling(**given)
    assert caught.value.argument == argument
    assert Polling(attempts=3, first_delay=0, longest_delay=0).delay(looks=1, waited=0, random=0) == 0


def test_a_polling_beside_attempts() -> None:
    """Two who say when to look are one too many."""
    with pytest.raises(ArgumentError, match="polling: is given beside attempts or attempt_delay_sec"):
        plan_polling(3, None, DEFAULT_TIMEOUT, Polling(), has_target=True, names=NAMES)
