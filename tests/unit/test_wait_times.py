"""When a wait sends, over servers that are slow, refuse, or do not answer."""

from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supervisely_ext import Api, Polling, SuperviselyError, WaitingTimeExceeded
from supervisely_ext.transport import Unanswered
from tests.scripted import ScriptedTransport, answer

from .samples import SERVER, TOKEN, task

REQUEST_TIMEOUT = 60.0
JUST = 1e-6

moods = st.lists(
    st.tuples(st.sampled_from(["answers", "refuses", "resets", "times out"]), st.floats(0, 1)), min_size=1, max_size=6
)


class Moody:
    """Answers, refuses or keeps silent, each after a part of the time-out that the request allows; from its first answer on in turns."""

    def __init__(self, moods: list[tuple[str, float]], chance: float) -> None:
        self.transport = ScriptedTransport([self._exchange], repeat=True, random=chance)
        self.begun = self.transport.now
        self.sent: list[float] = []
        self.done: list[float] = []
        self._moods = moods

    def _exchange(self, request: httpx.Request) -> httpx.Response:
        mood, part = ("answers", 0.0) if not self.sent else self._moods[len(self.sent) % len(self._moods)]
        assert len(self.sent) < 3000, "the wait does not end"
        limit = request.extensions["timeout"]["read"]
        assert 0 < limit == min(REQUEST_TIMEOUT, request.extensions["total"])
        self.sent.append(self.transport.now - self.begun)
        self.transport.now += limit if mood == "times out" else part * limit
        self.done.append(self.transport.now - self.begun)
        if mood == "answers":
            return answer(task("queued"))
        if mood == "refuses":
            return answer({}, 503)
        raise Unanswered(httpx.ReadError(mood), sent=True)


@example(moods=[("answers", 0.0)], chance=0.5, timeout=1e-12, initial=0.0, longest=30.0, growth=1.1)
@settings(max_examples=150)
@given(
    moods=moods,
    chance=st.floats(0, 1, exclude_max=True),
    timeout=st.floats(0, 500),
    initial=st.floats(0, 1),
    longest=st.floats(1, 400),
    growth=st.floats(1, 3),
)
def test_when_it_looks(
    moods: list[tuple[str, float]], chance: float, timeout: float, initial: float, longest: float, growth: float
) -> None:
    """Not before the initial delay, at gaps within the cap and its jitter, never after the deadline, and no longer than that and a request."""
    server = Moody(moods, chance)
    polling = Polling(initial_delay=initial * timeout, growth=growth, longest_delay=longest)
    with pytest.raises(WaitingTimeExceeded) as caught:
        Api(SERVER, TOKEN, transport=server.transport).task.wait(7, "started", timeout=timeout, polling=polling)
    assert server.sent[0] >= initial * timeout - JUST
    pauses = [sent - done for done, (_, sent) in zip(server.done, pairwise(server.sent), strict=False)]
    assert all(pause <= longest * 1.2 + JUST for pause in pauses)
    assert all(pause >= min(1.0, longest) * 0.8 - JUST for pause in pauses[:-1])
    assert server.sent[-1] <= timeout + JUST
    assert timeout - 0.001 - JUST <= server.done[-1] <= timeout + max(REQUEST_TIMEOUT, 0.1) + JUST
    assert caught.value.waited == pytest.approx(server.done[-1])
    failed = sum(server_mood != "answers" for server_mood in _moods_shown(server, moods))
    assert caught.value.failed_looks == failed


def _moods_shown(server: Moody, moods: list[tuple[str, float]]) -> list[str]:
    return ["answers", *(moods[index % len(moods)][0] for index in range(1, len(server.sent)))]


@given(chance=st.floats(0, 1, exclude_max=True), timeout=st.floats(0.2, 300))
def test_a_dead_server_is_not_waited_for(chance: float, timeout: float) -> None:
    """A server that never answers ends the wait before its deadline, or at it, within one request's time-out."""
    transport = ScriptedTransport(random=chance)

    def silence(request: httpx.Request) -> Any:
        transport.now += request.extensions["timeout"]["read"]
        raise Unanswered(httpx.ReadTimeout("no answer"), sent=True)

    transport.steps, transport.repeat = [silence], True
    with pytest.raises(SuperviselyError):
        Api(SERVER, TOKEN, transport=transport).task.wait(7, "started", timeout=timeout)
    assert transport.now - 1000 <= timeout + REQUEST_TIMEOUT
