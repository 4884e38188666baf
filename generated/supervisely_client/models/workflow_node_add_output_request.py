from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.workflow_node_add_output_request_type import (
    WorkflowNodeAddOutputRequestType,
    check_workflow_node_add_output_request_type,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.workflow_meta import WorkflowMeta
    from ..models.workflow_node import WorkflowNode


T = TypeVar("T", bound="WorkflowNodeAddOutputRequest")


@_attrs_define
class WorkflowNodeAddOutputRequest:
    team_id: int
    """ The team of the task. """
    node: WorkflowNode
    id: int | str
    """ Of what the type says: for project_version the version's id, for app_session the task's, for folder a path
    that begins with a slash. The SDK leaves it out when it has none, which is taken for a mistake. """
    type_: WorkflowNodeAddOutputRequestType
    meta: WorkflowMeta | Unset = UNSET
    """ How the edge is shown. """

    def to_dict(self) -> dict[str, Any]:
        team_id = self.team_id

        node = self.node.to_dict()

        id: int | str
        id = self.id

        type_: str = self.type_

        meta: dict[str, Any] | Unset = UNSET
        if not isinstance(self.meta, Unset):
            meta = self.meta.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "teamId": team_id,
                "node": node,
                "id": id,
                "type": type_,
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

        type_ = check_workflow_node_add_output_request_type(d.pop("type"))

        _meta = d.pop("meta", UNSET)
        meta: WorkflowMeta | Unset
        if isinstance(_meta, Unset):
            meta = UNSET
        else:
            meta = WorkflowMeta.from_dict(_meta)

        workflow_node_add_output_request = cls(
            team_id=team_id,
            node=node,
            id=id,
            type_=type_,
            meta=meta,
        )

        return workflow_node_add_output_request
