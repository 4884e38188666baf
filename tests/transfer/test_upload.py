"""What an upload sends, decided without a socket."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext.completing import complete
from supervisely_ext.errors import ArgumentError, ServerError, UnexpectedAnswer
from supervisely_ext.transfer import upload_files
from tests.scripted import answer, lost
from tests.unit.samples import scripted_caller

from .platform import Platform, digest, part_name

Make = Callable[..., list[Path]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a function that writes files and gives their paths."""

    def write(*contents: bytes) -> list[Path]:
        paths = [tmp_path / f"f{number}.txt" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return paths

    return write


def upload(platform: Platform, paths: list[Any], names: list[Any], **options: Any) -> Any:
    caller = scripted_caller(platform, repeat=True)
    complete(upload_files(caller, 101, paths, names, **options))
    return caller.transport


def test_new_contents_are_sent(make: Make) -> None:
    """Each file is two parts: what it is, and its bytes without a type; the header names the task."""
    platform = Platform()
    upload(platform, make(b"one", b""), ["a/one.txt", "two.txt"])
    assert platform.calls == ["images.internal.hashes.list", "tasks.files.bulk.upload"]
    assert platform.headers[1]["x-task-id"] == "101"
    assert [part_name(part) for part in platform.bodies[1]] == ["0", "0-file", "1", "1-file"]
    assert platform.bodies[1][1]["content-disposition"] == 'form-data; name="0-file"; filename="a/one.txt"'
    assert all(part["content-type"] is None for part in platform.bodies[1])
    assert platform.files == {"a/one.txt": digest(b"one"), "two.txt": digest(b"")}
    assert platform.sent == [b"one", b""]


def test_known_contents_are_named(make: Make) -> None:
    """What the server has is not sent, under all its names; the numbers of the parts leave a gap for it."""
    platform = Platform(b"old", b"never asked for")
    paths = make(b"old", b"new")
    upload(platform, [*paths, paths[0]], ["a", "b", "c"])
    assert platform.calls == ["images.internal.hashes.list", "tasks.files.bulk.add-by-hash", "tasks.files.bulk.upload"]
    files = [{"name": name, "hash": digest(b"old")} for name in ("a", "c")]
    assert platform.bodies[1] == {"taskId": 101, "files": files}
    assert [part_name(part) for part in platform.bodies[2]] == ["1", "1-file"]


def test_the_order_is_the_servers(make: Make) -> None:
    """Known contents are named as the server listed them."""
    platform = Platform(b"2", b"1")
    upload(platform, make(b"1", b"2"), ["a", "b"])
    assert [file["name"] for file in platform.bodies[1]["files"]] == ["b", "a"]


def test_each_content_is_sent_once(make: Make) -> None:
    """Further names of a new content follow by its hash."""
    platform = Platform()
    upload(platform, make(b"same", b"same", b"other"), ["a", "b", "c"])
    assert platform.calls[1:] == ["tasks.files.bulk.upload", "tasks.files.bulk.add-by-hash"]
    assert platform.sent == [b"same", b"other"]
    assert sorted(platform.files) == ["a", "b", "c"]


def test_batches(make: Make) -> None:
    """900 hashes, 50 names and 50 files a call."""
    contents = [str(number).encode() for number in range(1001)]
    platform = Platform(*contents[:101])
    upload(platform, make(*contents), [f"n{number}" for number in range(1001)])
    sizes = [len(body if isinstance(body, list) else body["files"]) for body in platform.bodies]
    assert sizes == [900, 101, 50, 50, 1] + [100] * 18
    assert len(platform.files) == 1001


def test_nothing_to_do() -> None:
    platform = Platform()
    upload(platform, [], [])
    assert platform.calls == []


def test_progress_adds_up(make: Make) -> None:
    """Each file is done once, known, new or double; only contents that are sent are counted in bytes."""
    big = os.urandom(1_000_000)
    files: list[int] = []
    sent: list[int] = []
    paths = make(b"known", b"known", big, big, b"x")
    upload(Platform(b"known"), paths, list("abcde"), progress_cb=files.append, on_bytes=sent.append)
    assert files == [2, 2, 1]
    assert sum(sent) == 1_000_001
    assert len(sent) > 3


def test_a_retry_sends_whole_files_again(make: Make) -> None:
    """Each try reads the files from the beginning, and is counted once."""
    platform = Platform()
    sent: list[int] = []

    def failing(request: Any) -> Any:
        assert request.headers["content-length"] == str(len(request.read()))
        return answer({}, 503)

    def cut(request: Any) -> Any:
        next(iter(request.stream))
        raise lost(sent=True)

    caller = scripted_caller(platform, failing, cut, platform)
    complete(upload_files(caller, 101, make(b"one", b"two"), ["a", "b"], on_bytes=sent.append))
    assert platform.sent == [b"one", b"two"]
    assert sum(sent) == 6
    boundaries = {request.headers["content-type"] for request in caller.transport.requests[1:]}
    assert len(boundaries) == 3


def test_a_name_cannot_break_out(make: Make) -> None:
    """Quotes and line ends in a name are written as in a browser's form; what a file holds is never a boundary."""
    platform = Platform()
    name = 'dir/ünï "q"\r\n\r\n--x.txt'
    content = b'\r\n--+++\r\nContent-Disposition: form-data; name="0"\r\n\r\n{}\r\n--+++--\r\n'
    upload(platform, make(content), [name])
    assert platform.files == {name: digest(content)}
    assert platform.sent == [content]
    line = 'filename="dir/ünï %22q%22%0D%0A%0D%0A--x.txt"'.encode()
    assert line in platform.bodies[1][1]["content-disposition"].encode(errors="surrogateescape")


def test_a_file_that_changed_after_its_hash(make: Make) -> None:
    """A file that is written to meanwhile is not sent under the hash of what it was."""
    paths = make(b"one")

    def change(request: Any) -> Any:
        paths[0].write_bytes(b"other")
        return answer([])

    with pytest.raises(OSError, match="was changed"):
        complete(upload_files(scripted_caller(change, Platform()), 101, paths, ["a"]))


def test_an_error_ends_the_upload(make: Make) -> None:
    """What was done before is counted, what was not is not."""
    files: list[int] = []
    caller = scripted_caller(Platform(b"old"), answer({}), answer({"error": "no"}, 501))
    with pytest.raises(ServerError):
        complete(upload_files(caller, 101, make(b"old", b"new"), ["a", "b"], files.append))
    assert files == [1]


@pytest.mark.parametrize("body", [{"hashes": []}, [1], None])
def test_an_answer_that_is_no_list_of_hashes(make: Make, body: Any) -> None:
    with pytest.raises(UnexpectedAnswer):
        complete(upload_files(scripted_caller(answer(body)), 101, make(b"x"), ["a"]))


@pytest.mark.parametrize("name", ["", "/a", "..", "a/../b", "a\\..\\b", "\\a", "\ud800", None, 1])
def test_a_name_that_is_none(make: Make, name: Any) -> None:
    """A name that leads out of the task's folder, or is no text, is refused before anything is sent."""
    with pytest.raises(ArgumentError, match="names"):
        upload(Platform(), make(b"x"), [name])


def test_names_for_other_files(make: Make) -> None:
    with pytest.raises(ArgumentError, match="are 2, and the files are 1"):
        upload(Platform(), make(b"x"), ["a", "b"])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file is the disk's own error, and what is no file is refused without opening it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileNotFoundError):
        upload(Platform(), [tmp_path / "missing"], ["a"])
    for path in (tmp_path, str(tmp_path / "pipe")):
        with pytest.raises(ArgumentError, match="is no file"):
            upload(Platform(), [path], ["a"])


def test_a_task_that_is_none(make: Make) -> None:
    with pytest.raises(ArgumentError, match="task_id"):
        complete(upload_files(scripted_caller(), 0, make(b"x"), ["a"]))
