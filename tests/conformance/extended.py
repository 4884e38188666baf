"""What the official SDK does to tasks, seen in the mock's own state: sessions, fields, outputs, logs, files, downloads."""

import base64
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import requests
import supervisely

api = supervisely.Api.from_env()
team_id, workspace_id, agent_id = (int(os.environ[name]) for name in ("TEAM_ID", "WORKSPACE_ID", "AGENT_ID"))
project_id = 76
Status = api.task.Status


def state() -> dict[str, Any]:
    """Give what the mock holds."""
    return requests.get(f"{api.server_address}/__mock__/state", timeout=30).json()


def task_in_state(task_id: int) -> dict[str, Any]:
    (found,) = [task for task in state()["tasks"] if task["id"] == task_id]
    return found


def history(task_id: int) -> list[str]:
    return [moment["status"] for moment in task_in_state(task_id)["life"]["history"]]


# A session: started, waited for, asked, listed.
module_id = api.app.get_ecosystem_module_id("supervisely-ecosystem/serve-mock-model")
session = api.app.start(
    agent_id=agent_id, module_id=module_id, workspace_id=workspace_id, task_name="extended", params={"a": [1]}
)
task_id = session.task_id
api.app.wait(task_id, target_status=Status.STARTED, attempts=60, attempt_delay_sec=1)
assert history(task_id)[0] == "queued", history(task_id)
assert {"consumed", "started"} & set(history(task_id)), history(task_id)
kept = task_in_state(task_id)
assert (kept["workspaceId"], kept["agentId"]) == (workspace_id, agent_id), kept
assert kept["request"]["taskName"] == "extended", kept
assert kept["request"]["params"] == {"state": {"a": [1]}}, kept
assert task_id in {found.task_id for found in api.app.get_sessions(team_id, module_id)}
app_id = kept["appId"]
assert api.app.get_info_by_id(app_id).module_id == module_id
context = api.task.get_context(task_id)
assert (context["team"]["id"], context["workspace"]["id"]) == (team_id, workspace_id), context
assert api.app.get_url(task_id).endswith(str(task_id))

# Fields: one and several, nested, appended to, merged deeply.
task = api.task
task.set_field(task_id, "data.chart", {"series": [{"y": [1, 2]}], "title": "t"})
task.set_field(task_id, "data.chart.series[0].y", [3], append=True)
task.set_field(task_id, "data.chart", {"title": "new", "axis": {"x": None}}, append=True, recursive=True)
task.set_fields(task_id, [{"field": "state.a", "payload": 1}, {"field": "state.b", "payload": {"ä": [True]}}])
task.set_fields_from_dict(task_id, {"data.n": 1.5, "state.b.c": "x"})
chart = {"series": [{"y": [1, 2, 3]}], "title": "new", "axis": {"x": None}}
wanted = {"data": {"chart": chart, "n": 1.5}, "state": {"a": 1, "b": {"ä": [True], "c": "x"}}}
assert task_in_state(task_id)["data"]["data"] == wanted["data"], task_in_state(task_id)["data"]
assert wanted["state"].items() <= task_in_state(task_id)["data"]["state"].items(), task_in_state(task_id)["data"]
assert task.get_field(task_id, "data.chart.series[0].y") == [1, 2, 3]
assert task.get_fields(task_id, ["state.b", "data.none"]) == {"state.b": wanted["state"]["b"], "data.none": None}
task._update_app_content(task_id, [{"op": "replace", "path": "/n", "value": 2}], {"a": 9})
assert task_in_state(task_id)["data"]["data"]["n"] == 2
assert task.get_field(task_id, "state.a") == 9

# Outputs: each replaces the one before.
project = api.project.get_info_by_id(project_id)


def output() -> dict[str, Any]:
    return task_in_state(task_id)["meta"]["output"]


