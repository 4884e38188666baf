from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.python_config import PythonConfig
    from ..models.python_settings import PythonSettings


T = TypeVar("T", bound="TasksRunPythonRequest")


@_attrs_define
class TasksRunPythonRequest:
    workspace_id: int
    config: PythonConfig
    """ Which of the two fields are required is not known. """
    script: str | Unset = UNSET
    advanced: PythonSettings | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        workspace_id = self.workspace_id

        config = self.config.to_dict()

        script = self.script

        advanced: dict[str, Any] | Unset = UNSET
        if not isinstance(self.advanced, Unset):
            advanced = self.advanced.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "workspaceId": workspace_id,
                "config": config,
            }
        )
        if script is not UNSET:
            field_dict["script"] = script
        if advanced is not UNSET:
            field_dict["advanced"] = advanced

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.python_config import PythonConfig  # noqa: PLC0415
        from ..models.python_settings import PythonSettings  # noqa: PLC0415

        d = dict(src_dict)
        workspace_id = d.pop("workspaceId")

        config = PythonConfig.from_dict(d.pop("config"))

        script = d.pop("script", UNSET)

        _advanced = d.pop("advanced", UNSET)
        advanced: PythonSettings | Unset
        if isinstance(_advanced, Unset):
            advanced = UNSET
        else:
            advanced = PythonSettings.from_dict(_advanced)

        tasks_run_python_request = cls(
            workspace_id=workspace_id,
            config=config,
            script=script,
            advanced=advanced,
        )

        return tasks_run_python_request
