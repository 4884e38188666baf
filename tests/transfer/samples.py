"""What the tests of downloads share."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
from supervisely_client.api.ecosystem import ecosystem_file_download
from supervisely_client.models.ecosystem_file_download_request import EcosystemFileDownloadRequest

from supervisely_ext.call import Caller
from supervisely_ext.download import download
from supervisely_ext.transport import Unanswered

OPERATION = ecosystem_file_download.OPERATION
REQUEST = OPERATION.build(body=EcosystemFileDownloadRequest(module_id=83, file_key="k"))


async def save(caller: Caller, path: str | os.PathLike[str], on_bytes: Any = None) -> None:
    """Download the one file that there is."""
    await download(caller, OPERATION, REQUEST, path, on_bytes)


def left(folder: Path) -> list[str]:
    """Give the names in a folder, the hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


class Pieces(httpx.AsyncByteStream):
    """A body in pieces, which may break off at the end."""

    def __init__(self, *pieces: bytes, breaks: bool = False) -> None:
        self._pieces = pieces
        self._breaks = breaks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece
        if self._breaks:
            raise Unanswered(httpx.ReadError("connection reset"), sent=True)


def body(*pieces: bytes, status: int = 200, breaks: bool = False, **headers: str) -> httpx.Response:
    """A scripted answer with a body in pieces; header names with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=Pieces(*pieces, breaks=breaks))
