"""The platform's tutorial "start and stop an app", with the official SDK; run by `make conformance` on our mock.

Only the ids come from the environment; everything else is what the tutorial does: find the module, look at its
arguments, start, wait, stop another session, list the sessions.
"""

import os

import supervisely as sly

team_id, workspace_id, agent_id, project_id = (
    int(os.environ[name]) for name in ("TEAM_ID", "WORKSPACE_ID", "AGENT_ID", "PROJECT_ID")
)

api = sly.Api.from_env()
module_id = api.app.get_ecosystem_module_id("supervisely-ecosystem/export-to-pascal-voc")
module_info = api.app.get_ecosystem_module_info(module_id)
print("Start app: ", module_info.name)
module_info.arguments_help()

params = module_info.get_arguments(images_project=project_id)
session = api.app.start(
    agent_id=agent_id,
    module_id=module_id,
    workspace_id=workspace_id,
    description="conformance",
    task_name="custom session name",
    params=params,
)
print("App is started, task_id =", session.task_id)
assert session.module_id == module_id

api.app.wait(session.task_id, target_status=api.task.Status.FINISHED)
status = api.task.get_status(session.task_id)
assert status == api.task.Status.FINISHED, status
api.task.raise_for_status(status)

other = api.app.start(agent_id=agent_id, module_id=module_id, workspace_id=workspace_id, params=params)
assert api.app.stop(other.task_id) == api.task.Status.TERMINATING
api.app.wait(other.task_id, target_status=api.task.Status.STOPPED)
assert api.app.get_status(other.task_id) == api.task.Status.STOPPED

sessions = api.app.get_sessions(team_id=team_id, module_id=module_id)
assert {found.task_id for found in sessions} == {session.task_id, other.task_id}, sessions
finished = api.app.get_sessions(team_id, module_id, statuses=[api.task.Status.FINISHED])
assert [found.task_id for found in finished] == [session.task_id], finished
named = api.app.get_sessions(team_id, module_id, session_name="custom session name")
assert [found.task_id for found in named] == [session.task_id], named

info = api.task.get_info_by_id(session.task_id)
assert info["meta"]["params"]["state"] == params, info
assert {task["id"] for task in api.task.get_list(workspace_id)} == {session.task_id, other.task_id}
assert api.task.get_info_by_id(1) is None
assert [app.module_id for app in api.app.get_list(team_id)] == [module_id]
assert api.is_version_supported("6.9.0")
print("The official SDK agrees")
