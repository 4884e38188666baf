"""A lineage as OpenLineage run events, as plain JSON: a task is a run of a job of its own, data are datasets. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .lineage_nodes import Arc, Node

PRODUCER = "urn:supervisely-ext:lineage"
_SPEC = "https://openlineage.io/spec"
_SCHEMA = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
_FACETS = {
    "datasetType": "1-0-1/DatasetTypeDatasetFacet",
    "documentation of a dataset": "1-1-0/DocumentationDatasetFacet",
    "documentation of a job": "1-1-0/DocumentationJobFacet",
    "jobDependencies": "1-0-1/JobDependenciesRunFacet",
    "jobType": "2-0-4/JobTypeJobFacet",
    "parent": "1-2-0/ParentRunFacet",
}

_ENDS = {"finished": "COMPLETE", "error": "FAIL", "stopped": "ABORT"}
_ON_THE_WAY = {"started": "RUNNING", "deployed": "RUNNING", "terminating": "RUNNING"}


def to_openlineage(nodes: Sequence[Node], arcs: Sequence[Arc]) -> list[dict[str, Any]]:
    """Give the events in the order of their times, which are those of the recorded edges.

    A task that ended has two, START and COMPLETE, FAIL or ABORT; one that runs has RUNNING; of a task whose status is not
    known, or that waits, the event is OTHER. Each has all facets, datasets and the parent: readers may keep only one.
    """
    into: dict[Node, list[Arc]] = {node: [] for node in nodes}
    out_of: dict[Node, list[Arc]] = {node: [] for node in nodes}
    for arc in arcs:
        into[arc.target].append(arc)
        out_of[arc.source].append(arc)
    events = [event for node in nodes if node.is_task for event in _events(node, into[node], out_of[node])]
    return sorted(events, key=lambda event: datetime.fromisoformat(event["eventTime"]))


def _events(task: Node, into: Sequence[Arc], out_of: Sequence[Arc]) -> list[dict[str, Any]]:
    edges = sorted((edge for arc in (*into, *out_of) for edge in arc.edges), key=lambda edge: edge.moment)
    end = _ENDS.get(task.status or "")
    kinds = (
        [("START", edges[0].at), (end, edges[-1].at)]
        if end
        else [(_ON_THE_WAY.get(task.status or "", "OTHER"), edges[-1].at)]
    )
    what = {
        "run": {"runId": run_id(task), "facets": _run_facets([arc.source for arc in into if arc.source.is_task])},
        "job": _job(task) | {"facets": _job_facets(task)},
        "inputs": [_dataset(arc.source) for arc in into if not arc.source.is_task],
        "outputs": [_dataset(arc.target) for arc in out_of if not arc.target.is_task],
        "producer": PRODUCER,
        "schemaURL": _SCHEMA,
    }
    return [{"eventType": kind, "eventTime": time, **what} for kind, time in kinds]


def run_id(task: Node) -> str:
    """Give the run's UUID, which is the same for the same task of the same server."""
    address = f"{task.server}/apps/sessions/{task.id}"
    return str(uuid5(NAMESPACE_URL, address.encode(errors="backslashreplace").decode()))


def _job(task: Node) -> dict[str, Any]:
    return {"namespace": task.server, "name": f"task.{task.id}"}


def _run_facets(parents: Sequence[Node]) -> dict[str, Any]:
    """Name the first task whose result is read as the parent, for a run has one, and all of them as dependencies."""
    if not parents:
        return {}
    upstream = [{"job": _job(task), "run": {"runId": run_id(task)}} for task in parents]
    return {
        "parent": _facet("parent", **upstream[0]),
        "jobDependencies": _facet("jobDependencies", upstream=upstream),
    }


def _job_facets(task: Node) -> dict[str, Any]:
    kind = _facet("jobType", processingType="BATCH", integration="SUPERVISELY", jobType="TASK")
    return {"jobType": kind} | _documentation(task, "documentation of a job")


def _dataset(node: Node) -> dict[str, Any]:
    team = "" if node.team_id is None else f"team/{node.team_id}/"
    kind = _facet("datasetType", datasetType=(node.role or node.kind).upper())
    facets = {"datasetType": kind} | _documentation(node, "documentation of a dataset")
    name = f"{team}{node.kind}/{str(node.id).lstrip('/')}"
    return {"namespace": node.server, "name": name, "facets": facets}


def _documentation(node: Node, facet: str) -> dict[str, Any]:
    text = ": ".join(filter(None, (node.title, node.description)))
    return {"documentation": _facet(facet, description=text)} if text else {}


def _facet(name: str, **fields: Any) -> Mapping[str, Any]:
    path = _FACETS[name]
    return {"_producer": PRODUCER, "_schemaURL": f"{_SPEC}/facets/{path}.json#/$defs/{path.split('/')[1]}", **fields}
