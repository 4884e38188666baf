"""How many tasks one start makes on the official SDK and on ours, under the same 200 fault plans on a real port.

The SDK sleeps between its tries and has no time-out: both are patched here, so that it ends at all. Seconds pass a hundred times as fast
on the mock and for both clients.
"""

import logging
import os
import sys
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

import requests
import supervisely
import supervisely.io.network_exceptions
import uvicorn

import supervisely_ext
from supervisely_ext.mock import Platform
from supervisely_ext.mock.clock import FastClock
from supervisely_ext.mock.server import application
from supervisely_ext.network import BlockingTransport
from supervisely_ext.port import listen, url_of
from tests.fault_plans import AGENT, MODULES, NAME, WORKSPACE, Dice, platform, started

PLANS = int(os.environ.get("PLANS", "200"))
SPEED = 100
TIMEOUT = 60 / SPEED


class Port:
    """A port behind which the platform can be exchanged."""

    def __init__(self) -> None:
        self.platform = Platform()
        self._listening = listen("127.0.0.1", 0)
        self.url = url_of(self._listening)
        config = uvicorn.Config(
            self._app, http="httptools", interface="asgi3", lifespan="off", log_level="critical", access_log=False
        )
        run = partial(uvicorn.Server(config).run, sockets=[self._listening])
        threading.Thread(target=run, daemon=True).start()

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await application(self.platform)(scope, receive, send)


class FastTransport(BlockingTransport):
    """Real requests, faster time."""

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        request.extensions["timeout"] = {name: seconds / SPEED for name, seconds in timeouts.items()}
        return await super().send(request, fresh=fresh)

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / SPEED)

    def monotonic(self) -> float:
        return super().monotonic() * SPEED


def hurry_the_sdk() -> None:
    """Let it sleep less, and give its sockets the time-out that it lacks."""
    sleep, send = time.sleep, requests.Session.send

    def timed_send(session: Any, request: Any, **options: Any) -> Any:
        return send(session, request, **{**options, "timeout": TIMEOUT})

    requests.Session.send = timed_send
    time.sleep = lambda seconds: sleep(seconds / SPEED)
    supervisely.io.network_exceptions.time.sleep = time.sleep


def arguments(seed: int) -> dict[str, Any]:
    module_id = Dice(seed).choice(MODULES)
    return {
        "agent_id": AGENT,
        "workspace_id": WORKSPACE,
        "module_id": module_id,
        "app_version": "v1.0.0",
        "task_name": NAME,
    }


def outcome(port: Port, start: Any, seed: int) -> tuple[int, bool, str]:
    """Give how many tasks there are, whether the client gave one of them, and what it raised."""
    port.platform = platform(seed, FastClock(SPEED))
    try:
        session = start(**arguments(seed))
    except Exception as error:  # noqa: BLE001  # which errors come is what is counted
        return len(started(port.platform)), False, type(error).__name__
    return len(started(port.platform)), [session.task_id] == list(started(port.platform)), ""


def count(name: str, port: Port, start: Any) -> list[tuple[int, bool, str]]:
    begun = time.monotonic()
    outcomes = [outcome(port, start, seed) for seed in range(PLANS)]
    made = Counter(tasks for tasks, _, _ in outcomes)
    lost = sum(tasks > 0 and not given and error != "StartUnconfirmed" for tasks, given, error in outcomes)
    print(
        f"{name}: {sum(number for tasks, number in made.items() if tasks > 1)} of {PLANS} starts made more than one task, "
        f"{sum(max(0, tasks - 1) * number for tasks, number in made.items())} too many, {lost} lost without a word; "
        f"given {sum(given for _, given, _ in outcomes)}, raised {dict(Counter(error for _, _, error in outcomes if error))}; "
        f"tasks {dict(sorted(made.items()))} ({time.monotonic() - begun:.0f} s)",
        flush=True,
    )
    return outcomes


def main() -> None:
    logging.disable(logging.CRITICAL)
    os.environ["SUPERVISELY_SKIP_HTTPS_USER_HELPER_CHECK"] = "1"
    port = Port()
    ours = count("supervisely_ext", port, supervisely_ext.Api(port.url, "token", transport=FastTransport()).app.start)
    hurry_the_sdk()
    theirs = count(f"supervisely {supervisely.__version__}", port, supervisely.Api(port.url, "token").app.start)
    assert max(tasks for tasks, _, _ in ours) == 1
    assert all(given == (tasks == 1) for tasks, given, error in ours if error in ("", "ApiError"))
    assert max(tasks for tasks, _, _ in theirs) > 1, "the official SDK starts once now: say so in docs/starting.md"


if __name__ == "__main__":
    main()
    os._exit(0)  # uvicorn's thread has no end
