"""Uploads of a task's files: contents that the server has are named, the others sent, each once."""

import hashlib
import json
import os
import secrets
import stat
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, TypeVar

import httpx
from attrs import evolve, frozen
from supervisely_client.api.images import images_internal_hashes_list
from supervisely_client.api.tasks import tasks_files_bulk_add_by_hash, tasks_files_bulk_upload
from supervisely_client.models.hashed_file import HashedFile
from supervisely_client.models.tasks_files_bulk_add_by_hash_request import TasksFilesBulkAddByHashRequest
from supervisely_client.models.tasks_files_bulk_upload_request import TasksFilesBulkUploadRequest

from .call import Caller
from .checks import as_id, as_list, as_path, as_text
from .errors import ArgumentError
from .relay import OnBytes, Relay
from .shapes import is_list
from .transport import Transport

T = TypeVar("T")

OnFiles: TypeAlias = Callable[[int], object]
"""Is called with how many more files are done."""

_HASHES_A_CALL = 900
_FILES_A_CALL = 50
_HASHED_AT_ONCE = 1 << 22
_SENT_AT_ONCE = 1 << 18
_QUOTED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


async def upload_files(
    caller: Caller,
    task_id: int,
    paths: Sequence[str | os.PathLike[str]],
    names: Sequence[str],
    progress_cb: OnFiles | None = None,
    *,
    on_bytes: OnBytes | None = None,
) -> None:
    """Give a task files, under names that may have folders (`tasks.files.bulk.upload`).

    Nothing is sent unless all files can be read. A content that the server has is not sent, one that several files share is sent once.
    `progress_cb` gets how many more files are done, `on_bytes` how many more bytes of contents are sent, each counted once,
    also when a try is repeated.
    """
    upload = _Upload(caller, as_id("task_id", task_id), progress_cb, on_bytes)
    files = _checked(paths, names)
    same: dict[str, list[_File]] = {}
    for position, (path, name) in enumerate(files):
        content = await _content(caller.transport, path)
        same.setdefault(content.hash, []).append(_File(position, name, content))
    known = await _known(caller, same)
    await upload.attach([file for hash in known for file in same.pop(hash)])
    await upload.send([namesakes.pop(0) for namesakes in same.values()])
    await upload.attach([file for namesakes in same.values() for file in namesakes])


def _checked(paths: Sequence[str | os.PathLike[str]], names: Sequence[str]) -> list[tuple[Path, str]]:
    paths, names = as_list("abs_paths", paths), as_list("names", names)
    if len(paths) != len(names):
        raise ArgumentError(argument="names", problem=f"are {len(names)}, and the files are {len(paths)}")
    return list(zip(map(_readable, paths), map(_inside, names), strict=True))


def _readable(path: str | os.PathLike[str]) -> Path:
    file = Path(as_path("abs_paths", path))
    if not stat.S_ISREG(file.stat().st_mode):  # opening what is none may last for ever
        raise ArgumentError(argument="abs_paths", problem=f"{str(file)!r} is no file")
    file.open("rb").close()
    return file


def _inside(name: str) -> str:
    """Refuse a name that leads out of the task's folder, on a server of any kind."""
    folders = as_text("names", name).replace("\\", "/").split("/")
    if ".." in folders or not folders[0]:
        raise ArgumentError(argument="names", problem=f"{name!r} is no relative path without '..'")
    if name.encode(errors="ignore").decode() != name:
        raise ArgumentError(argument="names", problem=f"{name!r} is no text in UTF-8")
    return name


@frozen
class _Content:
    """What a file held when it was hashed."""

    path: Path
    hash: str
    size: int
    changed: int

    def open(self) -> BinaryIO:
        """Open the file, unless it holds something else by now."""
        file = self.path.open("rb", buffering=0)
        if _state(file) != (self.size, self.changed):
            file.close()
            raise OSError(f"{self.path} was changed while it was uploaded")
        return file


@frozen
class _File:
    """A content under a name."""

    position: int
    name: str
    content: _Content


def _state(file: BinaryIO) -> tuple[int, int]:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


