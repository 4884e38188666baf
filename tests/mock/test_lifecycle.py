"""How the mock's tasks go from status to status."""

from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock.lifecycle import ENDS, STOPPING, Life, Step, after_looks, after_seconds, at_once, serving

LIFECYCLES = st.one_of(
    st.builds(after_seconds, *[st.floats(0, 100)] * 3),
    st.builds(after_looks, st.integers(0, 5)),
    st.just(at_once()),
)


def move(life: Life, now: float) -> None:
    """Let every step end that is due, as an agent that is always free does."""
    while (due := life.due) is not None and due <= now:
        life.follow(life.steps[1:], due)


def look(life: Life, now: float) -> None:
    move(life, now)
    life.look(now)


def test_at_once_is_over_before_the_first_look() -> None:
    """A task may be finished when it is first shown."""
    life = Life(at_once(), 10.0)
    assert (life.status, life.started_at, life.finished_at) == ("finished", 10.0, 10.0)


def test_each_status_begins_when_the_one_before_it_ended() -> None:
    """However late somebody looks, the times are those of the course."""
    life = Life(after_seconds(1, 2, 3), 10.0)
    move(life, 100.0)
    assert (life.status, life.started_at, life.finished_at) == ("finished", 13.0, 16.0)


def test_a_status_lasts_for_its_looks() -> None:
    """Shown twice in each status, whatever the time."""
    life, seen = Life(after_looks(2), 0.0), []
    for now in range(8):
        look(life, float(now))
        seen.append(life.status)
    assert seen == ["queued"] * 2 + ["consumed"] * 2 + ["started"] * 2 + ["finished"] * 2


def test_serving_never_ends() -> None:
    """An application session stays started."""
    life = Life(serving(), 0.0)
    move(life, 1e9)
    assert (life.status, life.finished_at) == ("started", None)


def test_a_stopped_task_never_started_if_it_did_not() -> None:
    """Stopped in the queue: no start time; it is terminating for a while before it is stopped, whether somebody looks or not."""
    life = Life(after_seconds(), 0.0)
    life.follow(STOPPING, 0.5)
    move(life, 1.4)
    assert life.status == "terminating"
    move(life, 100.0)
    assert (life.status, life.started_at, life.finished_at) == ("stopped", None, 1.5)


def test_steps_may_ask_for_time_and_looks() -> None:
    """Both must be used up."""
    life = Life((Step("queued", 5.0, looks=1), Step("finished")), 0.0)
    look(life, 9.0)
    assert life.status == "queued"
    move(life, 9.5)
    assert life.status == "finished"


@given(LIFECYCLES, st.lists(st.floats(0, 50), max_size=30))
def test_statuses_never_go_back(steps: list[Step], pauses: list[float]) -> None:
    """Whenever it is looked at, a task goes on in its course, and an end is an end."""
    order = [step.status for step in steps]
    life, now, last = Life(steps, 0.0), 0.0, 0
    for pause in pauses:
        now += pause
        look(life, now)
        assert order.index(life.status) >= last
        last = order.index(life.status)
        assert (life.finished_at is not None) == (life.status in ENDS)
        assert life.finished_at is None or life.finished_at <= now
