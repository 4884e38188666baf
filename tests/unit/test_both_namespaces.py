"""What api.task and api.app share sends the same from both."""

import json
from typing import Any

import pytest

from supervisely_ext import Unavailable
from tests.scripted import answer

from .samples import page, task
from .test_namespaces import Connect

SHARED: dict[str, tuple[tuple[Any, ...], list[Any]]] = {
    "get_context": ((7,), [{}]),
    "submit_logs": (([{"message": "m"}],), [{}]),
    "get_logs": ((7,), [[]]),
    "set_fields": ((7, [{"field": "a", "payload": 1}]), [{}]),
    "set_fields_from_dict": ((7, {"a": 1}), [{}]),
    "set_field": ((7, "a", 1), [{}]),
    "get_fields": ((7, ["a"]), [{"result": {}}]),
    "get_field": ((7, "a"), [{"result": {"a": 1}}]),
    "update_meta": ((7, {"a": 1}), [{}]),
    "update_status": ((7, "error"), [{}]),
    "set_output_project": ((7, 76, "N"), [{}]),
    "set_output_report": ((7, 70, "r"), [{}]),
    "set_output_archive": ((7, 70, "a", "/u"), [{}]),
    "set_output_file_download": ((7, 70, "a", "/u"), [{}]),
    "set_output_directory": ((7, 70, "/d"), [{}]),
    "set_output_error": ((7, "E"), [{}]),
    "set_output_text": ((7, "T"), [{}]),
    "set_output_experiment": ((7, {}), [{}]),
    "send_request": ((7, "m", {}), [1]),
    "is_running": ((7,), [{}]),
    "is_ready": ((7,), [{"status": "ready"}]),
    "get_status": ((7,), [task()]),
    "stop": ((7,), [{"status": "terminating"}]),
    "get_list_all_pages": (("tasks.list", {}), [page()]),
}


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_both_send_the_same(connect: Connect, name: str) -> None:
    """Whichever namespace it is called from."""
    arguments, answers = SHARED[name]
    seen = []
    for namespace in ("task", "app"):
        api, transport = connect(*map(answer, answers))
        returned = getattr(getattr(api, namespace), name)(*arguments)
        seen.append((returned, [(r.method, str(r.url), r.content) for r in transport.requests]))
    assert seen[0] == seen[1]
    assert seen[0][1]


@pytest.mark.unrefereed("the request is the caller's own, and incomplete")
def test_both_refuse_the_same() -> None:
    """The async page methods, in the blocking colour."""
    from supervisely_ext import Api
    from tests.scripted import ScriptedTransport

    api = Api("https://sly.example.com", "token", transport=ScriptedTransport([answer({**page(), "after": None})]))
    for name in ("get_list_idx_page_async", "get_list_page_generator_async"):
        with pytest.raises(Unavailable):
            getattr(api.app, name)("apps.list", {})
    assert list(api.app.get_list_all_pages_generator("apps.list", {})) == [[]]
    assert json.loads(json.dumps(api.app.PluginTaskType.values()))
