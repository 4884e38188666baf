"""A server that takes a task's files, as a step of a script or as a behaviour on a socket, and remembers what it got."""

import hashlib
import json
import socket
from base64 import b64encode
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx

from tests.unit.wire_server import Behaviour

from .file_server import body as body_of
from .file_server import header, says


def digest(content: bytes) -> str:
    return b64encode(hashlib.sha256(content).digest()).decode()


def parts(content_type: str, body: bytes) -> list[Message]:
    """Take a multipart body apart."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return list(message.iter_parts())


def part_name(part: Message) -> str:
    return str(part.get_param("name", header="content-disposition"))


class Platform:
    """Knows some contents already; answers each method that an upload calls."""

    def __init__(self, *known: bytes) -> None:
        self.known = [digest(content) for content in known]
        self.calls: list[str] = []
        self.bodies: list[Any] = []
        self.headers: list[httpx.Headers] = []
        self.files: dict[str, str] = {}
        self.sent: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer in a script."""
        method = request.url.path.rpartition("/")[2]
        return httpx.Response(200, json=self.take(method, request.headers, request.read()))

    def behave(self, connection: socket.socket, request: bytes) -> bool:
        """Answer on a socket."""
        method = request.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        headers = httpx.Headers({name: header(request, name) for name in ("content-type", "x-task-id")})
        result = self.take(method, headers, body_of(request))
        return says(json.dumps(result).encode())(connection, request)

    def take(self, method: str, headers: httpx.Headers, body: bytes) -> Any:
        self.calls.append(method)
        self.headers.append(headers)
        if method == "tasks.files.bulk.upload":
            self.bodies.append(parts(headers["content-type"], body))
            return self._upload(self.bodies[-1])
        asked = json.loads(body)
        self.bodies.append(asked)
        if method == "images.internal.hashes.list":
            return [hash for hash in self.known if hash in asked]
        self.files.update({file["name"]: file["hash"] for file in asked["files"]})
        return {"success": True}

    def _upload(self, form: list[Message]) -> Any:
        for about, file in zip(form[::2], form[1::2], strict=True):
            said = json.loads(about.get_payload())
            content = file.get_payload(decode=True)
            assert part_name(file) == f"{part_name(about)}-file"
            assert said["hash"] == digest(content)
            self.sent.append(content)
            self.files[said["fullpath"]] = said["hash"]
        return {"success": True}


def first_of(behaviour: Behaviour, platform: Platform, method: str) -> Behaviour:
    """Behave otherwise at the first call of a method."""
    met: list[bytes] = []

    def behave(connection: socket.socket, request: bytes) -> bool:
        if method.encode() in request.split(b"\r\n", 1)[0] and not met:
            met.append(request)
            return behaviour(connection, request)
        return platform.behave(connection, request)

    return behave
