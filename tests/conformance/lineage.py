"""Every edge that the official SDK adds is taken by the server: it swallows errors, so its log is what tells."""

import logging
import os

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
workflow.add_output_task(task_id + 1000, task_id + 1000)  # an edge to the lineage of no team
assert failures, "the SDK's failures would not be seen"
print(len(answers), "edges of the official SDK are taken")
