"""However a start fails, it makes at most one task, and what is said of it is true: thousands of seeded plans of faults on the mock.

`make starts` runs 10,000 plans; a failure names its seed, and `STARTS=1 FIRST=<seed>` runs it alone.
"""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from supervisely_ext import Api, ApiError, AsyncApi, ConnectionFailed, SessionInfo, StartUnconfirmed
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import VirtualEventLoop
from supervisely_ext.transport import Unanswered

from .colours import Driven
from .fault_plans import AGENT, CALLER, KEY, MODULES, NAME, USERS, WORKSPACE, Dice, platform, started

FIRST = int(os.environ.get("FIRST", "0"))
PLANS = int(os.environ.get("STARTS", "500"))
LONGEST = 60 + 60 + 60 + 10
"""Seconds: 429s and refused connections, the time-out of the start, the search, one look more."""


class Door(InProcess):
    """Refuses the first connections of a start."""

    refuses = 0

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        if fresh and self.refuses:
            self.refuses -= 1
            raise Unanswered(httpx.ConnectError("refused"), sent=False)
        return await super().send(request, fresh=fresh)


class AsyncDoor(Door, InProcessAsync):
    """The same for asyncio."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is logged of thousands of lost answers, `make starts` does not show."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def arguments(dice: Dice) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "workspace_id": WORKSPACE,
        "module_id": dice.choice(MODULES),
        "app_version": "v1.0.0",
        "task_name": NAME,
    }
    if dice.is_one_in(3):
        drawn["users_id"] = dice.sample(USERS, dice.randint(1, 3))
        drawn["multi_user_session"] = dice.is_one_in(4)
    if dice.is_one_in(4):
        drawn["idempotency_key"] = KEY
    return drawn


def users_of(given: dict[str, Any]) -> list[int]:
    users: list[int] = given.get("users_id", [CALLER])
    return users[:1] if given.get("multi_user_session") else users


def run_plan(seed: int, api: Any, made: Platform) -> str:
    """Start once and hold what was said of it to what there is; gives the kind of outcome."""
    given = arguments(Dice(seed))
    begun = made.clock.now()
    try:
        sessions = api.app.start_sessions(AGENT, **given)
    except StartUnconfirmed as error:
        assert len(started(made)) in (0, len(users_of(given)))
        check_that_it_is_found_later(api, made, error)
        outcome = "unconfirmed"
    except (ApiError, ConnectionFailed):
        assert started(made) == []
        outcome = "refused"
    else:
        assert [session.task_id for session in sessions] == started(made)
        assert [session.user_id for session in sessions] == users_of(given)
        assert {session.module_id for session in sessions} == {given["module_id"]}
        outcome = "answered" if is_answered(made) else "found"
    assert len(started(made)) <= len(users_of(given))
    assert committed(made) <= 1
    assert made.clock.now() - begun <= LONGEST
    return outcome


def check_that_it_is_found_later(api: Any, made: Platform, error: StartUnconfirmed) -> None:
    """With nothing in the way, a second look tells whether it was started."""
    made.faults.clear()
    session: SessionInfo | None = api.app.find_start(error)
    found = [] if session is None else [session.task_id]
    assert found == started(made)[:1]


def is_answered(made: Platform) -> bool:
    """Tell whether an answer to a start left as it should."""
    return any(entry.operation == "tasks.run.app" and not entry.fault for entry in made.journal.entries())


def committed(made: Platform) -> int:
    return sum(entry.operation == "tasks.run.app" and entry.committed for entry in made.journal.entries())


def door(kind: type[Door], seed: int, made: Platform) -> Door:
    transport = kind(made, seed=seed)
    transport.refuses = Dice(seed + 1).choice((0, 0, 0, 0, 0, 1, 2, 9))
    return transport


def test_a_start_makes_at_most_one_task_whatever_fails() -> None:
    """And gives its session, a clean error when there is none, or says that it is not known."""
    outcomes = Counter[str]()
    for seed in range(FIRST, FIRST + PLANS):
        made = platform(seed)
        try:
            outcomes[run_plan(seed, Api("https://mock.invalid", "token", transport=door(Door, seed, made)), made)] += 1
        except BaseException as error:
            error.add_note(f"seed {seed}: {arguments(Dice(seed))} {made.faults.plan}\n{made.journal.text()}")
            raise
    print(outcomes)  # make starts shows it
    if PLANS >= 500:
        assert set(outcomes) == {"answered", "found", "refused", "unconfirmed"}
        assert min(outcomes.values()) > PLANS / 50


@pytest.mark.parametrize("seed", range(60))
def test_both_colours_come_to_the_same(seed: int) -> None:
    """The asyncio client in virtual time as the blocking one."""
    made, other = platform(seed), platform(seed)
    blocking = run_plan(seed, Api("https://mock.invalid", "token", transport=door(Door, seed, made)), made)
    assert isinstance(other.clock, VirtualClock)
    clock = other.clock
    with asyncio.Runner(loop_factory=lambda: VirtualEventLoop(clock)) as runner:
        client = AsyncApi("https://mock.invalid", "token", transport=door(AsyncDoor, seed, other))
        assert run_plan(seed, Driven(client, runner), other) == blocking
    assert [entry.operation for entry in made.journal.entries()] == [
        entry.operation for entry in other.journal.entries()
    ]
