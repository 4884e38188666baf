"""Every target, every course that a task can take, both namespaces, both colours: against a written table."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext import (
    Api,
    AsyncApi,
    TaskEndedOtherwise,
    TaskFinishedWithError,
    TaskStopped,
    WaitError,
    WaitingTimeExceeded,
    waiting,
)
from tests.scripted import ScriptedTransport, answer

from .colours import Driven
from .samples import SERVER, TOKEN, task

TABLE = """
             queued consumed started deployed terminating finished stopped error  sleeping
nothing      .      .        .       .        .           yes      yes     FAILED .
queued       yes    yes      yes     yes      .           yes      STOPPED FAILED .
consumed     .      yes      yes     yes      .           yes      STOPPED FAILED .
started      .      .        yes     yes      .           yes      STOPPED FAILED .
deployed     .      .        .       yes      .           OTHER    STOPPED FAILED .
terminating  .      .        .       .        yes         OTHER    yes     FAILED .
finished     .      .        .       .        .           yes      STOPPED FAILED .
stopped      .      .        .       .        .           OTHER    yes     FAILED .
error        .      .        .       .        .           OTHER    STOPPED yes    .
"""
"""What a look at each status does to a wait for each target: nothing, the end that was wanted, or an error."""

ERRORS: dict[str, type[WaitError]] = {
    "FAILED": TaskFinishedWithError,
    "STOPPED": TaskStopped,
    "OTHER": TaskEndedOtherwise,
    ".": WaitingTimeExceeded,
}
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
EFFECTS = {row[0]: dict(zip(HEAD, row[1:], strict=True)) for row in ROWS}
DOCS = Path(__file__).parents[2] / "docs/waiting.md"
TIMEOUT = 100.0

courses = st.lists(st.tuples(st.floats(0.1, 40), st.sampled_from(HEAD)), min_size=1, max_size=6)
targets = st.just(("nothing",)) | st.sets(st.sampled_from([row[0] for row in ROWS[1:]]), min_size=1, max_size=3).map(
    tuple
)


def effect(target: tuple[str, ...], status: str) -> str:
    """One of several targets is reached when it would be reached alone; who waits for an end gets no error for it."""
    effects = {EFFECTS[name][status] for name in target}
    return "yes" if "yes" in effects else effects.pop()


class Course:
    """A task that stays so many seconds in each status, and in the last for ever; it notes what was seen of it."""

    def __init__(self, steps: list[tuple[float, str]], chance: float) -> None:
        self.seen: list[tuple[float, str]] = []
        self.transport = ScriptedTransport([self._look], repeat=True, random=chance)
        self._begun = self.transport.now
        self._steps = steps

    def _look(self, request: Any) -> Any:
        if request.url.path.endswith("tasks.log.download"):
            return answer([])
        now = self.transport.now - self._begun
        self.seen.append((now, self._status(now)))
        return answer(task(self.seen[-1][1]))

    def _status(self, now: float) -> str:
        for seconds, status in self._steps:
            if now < seconds:
                return status
            now -= seconds
        return self._steps[-1][1]


@pytest.mark.parametrize("namespace", ["task", "app"])
@pytest.mark.parametrize("kind", [Api, AsyncApi])
@settings(max_examples=150)
@given(target=targets, steps=courses, chance=st.floats(0, 1, exclude_max=True))
def test_a_wait_ends_as_the_table_says(
    kind: type[Any], namespace: str, target: tuple[str, ...], steps: list[tuple[float, str]], chance: float
) -> None:
    """It goes on over every look that the table has a dot for, and ends with the first that it has not, or in time."""
    course = Course(steps, chance)
    api = kind(SERVER, TOKEN, transport=course.transport)
    wait = getattr(Driven(api) if kind is AsyncApi else api, namespace).wait
    wanted = None if target == ("nothing",) else target
    try:
        outcome = wait(7, wanted, timeout=TIMEOUT)
    except WaitError as error:
        outcome = error
    *before, (last_at, last) = course.seen
    assert [effect(target, status) for _, status in before] == ["."] * len(before)
    expected = effect(target, last)
    if expected == "yes":
        assert outcome == last
        return
    assert type(outcome) is ERRORS[expected]
    assert last_at <= TIMEOUT
    assert expected != "." or last_at == pytest.approx(TIMEOUT)
    changes = [step for index, step in enumerate(course.seen) if index == 0 or course.seen[index - 1][1] != step[1]]
    assert outcome.history == tuple(changes)
    assert (outcome.task_id, set(outcome.target), outcome.last_status) == (7, set(wanted or ()), last)
    assert (outcome.waited, outcome.url) == (pytest.approx(last_at), f"{SERVER}/apps/sessions/7")


def test_the_table_is_the_one_that_users_read() -> None:
    """In the docs and in the module's docstring, line by line."""
    _, *rows = re.findall(r"^\| ([a-z, ]+) \| ([a-z, ]+) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    written = {
        target: {target} if reached == "only itself" else set(reached.split(", "))
        for targets, reached in rows
        for target in targets.split(", ")
    }
    assert written == {target: {name for name, it in row.items() if it == "yes"} for target, row in EFFECTS.items()}
    assert all(f"| {targets} | {reached} |" in str(waiting.__doc__) for targets, reached in rows)


@pytest.mark.parametrize("target", EFFECTS)
@pytest.mark.parametrize("status", HEAD)
def test_each_cell_of_the_table(target: str, status: str) -> None:
    """A task that is in the status at the first look and stays there."""
    api = Api(SERVER, TOKEN, transport=Course([(1, status)], 0.5).transport)
    wanted = None if target == "nothing" else target
    if EFFECTS[target][status] == "yes":
        assert api.task.wait(7, wanted, timeout=3) == status
    else:
        with pytest.raises(ERRORS[EFFECTS[target][status]]):
            api.task.wait(7, wanted, timeout=3)
