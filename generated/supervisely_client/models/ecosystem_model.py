from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EcosystemModel")


@_attrs_define
class EcosystemModel:
    """A neural network; what is set by `ecosystem.models.add` is taken to come back."""

    id: int
    name: str | Unset = UNSET
    framework: str | Unset = UNSET
    task: str | Unset = UNSET
    modality: str | Unset = UNSET
    architecture: None | str | Unset = UNSET
    train_module_id: int | None | Unset = UNSET
    serve_module_id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        framework = self.framework

        task = self.task

        modality = self.modality

        architecture: None | str | Unset
        if isinstance(self.architecture, Unset):
            architecture = UNSET
        else:
            architecture = self.architecture

        train_module_id: int | None | Unset
        if isinstance(self.train_module_id, Unset):
            train_module_id = UNSET
        else:
            train_module_id = self.train_module_id

        serve_module_id: int | None | Unset
        if isinstance(self.serve_module_id, Unset):
            serve_module_id = UNSET
        else:
            serve_module_id = self.serve_module_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if framework is not UNSET:
            field_dict["framework"] = framework
        if task is not UNSET:
            field_dict["task"] = task
        if modality is not UNSET:
            field_dict["modality"] = modality
        if architecture is not UNSET:
            field_dict["architecture"] = architecture
        if train_module_id is not UNSET:
            field_dict["trainModuleId"] = train_module_id
        if serve_module_id is not UNSET:
            field_dict["serveModuleId"] = serve_module_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        framework = d.pop("framework", UNSET)

        task = d.pop("task", UNSET)

        modality = d.pop("modality", UNSET)

        def _parse_architecture(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        architecture = _parse_architecture(d.pop("architecture", UNSET))

        def _parse_train_module_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        train_module_id = _parse_train_module_id(d.pop("trainModuleId", UNSET))

        def _parse_serve_module_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        serve_module_id = _parse_serve_module_id(d.pop("serveModuleId", UNSET))

        ecosystem_model = cls(
            id=id,
            name=name,
            framework=framework,
            task=task,
            modality=modality,
            architecture=architecture,
            train_module_id=train_module_id,
            serve_module_id=serve_module_id,
        )

        ecosystem_model.additional_properties = d
        return ecosystem_model

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
