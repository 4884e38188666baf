"""What a download does to the disk, and the disk to it."""

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext.completing import complete
from supervisely_ext.errors import ArgumentError
from tests.unit.samples import scripted_caller

from .conftest import Colour
from .file_server import FileServer, sends
from .samples import body, left, save

_ROOM = 2_500_000


class FullDisk(io.FileIO):
    """A file on a disk that has little room left."""

    def write(self, data: Any) -> int:
        room = _ROOM - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(bytes(data)[:room])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, mode: str, buffering: int) -> io.BufferedWriter:
        return io.BufferedWriter(FullDisk(path, mode), buffering)

    monkeypatch.setattr(Path, "open", full)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("size", [10_000_000, _ROOM + 1])
def test_a_full_disk(colour: Colour, folder: Path, ten_mb: bytes, size: int) -> None:
    """The disk's own error comes at once, or when the last bytes are written out; nothing is left, nothing is repeated."""
    with FileServer(sends(ten_mb[:size])) as server:
        with pytest.raises(OSError, match="No space left"):
            colour.run(save(colour.caller(server), folder / "f.bin"))
        assert len(server.requests) == 1
    assert left(folder) == []


def test_a_folder_is_made(folder: Path) -> None:
    complete(save(scripted_caller(body(b"x")), str(folder / "a" / "b" / "f.bin")))
    assert (folder / "a" / "b" / "f.bin").read_bytes() == b"x"


@pytest.mark.parametrize("path", ["/proc/nothing-new/f.bin", "/proc/f.bin"])
def test_a_folder_that_takes_no_files(path: str) -> None:
    """Where nothing can be written the error comes before anything is asked."""
    caller = scripted_caller()
    with pytest.raises(OSError, match="/proc"):
        complete(save(caller, path))


def test_a_folder_that_is_a_file(folder: Path) -> None:
    (folder / "f").touch()
    with pytest.raises(OSError, match="f"):
        complete(save(scripted_caller(), folder / "f" / "g.bin"))


@pytest.mark.parametrize("path", ["/dev/null", "/proc"])
def test_what_is_there_and_is_no_file_stays(path: str) -> None:
    """A folder or a device is not replaced by a file."""
    with pytest.raises(ArgumentError, match="is no file"):
        complete(save(scripted_caller(), path))
    assert not Path(path).is_file()


def test_a_link_is_followed(folder: Path) -> None:
    """The file that a symbolic link leads to is replaced, and the link stays."""
    (folder / "real").mkdir()
    (folder / "link").symlink_to(folder / "real" / "f.bin")
    complete(save(scripted_caller(body(b"x")), folder / "link"))
    assert (folder / "link").is_symlink()
    assert left(folder / "real") == ["f.bin"]


def test_a_link_to_itself(folder: Path) -> None:
    """A link that leads nowhere is replaced."""
    (folder / "loop").symlink_to(folder / "loop")
    complete(save(scripted_caller(body(b"x")), folder / "loop"))
    assert (folder / "loop").read_bytes() == b"x"


def test_a_long_name(folder: Path) -> None:
    """The part has a name of its own length, so that the longest name works."""
    complete(save(scripted_caller(body(b"x")), folder / ("n" * 255)))
    assert left(folder) == ["n" * 255]


def test_a_part_that_is_gone(folder: Path) -> None:
    """When somebody has taken the part away, that is the error."""

    def take(more: int) -> None:
        next(folder.iterdir()).unlink()

    with pytest.raises(FileNotFoundError):
        complete(save(scripted_caller(body(b"x")), folder / "f.bin", take))
    assert left(folder) == []


def test_an_error_of_the_callback(folder: Path) -> None:
    """What a callback raises comes through, and nothing is left."""

    def fail(more: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        complete(save(scripted_caller(body(b"x")), folder / "f.bin", fail))
    assert left(folder) == []
