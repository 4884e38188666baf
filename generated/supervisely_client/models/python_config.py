from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PythonConfig")


@_attrs_define
class PythonConfig:
    """Which of the two fields are required is not known."""

    name: str | Unset = UNSET
    values: Any | Unset = UNSET
    """ Any JSON. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        values = self.values

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if values is not UNSET:
            field_dict["values"] = values

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        values = d.pop("values", UNSET)

        python_config = cls(
            name=name,
            values=values,
        )

        return python_config
