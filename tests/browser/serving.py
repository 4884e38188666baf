"""A platform of the test's own process on a real port, so that a test sees and steers what the browser shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit

import uvicorn

from supervisely_ext.mock import Platform
from supervisely_ext.mock.server import application
from supervisely_ext.port import listen, url_of


@contextmanager
def served(platform: Platform, *, again_at: str = "") -> Iterator[str]:
    """Serve it from a thread and give its URL: a new one, or that of a server that has stopped."""
    listening = listen("127.0.0.1", urlsplit(again_at).port or 0)
    config = uvicorn.Config(application(platform), http="httptools", lifespan="off", log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield url_of(listening)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
