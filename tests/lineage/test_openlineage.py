"""OpenLineage events, held against the classes that the OpenLineage project generates from its JSON Schemas."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError
from openlineage.client import event_v2
from openlineage.client.facet_v2 import (
    dataset_type_dataset,
    documentation_dataset,
    documentation_job,
    job_dependencies_run,
    job_type_job,
    parent_run,
)
from openlineage.client.serde import Serde

from supervisely_ext.lineage import Edge
from supervisely_ext.lineage_graph import LineageGraph

from .samples import SERVER, edge, pipeline, titled
from .test_graph import edge_lists

RULES = Draft202012Validator(
    json.loads((Path(__file__).parents[1] / "data/openlineage_2_0_2.json").read_text("utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def read(event: dict[str, Any]) -> event_v2.RunEvent:
    """Build the official objects: an unknown field, a missing one or a wrong UUID or time is an error there."""
    event = json.loads(json.dumps(event))
    schema = event.pop("schemaURL")
    run, job = event.pop("run"), event.pop("job")
    made = event_v2.RunEvent(
        eventType=event_v2.RunState(event.pop("eventType")),
        run=event_v2.Run(**run | {"facets": run_facets(run["facets"])}),
        job=event_v2.Job(
            **job | {"facets": {name: facet(JOB_FACETS[name], known) for name, known in job["facets"].items()}}
        ),
        inputs=[dataset(event_v2.InputDataset, known) for known in event.pop("inputs")],
        outputs=[dataset(event_v2.OutputDataset, known) for known in event.pop("outputs")],
        **event,
    )
    assert made.schemaURL == schema
    return made


def facet(kind: Any, fields: dict[str, Any]) -> Any:
    """Build a facet; its schema's address must be that of the class."""
    made = kind(**{name.removeprefix("_"): value for name, value in fields.items() if name != "_schemaURL"})
    assert made._schemaURL == fields["_schemaURL"]
    return made


JOB_FACETS = {"jobType": job_type_job.JobTypeJobFacet, "documentation": documentation_job.DocumentationJobFacet}
DATASET_FACETS = {
    "datasetType": dataset_type_dataset.DatasetTypeDatasetFacet,
    "documentation": documentation_dataset.DocumentationDatasetFacet,
}


def dataset(kind: Any, fields: dict[str, Any]) -> Any:
    return kind(
        **fields | {"facets": {name: facet(DATASET_FACETS[name], known) for name, known in fields["facets"].items()}}
    )


def run_facets(facets: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if parent := facets.get("parent"):
        ends = {"run": parent_run.Run(**parent["run"]), "job": parent_run.Job(**parent["job"])}
        made["parent"] = facet(parent_run.ParentRunFacet, parent | ends)
    if dependencies := facets.get("jobDependencies"):
        upstream = [
            job_dependencies_run.JobDependency(
                job=job_dependencies_run.JobIdentifier(**known["job"]),
                run=job_dependencies_run.RunIdentifier(**known["run"]),
            )
            for known in dependencies["upstream"]
        ]
        made["jobDependencies"] = facet(
            job_dependencies_run.JobDependenciesRunFacet, dependencies | {"upstream": upstream}
        )
    assert made.keys() == facets.keys()
    return made


def events_of(*edges: Edge, **statuses: str) -> list[dict[str, Any]]:
    return LineageGraph.from_edges(
        edges, {int(task.removeprefix("t")): status for task, status in statuses.items()}
    ).to_openlineage()


def bare(value: Any) -> Any:
    """Leave out what is empty, as the official client does when it writes."""
    if isinstance(value, dict):
        return {
            key: inner
            for key, inner in ((key, bare(inner)) for key, inner in value.items())
            if inner not in ({}, [], None)
        }
    return [bare(inner) for inner in value] if isinstance(value, list) else value


def checked(event: dict[str, Any]) -> None:
    """Judge it by the rules of its JSON Schema, read it with the official classes, write it with the official client, compare."""
    RULES.validate(event)
    assert bare(json.loads(Serde.to_json(read(event)))) == bare(event)
    assert datetime.fromisoformat(event["eventTime"]).tzinfo
    assert str(UUID(event["run"]["runId"])) == event["run"]["runId"]
    assert event["producer"] == "urn:supervisely-ext:lineage"


def test_a_pipeline_is_valid() -> None:
    """30 tasks, two events for each that ended."""
    edges, statuses = pipeline()
    events = LineageGraph.from_edges(edges, statuses).to_openlineage()
    for event in events:
        checked(event)
    assert len({event["run"]["runId"] for event in events}) == 30
    assert len(events) == 58
    assert [event["eventTime"] for event in events] == sorted(event["eventTime"] for event in events)


@given(edge_lists())
def test_any_graph_is_valid(edges: list[Edge]) -> None:
    """And every task has an event, also one that others only name."""
    graph = LineageGraph.from_edges(edges)
    events = graph.to_openlineage()
    for event in events:
        checked(event)
    assert len(events) == sum(node.is_task for node in graph.nodes)


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("finished", ["START", "COMPLETE"]),
        ("error", ["START", "FAIL"]),
        ("stopped", ["START", "ABORT"]),
        ("started", ["RUNNING"]),
        ("deployed", ["RUNNING"]),
        ("terminating", ["RUNNING"]),
        ("queued", ["OTHER"]),
        ("hibernating", ["OTHER"]),
    ],
)
def test_a_status_decides_the_events(status: str, kinds: list[str]) -> None:
    """Their times are those of the first and the last edge; each of them says all."""
    edges = [edge(5, "input", "task", 6, second=1), edge(5, "output", "project", 1, second=2)]
    found = [event for event in events_of(*edges, t5=status) if event["job"]["name"] == "task.5"]
    assert [event["eventType"] for event in found] == kinds
    assert (found[0]["eventTime"], found[-1]["eventTime"])[-len(kinds) :] == (edges[0].at, edges[1].at)[-len(kinds) :]
    for event in found:
        assert event["run"]["facets"]["parent"]["job"] == {"namespace": SERVER, "name": "task.6"}
        assert [made["name"] for made in event["outputs"]] == ["project/1"]