async def _content(transport: Transport, path: Path) -> _Content:
    """Hash a file, and let others have their turn meanwhile."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        size, changed = _state(file)
        while block := file.read(_HASHED_AT_ONCE):
            digest.update(block)
            await transport.sleep(0)
    return _Content(path, b64encode(digest.digest()).decode(), size, changed)


async def _known(caller: Caller, hashes: Mapping[str, Any]) -> list[str]:
    """Give the hashes of the contents that the server has, in its order."""
    found: dict[str, None] = {}
    for some in _batches(list(hashes), _HASHES_A_CALL):
        answer = await caller.call(images_internal_hashes_list.OPERATION, body=some)
        found.update(dict.fromkeys(answer.read(_texts)))
    return [hash for hash in found if hash in hashes]


def _texts(body: Any) -> list[str]:
    if not is_list(body) or not all(isinstance(text, str) for text in body):
        raise TypeError("not a list of texts")
    return body


def _batches(items: list[T], size: int) -> Iterator[list[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


@frozen
class _Upload:
    """The two ways in which a task gets files."""

    caller: Caller
    task_id: int
    on_files: OnFiles | None
    on_bytes: OnBytes | None

    async def attach(self, files: list[_File]) -> None:
        """Name contents that the server has."""
        for some in _batches(files, _FILES_A_CALL):
            named = [HashedFile(name=file.name, hash_=file.content.hash) for file in some]
            request = TasksFilesBulkAddByHashRequest(task_id=self.task_id, files=named)
            await self.caller.call(tasks_files_bulk_add_by_hash.OPERATION, body=request)
            self._done(some)

    async def send(self, files: list[_File]) -> None:
        """Send contents that the server does not have."""
        operation = tasks_files_bulk_upload.OPERATION
        request = operation.build(body=TasksFilesBulkUploadRequest(), x_task_id=self.task_id)
        for some in _batches(files, _FILES_A_CALL):
            sending = evolve(self.caller, transport=_Sending(self.caller.transport, some, self.on_bytes))
            await sending.send(operation.name, request, retry=operation.retry)
            self._done(some)

    def _done(self, files: list[_File]) -> None:
        if self.on_files:
            self.on_files(len(files))


class _Sending(Relay):
    """Gives each try a body of its own, which reads the files from their beginning."""

    def __init__(self, inner: Transport, files: list[_File], on_bytes: OnBytes | None) -> None:
        super().__init__(inner, on_bytes)
        self._files = files

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Send the files in the place of the request's empty body."""
        form = _Form(self._files, self.advance)
        headers = httpx.Headers(request.headers)
        headers.update(form.headers())
        filled = httpx.Request(request.method, request.url, headers=headers, stream=form, extensions=request.extensions)
        self.begin()
        try:
            return await self._inner.send(filled, fresh=fresh)
        finally:
            form.close()


class _Form(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A multipart body, of which one file at a time is open, from its first byte to its last or to `close`."""

    def __init__(self, files: list[_File], advance: Callable[[int], None]) -> None:
        # Nobody who wrote a file knows the boundary, so that none can end its part early.
        self._boundary = secrets.token_hex(16)
        self._files = files
        self._advance = advance
        self._first = files[0].position // _FILES_A_CALL * _FILES_A_CALL
        self._chunks = self._render()

    def headers(self) -> dict[str, str]:
        """Give length and type."""
        heads = sum(len(self._head(file)) + file.content.size + len(b"\r\n") for file in self._files)
        return {
            "content-length": str(heads + len(self._end())),
            "content-type": f"multipart/form-data; boundary={self._boundary}",
        }

    def _head(self, file: _File) -> bytes:
        # Numbered as in the official SDK, which leaves out the numbers of files that the server has.
        number = file.position - self._first
        about = json.dumps({"fullpath": file.name, "hash": file.content.hash})
        return (
            f'--{self._boundary}\r\nContent-Disposition: form-data; name="{number}"\r\n\r\n{about}\r\n'
            f'--{self._boundary}\r\nContent-Disposition: form-data; name="{number}-file"; '
            f'filename="{file.name.translate(_QUOTED)}"\r\n\r\n'
        ).encode()

    def _end(self) -> bytes:
        return f"--{self._boundary}--\r\n".encode()

    def _render(self) -> Generator[bytes]:
        sent = 0
        for file in self._files:
            yield self._head(file)
            with file.content.open() as opened:
                while chunk := opened.read(_SENT_AT_ONCE):
                    yield chunk
                    sent += len(chunk)
                    self._advance(sent)
            yield b"\r\n"
        yield self._end()

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for chunk in self._chunks:
            return chunk
        raise StopAsyncIteration

    def close(self) -> None:
        """Close the file that is open."""
        self._chunks.close()
