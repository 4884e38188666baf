"""Downloads on real sockets, in both colours: whole, or not there."""

import asyncio
import signal
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve

from supervisely_ext.completing import complete
from supervisely_ext.errors import ConnectionFailed, Forbidden, ServerError
from supervisely_ext.network import AsyncioTransport, BlockingTransport

from .conftest import Colour
from .file_server import FileServer, chunks, header, refuses, resets, says, sends, zips
from .samples import left, save

SMALL = bytes(range(256)) * 40


def test_a_file_arrives_whole(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """The bytes are the server's, counted as they come, and only the file is left."""
    counted: list[int] = []
    with FileServer(sends(ten_mb)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin", counted.append))
    assert (folder / "f.bin").read_bytes() == ten_mb
    assert sum(counted) == len(ten_mb)
    assert len(counted) > 10
    assert left(folder) == ["f.bin"]
    assert header(server.requests[0], "accept-encoding") == "identity"


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("tenth", range(10))
def test_a_cut_is_mended(colour: Colour, folder: Path, ten_mb: bytes, tenth: int, ranges: bool) -> None:
    """A body cut at any tenth is taken up there, or read again from its beginning; progress counts each byte once."""
    counted: list[int] = []
    with FileServer(sends(ten_mb, cut=tenth * 1_000_000), sends(ten_mb, ranges=ranges)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin", counted.append))
    assert (folder / "f.bin").read_bytes() == ten_mb
    assert sum(counted) == len(ten_mb)
    assert left(folder) == ["f.bin"]
    assert header(server.requests[1], "range") == (f"bytes={tenth}000000-" if tenth else "")


@pytest.mark.parametrize("tenth", range(10))
def test_a_cut_that_is_not_mended_leaves_nothing(colour: Colour, folder: Path, ten_mb: bytes, tenth: int) -> None:
    """After the last try the error says how many there were, and no part of the file is left."""
    with FileServer(sends(ten_mb, cut=tenth * 1_000_000, ranges=False)) as server:
        caller = colour.caller(server, tries=3)
        with pytest.raises(ConnectionFailed) as caught:
            colour.run(save(caller, folder / "f.bin"))
    assert caught.value.operation == "ecosystem.file.download"
    assert caught.value.attempts == 3
    assert len(server.requests) == 3
    assert left(folder) == []


def test_a_body_is_taken_up_as_often_as_it_breaks(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """Each try goes on where the last one ended, after resets too."""
    cuts = [sends(ten_mb, cut=part * 2_000_000) for part in (1, 2, 3)]
    with FileServer(*cuts, resets, sends(ten_mb)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == ten_mb
    asked = [header(request, "range") for request in server.requests]
    assert asked == ["", "bytes=2000000-", "bytes=4000000-", "bytes=6000000-", "bytes=6000000-"]


def test_a_reset_in_the_body(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """What came before a reset may be lost; the file is whole all the same."""
    with FileServer(sends(ten_mb, cut=5_000_000, reset=True), sends(ten_mb)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == ten_mb


def test_a_file_that_changed_meanwhile(colour: Colour, folder: Path) -> None:
    """The rest is asked for of the same file only; of another one the server sends all."""
    old, new = SMALL, SMALL[::-1]
    with FileServer(sends(old, cut=5000, etag='"1"'), sends(new, etag='"2"')) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == new
    assert header(server.requests[1], "if-range") == '"1"'


def test_an_announced_length_that_is_too_long(colour: Colour, folder: Path) -> None:
    """A server that hangs up before the length that it announced has not sent the file."""
    short = says(SMALL, length=len(SMALL) + 1, stays=False)
    with FileServer(short) as server, pytest.raises(ConnectionFailed):
        colour.run(save(colour.caller(server, tries=2), folder / "f.bin"))
    assert left(folder) == []


def test_an_announced_length_that_is_too_short(colour: Colour, folder: Path) -> None:
    """The announced length is the file; what comes behind it is nobody's, and is not taken for the next answer."""
    with FileServer(says(SMALL, length=len(SMALL) - 1), sends(SMALL)) as server:
        for size in (len(SMALL) - 1, len(SMALL)):
            colour.run(save(colour.caller(server), folder / "f.bin"))
            assert (folder / "f.bin").read_bytes() == SMALL[:size]


def test_a_server_that_stops_in_the_middle(colour: Colour, folder: Path) -> None:
    """A body that does not go on within the time-out is broken."""
    with FileServer(says(SMALL, length=len(SMALL) + 1), sends(SMALL)) as server:
        caller = evolve(colour.caller(server), timeout=httpx.Timeout(0.1))
        colour.run(save(caller, folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == SMALL


def test_a_compressed_answer(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """An answer in gzip is unpacked, although its length is the packed one."""
    with FileServer(zips(ten_mb)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == ten_mb


def test_a_length_that_is_not_announced(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """A chunked body needs no length, and its end is known all the same."""
    with FileServer(chunks(ten_mb, ends=False), chunks(ten_mb)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == ten_mb
    assert len(server.requests) == 2


def test_an_empty_file(colour: Colour, folder: Path) -> None:
    with FileServer(sends(b"")) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == b""


def test_trouble_before_the_body(colour: Colour, folder: Path) -> None:
    """A 500 passes; the file is fetched."""
    with FileServer(refuses("500 Oops"), sends(SMALL)) as server:
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == SMALL


@pytest.mark.parametrize(("status", "error"), [("403 No", Forbidden), ("500 Oops", ServerError)])
def test_a_refusal_leaves_nothing(colour: Colour, folder: Path, status: str, error: type[Exception]) -> None:
    """A refusal is the usual error with the server's words, and an existing file stays as it is."""
    (folder / "f.bin").write_text("old")
    with FileServer(refuses(status)) as server, pytest.raises(error, match="no"):
        colour.run(save(colour.caller(server), folder / "f.bin"))
    assert left(folder) == ["f.bin"]
    assert (folder / "f.bin").read_text() == "old"


def test_nobody_answers(colour: Colour, folder: Path) -> None:
    """Without a connection there is nothing to read, and nothing left."""
    with FileServer() as server:
        caller = colour.caller(server)
    with pytest.raises(ConnectionFailed):
        colour.run(save(caller, folder / "f.bin"))
    assert left(folder) == []


def test_ctrl_c_in_the_middle(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """An interrupt ends the download at once, and leaves nothing but the old file."""
    (folder / "f.bin").write_text("old")
    counted: list[int] = []

    def interrupt(more: int) -> None:
        counted.append(more)
        if sum(counted) > 3_000_000:
            signal.raise_signal(signal.SIGINT)

    with FileServer(sends(ten_mb)) as server, pytest.raises(KeyboardInterrupt):
        colour.run(save(colour.caller(server), folder / "f.bin", interrupt))
    assert sum(counted) < 5_000_000
    assert left(folder) == ["f.bin"]
    assert (folder / "f.bin").read_text() == "old"


def test_the_old_file_is_there_until_the_end(colour: Colour, folder: Path, ten_mb: bytes) -> None:
    """Whoever reads meanwhile reads the old file, and nobody else can read the new one."""
    path = folder / "f.bin"
    path.write_text("old")
    seen: set[tuple[str, int]] = set()

    def look(more: int) -> None:
        part = next(other for other in folder.iterdir() if other != path)
        seen.add((path.read_text(), part.stat().st_mode & 0o777))

    with FileServer(sends(ten_mb)) as server:
        colour.run(save(colour.caller(server), path, look))
    assert seen == {("old", 0o600)}
    (folder / "usual").touch()
    assert path.stat().st_mode == (folder / "usual").stat().st_mode


def test_two_downloads_to_one_path(folder: Path, ten_mb: bytes) -> None:
    """One of the two files is there in the end, whole."""
    other = ten_mb[::-1]
    transport = BlockingTransport()
    colour = Colour("blocking", transport, complete)
    with FileServer(sends(ten_mb), sends(other)) as server:
        threads = [
            threading.Thread(target=lambda: complete(save(colour.caller(server), folder / "f.bin"))) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert (folder / "f.bin").read_bytes() in (ten_mb, other)
    assert left(folder) == ["f.bin"]
    complete(transport.close())


def test_two_tasks_to_one_path_and_one_cancelled(folder: Path, ten_mb: bytes) -> None:
    """A cancelled download takes its part away, and disturbs no other."""

    async def both(server: FileServer) -> Any:
        transport = AsyncioTransport()
        caller = Colour("asyncio", transport, asyncio.run).caller(server)
        first = asyncio.create_task(save(caller, folder / "f.bin", lambda more: first.cancel()))
        try:
            return await asyncio.gather(first, save(caller, folder / "f.bin"), return_exceptions=True)
        finally:
            await transport.close()

    with FileServer(sends(ten_mb)) as server:
        cancelled, done = asyncio.run(both(server))
    assert isinstance(cancelled, asyncio.CancelledError)
    assert done is None
    assert (folder / "f.bin").read_bytes() == ten_mb
    assert left(folder) == ["f.bin"]