def test_times_are_compared_as_times() -> None:
    """However many digits each has, and however UTC is written."""
    written = [
        "2026-01-01T00:00:00.250Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.1+00:00",
        "2026-01-01T00:00:00.5Z",
    ]
    edges = [edge(5, "output", "file", number, at=at) for number, at in enumerate(written, 1)]
    events = events_of(edge(6, "input", "file", 1, at="2026-01-01T00:00:00.05Z"), *edges, t5="finished", t6="started")
    assert [event["eventTime"] for event in events] == [
        "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.05Z", "2026-01-01T00:00:00.5Z"
    ]  # fmt: skip
    for event in events:
        checked(event)


def test_tasks_of_the_same_id_on_two_servers_are_two_runs() -> None:
    """Their namespaces differ, and so do the ids of their runs; the same task has the same id the next time."""
    one, other = events_of(edge(5, "input", "file", 1), edge(5, "input", "file", 1, server="https://other.invalid"))
    assert {one["job"]["namespace"], other["job"]["namespace"]} == {SERVER, "https://other.invalid"}
    assert one["run"]["runId"] != other["run"]["runId"]
    (again,) = events_of(edge(5, "input", "dataset", 2, second=9))
    assert again["run"]["runId"] in {one["run"]["runId"], other["run"]["runId"]}


def test_a_server_of_any_name_has_runs() -> None:
    """A ledger may come from anywhere."""
    (event,) = events_of(edge(5, "input", "file", 1, server="https://\ud800"))
    assert UUID(event["run"]["runId"])


def test_a_run_has_one_parent_and_all_its_dependencies() -> None:
    """The parent's run id is the id of the parent's own event."""
    events = events_of(edge(5, "input", "task", 6), edge(5, "input", "task", 7), edge(7, "output", "file", 1))
    runs = {event["job"]["name"]: event["run"] for event in events}
    facets = runs["task.5"]["facets"]
    assert facets["parent"]["run"]["runId"] == runs["task.6"]["runId"]
    upstream = [known["run"]["runId"] for known in facets["jobDependencies"]["upstream"]]
    assert upstream == [runs["task.6"]["runId"], runs["task.7"]["runId"]]
    assert runs["task.6"]["facets"] == {}
    assert UUID(runs["task.5"]["runId"]).version == 5


def test_datasets_are_named_apart() -> None:
    """By kind and id; a path by its team too. Titles are documentation, weights have a type of their own."""
    (event,) = events_of(
        edge(5, "input", "project", 1),
        edge(5, "input", "folder", "/a/b"),
        edge(5, "input", "model_weight", 1, meta=titled("best.pt", "customRelationSettings", description="of run 3")),
    )
    names = {known["name"]: known["facets"] for known in event["inputs"]}
    assert list(names) == ["file/1", "team/447/folder/a/b", "project/1"]
    assert names["file/1"]["datasetType"]["datasetType"] == "MODEL_WEIGHT"
    assert names["file/1"]["documentation"]["description"] == "best.pt: of run 3"
    assert {known["namespace"] for known in event["inputs"]} == {SERVER}


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("run", "runId"), "21012"),
        (("eventType",), "FINISHED"),
        (("eventTime",), "yesterday"),
        (("job", "facets", "jobType"), {"integration": "SUPERVISELY"}),
        (("run", "facets"), {"parent": {"_producer": "urn:x", "_schemaURL": "urn:y"}}),
        (("inputs",), [{"namespace": "urn:x"}]),
    ],
)
def test_the_rules_see_what_is_wrong(path: tuple[str, ...], wrong: Any) -> None:
    """Formats, values, what a facet needs."""
    event = events_of(edge(1, "input", "project", 5), t1="finished")[0]
    *outer, last = path
    part = event
    for step in outer:
        part = part[step]
    part[last] = wrong
    with pytest.raises(ValidationError):
        RULES.validate(event)
