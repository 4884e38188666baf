"""The mock on a port of its own for a whole test session, with another platform for each test."""

from collections.abc import Generator
from contextlib import contextmanager

from attrs import field, frozen

from .mock import Platform
from .mock.carrying import Message, Receive, Send
from .mock.server import application, serving
from .port import listen, url_of


@frozen
class MockServer:
    """What a test needs of the mock on a port."""

    url: str
    token: str = field(repr=False)
    platform: Platform
    """That answers there, until the test has ended."""


class Stage:
    """Answers at one URL as the platform does that was last put there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.put(Platform())

    def put(self, platform: Platform) -> None:
        """Let this platform answer from now on."""
        self._application = application(platform)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand a request on (ASGI)."""
        await self._application(scope, receive, send)


@contextmanager
def opened() -> Generator[Stage]:
    """Listen on a free port of this machine for the time of a `with` block."""
    with listen("127.0.0.1", 0) as listening:
        stage = Stage(url_of(listening))
        with serving(stage, listening):
            yield stage
