"""Fixtures that give a test the mock of the platform; docs/testing.md shows them at work.

pytest loads this file into every run of every project that has the package installed: so it imports nothing of ours until a fixture is asked for.
"""

from collections.abc import Callable, Coroutine, Generator, Iterator
from importlib.util import find_spec
from inspect import iscoroutinefunction, signature
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from .api import Api, AsyncApi
    from .mock import Platform
    from .pytest_server import MockServer, Stage

T = TypeVar("T")

TOKEN = "supervisely-mock"  # noqa: S105 (any is right there)
_NOT_OF_THE_SHELL: Any = {
    "server_address": "https://mock.invalid",
    "api_server_address": "https://mock.invalid/public/api",
    "token": TOKEN,
    "ignore_task_id": True,
}
"""So that the variables of whoever runs the tests reach no client."""
_OPTIONS = "seed, lifecycle, unfit, faults, time, validate"
_platforms = pytest.StashKey["dict[str, Platform]"]()
_running = pytest.StashKey[pytest.Item]()


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", f"supervisely_mock({_OPTIONS}): how the mock of the platform begins, by keywords."
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember which test runs, for `loop_factory`, and begin it without a platform: plugins that repeat a test run the same item again."""
    item.config.stash[_running] = item
    item.stash[_platforms] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an async test in the time of its mock, where no other plugin has taken it."""
    test: Any = pyfuncitem.obj
    values: dict[str, Any] = pyfuncitem.funcargs
    if "supervisely_mock" not in values or "anyio_backend" in values or not iscoroutinefunction(test):
        return None
    from .mock.loop import run

    # What has a default is no fixture.
    arguments = {name: values[name] for name in signature(test).parameters if name in values}
    run(values["supervisely_mock"].clock, test(**arguments))
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what was asked of the mock where a test fails."""
    report = yield
    if report.failed:
        for title, platform in item.stash.setdefault(_platforms, {}).items():
            report.sections.append((f"{title}: requests", platform.journal.text() or "none"))
    return report


def loop_factory(config: pytest.Config) -> "Callable[[], AbstractEventLoop]":
    """Give what makes the event loop of a test: in the time of its mock, or an ordinary one where it has none.

    For `pytest_asyncio_loop_factories` in a conftest.py (pytest-asyncio from 1.4 on).
    """

    def make() -> "AbstractEventLoop":
        from .mock.clock import RealClock
        from .mock.loop import new_loop

        item = config.stash[_running]
        is_mocked = "supervisely_mock" in getattr(item, "fixturenames", ())
        return new_loop(_platform_in_process(item).clock if is_mocked else RealClock())

    return make


def _platform(item: pytest.Item, title: str, usual_time: str) -> "Platform":
    """Give the test's platform of that title, made when it is first asked for."""
    from .pytest_options import make_platform

    platforms = item.stash.setdefault(_platforms, {})
    if title not in platforms:
        platforms[title] = make_platform(item, usual_time=usual_time)
    return platforms[title]


def _platform_in_process(item: pytest.Item) -> "Platform":
    return _platform(item, "supervisely mock", "virtual")


def _check(platform: "Platform") -> None:
    """Fail the test where the mock itself is to blame, even if the test took the error for the server's."""
    strict = platform.validate == "strict"
    remarks = [
        f"{entry.operation or entry.path}: {remark}"
        for entry in platform.journal.own_faults()
        if strict or entry.failure
        for remark in entry.remarks()
    ]
    if remarks:
        pytest.fail("\n".join(["the mock did what the platform never does", *remarks]), pytrace=False)


@pytest.fixture
def supervisely_mock(request: pytest.FixtureRequest) -> "Iterator[Platform]":
    """Give a mock of the platform for this test alone, in virtual time; `@pytest.mark.supervisely_mock` configures it."""
    platform = _platform_in_process(request.node)
    yield platform
    _check(platform)


@pytest.fixture
def supervisely_api(supervisely_mock: "Platform") -> "Api":
    """Give a blocking client on the mock, without a socket."""
    from .api import Api
    from .mock.inprocess import InProcess

    return Api(**_NOT_OF_THE_SHELL, transport=InProcess(supervisely_mock))


@pytest.fixture
def supervisely_async_api(supervisely_mock: "Platform") -> "AsyncApi":
    """Give a client for asyncio on the mock; in virtual time it needs the loop of an `async def` test that has this fixture, or of `supervisely_run`."""
    from .api import AsyncApi
    from .mock.inprocess import InProcessAsync

    return AsyncApi(**_NOT_OF_THE_SHELL, transport=InProcessAsync(supervisely_mock))


@pytest.fixture
def supervisely_run(supervisely_mock: "Platform") -> "Callable[[Coroutine[Any, Any, T]], T]":
    """Give what runs a coroutine as `asyncio.run` does, in the time of the mock."""
    from .mock.loop import run

    def run_in_its_time(main: Coroutine[Any, Any, T]) -> T:
        return run(supervisely_mock.clock, main)

    return run_in_its_time


@pytest.fixture(scope="session")
def _supervisely_stage() -> "Iterator[Stage]":
    if find_spec("uvicorn") is None or find_spec("httptools") is None:
        pytest.skip("the mock on a port needs the extra: pip install 'supervisely-ext[mock]'")
    from .pytest_server import opened

    with opened() as stage:
        yield stage


@pytest.fixture(scope="session")
def supervisely_mock_url(_supervisely_stage: "Stage") -> str:
    """Give the URL of `supervisely_mock_server`, the same for the whole session."""
    return _supervisely_stage.url


@pytest.fixture
def supervisely_mock_server(request: pytest.FixtureRequest, _supervisely_stage: "Stage") -> "Iterator[MockServer]":
    """Give the mock on a real port, ten times as fast as real time: `url`, `token`, and the `platform`, which is this test's alone."""
    from .pytest_server import MockServer

    platform = _platform(request.node, "supervisely mock server", "fast:10")
    _supervisely_stage.put(platform)
    yield MockServer(_supervisely_stage.url, TOKEN, platform)
    _check(platform)
