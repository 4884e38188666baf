"""Seeded plans of what goes wrong while an app is started: the same seed, the same plan, for our client and for the official SDK."""

import random
from collections.abc import Sequence

from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.clock import Clock
from supervisely_ext.mock.faults import (
    BadJson,
    DuplicatePage,
    Effect,
    Lag,
    Latency,
    LoginPage,
    Match,
    MissingField,
    Plan,
    RateLimited,
    Reset,
    Rule,
    Status,
    Truncated,
)
from supervisely_ext.mock.faults.instead import Silence
from supervisely_ext.mock.state import User

NAME = "the start that is watched"
TEAM, WORKSPACE, AGENT, CALLER = 447, 23821, 7, 6
MODULES = (83, 512)
"""A workspace task, and an application session, which `tasks.list` does not show."""
USERS = (CALLER, 101, 102)
STRANGER = 103
KEY = "nightly"
"""Of the watched start where it has one, and of the stranger's."""
LISTS = ("apps.list", "apps.tasks.list", "tasks.list", "tasks.info", "workspaces.info", "users.me")

_NOT_COMMITTED = (
    *(Status(status) for status in (400, 401, 403, 404, 409, 500, 502, 503, 504, 429)),
    Reset(),
    RateLimited(2),
    LoginPage(),
    Silence(),
)
_COMMITTED = (
    *(Status(status, committed=True) for status in (408, 499, 500, 502, 503, 504, 520)),
    Reset(committed=True),
    Silence(committed=True),
    LoginPage(committed=True),
    Latency(600),
    Truncated(),
    Truncated(reset=True),
    BadJson(),
    MissingField("taskId"),
)
_IN_THE_SEARCH = (
    *(Status(status) for status in (401, 403, 404, 500, 502, 503)),
    Reset(),
    RateLimited(3),
    LoginPage(),
    Silence(),
    Latency(7),
    Latency(30),
    Truncated(),
    BadJson(),
    DuplicatePage(),
)


class Dice(random.Random):
    """Chance with the few words that a plan needs."""

    def is_one_in(self, number: int) -> bool:
        """Tell whether something rare happens."""
        return self.randrange(number) == 0


def plan(seed: int) -> Plan:
    """Draw a plan: the start is hit in nine of ten, the search for it in most."""
    dice = Dice(seed)
    rules = [*_on_the_start(dice), *(rule for _ in range(dice.choice((0, 0, 1, 2, 4))) for rule in _on_a_list(dice))]
    if not dice.is_one_in(3):
        lag = Lag(dice.choice((0.5, 3, 10, 30, 55, 65, 300)))
        rules += [Rule(Match(name), lag) for name in ("apps.list", "apps.tasks.list", "tasks.list")]
    return Plan(rules, seed=seed)


def _on_the_start(dice: Dice) -> list[Rule]:
    if dice.is_one_in(10):
        return []
    first = [Rule(Match("tasks.run.app", times=1), RateLimited(1))] if dice.is_one_in(6) else []
    effect = dice.choice(_COMMITTED if dice.random() < 0.7 else _NOT_COMMITTED)
    return [*first, Rule(Match("tasks.run.app", times=dice.choice((1, 2, 3, None))), effect)]


def _on_a_list(dice: Dice) -> list[Rule]:
    effect: Effect = dice.choice(_IN_THE_SEARCH)
    name = dice.choice(LISTS if not isinstance(effect, DuplicatePage) else LISTS[:3])
    times = dice.choice((1, 2, 5, 9, None))
    return [Rule(Match(name, times=times, probability=dice.choice((1, 1, 0.5))), effect)]


def platform(seed: int, clock: Clock | None = None) -> Platform:
    """Give a platform on which others have started the same apps before, some with keys of their own; its plan is in force."""
    dice = Dice(-seed - 1)
    made = Platform(clock=clock or VirtualClock())
    made.users |= {number: User(number, f"user {number}") for number in (*USERS, STRANGER) if number not in made.users}
    for _ in range(dice.randrange(4)):
        _start_another(made, dice)
    made.faults.replace(plan(seed))
    return made


def _start_another(made: Platform, dice: Dice) -> None:
    module = made.modules[dice.choice(tuple(made.modules))]
    user, params = dice.choice(
        [
            (dice.choice(USERS), {}),
            (dice.choice(USERS), {"state": {}}),
            (dice.choice(USERS), {"state": {}, "supervisely_ext": {"start": f"{dice.getrandbits(128):032x}"}}),
            (STRANGER, {"state": {}, "supervisely_ext": {"start": KEY}}),
        ]
    )
    made.start(
        made.install(module, TEAM),
        made.find_workspace(WORKSPACE),
        made.find_agent(AGENT),
        made.find_user(user),
        {"params": params, "taskName": "another"},
    )


def started(made: Platform) -> Sequence[int]:
    """Give the tasks that the watched start has made."""
    return [task.id for task in made.tasks.values() if task.request.get("taskName") == NAME]
