"""Adding one edge: what is looked up and sent for it, what goes into the ledger, and what becomes of an error."""

import logging
from datetime import UTC, datetime
from typing import Any, Literal, NoReturn, TypeAlias, get_args

from attrs import define, evolve, field
from supervisely_client.api.workflow import workflow_node_add_input, workflow_node_add_output
from supervisely_client.models.workflow_node_add_input_request import WorkflowNodeAddInputRequest
from supervisely_client.models.workflow_node_add_output_request import WorkflowNodeAddOutputRequest
from supervisely_client.operation import MIN_INSTANCE_VERSION, MIN_INSTANCE_VERSION_OF_TYPE, Operation

from . import env
from .call import Caller
from .checks import as_optional_id
from .errors import ArgumentError, InstanceTooOld, MissingVariable, SuperviselyError
from .instance import is_at_least, known_version_of
from .lineage import Direction, Edge, Kind, Ledger
from .workflow_edges import EDGES, Wanted
from .workflow_lookup import find_file, find_team, find_version
from .workflow_settings import as_meta

log = logging.getLogger("supervisely_ext")

Mode = Literal["strict", "collect", "lenient"]
MODES: tuple[Mode, ...] = get_args(Mode)

_Request: TypeAlias = WorkflowNodeAddInputRequest | WorkflowNodeAddOutputRequest
_INTERRUPTED = "interrupted: it is not known whether it was added"
_REQUESTS: dict[Direction, tuple[Operation[..., Any], type[_Request]]] = {
    "input": (workflow_node_add_input.OPERATION, WorkflowNodeAddInputRequest),
    "output": (workflow_node_add_output.OPERATION, WorkflowNodeAddOutputRequest),
}


@define
class Recorder:
    """Adds the edges of one client; its workflow and the nodes of tasks share it."""

    caller: Caller
    enabled: bool = field(factory=lambda: not env.is_development())
    mode: Mode = "collect"
    ledger: Ledger = field(factory=Ledger)
    errors: list[SuperviselyError] = field(factory=list[SuperviselyError])
    _teams: dict[int, int] = field(factory=dict[int, int])
    _told_that_off: bool = False

    async def add(
        self, direction: Direction, what: str, given: tuple[Any, ...], task_id: int | None, meta: object
    ) -> dict[str, Any] | None:
        """Add an edge and give the server's answer: `{}` when it failed, None when nothing was to be sent."""
        try:
            wanted = EDGES[direction, what](*given)
            edge = self._draft(direction, wanted, task_id, meta)
            if self.enabled:
                return await self._send(edge or _no_task(), wanted)
            self._keep_only(edge)
        except SuperviselyError as error:
            return self._fail(f"add_{direction}_{what}", error)
        return None

    def _draft(self, direction: Direction, wanted: Wanted, task_id: int | None, meta: object) -> Edge | None:
        """Give the edge as it is before anything is looked up; None without a task."""
        shown = as_meta(meta, lenient=self.mode == "lenient")
        task = as_optional_id("task_id", self.caller.credentials.task_id if task_id is None else task_id)
        if task is None:
            return None
        return Edge(
            server=str(self.caller.server.address),
            task_id=task,
            direction=direction,
            kind=wanted.kind,
            target=task if wanted.target is None else wanted.target,
            meta=shown,
            team_id=self._teams.get(task),
            at=_timestamp(self.caller.transport.time()),
            state="off",
            reason="" if wanted.version_num is None else f"version {wanted.version_num} was not looked up",
        )

    def _keep_only(self, edge: Edge | None) -> None:
        if edge is not None:
            self.ledger.append(edge)
        if not self._told_that_off:
            self._told_that_off = True
            log.warning("the workflow is off, and edges are only kept: api.app.workflow.enable() turns it on")

    async def _send(self, edge: Edge, wanted: Wanted) -> dict[str, Any]:
        edge = evolve(edge, state="failed", reason=_INTERRUPTED)
        try:
            await self._check_version(_REQUESTS[edge.direction][0].name, edge.kind)
            edge = await self._with_target(edge, wanted)
            edge = evolve(edge, team_id=await self._team(edge.task_id))
            answer = await self._post(edge)
            edge = evolve(edge, state="sent", reason="")
        except InstanceTooOld as error:
            edge = evolve(edge, state="too_old", reason=str(error))
            raise
        except SuperviselyError as error:
            edge = evolve(edge, reason=str(error))
            self._forget(edge)
            raise
        finally:
            # Only now is it certain whether the server is reached by http or https.
            self.ledger.append(evolve(edge, server=str(self.caller.server.address)))
        return answer

    async def _check_version(self, operation: str, kind: Kind) -> None:
        needed = MIN_INSTANCE_VERSION_OF_TYPE[operation].get(kind, MIN_INSTANCE_VERSION[operation])
        version = await known_version_of(self.caller)
        if not is_at_least(version, needed):
            raise InstanceTooOld(operation=f"{operation} of type {kind}", version=version, needed=needed)

    async def _with_target(self, edge: Edge, wanted: Wanted) -> Edge:
        if wanted.version_num is not None:
            version = await find_version(self.caller, int(edge.target), wanted.version_num)
            return evolve(edge, kind="project_version", target=version)
        if wanted.is_path_of_file:
            team = env.team_id(raise_not_found=False) or await self._team(edge.task_id)
            return evolve(edge, target=await find_file(self.caller, team, str(edge.target)))
        return edge

    async def _team(self, task_id: int) -> int:
        if task_id not in self._teams:
            self._teams[task_id] = await find_team(self.caller, task_id)
        return self._teams[task_id]

    async def _post(self, edge: Edge) -> dict[str, Any]:
        operation, request = _REQUESTS[edge.direction]
        body = {
            "teamId": edge.team_id,
            "node": {"type": "task", "id": edge.task_id},
            "type": edge.kind,
            "id": edge.target,
            **({"meta": edge.meta} if edge.meta else {}),
        }
        answer = await self.caller.call(operation, body=request.from_dict(body))
        return answer.read(dict)

    def _forget(self, edge: Edge) -> None:
        """Ask again next time: the task may have moved, the server may be another version."""
        self._teams.pop(edge.task_id, None)
        self.caller.server.version = None

    def _fail(self, method: str, error: SuperviselyError) -> dict[str, Any] | None:
        wrong = isinstance(error, ArgumentError) and not isinstance(error, MissingVariable)
        if self.mode == "strict" or (self.mode == "collect" and wrong):
            raise error
        if self.mode == "collect":
            self.errors.append(error)
        log.warning("%s: the edge was not added: %s", method, error)
        return None if isinstance(error, InstanceTooOld) else {}


def _no_task() -> NoReturn:
    raise MissingVariable(
        argument="task_id",
        problem="is not given, and SUPERVISELY_TASK_ID is not set",
        variables=("SUPERVISELY_TASK_ID",),
    )


def _timestamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
