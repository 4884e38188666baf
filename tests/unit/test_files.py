"""Files to and from the platform, through the namespaces; the transfers themselves are tested in tests/transfer."""

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest

from supervisely_ext import ArgumentError, NotFound
from tests.scripted import answer

from .test_namespaces import Connect, sent


def test_a_file_is_saved(connect: Connect, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With what names it in the request; one line in the log, of the given logger if there is one."""
    caplog.set_level(logging.INFO)
    api, transport = connect(*[httpx.Response(200, content=b"content")] * 3)
    api.app.download_git_file(11, tmp_path / "new" / "a.txt", file_path="README.md", version="v1")
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"content"
    assert sent(transport) == {"moduleId": 11, "filePath": "README.md", "version": "v1"}
    seen: list[int] = []
    logger = logging.getLogger("mine")
    path = str(tmp_path / "b")
    api.app.download_git_file(11, path, app_id=3, file_key="key", ext_logger=logger, on_bytes=seen.append)
    assert sent(transport) == {"moduleId": 11, "appId": 3, "fileKey": "key"}
    assert sum(seen) == 7
    api.app.download_git_file(11, path, file_key="key", log_progress=False)
    assert [(record.name, record.getMessage()) for record in caplog.records] == [
        ("supervisely_ext", f"saved {tmp_path / 'new' / 'a.txt'}"),
        ("mine", f"saved {path}"),
    ]


def test_an_archive_is_saved(connect: Connect, tmp_path: Path) -> None:
    """The latest when no version is given."""
    api, transport = connect(*[httpx.Response(200, content=b"tar")] * 2)
    api.app.download_git_archive(11, None, None, tmp_path / "a.tar", log_progress=False)
    assert sent(transport) == {"moduleId": 11, "version": None, "isArchive": True}
    api.app.download_git_archive(11, 3, "v1", tmp_path / "a.tar", log_progress=False)
    assert sent(transport) == {"moduleId": 11, "appId": 3, "version": "v1", "isArchive": True}


def test_what_is_refused_leaves_nothing(connect: Connect, tmp_path: Path) -> None:
    """No file, no name for it: an error, and the folder stays empty."""
    api, transport = connect(answer({"error": "Not Found"}, 404))
    with pytest.raises(NotFound):
        api.app.download_git_file(11, tmp_path / "a", file_path="x")
    with pytest.raises(ArgumentError):
        api.app.download_git_file(11, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
    assert len(transport.requests) == 1


def test_files_are_given_to_a_task(connect: Connect, tmp_path: Path) -> None:
    """One that the server has is named, with the task's id."""
    path = tmp_path / "a"
    path.write_bytes(b"known")
    known: list[str] = []

    def hashes(request: httpx.Request) -> httpx.Response:
        known.extend(json.loads(request.content))
        return answer(known)

    api, transport = connect(hashes, answer({}))
    seen: list[int] = []
    api.task.upload_files(7, [path], ["dir/a"], seen.append)
    assert transport.methods == ["images.internal.hashes.list", "tasks.files.bulk.add-by-hash"]
    assert sent(transport) == {"taskId": 7, "files": [{"name": "dir/a", "hash": known[0]}]}
    assert seen == [1]


@pytest.mark.parametrize("names", [[], ["../a"], ["/a"], [""], "a", [5]])
def test_names_that_lead_away_are_refused(connect: Connect, tmp_path: Path, names: Any) -> None:
    """Before anything is read or sent."""
    path = tmp_path / "a"
    path.touch()
    api, transport = connect()
    with pytest.raises(ArgumentError):
        api.task.upload_files(7, [path], names)
    assert transport.requests == []
