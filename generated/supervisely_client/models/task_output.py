from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.experiment_output import ExperimentOutput
    from ..models.general_output import GeneralOutput
    from ..models.model_output import ModelOutput
    from ..models.project_output import ProjectOutput


T = TypeVar("T", bound="TaskOutput")


@_attrs_define
class TaskOutput:
    project: ProjectOutput | Unset = UNSET
    model: ModelOutput | Unset = UNSET
    general: GeneralOutput | Unset = UNSET
    experiment: ExperimentOutput | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        project: dict[str, Any] | Unset = UNSET
        if not isinstance(self.project, Unset):
            project = self.project.to_dict()

        model: dict[str, Any] | Unset = UNSET
        if not isinstance(self.model, Unset):
            model = self.model.to_dict()

        general: dict[str, Any] | Unset = UNSET
        if not isinstance(self.general, Unset):
            general = self.general.to_dict()

        experiment: dict[str, Any] | Unset = UNSET
        if not isinstance(self.experiment, Unset):
            experiment = self.experiment.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if project is not UNSET:
            field_dict["project"] = project
        if model is not UNSET:
            field_dict["model"] = model
        if general is not UNSET:
            field_dict["general"] = general
        if experiment is not UNSET:
            field_dict["experiment"] = experiment

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.experiment_output import ExperimentOutput  # noqa: PLC0415
        from ..models.general_output import GeneralOutput  # noqa: PLC0415
        from ..models.model_output import ModelOutput  # noqa: PLC0415
        from ..models.project_output import ProjectOutput  # noqa: PLC0415

        d = dict(src_dict)
        _project = d.pop("project", UNSET)
        project: ProjectOutput | Unset
        if isinstance(_project, Unset):
            project = UNSET
        else:
            project = ProjectOutput.from_dict(_project)

        _model = d.pop("model", UNSET)
        model: ModelOutput | Unset
        if isinstance(_model, Unset):
            model = UNSET
        else:
            model = ModelOutput.from_dict(_model)

        _general = d.pop("general", UNSET)
        general: GeneralOutput | Unset
        if isinstance(_general, Unset):
            general = UNSET
        else:
            general = GeneralOutput.from_dict(_general)

        _experiment = d.pop("experiment", UNSET)
        experiment: ExperimentOutput | Unset
        if isinstance(_experiment, Unset):
            experiment = UNSET
        else:
            experiment = ExperimentOutput.from_dict(_experiment)

        task_output = cls(
            project=project,
            model=model,
            general=general,
            experiment=experiment,
        )

        return task_output
