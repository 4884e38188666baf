from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ModelProperties")


@_attrs_define
class ModelProperties:
    """What describes a neural network."""

    name: str | Unset = UNSET
    framework: str | Unset = UNSET
    task: str | Unset = UNSET
    """ Such as object detection. """
    modality: str | Unset = UNSET
    """ images or videos in the SDK, image in its release script. """
    train_module_id: int | Unset = UNSET
    serve_module_id: int | Unset = UNSET
    architecture: str | Unset = UNSET
    pretrained: bool | Unset = UNSET
    num_classes: int | Unset = UNSET
    size: int | Unset = UNSET
    params_m: float | Unset = UNSET
    """ Parameters in millions. """
    gflo_ps: float | Unset = UNSET
    tags: list[str] | Unset = UNSET
    runtimes: list[str] | Unset = UNSET
    files: Any | Unset = UNSET
    """ A list in the SDK; of what, is not known. """
    speed_tests: list[Any] | Unset = UNSET
    evaluation: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        framework = self.framework

        task = self.task

        modality = self.modality

        train_module_id = self.train_module_id

        serve_module_id = self.serve_module_id

        architecture = self.architecture

        pretrained = self.pretrained

        num_classes = self.num_classes

        size = self.size

        params_m = self.params_m

        gflo_ps = self.gflo_ps

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        runtimes: list[str] | Unset = UNSET
        if not isinstance(self.runtimes, Unset):
            runtimes = self.runtimes

        files = self.files

        speed_tests: list[Any] | Unset = UNSET
        if not isinstance(self.speed_tests, Unset):
            speed_tests = self.speed_tests

        evaluation = self.evaluation

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if framework is not UNSET:
            field_dict["framework"] = framework
        if task is not UNSET:
            field_dict["task"] = task
        if modality is not UNSET:
            field_dict["modality"] = modality
        if train_module_id is not UNSET:
            field_dict["trainModuleId"] = train_module_id
        if serve_module_id is not UNSET:
            field_dict["serveModuleId"] = serve_module_id
        if architecture is not UNSET:
            field_dict["architecture"] = architecture
        if pretrained is not UNSET:
            field_dict["pretrained"] = pretrained
        if num_classes is not UNSET:
            field_dict["numClasses"] = num_classes
        if size is not UNSET:
            field_dict["size"] = size
        if params_m is not UNSET:
            field_dict["paramsM"] = params_m
        if gflo_ps is not UNSET:
            field_dict["GFLOPs"] = gflo_ps
        if tags is not UNSET:
            field_dict["tags"] = tags
        if runtimes is not UNSET:
            field_dict["runtimes"] = runtimes
        if files is not UNSET:
            field_dict["files"] = files
        if speed_tests is not UNSET:
            field_dict["speedTests"] = speed_tests
        if evaluation is not UNSET:
            field_dict["evaluation"] = evaluation

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        framework = d.pop("framework", UNSET)

        task = d.pop("task", UNSET)

        modality = d.pop("modality", UNSET)

        train_module_id = d.pop("trainModuleId", UNSET)

        serve_module_id = d.pop("serveModuleId", UNSET)

        architecture = d.pop("architecture", UNSET)

        pretrained = d.pop("pretrained", UNSET)

        num_classes = d.pop("numClasses", UNSET)

        size = d.pop("size", UNSET)

        params_m = d.pop("paramsM", UNSET)

        gflo_ps = d.pop("GFLOPs", UNSET)

        tags = cast(list[str], d.pop("tags", UNSET))

        runtimes = cast(list[str], d.pop("runtimes", UNSET))

        files = d.pop("files", UNSET)

        speed_tests = cast(list[Any], d.pop("speedTests", UNSET))

        evaluation = d.pop("evaluation", UNSET)

        model_properties = cls(
            name=name,
            framework=framework,
            task=task,
            modality=modality,
            train_module_id=train_module_id,
            serve_module_id=serve_module_id,
            architecture=architecture,
            pretrained=pretrained,
            num_classes=num_classes,
            size=size,
            params_m=params_m,
            gflo_ps=gflo_ps,
            tags=tags,
            runtimes=runtimes,
            files=files,
            speed_tests=speed_tests,
            evaluation=evaluation,
        )

        model_properties.additional_properties = d
        return model_properties

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
