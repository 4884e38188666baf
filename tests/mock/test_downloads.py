"""What can be downloaded of an app."""

import io
import json
import tarfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.mock import Platform
from supervisely_ext.mock.archives import archive

from .asking import ask

FILES = {"src/main.py": b"print(1)\n", "README.md": b"# App\n"}


@pytest.fixture
def module_id(platform: Platform) -> int:
    return platform.add_app({"name": "App"}, files=FILES)


def download(platform: Platform, module_id: int, **more: Any) -> tuple[int, Any]:
    return ask(platform, "ecosystem.file.download", {"moduleId": module_id, **more})


@given(st.dictionaries(st.text("abc/", min_size=1).map(lambda name: f"f{name}f"), st.binary()))
def test_an_archive_holds_the_files(files: dict[str, bytes]) -> None:
    """All of them, and the same files give the same bytes in any order."""
    packed = archive(files)
    assert packed == archive(dict(reversed(files.items())))
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        unpacked = {entry.name: entry for entry in tar.getmembers()}
        assert {name: (tar.extractfile(entry) or io.BytesIO()).read() for name, entry in unpacked.items()} == files


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_its_bytes(platform: Platform, module_id: int, name: str) -> None:
    """By path or by key; any release holds the same, null is the latest."""
    assert download(platform, module_id, filePath=name) == (200, FILES[name])
    assert download(platform, module_id, fileKey=name, version=None) == (200, FILES[name])
    assert download(platform, module_id, filePath=name, version="v1.0.0", isArchive=False) == (200, FILES[name])


def test_the_whole_is_an_archive(platform: Platform, module_id: int) -> None:
    """With the app's config.json, which is there without being given."""
    _, config = download(platform, module_id, filePath="config.json")
    assert json.loads(config) == {"name": "App"}
    assert download(platform, module_id, isArchive=True) == (200, archive({**FILES, "config.json": config}))


@pytest.mark.parametrize(
    "wanted", [{"filePath": "nothing"}, {"isArchive": False}, {"isArchive": True, "version": "v9"}]
)
def test_what_is_not_there(platform: Platform, module_id: int, wanted: dict[str, Any]) -> None:
    """An unknown file or version, or no file at all, is not found; nor is an unknown module."""
    assert download(platform, module_id, **wanted)[0] == 404
    assert download(platform, 999, isArchive=True)[0] == 404


def test_the_previews_token_is_bare_text(platform: Platform) -> None:
    """Without the quotes of JSON; of known apps only."""
    method = "instance.get-render-previews-session-token"
    slug = platform.modules[83].slug
    assert ask(platform, method, {"slug": slug}) == (200, b"mock-previews-token-83")
    assert ask(platform, method, {"slug": "nobody/nothing"})[0] == 404
