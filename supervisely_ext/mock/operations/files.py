"""Files of tasks, by the hashes of their contents, and the files of teams."""

import base64
import hashlib
from typing import Any

from ...contract.reading import decoded
from ..platform import Platform
from ..refusals import wrong
from .registry import Request, answers


def content_hash(content: bytes) -> str:
    """Give the hash by which the server knows a content."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@answers("images.internal.hashes.list")
def _images_internal_hashes_list(platform: Platform, request: list[str]) -> Any:
    return [digest for digest in dict.fromkeys(request) if digest in platform.contents]


@answers("tasks.files.bulk.add-by-hash")
def _tasks_files_bulk_add_by_hash(platform: Platform, request: Request) -> Any:
    task = platform.find_task(request["taskId"])
    for file in request["files"]:
        if file["hash"] not in platform.contents:
            # assumed: the whole request is refused
            raise wrong("files", f"the server has no content of the hash {file['hash']}")
    task.files |= {file["name"]: file["hash"] for file in request["files"]}
    return {}


@answers("tasks.files.bulk.upload")
def _tasks_files_bulk_upload(platform: Platform, parts: dict[str, str]) -> Any:
    if platform.calling_task is None:
        # assumed: nothing else names the task
        raise wrong("x-task-id", "is required to tell whose files they are")
    task = platform.find_task(platform.calling_task)
    numbers = dict.fromkeys(name.removesuffix("-file") for name in parts)
    files = [_uploaded(number, parts) for number in numbers]
    for path, digest, content in files:
        platform.contents[digest] = content
        task.files[path] = digest
    return {}


def _uploaded(number: str, parts: dict[str, str]) -> tuple[str, str, bytes]:
    for name in (number, f"{number}-file"):
        if name not in parts:
            raise wrong(name, "is missing")
    content = parts[f"{number}-file"].encode("latin-1")
    path, digest = _description(number, parts[number].encode("latin-1"))
    if digest != content_hash(content):
        raise wrong(number, f"the hash {digest} is not that of the content")
    return path, digest, content


def _description(number: str, text: bytes) -> tuple[str, str]:
    try:
        match decoded(text):
            case {"fullpath": str(path), "hash": str(digest)}:
                return path, digest
            case _:
                raise wrong(number, "needs fullpath and hash")
    except (ValueError, RecursionError) as error:
        raise wrong(number, f"is no JSON: {error}") from error


@answers("file-storage.info")
def _file_storage_info(platform: Platform, request: Request) -> Any:
    return platform.find("File", platform.files, request["id"])


@answers("file-storage.list")
def _file_storage_list(platform: Platform, request: Request) -> Any:
    team = platform.find("Team", platform.teams, request["teamId"])
    # assumed: recursive unless told, as the SDK asks
    recursive = request.get("recursive", True)
    files = [file for file in platform.files.values() if file["teamId"] == team.id]
    return [file for file in files if _is_in(file["path"], request["path"], recursive=recursive)]


def _is_in(path: str, place: str, *, recursive: bool) -> bool:
    """Tell whether a path is the place itself or below it."""
    folder = place.rstrip("/") + "/"
    below = path.startswith(folder) and (recursive or "/" not in path.removeprefix(folder))
    return path == place or below
