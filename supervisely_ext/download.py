"""Downloads: a file appears under its name whole, or not at all."""

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import httpx
from attrs import evolve
from supervisely_client.operation import Operation

from .call import Caller
from .checks import as_path
from .errors import ArgumentError, UnexpectedAnswer
from .relay import OnBytes, Relay
from .transport import Transport, Unanswered
from .whole_file import BUFFER, taking_the_place_of

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_NUMBER = r"\d{1,20}"
"""Of bytes; longer ones are none, and Python refuses to read the longest."""
_CONTENT_RANGE = re.compile(rf"bytes ({_NUMBER})-{_NUMBER}/({_NUMBER}|\*)")
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_UNPACKED = frozenset({"", "identity"})


async def download(
    caller: Caller,
    operation: Operation[..., Any],
    request: dict[str, Any],
    save_path: str | os.PathLike[str],
    on_bytes: OnBytes | None = None,
) -> None:
    """Save the answer to a request, given as the operation builds it, as a file; its folder is made.

    What is at the path stays untouched until the new file is whole. A broken body is taken up where it broke when the server
    can do that, else from its beginning, as often as the retry policy allows; then `ConnectionFailed`. Trouble with the
    disk is its `OSError`, and a symbolic link is followed. `on_bytes` gets the bytes as they arrive, each counted once.
    """
    target = Path(os.path.realpath(as_path("save_path", save_path)))
    if target.exists() and not target.is_file():
        raise ArgumentError(argument="save_path", problem=f"{str(target)!r} is there, and is no file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with taking_the_place_of(target) as file:
        if caller.credentials.api_address is None:
            await caller.server.settle(caller.transport)  # now: its probe is no download
        download = _Download(caller.transport, file, on_bytes)
        asked = {**request, "headers": {**request.get("headers", {}), "accept-encoding": "identity"}}
        response = await evolve(caller, transport=download).send(operation.name, asked, retry=operation.retry)
        if not download.whole:
            raise UnexpectedAnswer(operation=operation.name, status=response.status_code, problem=_what_it_is(response))


class _Download(Relay):
    """Writes the body of a success into the file, over as many tries as it takes."""

    def __init__(self, inner: Transport, file: BinaryIO, on_bytes: OnBytes | None) -> None:
        super().__init__(inner, on_bytes)
        self._file = file
        self._received = 0
        self._total: int | None = None
        self._headers = httpx.Headers()
        self._gunzip: _Gunzip | None = None
        self.whole = False

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Ask for what is missing, and receive it."""
        request.headers.update(self._range())
        async with self.stream(request) as response:
            status = response.status_code
            if status == 416 and "range" in request.headers:
                raise self._other_file("the range that was asked for is none")
            if status in (200, 206) and _encoding(response) in _PACKED | _UNPACKED:
                self._begin(response)
                await self._receive(response)
            elif not response.is_success:
                await _read(response)
        return response

    def _range(self) -> dict[str, str]:
        """Give the headers that ask for the rest, of the same file only if it can be told."""
        if not self._received or self._gunzip:
            return {}
        tag: str = self._headers.get("etag", "")
        same = tag if tag.startswith('"') else self._headers.get("last-modified")
        return {"range": f"bytes={self._received}-", **({"if-range": same} if same else {})}

    def _begin(self, response: httpx.Response) -> None:
        if response.status_code == 206:
            self._go_on(response)
            return
        self._restart()
        self._headers = response.headers
        self._total = _length(response)
        self._gunzip = _Gunzip() if _encoding(response) in _PACKED else None

    def _go_on(self, response: httpx.Response) -> None:
        given = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
        known = "*" if self._total is None else str(self._total)
        tags = {headers["etag"] for headers in (self._headers, response.headers) if "etag" in headers}
        if not given or int(given[1]) != self._received or len(tags) > 1 or _encoding(response) in _PACKED:
            raise self._other_file("the range is not the one that was asked for")
        if "*" not in (known, given[2]) and known != given[2]:
            raise self._other_file("the range is one of another file")
        self._total = self._total if given[2] == "*" else int(given[2])

    async def _receive(self, response: httpx.Response) -> None:
        self.begin()
        async for chunk in cast("httpx.AsyncByteStream", response.stream):
            for data in self._gunzip.unpack(chunk) if self._gunzip else (chunk,):
                self._file.write(data)
            self._received += len(chunk)
            self.advance(self._received)
        self._check()

    def _check(self) -> None:
        if self._total is not None and self._received > self._total:
            raise self._other_file(f"{self._received} bytes arrived, and {self._total} were announced")
        if self._total is not None and self._received < self._total:
            raise _broken(f"{self._received} of {self._total} bytes arrived")
        if self._gunzip and not self._gunzip.ended:
            raise _broken("the compressed body is cut off")
        self.whole = True

    def _other_file(self, problem: str) -> Unanswered:
        """Give up what is there: it and what came do not belong together."""
        self._restart()
        return _broken(problem)

    def _restart(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._received, self._total, self._gunzip = 0, None, None
        self._headers = httpx.Headers()


class _Gunzip:
    """Unpacks a body chunk by chunk, little at a time however well it was packed."""

    def __init__(self) -> None:
        self._part = zlib.decompressobj(_GZIP_OR_ZLIB)
        self.ended = True

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Give what the chunk holds; a file may be several packed ones, one after another."""
        unpacked = b""
        try:
            while data or len(unpacked) == BUFFER:
                if data and self._part.eof:
                    self._part = zlib.decompressobj(_GZIP_OR_ZLIB)
                unpacked = self._part.decompress(data, BUFFER)
                data = self._part.unconsumed_tail or self._part.unused_data
                yield unpacked
        except zlib.error as error:
            raise _broken(f"the compressed body is damaged ({error})") from error
        self.ended = self._part.eof


async def _read(response: httpx.Response) -> None:
    """Read a refusal; its text is as compressed as it likes."""
    try:
        await response.aread()
    except httpx.DecodingError as error:
        raise Unanswered(error, sent=True) from error


def _broken(problem: str) -> Unanswered:
    return Unanswered(httpx.RemoteProtocolError(problem), sent=True)


def _encoding(response: httpx.Response) -> str:
    encoding: str = response.headers.get("content-encoding", "")
    return encoding.strip().lower()


def _length(response: httpx.Response) -> int | None:
    text: str = response.headers.get("content-length", "")
    return int(text) if re.fullmatch(_NUMBER, text) and "transfer-encoding" not in response.headers else None


def _what_it_is(response: httpx.Response) -> str:
    if _encoding(response) in _UNPACKED:
        return "no file"
    return f"a file in the encoding {_encoding(response)!r}, which was not asked for"
