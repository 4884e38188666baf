"""Every edge that the official SDK adds is taken by the server: it swallows errors, so its log is what tells."""

import logging
import os

import requests
import supervisely
from supervisely.api.app_api import WorkflowMeta, WorkflowSettings

failures: list[str] = []


class Failures(logging.Handler):
    """Keeps what the SDK logs instead of raising."""

    def emit(self, record: logging.LogRecord) -> None:
        failures.append(record.getMessage())


api = supervisely.Api.from_env()
supervisely.logger.addHandler(Failures(logging.WARNING))
module_id = api.app.get_ecosystem_module_id("supervisely-ecosystem/export-to-dota")
session = api.app.start(agent_id=int(os.environ["AGENT_ID"]), module_id=module_id, task_name="lineage")
meta = WorkflowMeta(WorkflowSettings("T", "image", "#1", "#2", "/u", "U", "D"), WorkflowSettings(title="N"))
workflow, task_id = api.app.workflow, session.task_id
workflow.enable()

answers = [
    workflow.add_input_project(76, task_id=task_id),
    workflow.add_input_project(76, version_id=222, task_id=task_id),
    workflow.add_input_project(76, version_num=4, task_id=task_id),
    workflow.add_input_dataset(9, task_id, meta),
    workflow.add_input_file(7660, task_id=task_id),
    workflow.add_input_file("/a/00135.json", True, task_id),
    workflow.add_input_folder("/models", task_id, meta),
    workflow.add_input_task(task_id, task_id),
    workflow.add_input_job(33, task_id),
    workflow.add_output_project(76, task_id=task_id),
    workflow.add_output_project(76, 222, task_id, meta),
    workflow.add_output_dataset(9, task_id),
    workflow.add_output_file(7660, True, task_id),
    workflow.add_output_folder("models/x", task_id),
    workflow.add_output_app(task_id, meta),
    workflow.add_output_task(task_id, task_id),
    workflow.add_output_job(33, task_id),
]
assert not failures, failures
assert answers == [{}] * len(answers), answers
edges = requests.get(f"{api.server_address}/__mock__/state", timeout=30).json()["workflow"]
kept = {(edge["direction"], edge["type"], edge["id"]) for edge in edges if edge["node"]["id"] == task_id}
wanted = {
    *(("input", kind, id) for kind, id in (("file", 7660), ("folder", "/models"), ("task", task_id))),
    *(("output", kind, id) for kind, id in (("app_session", task_id), ("folder", "/models/x"), ("task", task_id))),
    *((direction, kind, id) for direction in ("input", "output") for kind, id in (
        ("project", 76), ("project_version", 222), ("dataset", 9), ("job", 33), ("model_weight", 7660)
    )),
}  # fmt: skip
assert kept == wanted, kept ^ wanted
workflow.add_output_task(task_id + 1000, task_id + 1000)  # an edge to the lineage of no team
assert failures, "the SDK's failures would not be seen"
print(len(answers), "edges of the official SDK are taken")
