"""`api.app.workflow`: the lineage of tasks, what each has read and made."""

import logging
from collections.abc import Iterable
from itertools import chain
from types import TracebackType
from typing import Protocol

from supervisely_client.operation import MIN_INSTANCE_VERSION

from .call import Caller
from .checks import as_id, as_text, one_of
from .errors import ArgumentError, LineageIncomplete, SuperviselyError
from .instance import is_at_least, known_version_of, numbers
from .lineage import Edge, Ledger
from .lineage_graph import LineageGraph
from .lineage_nodes import Statuses
from .workflow_adding import WorkflowAdding
from .workflow_recorder import MODES, Mode, Recorder

log = logging.getLogger("supervisely_ext")

_OLDEST = MIN_INSTANCE_VERSION["workflow.node.add-input"]


class AsyncTaskNodeApi(WorkflowAdding):
    """A task to which edges are added without repeating its id: `with api.app.workflow.task(task_id) as node`."""

    async def __aenter__(self) -> "AsyncTaskNodeApi":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave; every edge was added when its method returned."""


class AsyncWorkflowApi(WorkflowAdding):
    """Adds to the lineage what a task reads and makes; on when `ENV` is `production`, or after `enable`.

    `ledger` holds every edge that was asked for, whatever became of it; `errors` what went wrong in the mode `collect`.
    """

    ledger: Ledger
    errors: list[SuperviselyError]

    def __init__(self, caller: Caller) -> None:
        super().__init__(Recorder(caller))
        self.ledger = self._recorder.ledger
        self.errors = self._recorder.errors

    def enable(self) -> None:
        """Send edges from now on."""
        self._recorder.enabled = True

    def disable(self) -> None:
        """Send no edges from now on; the ledger keeps them."""
        self._recorder.enabled = False

    def is_enabled(self) -> bool:
        """Tell whether edges are sent."""
        return self._recorder.enabled

    def set_mode(self, mode: Mode) -> None:
        """Say what an edge that cannot be added does.

        `collect`, the default, goes on: the error is in `errors` and in one warning, the method gives `{}`; only wrong arguments raise.
        `strict` raises. `lenient` is the official SDK's way: it logs the reason and gives `{}`, for wrong arguments too, and drops
        wrong settings. A server that is too old gives None instead of `{}`.
        """
        self._recorder.mode = one_of("mode", mode, MODES)

    def raise_errors(self) -> None:
        """Raise `LineageIncomplete` when there are `errors`."""
        if self.errors:
            raise LineageIncomplete(errors=tuple(self.errors))

    def task(self, task_id: int) -> AsyncTaskNodeApi:
        """Give a task's node: its methods are these, and need no `task_id`. Mode, switch and ledger stay the same."""
        return AsyncTaskNodeApi(self._recorder, as_id("task_id", task_id))

    def graph(self, *ledgers: Iterable[Edge], statuses: Statuses | None = None) -> LineageGraph:
        """Give the graph of this ledger and others, such as those of other processes; each edge counts once.

        `statuses` is by task id, or by (server, task id), which several servers need. Raises `ArgumentError`.
        """
        return LineageGraph.from_edges(chain(self.ledger, *ledgers), statuses)

    async def check_instance_compatibility(self, *, min_instance_version: str | None = None) -> bool:
        """Tell whether the server has the workflow, or is that version at least (`instance.version`).

        Raises `UnexpectedAnswer` when the server does not say its version.
        """
        needed = _OLDEST if min_instance_version is None else _as_version(min_instance_version)
        return is_at_least(await known_version_of(self._recorder.caller), needed)


class _HasVersion(Protocol):
    @property
    def instance_version(self) -> str: ...


def _as_version(value: str) -> str:
    if not numbers(as_text("min_instance_version", value)):
        problem = f"is {value!r}, and a version begins with numbers, such as {_OLDEST}"
        raise ArgumentError(argument="min_instance_version", problem=problem)
    return value


def check_workflow_compatibility(api: _HasVersion, min_instance_version: str) -> bool:
    """Tell whether the server of a blocking client is that version at least.

    False too when that cannot be found out, with a warning; `api.app.workflow.check_instance_compatibility` raises then.
    """
    try:
        return is_at_least(api.instance_version, _as_version(min_instance_version))
    except SuperviselyError as error:
        log.warning("it is not known whether the server has the workflow: %s", error)
        return False
