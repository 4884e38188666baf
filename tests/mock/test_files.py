"""Files of tasks and of teams."""

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.mock import Platform

from .asking import TOKEN, ask, send_form, start


def content_hash(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def parts_of(number: int, path: str, content: bytes) -> dict[str, tuple[str | None, bytes]]:
    text = json.dumps({"fullpath": path, "hash": content_hash(content)}).encode()
    return {str(number): (None, text), f"{number}-file": (path, content)}


def send(platform: Platform, files: dict[str, bytes], task_id: Any) -> tuple[int, Any]:
    parts = [parts_of(number, path, content) for number, (path, content) in enumerate(files.items())]
    return send_form(platform, {name: part for pair in parts for name, part in pair.items()}, task_id)


def known(platform: Platform, *contents: bytes) -> Any:
    return ask(platform, "images.internal.hashes.list", [content_hash(content) for content in contents])[1]


@settings(deadline=None)
@given(st.dictionaries(st.text("ab/ж.", min_size=1, max_size=5), st.binary(max_size=30), min_size=1, max_size=3))
def test_uploaded_bytes_arrive_whole(files: dict[str, bytes]) -> None:
    """Any bytes; the task has the files, the platform their contents, and a repetition changes nothing."""
    platform = Platform()
    task_id = start(platform)
    for _ in range(2):
        assert send(platform, files, task_id) == (200, {})
        stored = {path: platform.contents[digest] for path, digest in platform.tasks[task_id].files.items()}
        assert stored == files
    assert known(platform, *files.values(), b"unknown") == list(dict.fromkeys(map(content_hash, files.values())))


def test_uploads_need_their_task(platform: Platform) -> None:
    """The header names it; nothing is kept without."""
    assert send(platform, {"x": b"y"}, "")[0] == 400
    assert send(platform, {"x": b"y"}, 1)[0] == 404
    assert known(platform, b"y") == []


@pytest.mark.parametrize(
    ("change", "name", "problem"),
    [
        ({"0": None}, "0", "is missing"),
        ({"0-file": None}, "0-file", "is missing"),
        ({"0-file": b"other"}, "0", "is not that of the content"),
        ({"0": b"{"}, "0", "is no JSON"),
        ({"0": b"\xff"}, "0", "is no JSON"),
        ({"0": b"[" * 100_000}, "0", "is no JSON"),
        ({"0": b'{"fullpath": "\\ud800", "hash": "x"}'}, "0", "is no JSON"),
        ({"0": b"[]"}, "0", "needs fullpath and hash"),
        ({"0": b'{"fullpath": 1, "hash": "x"}'}, "0", "needs fullpath and hash"),
    ],
)
def test_a_bad_part_spoils_the_form(
    platform: Platform, change: dict[str, bytes | None], name: str, problem: str
) -> None:
    """It is named, and nothing of the form is kept."""
    task_id = start(platform)
    good = parts_of(1, "good", b"good")
    parts = {**good, **parts_of(0, "x", b"y")}
    for part, content in change.items():
        parts = {key: value for key, value in parts.items() if key != part}
        if content is not None:
            parts[part] = (None, content)
    status, answer = send_form(platform, parts, task_id)
    assert (status, answer["details"]["path"]) == (400, [name])
    assert problem in answer["details"]["message"]
    assert known(platform, b"good") == []


def test_known_contents_are_attached_by_hash(platform: Platform) -> None:
    """To another task under another name; with an unknown hash nothing is attached."""
    task_id, other = start(platform), start(platform)
    send(platform, {"a.txt": b"a"}, task_id)
    file = {"name": "b.txt", "hash": content_hash(b"a")}
    method = "tasks.files.bulk.add-by-hash"
    unknown = {"name": "c.txt", "hash": content_hash(b"c")}
    assert ask(platform, method, {"taskId": other, "files": [file, unknown]})[0] == 400
    assert platform.tasks[other].files == {}
    assert ask(platform, method, {"taskId": other, "files": [file]}) == (200, {})
    assert platform.tasks[other].files == {"b.txt": content_hash(b"a")}


@pytest.mark.parametrize(
    ("path", "recursive", "found"),
    [
        ("/", True, [7660, 7661, 7662]),
        ("/", None, [7660, 7661, 7662]),
        ("/", False, []),
        ("/a", True, [7660, 7661]),
        ("/a/", False, [7660]),
        ("/a/00135.json", True, [7660]),
        ("/a/00135", True, []),
    ],
)
def test_files_of_a_folder(platform: Platform, path: str, recursive: bool | None, found: list[int]) -> None:
    """With those in its folders unless told otherwise; a file is listed by its own path."""
    more = {} if recursive is None else {"recursive": recursive}
    files = ask(platform, "file-storage.list", {"teamId": 447, "path": path, **more})[1]
    assert [file["id"] for file in files] == found
    for file in files:
        assert ask(platform, "file-storage.info", {"id": file["id"]}) == (200, file)


def test_files_of_nobody(platform: Platform) -> None:
    """An unknown file or team is not found, and what tasks upload is no file of the team."""
    before = ask(platform, "file-storage.list", {"teamId": 447, "path": "/"})
    send(platform, {"/a/new": b"new"}, start(platform))
    assert ask(platform, "file-storage.list", {"teamId": 447, "path": "/"}) == before
    assert ask(platform, "file-storage.list", {"teamId": 1, "path": "/"})[0] == 404
    assert ask(platform, "file-storage.info", {"id": 1})[0] == 404


def test_an_upload_is_a_form(platform: Platform) -> None:
    """Anything else is refused, and so is one whose parts cannot be told apart."""
    assert ask(platform, "tasks.files.bulk.upload", b"x")[0] == 415
    headers = {**TOKEN, "content-type": "multipart/form-data"}
    status, answer = ask(platform, "tasks.files.bulk.upload", b"x", headers)
    assert (status, answer["details"][0]["type"]) == (400, "multipart")


def as_form(content: bytes, *, name: bytes = b"0-file", more: bytes = b"") -> bytes:
    """Give a form whose file is described by these headers too."""
    described = json.dumps({"fullpath": "f", "hash": content_hash(content)}).encode()
    first = b'--b\r\nContent-Disposition: form-data; name="0"\r\n\r\n%b\r\n' % described
    return first + b'--b\r\nContent-Disposition: form-data; name="%b"\r\n%b\r\n%b\r\n--b--\r\n' % (name, more, content)


def send_as(platform: Platform, body: bytes, task_id: int) -> tuple[int, Any]:
    headers = {**TOKEN, "content-type": 'multipart/form-data; boundary="b"', "x-task-id": str(task_id)}
    return ask(platform, "tasks.files.bulk.upload", body, headers)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (b"message/rfc822", b"Subject: x\r\n\r\nhello"),
        (b"multipart/mixed; boundary=c", b"--c\r\n\r\nx\r\n--c--"),
        (b"multipart/mixed; boundary=c", b"--c\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" * 2000),
        (b"text/plain; charset=utf-16", b"a\nb\r--b\n--b\xff\x00"),
    ],
)
def test_a_file_is_not_looked_into(platform: Platform, kind: bytes, content: bytes) -> None:
    """A mail, or a form as a file, is bytes as any other."""
    task_id = start(platform)
    assert send_as(platform, as_form(content, more=b"Content-Type: %b\r\n" % kind), task_id) == (200, {})
    assert platform.contents[platform.tasks[task_id].files["f"]] == content


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"--b",
        as_form(b"cut")[:-9],
        as_form(b"without a blank line").replace(b"\r\n\r\n", b"\r\n"),
        as_form(b"of no name").replace(b"; name=", b"; title="),
        as_form(b"longer").replace(b"--b\r\n", b"--bc\r\n"),
    ],
)
def test_a_form_is_whole(platform: Platform, body: bytes) -> None:
    """One that ends too early, or whose parts are none, is refused as such, and nothing of it is kept."""
    task_id = start(platform)
    status, answer = send_as(platform, body, task_id)
    assert (status, answer["details"][0]["type"]) == (400, "multipart")
    assert platform.tasks[task_id].files == {}


def test_a_form_may_be_empty_and_have_more_around_it(platform: Platform) -> None:
    """What stands before the first part and after the last belongs to nothing (RFC 2046)."""
    task_id = start(platform)
    assert send_as(platform, b"--b--\r\n", task_id) == (200, {})
    assert platform.tasks[task_id].files == {}
    assert send_as(platform, b"before\r\n" + as_form(b"x") + b"after", task_id) == (200, {})
