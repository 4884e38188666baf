"""Callers of both colours on real sockets, and files."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from supervisely_ext.address import parse_server_address
from supervisely_ext.call import Caller
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Credentials, Secret
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.retry import RetryPolicy

from .file_server import FileServer


@frozen
class Colour:
    """A caller of one colour, and how to run its coroutines."""

    name: str
    transport: Any
    run: Callable[[Any], Any]

    def caller(self, server: FileServer, **policy: Any) -> Caller:
        credentials = Credentials(parse_server_address(server.url), Secret("s3cr3tT0ken"))
        return Caller(self.transport, credentials, RetryPolicy(**{"first_delay": 0.0, **policy}))


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture(params=["blocking", "asyncio"])
def colour(request: pytest.FixtureRequest) -> Iterator[Colour]:
    if request.param == "blocking":
        transport = BlockingTransport()
        yield Colour("blocking", transport, complete)
        complete(transport.close())
        return
    with asyncio.Runner() as runner:
        suspending = AsyncioTransport()
        yield Colour("asyncio", suspending, runner.run)
        runner.run(suspending.close())


@pytest.fixture(scope="session")
def ten_mb() -> bytes:
    return random.Random(1).randbytes(10_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the download, which holds nothing else."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder
