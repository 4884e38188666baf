"""The methods that add an edge, for the workflow and for the node of one task; what each adds stands in `workflow_edges`."""

from os import PathLike
from typing import Any, Protocol, TypeAlias

from .lineage import Direction
from .workflow_recorder import Recorder
from .workflow_settings import Meta


class HasId(Protocol):
    """An entity's info, of this package or of the official SDK."""

    @property
    def id(self) -> int:
        """Its id."""
        ...


Added: TypeAlias = dict[str, Any] | None
"""The server's answer; `{}` when the edge was not added, None when the workflow is off or the server too old."""


class WorkflowAdding:
    """Each method adds one edge (`workflow.node.add-input`, `workflow.node.add-output`); adding it again changes only how it is shown.

    Without `task_id` it is the edge of the task that this runs in (`SUPERVISELY_TASK_ID`). `meta` says how it is shown.
    """

    def __init__(self, recorder: Recorder, task_id: int | None = None) -> None:
        self._recorder = recorder
        self._task_id = task_id

    async def add_input_project(
        self,
        project: int | HasId | None = None,
        version_id: int | None = None,
        version_num: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a project; or a version of it, by the version's id or by its number in the project."""
        return await self._add("input", "project", task_id, meta, project, version_id, version_num)

    async def add_input_dataset(
        self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task read a dataset."""
        return await self._add("input", "dataset", task_id, meta, dataset)

    async def add_input_file(
        self,
        file: int | HasId | str | PathLike[str],
        model_weight: bool = False,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task read a file of the team, or with `model_weight` the weights of a model.

        A path is looked up among the files of the team in the environment (`TEAM_ID`), else of the task's team.
        """
        return await self._add("input", "file", task_id, meta, file, model_weight)

    async def add_input_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task read files of a folder, by its path in the team's files; a slash at the beginning is added."""
        return await self._add("input", "folder", task_id, meta, path)

    async def add_input_task(self, input_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used another task."""
        return await self._add("input", "task", task_id, meta, input_task_id)

    async def add_input_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task used a labeling job; instances from 6.11.11 take it."""
        return await self._add("input", "job", task_id, meta, id)

    async def add_output_project(
        self,
        project: int | HasId | None,
        version_id: int | None = None,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task made a project, or the version of it with this id."""
        return await self._add("output", "project", task_id, meta, project, version_id)

    async def add_output_dataset(
        self, dataset: int | HasId, task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made a dataset."""
        return await self._add("output", "dataset", task_id, meta, dataset)

    async def add_output_file(
        self,
        file: int | HasId,
        model_weight: bool = False,
        task_id: int | None = None,
        meta: Meta | None = None,
    ) -> Added:
        """Say that the task made a file of the team, or with `model_weight` the weights of a model."""
        return await self._add("output", "file", task_id, meta, file, model_weight)

    async def add_output_folder(
        self, path: str | PathLike[str], task_id: int | None = None, meta: Meta | None = None
    ) -> Added:
        """Say that the task made files in a folder, by its path in the team's files; a slash at the beginning is added."""
        return await self._add("output", "folder", task_id, meta, path)

    async def add_output_app(self, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task's own session, open also when the app does not run, shows what it made."""
        return await self._add("output", "app", task_id, meta)

    async def add_output_task(self, output_task_id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made another task."""
        return await self._add("output", "task", task_id, meta, output_task_id)

    async def add_output_job(self, id: int, task_id: int | None = None, meta: Meta | None = None) -> Added:
        """Say that the task made a labeling job; instances from 6.11.11 take it."""
        return await self._add("output", "job", task_id, meta, id)

    async def _add(
        self, direction: Direction, what: str, task_id: int | None, meta: Meta | None, *given: object
    ) -> Added:
        return await self._recorder.add(direction, what, given, self._task_id if task_id is None else task_id, meta)