task.set_output_project(task_id, project_id)
assert (output()["project"]["id"], output()["project"]["title"]) == (project_id, project.name), output()
task.set_output_project(task_id, project_id, "Lemons", "/img.jpg")
assert output() == {"project": {"id": project_id, "title": "Lemons", "preview": "/img.jpg"}}, output()
GENERAL = {
    "report": (task.set_output_report, (7660, "r.lnk"), ("zmdi zmdi-receipt", "Report", False)),
    "archive": (task.set_output_archive, (7660, "a.tar"), ("zmdi zmdi-archive", "Download archive", True)),
    "file": (task.set_output_file_download, (7660, "f.txt"), ("zmdi zmdi-file", "Download file", True)),
    "folder": (task.set_output_directory, (7660, "/d"), ("zmdi zmdi-folder", "Directory", False)),
}
for name, (set_it, arguments, (icon, description, download)) in GENERAL.items():
    set_it(task_id, *arguments)
    general = output()["general"]
    found = (general["icon"]["className"], general["description"], general["download"])
    assert general["title"] == arguments[1], (name, general)
    assert found == (icon, description, download), (name, general)
task.set_output_error(task_id, "broken", "why")
assert (output()["general"]["isError"], output()["general"]["description"]) == (True, "why"), output()
task.set_output_text(task_id, "done", show_logs=True)
assert (output()["general"]["title"], output()["general"]["showLogs"]) == ("done", True), output()
experiment = {"experiment_name": "e", "project_id": project_id, "checkpoints": ["a.pth"]}
task.set_output_experiment(task_id, experiment)
assert output()["experiment"]["data"].items() >= experiment.items(), output()
task.update_meta(task_id, {"name": "second try"}, agent_storage_folder="/host", relative_app_dir="rel")
meta = task_in_state(task_id)["meta"]
assert meta["name"] == "second try", meta
assert meta["agentStorageFolder"] == {"hostDir": "/host", "folder": "rel"}, meta

# Logs and files: the header says whose they are, as it does inside an app.
api.add_header("x-task-id", str(task_id))
before = len(task.get_logs(task_id))
task.submit_logs([{"level": "info", "message": f"line {number}"} for number in range(3)])
assert [line["message"] for line in task.get_logs(task_id)][before:] == ["line 0", "line 1", "line 2"]
assert [line["message"] for line in task_in_state(task_id)["log"]][before:] == ["line 0", "line 1", "line 2"]
assert len(task.get_logs(task_id, limit=2)) == 2
with tempfile.TemporaryDirectory() as folder:
    contents = {"a.txt": b"one", "b/c.bin": bytes(range(256)), "b/same.txt": b"one"}
    paths = []
    for number, content in enumerate(contents.values()):
        paths.append(f"{folder}/{number}")
        Path(paths[-1]).write_bytes(content)
    task.upload_files(task_id, paths, list(contents))
    digests = {name: base64.b64encode(hashlib.sha256(content).digest()).decode() for name, content in contents.items()}
    assert task_in_state(task_id)["files"] == digests, task_in_state(task_id)["files"]
    held = state()["contents"]
    assert all(base64.b64decode(held[digests[name]]) == content for name, content in contents.items())
    task.upload_files(task_id, paths[:1], ["again.txt"])  # its content is there: it is only named
    assert task_in_state(task_id)["files"]["again.txt"] == digests["a.txt"]

    # A download: the file that the module has, and the whole of it.
    served = api.app.get_ecosystem_module_info(module_id)
    config = f"{folder}/config.json"
    api.app.download_git_file(module_id, save_path=config, app_id=app_id, version="v1.0.0", file_path="config.json")
    assert json.loads(Path(config).read_text("utf-8"))["name"] == served.name
    archive = f"{folder}/archive.tar.gz"
    api.app.download_git_archive(module_id, app_id, "v1.0.0", archive)
    assert Path(archive).read_bytes()[:2] == b"\x1f\x8b"

# The end: by the app itself, and by a stop.
api.task.update_status(task_id, Status.FINISHED)
assert history(task_id)[-1] == "finished", history(task_id)
other = api.app.start(agent_id=agent_id, module_id=module_id, workspace_id=workspace_id)
assert api.app.stop(other.task_id) == Status.TERMINATING
api.app.wait(other.task_id, target_status=Status.STOPPED, attempts=60, attempt_delay_sec=1)
assert history(other.task_id)[-1] == "stopped", history(other.task_id)
print("The official SDK's sessions, fields, outputs, logs, files and downloads are in the mock's state")
