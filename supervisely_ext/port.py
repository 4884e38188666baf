"""A port of this machine, and the signals that end whoever serves on it."""

import signal
import socket
from typing import Protocol


class Stoppable(Protocol):
    """A server of uvicorn, as far as it is stopped here."""

    should_exit: bool


def listen(host: str, port: int) -> socket.socket:
    """Give a listening socket; port 0 takes a free one. Raises `OSError` when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # asyncio sends small answers at once (TCP_NODELAY) only on what says that it is TCP: else each takes 40 ms.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, listening.detach())


def url_of(listening: socket.socket) -> str:
    """Give the URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def stop_on_signals(server: Stoppable) -> None:
    """Let SIGINT and SIGTERM stop a server of uvicorn cleanly, also before it runs.

    While it runs it takes them itself, and raises them once more when it has stopped, for whoever was there before.
    """

    def stop(number: int, frame: object) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
