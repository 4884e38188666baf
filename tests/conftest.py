"""A fresh platform for each test, and a client on it in both colours, all in virtual time."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpcore as httpcore  # httpx loads it late: within pytester, which forgets what was loaded there, it would be another one
import pytest

from supervisely_ext import Api, AsyncApi
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import VirtualEventLoop

from .colours import Driven
from .refereeing import NoReferee, SuiteReferee, refereeing

pytest_plugins = ["pytester"]

SERVER = "https://mock.invalid"
_OURS = ("SERVER_ADDRESS", "API_TOKEN", "SUPERVISELY_TASK_ID", "SUPERVISELY_API_SERVER_ADDRESS", "ENV", "TASK_ID")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's shell says must not reach a test."""
    for name in _OURS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _referees() -> Iterator[list[SuiteReferee]]:
    with refereeing() as referees:
        yield referees


@pytest.fixture(autouse=True)
def referee(_referees: list[SuiteReferee], request: pytest.FixtureRequest) -> Iterator[SuiteReferee]:
    """Fail the test if the client or the mock did what the spec forbids, unless it is marked `unrefereed`; where time is measured nobody looks."""
    _referees[-1] = NoReferee() if request.node.get_closest_marker("alone") else SuiteReferee()
    yield _referees[-1]
    if request.node.get_closest_marker("unrefereed") is None:
        _referees[-1].check()


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marker means."""
    config.addinivalue_line("markers", "unrefereed(reason): the test breaks the spec on purpose")


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def platform(clock: VirtualClock) -> Platform:
    return Platform(clock=clock)


@pytest.fixture(params=["blocking", "async"])
def api(request: pytest.FixtureRequest, platform: Platform, clock: VirtualClock) -> Iterator[Any]:
    """The client in one colour; a test that takes it runs in both."""
    if request.param == "blocking":
        yield Api(SERVER, "token", transport=InProcess(platform))
        return
    with asyncio.Runner(loop_factory=lambda: VirtualEventLoop(clock)) as runner:
        yield Driven(AsyncApi(SERVER, "token", transport=InProcessAsync(platform)), runner)
