"""Both clients in one environment, on one server: what one starts the other sees."""

import os
from importlib.metadata import version

import supervisely

import supervisely_ext as sly

official = supervisely.Api.from_env()
api = sly.Api.from_official(official)
assert api.server_address == official.server_address, api
assert official.token not in repr(api)

module_id = api.app.get_ecosystem_module_id("supervisely-ecosystem/export-to-dota")
ours = api.app.start(agent_id=int(os.environ["AGENT_ID"]), module_id=module_id, task_name="ours")
before, seen, after = (client.task.get_status(ours.task_id) for client in (api, official, api))
assert seen.value in (before, after), (before, seen, after)  # it goes on meanwhile
theirs = official.app.start(agent_id=int(os.environ["AGENT_ID"]), module_id=module_id, task_name="theirs")
assert api.task.get_info_by_id(theirs.task_id).name == "theirs"
assert api.app.wait(theirs.task_id, timeout=60) == "finished"

assert not hasattr(api, "project")
print("Side by side with httpx", version("httpx"), "and jsonschema", version("jsonschema"))
