"""A browser for all tests of a session; they are skipped where there is none."""

from collections.abc import Iterator

import pytest

from .chromium import Chromium, find, running


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """Give the browser: `chromium.open(path or address, width=...)` gives a page."""
    program = find()
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium, or name one in $CHROMIUM")
    with running(program, tmp_path_factory.mktemp("chromium")) as browser:
        yield browser
