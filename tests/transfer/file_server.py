"""A server on a real socket that sends and takes files, and breaks off where it is told."""

import gzip
import re
import socket
import struct

from tests.unit.wire_server import Behaviour, WireServer

_PIECE = 1 << 16


class FileServer(WireServer):
    """Reads requests with their bodies."""

    def _read(self, connection: socket.socket) -> bytes:
        data = bytearray()
        wanted = None
        while wanted is None or len(data) < wanted:
            received = _received(connection)
            if not received:
                return b""
            data += received
            wanted = wanted or _wanted(data)
        return bytes(data)


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1 << 20)
    except OSError:  # the client is gone
        return b""


def _wanted(data: bytearray) -> int | None:
    end = data.find(b"\r\n\r\n") + 4
    if end < 4:
        return None
    length = re.search(rb"content-length: (\d+)", data[:end], re.IGNORECASE)
    return end + (int(length[1]) if length else 0)


def header(request: bytes, name: str) -> str:
    """Give a header of a request, empty when it is missing."""
    head = request.partition(b"\r\n\r\n")[0].decode()
    found = re.search(rf"^{name}: (.*?)\r?$", head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""


def body(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def answer(content: bytes = b"{}", status: str = "200 OK", *, length: int | None = None, extra: str = "") -> bytes:
    """Give an answer with its head; the length may be a lie."""
    announced = len(content) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {announced}\r\n{extra}\r\n".encode() + content


def says(*args: object, stays: bool = True, **options: object) -> Behaviour:
    """Answer with always the same, and maybe hang up."""

    def behave(connection: socket.socket, request: bytes) -> bool:
        return _send(connection, answer(*args, **options)) and stays  # type: ignore[arg-type]

    return behave


def refuses(status: str) -> Behaviour:
    return says(b'{"error": "no"}', status)


def sends(
    content: bytes, *, cut: int | None = None, ranges: bool = True, etag: str = "", reset: bool = False
) -> Behaviour:
    """Send the file, from where the client wants it if ranges are supported, at most up to the cut."""

    def behave(connection: socket.socket, request: bytes) -> bool:
        asked = re.fullmatch(r"bytes=(\d+)-", header(request, "range")) if ranges else None
        extra = f"ETag: {etag}\r\n" if etag else ""
        if asked and header(request, "if-range") in ("", etag):
            start, status = int(asked[1]), "206 Partial Content"
            extra += f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}\r\n"
        else:
            start, status = 0, "200 OK"
        whole = answer(b"", status, length=len(content) - start, extra=extra)
        _send(connection, whole + content[start:cut])
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return cut is None

    return behave


def zips(content: bytes) -> Behaviour:
    return says(gzip.compress(content), extra="Content-Encoding: gzip\r\n")


def chunks(content: bytes, *, ends: bool = True) -> Behaviour:
    """Send the file without saying how long it is."""

    def behave(connection: socket.socket, request: bytes) -> bool:
        _send(connection, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            _send(connection, b"%x\r\n%s\r\n" % (len(piece), piece))
        return ends and _send(connection, b"0\r\n\r\n")

    return behave


def resets(connection: socket.socket, request: bytes) -> bool:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def _send(connection: socket.socket, data: bytes) -> bool:
    try:
        connection.sendall(data)
    except OSError:  # the client has hung up
        return False
    return True
