"""Platforms with many tasks on one clock, and clients of both colours that look blocking."""

import asyncio
import inspect
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from supervisely_ext import Api, AsyncApi
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.lifecycle import Lifecycle, Step
from supervisely_ext.mock.loop import VirtualEventLoop
from supervisely_ext.transport import Unanswered

TASK, SESSION = 83, 512
"""A module whose tasks stand in their workspace's list, and one whose tasks stand only with their app."""

Answer = Callable[[httpx.Request, dict[str, Any]], httpx.Response | None]


class Notes:
    """Counts requests, and may answer in the server's place."""

    platform: Platform

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)  # type: ignore[call-arg]
        self.requests: list[tuple[float, str, dict[str, Any]]] = []
        self.answer: Answer = lambda request, body: None

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        body = json.loads(request.content) if request.content else dict(request.url.params)
        self.requests.append((self.platform.clock.now(), method, body))
        answer = self.answer(request, body)
        return answer if answer is not None else await super().send(request, fresh=fresh)  # type: ignore[misc,no-any-return]

    @property
    def methods(self) -> Counter[str]:
        return Counter(method for _, method, _ in self.requests)

    @property
    def ticks(self) -> list[int]:
        """How many requests there were at each moment."""
        return list(Counter(at for at, _, _ in self.requests).values())


class Blocking(Notes, InProcess):
    pass


class Suspending(Notes, InProcessAsync):
    pass


def cut_off(request: httpx.Request, body: dict[str, Any]) -> httpx.Response:
    raise Unanswered(httpx.ReadError("reset"), sent=True)


class Colour:
    """Makes servers and clients, and runs what clients give."""

    def __init__(self, name: str, runner: asyncio.Runner | None, clock: VirtualClock) -> None:
        self.name, self.runner, self.clock = name, runner, clock

    def connect(self, platform: Platform, host: str = "mock.invalid") -> tuple[Any, Any]:
        """Give a client, raw, and its transport."""
        if self.runner is None:
            transport: Any = Blocking(platform)
            return Api(f"https://{host}", "token", transport=transport), transport
        transport = Suspending(platform)
        return AsyncApi(f"https://{host}", "token", transport=transport), transport

    def run(self, given: Any) -> Any:
        """Run a coroutine to its end, and an async iterator as an iterator."""
        if self.runner is None:
            return given
        if inspect.isasyncgen(given):
            return self._iterate(given)
        return self.runner.run(given)

    def _iterate(self, generator: Any) -> Iterator[Any]:
        assert self.runner is not None

        async def following() -> Any:
            return await anext(generator)

        try:
            while True:
                try:
                    item = self.runner.run(following())
                except StopAsyncIteration:
                    return
                yield item
        finally:
            self.runner.run(generator.aclose())


@pytest.fixture(params=["blocking", "async"])
def colour(request: pytest.FixtureRequest, clock: VirtualClock) -> Iterator[Colour]:
    if request.param == "blocking":
        yield Colour("blocking", None, clock)
        return
    with asyncio.Runner(loop_factory=lambda: VirtualEventLoop(clock)) as runner:
        yield Colour("async", runner, clock)


def start(platform: Platform, *changes: tuple[float, str], module: int = TASK, workspace: int | None = None) -> int:
    """Start a task that is queued at once and changes its status at these seconds; give its id."""
    times = [(0.0, "queued"), *changes]
    course: Lifecycle = [
        Step(status, times[index + 1][0] - at if index + 1 < len(times) else 0.0)
        for index, (at, status) in enumerate(times)
    ]
    place = platform.find_workspace(workspace)
    app = platform.install(platform.modules[module], place.team_id)
    platform.lifecycles[module] = course
    return platform.start(app, place, platform.find_agent(None), platform.caller, {}).id
