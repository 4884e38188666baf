"""Test files that are written and run by pytest, as a user's are."""

from collections.abc import Callable
from textwrap import dedent

import pytest

Run = Callable[..., pytest.RunResult]

_INI = """
[pytest]
addopts = --strict-markers --strict-config -p no:cacheprovider
filterwarnings = error
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Give a function that runs a test file in this process, or in one of its own; other plugins are there when they are named."""
    pytester.makeini(_INI)

    def run_file(code: str, *options: str, plugins: tuple[str, ...] = (), subprocess: bool = False) -> pytest.RunResult:
        pytester.makepyfile(test_theirs=dedent(code))
        without = [f"-pno:{name}" for name in ("asyncio", "anyio", "xdist") if name not in plugins]
        start = pytester.runpytest_subprocess if subprocess else pytester.runpytest_inprocess
        return start(*without, *options)

    return run_file
