from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.workflow_node_type import WorkflowNodeType, check_workflow_node_type

T = TypeVar("T", bound="WorkflowNode")


@_attrs_define
class WorkflowNode:
    type_: WorkflowNodeType
    id: int | str
    """ The SDK sends text when it comes from an environment variable. """

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        id: int | str
        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "id": id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_workflow_node_type(d.pop("type"))

        def _parse_id(data: object) -> int | str:
            return cast(int | str, data)

        id = _parse_id(d.pop("id"))

        workflow_node = cls(
            type_=type_,
            id=id,
        )

        return workflow_node
