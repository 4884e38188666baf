from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.workflow_settings import WorkflowSettings


T = TypeVar("T", bound="WorkflowMeta")


@_attrs_define
class WorkflowMeta:
    """How the edge is shown."""

    custom_relation_settings: WorkflowSettings | Unset = UNSET
    custom_node_settings: WorkflowSettings | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        custom_relation_settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom_relation_settings, Unset):
            custom_relation_settings = self.custom_relation_settings.to_dict()

        custom_node_settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom_node_settings, Unset):
            custom_node_settings = self.custom_node_settings.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if custom_relation_settings is not UNSET:
            field_dict["customRelationSettings"] = custom_relation_settings
        if custom_node_settings is not UNSET:
            field_dict["customNodeSettings"] = custom_node_settings

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.workflow_settings import WorkflowSettings  # noqa: PLC0415

        d = dict(src_dict)
        _custom_relation_settings = d.pop("customRelationSettings", UNSET)
        custom_relation_settings: WorkflowSettings | Unset
        if isinstance(_custom_relation_settings, Unset):
            custom_relation_settings = UNSET
        else:
            custom_relation_settings = WorkflowSettings.from_dict(_custom_relation_settings)

        _custom_node_settings = d.pop("customNodeSettings", UNSET)
        custom_node_settings: WorkflowSettings | Unset
        if isinstance(_custom_node_settings, Unset):
            custom_node_settings = UNSET
        else:
            custom_node_settings = WorkflowSettings.from_dict(_custom_node_settings)

        workflow_meta = cls(
            custom_relation_settings=custom_relation_settings,
            custom_node_settings=custom_node_settings,
        )

        return workflow_meta
