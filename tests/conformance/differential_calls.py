"""Calls that both clients take, with right arguments: what the differential test draws from. The ids are those of the judged mock's seed."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

Call = tuple[str, dict[str, Any]]

_TEXT = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | _TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=4,
)
_OBJECT = st.dictionaries(_TEXT, _JSON, max_size=3)
_FLAG = st.booleans()
_TASK = st.sampled_from([101, 121230])
_MODULE = st.sampled_from([83, 304, 512])
_TEAM, _WORKSPACE, _AGENT, _PROJECT, _APP = (st.just(number) for number in (447, 23821, 7, 76, 578))
_FIELD = st.sampled_from(["data.a", "data.list[0].y", "state.s", "state.deep.x"])
_SLUG = st.sampled_from(["supervisely-ecosystem/export-to-dota", "supervisely-ecosystem/export-to-pascal-voc"])
_STATUS = st.sampled_from(["queued", "consumed", "started", "deployed", "error", "finished", "terminating", "stopped"])
_LINE = st.fixed_dictionaries({"level": st.sampled_from(["info", "warn", "error"]), "message": _TEXT})
_VALUE = st.fixed_dictionaries({"field": _FIELD, "payload": _JSON})
_START = {
    "params": st.none() | _OBJECT,
    "log_level": st.sampled_from(["info", "debug", "warning", "error"]),
    "is_branch": _FLAG,
    "task_name": _TEXT,
    "description": _TEXT,
    "restart_policy": st.sampled_from(["never", "on_error"]),
    "proxy_keep_url": _FLAG,
}
_OUTPUT = {"task_id": _TASK, "file_id": st.sampled_from([7660, 7661]), "file_name": _TEXT}
_EDGES: Mapping[str, dict[str, st.SearchStrategy[Any]]] = {
    "project": {"project": _PROJECT},
    "dataset": {"dataset": st.integers(1, 9)},
    "folder": {"path": st.sampled_from(["/models", "/a/b"])},
    "job": {"id": st.integers(1, 9)},
    "file": {"file": st.sampled_from([7660, 7661]), "model_weight": _FLAG},
}

Arguments = tuple[dict[str, st.SearchStrategy[Any]], dict[str, st.SearchStrategy[Any]]]

_OF_TASKS: Mapping[str, Arguments] = {
    "task.get_list": ({"workspace_id": _WORKSPACE}, {}),
    "task.get_info_by_id": ({"id": _TASK}, {}),
    "task.get_status": ({"task_id": _TASK}, {}),
    "task.get_context": ({"id": _TASK}, {}),
    "task.start": ({"agent_id": _AGENT, "module_id": _MODULE, "workspace_id": _WORKSPACE}, _START),
    "task.stop": ({"id": _TASK}, {}),
    "task.submit_logs": ({"logs": st.lists(_LINE, min_size=1, max_size=2)}, {}),
    "task.get_logs": ({"task_id": _TASK}, {"limit": st.integers(1, 5)}),
    "task.set_field": ({"task_id": _TASK, "field": _FIELD, "payload": _JSON}, {"append": _FLAG, "recursive": _FLAG}),
    "task.set_fields": ({"task_id": _TASK, "fields": st.lists(_VALUE, min_size=1, max_size=2)}, {}),
    "task.set_fields_from_dict": ({"task_id": _TASK, "d": st.dictionaries(_FIELD, _JSON, min_size=1, max_size=2)}, {}),
    "task.get_field": ({"task_id": _TASK, "field": _FIELD}, {}),
    "task.get_fields": ({"task_id": _TASK, "fields": st.lists(_FIELD, min_size=1, max_size=2, unique=True)}, {}),
    "task.set_output_project": ({"task_id": _TASK, "project_id": _PROJECT}, {"project_name": _TEXT}),
    "task.set_output_report": (_OUTPUT, {"description": _TEXT}),
    "task.set_output_archive": (_OUTPUT, {"file_url": _TEXT}),
    "task.set_output_file_download": (_OUTPUT, {"file_url": _TEXT, "download": _FLAG}),
    "task.set_output_directory": ({"task_id": _TASK, "file_id": st.just(7660), "directory_path": _TEXT}, {}),
    "task.set_output_error": ({"task_id": _TASK, "title": _TEXT}, {"description": _TEXT, "show_logs": _FLAG}),
    "task.set_output_text": ({"task_id": _TASK, "title": _TEXT}, {"description": _TEXT, "show_logs": _FLAG}),
    "task.set_output_experiment": ({"task_id": _TASK, "experiment_info": _OBJECT}, {}),
    "task.send_request": ({"task_id": st.just(101), "method": st.just("is_running"), "data": _OBJECT}, {}),
    "task.update_meta": ({"id": _TASK, "data": st.fixed_dictionaries({"name": _TEXT})}, {}),
    "task.update_status": ({"task_id": _TASK, "status": _STATUS}, {}),
    "task.is_running": ({"task_id": _TASK}, {}),
    "task.is_ready": ({"task_id": _TASK}, {}),
}
_OF_APPS: Mapping[str, Arguments] = {
    "app.get_info_by_id": ({"id": _APP}, {}),
    "app.get_list": ({"team_id": _TEAM}, {"only_running": _FLAG, "show_disabled": _FLAG}),
    "app.get_ecosystem_module_info": ({"module_id": _MODULE}, {}),
    "app.get_ecosystem_module_id": ({"slug": _SLUG}, {}),
    "app.get_list_ecosystem_modules": ({}, {"search": st.just("export"), "categories": st.just(["images"])}),
    "app.get_sessions": ({"team_id": _TEAM, "module_id": _MODULE}, {"show_disabled": _FLAG}),
    "app.start": ({"agent_id": _AGENT, "module_id": _MODULE, "workspace_id": _WORKSPACE}, _START),
    "app.stop": ({"id": _TASK}, {}),
    "app.get_status": ({"task_id": _TASK}, {}),
    "app.get_url": ({"task_id": _TASK}, {}),
    "app.is_ready_for_api_calls": ({"task_id": _TASK}, {}),
    "app.find_module_id_by_app_name": ({"app_name": st.just("Export to DOTA")}, {}),
    "app.get_info": ({"module_id": _MODULE}, {}),
    "app.initialize": ({"task_id": _TASK, "template": _TEXT}, {"data": _OBJECT, "state": _OBJECT}),
    "app.get_session_token": ({"slug": _SLUG}, {}),
}
_OF_WORKFLOWS: Mapping[str, Arguments] = {
    "app.workflow.add_input_task": ({"input_task_id": _TASK, "task_id": _TASK}, {}),
    "app.workflow.add_output_task": ({"output_task_id": _TASK, "task_id": _TASK}, {}),
    "app.workflow.add_output_app": ({"task_id": _TASK}, {}),
    **{
        f"app.workflow.add_{side}_{kind}": ({**arguments, "task_id": _TASK}, {})
        for side in ("input", "output")
        for kind, arguments in _EDGES.items()
    },
}

ARGUMENTS: Mapping[str, Arguments] = {
    **_OF_TASKS,
    **{name.replace("task.", "app.", 1): arguments for name, arguments in _OF_TASKS.items()},  # an AppApi is a TaskApi
    **_OF_APPS,
    **_OF_WORKFLOWS,
}
"""Of each method its required arguments and some optional ones."""


def one_of(name: str) -> st.SearchStrategy[Call]:
    """Give calls of one method."""
    required, optional = ARGUMENTS[name]
    return st.tuples(st.just(name), st.fixed_dictionaries(required, optional=optional))


def sequences() -> st.SearchStrategy[list[Call]]:
    """Give what is called one after the other."""
    return st.lists(st.sampled_from(sorted(ARGUMENTS)).flatmap(one_of), min_size=1, max_size=6)
