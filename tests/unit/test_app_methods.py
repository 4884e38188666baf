"""The rest of api.app, and what both namespaces have without a request."""

from typing import Any

import pytest

from supervisely_ext import (
    AppInfo,
    NotFound,
    NotFoundInEcosystem,
    SeveralInEcosystem,
    TaskFinishedWithError,
    Unavailable,
)
from tests.scripted import answer

from .samples import app, module, page
from .test_namespaces import Connect, sent


def test_an_app_by_its_id(connect: Connect) -> None:
    """An id that is none suggests that it is a task's."""
    api, transport = connect(answer(app()), answer({"error": "Not Found"}, 404))
    assert api.app.get_info_by_id(3).slug == "team/an-app"
    assert sent(transport) == {"id": 3}
    with pytest.raises(NotFound, match=r"api\.task\.get_info_by_id\(9\)"):
        api.app.get_info_by_id(9)


def test_modules(connect: Connect) -> None:
    """As the server sends them; an empty list is no error."""
    api, transport = connect(answer(module()), answer(page(module())), answer(page()))
    assert api.app.get_info(11, "v1")["slug"] == "supervisely-ecosystem/an-app"
    assert sent(transport) == {"id": 11, "version": "v1"}
    assert [found["id"] for found in api.app.get_list_ecosystem_modules("x", ["export"], "and")] == [11]
    assert sent(transport)["categoriesOperation"] == "and"
    assert api.app.get_list_ecosystem_modules() == []
    assert sent(transport) == {"sort": "id", "sort_order": "asc"}


def test_a_module_by_its_name(connect: Connect) -> None:
    """Exactly one, or an error."""
    api, _ = connect(answer(page(module())), answer(page()), answer(page(module(), module(id=12))))
    assert api.app.find_module_id_by_app_name("An app") == 11
    with pytest.raises(NotFoundInEcosystem):
        api.app.find_module_id_by_app_name("An app")
    with pytest.raises(SeveralInEcosystem) as caught:
        api.app.find_module_id_by_app_name("An app")
    assert caught.value.module_ids == (11, 12)


def test_a_page_is_initialised(connect: Connect) -> None:
    """Template, data and state in one request; the caller's data stays as it was."""
    api, transport = connect(answer({}))
    data = {"d": 1}
    api.app.initialize(7, "<div/>", data, {"s": 1})
    assert [field["field"] for field in sent(transport)["fields"]] == ["template", "data", "state"]
    assert data == {"d": 1}


def test_a_session_token_and_an_address(connect: Connect) -> None:
    """The token comes as text."""
    import httpx

    api, _ = connect(httpx.Response(200, text="secret"))
    assert api.app.get_session_token("a/b") == "secret"
    assert api.app.get_url(7) == "/apps/sessions/7"


def test_all_sessions_of_several_users(connect: Connect) -> None:
    """start gives one, start_sessions all."""
    api, _ = connect(answer([{"taskId": 7, "userId": 4}, {"taskId": 8, "userId": 5}]))
    sessions = api.app.start_sessions(None, module_id=11, app_version="v1", users_id=[4, 5])
    assert [(session.task_id, session.user_id) for session in sessions] == [(7, 4), (8, 5)]


def test_a_status_that_is_an_error(connect: Connect) -> None:
    """Only error raises."""
    api, _ = connect()
    for namespace in (api.task, api.app):
        namespace.raise_for_status("stopped")
        with pytest.raises(TaskFinishedWithError):
            namespace.raise_for_status(namespace.Status.ERROR)


def test_enums_know_their_values(connect: Connect) -> None:
    """values and has_value, as in the SDK."""
    api, _ = connect()
    assert api.task.RestartPolicy.values() == ["never", "on_error"]
    assert api.app.PluginTaskType.has_value("train")
    assert not api.task.Status.has_value("finnished")
    assert (api.app.MAX_WAIT_ATTEMPTS, api.task.WAIT_ATTEMPT_TIMEOUT_SEC) == (999, 1)


def test_infos_and_json(connect: Connect) -> None:
    """An AppInfo goes back to the server's names; a task is what it was."""
    api, _ = connect()
    info = AppInfo.from_json(app(createdBy=6))
    assert api.app.convert_info_to_json(info)["createdBy"] == 6
    assert (len(api.app.info_sequence()), api.app.info_tuple_name(), api.app.InfoType) == (12, "AppInfo", AppInfo)
    assert api.task.convert_info_to_json({"id": 7}) == {"id": 7}
    for name in ("info_sequence", "info_tuple_name"):
        with pytest.raises(Unavailable):
            getattr(api.task, name)()


REFUSED: dict[str, tuple[Any, ...]] = {
    "run_dtl": (1, {}),
    "run_train": (1, 2, 3, "n"),
    "run_inference": (1, 2, 3, "n"),
    "get_training_metrics": (1,),
    "deploy_model": (1, 2),
    "get_import_files_list": (1,),
    "download_import_file": (1, "a", "b"),
    "create_task_detached": (1,),
    "upload_files": (1, [], []),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_sdk_only_refuses(connect: Connect, name: str) -> None:
    """One error that names what to use instead, and nothing is sent."""
    api, transport = connect()
    with pytest.raises(Unavailable, match=r"is not available: \w+") as caught:
        getattr(api.app, name)(*REFUSED[name])
    assert caught.value.method == f"app.{name}"
    assert transport.requests == []
