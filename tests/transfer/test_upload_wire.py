"""Uploads on real sockets, in both colours."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from supervisely_ext.errors import ConnectionFailed
from supervisely_ext.network import AsyncioTransport
from supervisely_ext.transfer import upload_files

from .conftest import Colour
from .file_server import FileServer, body, refuses, resets
from .platform import Platform, digest, first_of

UPLOAD = "tasks.files.bulk.upload"


@pytest.fixture
def paths(tmp_path: Path, ten_mb: bytes) -> list[Path]:
    """Give a big file, a small one, and one that is empty."""
    contents = {"big": ten_mb, "small": b"small", "empty": b""}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


NAMES = ["a/big", "b/small", "c/ünï"]


def test_files_arrive(colour: Colour, paths: list[Path], ten_mb: bytes) -> None:
    """The server gets the bytes and the names."""
    platform = Platform()
    sent: list[int] = []
    with FileServer(platform.behave) as server:
        colour.run(upload_files(colour.caller(server), 7, paths, NAMES, on_bytes=sent.append))
    contents = [ten_mb, b"small", b""]
    assert platform.sent == contents
    assert platform.files == dict(zip(NAMES, map(digest, contents), strict=True))
    assert sum(sent) == len(ten_mb) + 5
    assert platform.headers[-1]["x-task-id"] == "7"


@pytest.mark.parametrize("trouble", [resets, refuses("503 Busy")], ids=["reset", "503"])
def test_trouble_after_the_files(colour: Colour, paths: list[Path], trouble: object) -> None:
    """A request whose answer is lost, or says that the server is busy, is sent again with all its bytes."""
    platform = Platform()
    sent: list[int] = []
    with FileServer(first_of(trouble, platform, UPLOAD)) as server:  # type: ignore[arg-type]
        colour.run(upload_files(colour.caller(server), 7, paths, NAMES, on_bytes=sent.append))
    first, second = [request for request in server.requests if UPLOAD.encode() in request[:200]]
    assert len(body(first)) == len(body(second)) > 10_000_000
    assert [part.get_payload(decode=True)[:5] for part in platform.bodies[-1][1::2]][1:] == [b"small", b""]
    assert sum(sent) == 10_000_005


def test_no_file_stays_open(colour: Colour, paths: list[Path]) -> None:
    """After an upload that fails no more files are open than before it."""
    with FileServer(first_of(resets, Platform(), UPLOAD)) as server:
        with pytest.raises(ConnectionFailed):
            colour.run(upload_files(colour.caller(server, tries=1), 7, paths, NAMES))
        assert opened(paths) == []


def test_ctrl_c_in_the_middle(colour: Colour, paths: list[Path]) -> None:
    """An interrupt ends the upload, and the file that was being read is closed."""
    with FileServer(Platform().behave) as server:
        with pytest.raises(KeyboardInterrupt):
            colour.run(
                upload_files(
                    colour.caller(server), 7, paths, NAMES, on_bytes=lambda more: signal.raise_signal(signal.SIGINT)
                )
            )
        assert opened(paths) == []


def test_others_have_their_turn_while_files_are_hashed(paths: list[Path]) -> None:
    """On an event loop another task goes on between the blocks of a large file."""

    async def race(server: FileServer) -> int:
        transport = AsyncioTransport()
        turns = 0
        upload = asyncio.create_task(
            upload_files(Colour("asyncio", transport, asyncio.run).caller(server), 7, paths, NAMES)
        )
        while not server.requests and not upload.done():
            turns += 1
            await asyncio.sleep(0)
        await upload
        await transport.close()
        return turns

    with FileServer(Platform().behave) as server:
        assert asyncio.run(race(server)) >= 4


def opened(paths: list[Path]) -> list[str]:
    """Give which of the files this process has open."""
    held = {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}
    return [str(path) for path in paths if str(path) in held]
