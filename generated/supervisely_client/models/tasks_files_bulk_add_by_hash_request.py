from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.hashed_file import HashedFile


T = TypeVar("T", bound="TasksFilesBulkAddByHashRequest")


@_attrs_define
class TasksFilesBulkAddByHashRequest:
    task_id: int
    files: list[HashedFile]

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        files = []
        for files_item_data in self.files:
            files_item = files_item_data.to_dict()
            files.append(files_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "taskId": task_id,
                "files": files,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.hashed_file import HashedFile  # noqa: PLC0415

        d = dict(src_dict)
        task_id = d.pop("taskId")

        files = []
        _files = d.pop("files")
        for files_item_data in _files:
            files_item = HashedFile.from_dict(files_item_data)

            files.append(files_item)

        tasks_files_bulk_add_by_hash_request = cls(
            task_id=task_id,
            files=files,
        )

        return tasks_files_bulk_add_by_hash_request
