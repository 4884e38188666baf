"""A transport that answers from a script and whose time is virtual, for tests of single exchanges."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from supervisely_ext.transport import Unanswered

Step = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def answer(body: Any, status: int = 200, **headers: str) -> httpx.Response:
    """A JSON answer; header names with _ for -."""
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def lost(*, sent: bool, cause: Exception | None = None) -> Unanswered:
    """A request without an answer."""
    return Unanswered(cause or httpx.ReadError("connection reset"), sent=sent)


class ScriptedTransport:
    """Gives the steps in order; the last one for ever when `repeat` is set."""

    def __init__(self, steps: Iterable[Step] = (), *, repeat: bool = False, random: float = 0.5) -> None:
        self.steps = list(steps)
        self.repeat = repeat
        self.requests: list[httpx.Request] = []
        self.fresh: list[bool] = []
        self.sleeps: list[float] = []
        self.closed = 0
        self.now = 1000.0
        self.epoch = 1_700_000_000.0
        self._random = random

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        self.requests.append(request)
        self.fresh.append(fresh)
        assert self.steps, f"unexpected request: {request.url}"
        step = self.steps[0] if self.repeat and len(self.steps) == 1 else self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx.Response) else step(request)

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        yield await self.send(request, fresh=False)

    async def fan_out(self, calls: Any) -> list[Any]:
        return [await call() for call in calls]

    async def shielded(self, call: Any, seconds: float) -> Any:
        return await call()

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    async def close(self) -> None:
        self.closed += 1

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.epoch + self.now

    def random(self) -> float:
        return self._random

    @property
    def methods(self) -> list[str]:
        """The API methods that were called."""
        return [request.url.path.rpartition("/")[2] for request in self.requests]
