from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.workspace_scope_mode import WorkspaceScopeMode, check_workspace_scope_mode

T = TypeVar("T", bound="WorkspaceScope")


@_attrs_define
class WorkspaceScope:
    id: int
    mode: WorkspaceScopeMode

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        mode: str = self.mode

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "mode": mode,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        mode = check_workspace_scope_mode(d.pop("mode"))

        workspace_scope = cls(
            id=id,
            mode=mode,
        )

        return workspace_scope
