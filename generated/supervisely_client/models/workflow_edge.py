from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.workflow_meta import WorkflowMeta
    from ..models.workflow_node import WorkflowNode


T = TypeVar("T", bound="WorkflowEdge")


@_attrs_define
class WorkflowEdge:
    """A task, and something that it reads or makes."""

    team_id: int
    """ The team of the task. """
    node: WorkflowNode
    id: int | str
    """ Of what the type says: for project_version the version's id, for app_session the task's, for folder a path
    that begins with a slash. The SDK leaves it out when it has none, which is taken for a mistake. """
    meta: WorkflowMeta | Unset = UNSET
    """ How the edge is shown. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        team_id = self.team_id

        node = self.node.to_dict()

        id: int | str
        id = self.id

        meta: dict[str, Any] | Unset = UNSET
        if not isinstance(self.meta, Unset):
            meta = self.meta.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "teamId": team_id,
                "node": node,
                "id": id,
            }
        )
        if meta is not UNSET:
            field_dict["meta"] = meta

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.workflow_meta import WorkflowMeta  # noqa: PLC0415
        from ..models.workflow_node import WorkflowNode  # noqa: PLC0415

        d = dict(src_dict)
        team_id = d.pop("teamId")

        node = WorkflowNode.from_dict(d.pop("node"))

        def _parse_id(data: object) -> int | str:
            return cast(int | str, data)

        id = _parse_id(d.pop("id"))

        _meta = d.pop("meta", UNSET)
        meta: WorkflowMeta | Unset
        if isinstance(_meta, Unset):
            meta = UNSET
        else:
            meta = WorkflowMeta.from_dict(_meta)

        workflow_edge = cls(
            team_id=team_id,
            node=node,
            id=id,
            meta=meta,
        )

        workflow_edge.additional_properties = d
        return workflow_edge

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
