"""Files of an app's repository, as the ecosystem keeps them."""

import logging
import os
from typing import Any

from supervisely_client.api.ecosystem import ecosystem_file_download
from supervisely_client.models.ecosystem_file_download_request import EcosystemFileDownloadRequest
from supervisely_client.types import UNSET

from .checks import as_id, as_text
from .download import download
from .errors import ArgumentError
from .namespace import Namespace
from .relay import OnBytes

log = logging.getLogger("supervisely_ext")


class AppFiles(Namespace):
    """Downloads (`ecosystem.file.download`); a file appears under its name only when it is whole."""

    async def download_git_file(
        self,
        module_id: int,
        save_path: str | os.PathLike[str],
        app_id: int | None = None,
        version: str | None = None,
        file_path: str | None = None,
        file_key: str | None = None,
        log_progress: bool = True,
        ext_logger: logging.Logger | None = None,
        *,
        on_bytes: OnBytes | None = None,
    ) -> None:
        """Save a file of an app's repository, by its path there or by its key.

        What is at `save_path` stays untouched until the new file is whole. `on_bytes` gets the bytes as they arrive;
        `log_progress` logs one line when the file is there. Raises `ConnectionFailed` for a body that stays broken.
        """
        if file_path is None and file_key is None:
            raise ArgumentError(argument="file_path, file_key", problem="neither is given", hint="Give one of them")
        request = EcosystemFileDownloadRequest(
            module_id=as_id("module_id", module_id),
            app_id=UNSET if app_id is None else as_id("app_id", app_id),
            version=UNSET if version is None else as_text("version", version),
            file_path=UNSET if file_path is None else as_text("file_path", file_path),
            file_key=UNSET if file_key is None else as_text("file_key", file_key),
        )
        await self._save(request, save_path, on_bytes, _logger(log_progress, ext_logger))

    async def download_git_archive(
        self,
        ecosystem_item_id: int,
        app_id: int | None,
        version: str | None,
        save_path: str | os.PathLike[str],
        log_progress: bool = True,
        ext_logger: logging.Logger | None = None,
        *,
        on_bytes: OnBytes | None = None,
    ) -> None:
        """Save an app's whole repository as an archive, as `download_git_file` saves a file; `version` None is the latest."""
        request = EcosystemFileDownloadRequest(
            module_id=as_id("ecosystem_item_id", ecosystem_item_id),
            app_id=UNSET if app_id is None else as_id("app_id", app_id),
            version=None if version is None else as_text("version", version),
            is_archive=True,
        )
        await self._save(request, save_path, on_bytes, _logger(log_progress, ext_logger))

    async def _save(
        self,
        request: EcosystemFileDownloadRequest,
        save_path: str | os.PathLike[str],
        on_bytes: OnBytes | None,
        logger: Any,
    ) -> None:
        operation = ecosystem_file_download.OPERATION
        await download(self._caller, operation, operation.build(body=request), save_path, on_bytes)
        if logger is not None:
            logger.info("saved %s", os.fspath(save_path))


def _logger(log_progress: bool, ext_logger: logging.Logger | None) -> logging.Logger | None:
    return (ext_logger or log) if log_progress else None
