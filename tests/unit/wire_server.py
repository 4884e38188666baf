"""A server on a real socket that answers as it is told, for what only a real transport can get wrong."""

import gzip
import select
import socket
import struct
from collections.abc import Callable
from threading import Lock, Thread
from typing import Self

Behaviour = Callable[[socket.socket, bytes], bool]
"""Answers a request and tells whether the connection stays open."""


def plain(connection: socket.socket, head: bytes) -> bool:
    """Answer with the target that was asked for."""
    target = head.split()[1]
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(target), target))
    return True


def compressed(connection: socket.socket, head: bytes) -> bool:
    body = gzip.compress(head.split()[1])
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    return True


def broken_gzip(connection: socket.socket, head: bytes) -> bool:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")
    return True


def cut(connection: socket.socket, head: bytes) -> bool:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":')
    return False


def close(connection: socket.socket, head: bytes) -> bool:
    return False


def reset(connection: socket.socket, head: bytes) -> bool:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def drip(connection: socket.socket, head: bytes) -> bool:
    """Give the body byte by byte, for some seconds unless the client hangs up."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 150\r\n\r\n")
    for _ in range(150):
        if select.select([connection], [], [], 0.02)[0]:
            break
        connection.sendall(b" ")
    return False


def hold(connection: socket.socket, head: bytes) -> bool:
    """Say nothing until the client hangs up."""
    connection.recv(1)
    return False


class WireServer:
    """Meets requests with the behaviours in order, the last one for ever."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = list(behaviours or (plain,))
        self._lock = Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [Thread(target=self._accept, daemon=True)]
        self._connections: list[socket.socket] = []
        self.requests: list[bytes] = []
        self.accepted = 0
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = f"http://{self.address}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is closed already
                continue
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError:  # the server is shut down
                return
            self._connections.append(connection)
            self.accepted += 1
            self._threads.append(Thread(target=self._serve, args=(connection,), daemon=True))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            stays = True
            while stays and (head := self._read(connection)):
                with self._lock:
                    self.requests.append(head)
                    behave = self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]
                stays = behave(connection, head)

    def _read(self, connection: socket.socket) -> bytes:
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            try:
                received = connection.recv(65536)
            except OSError:  # the client is gone
                return b""
            if not received:
                return b""
            data += received
        return data
