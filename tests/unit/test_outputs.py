"""Results of a task."""

import json
from typing import Any

import pytest

from supervisely_ext import ArgumentError, UnexpectedAnswer
from supervisely_ext.env import app_categories, json_variable
from supervisely_ext.preview import preview_of
from tests.scripted import answer

from .samples import module, task
from .test_namespaces import Connect, sent

PROJECT = {"id": 76, "name": "Lemons", "type": "images", "referenceImageUrl": "/img.jpg", "customData": {"mine": 1}}


@pytest.fixture(autouse=True)
def _production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENV", "production")
    for name in ("APP_CATEGORIES", "UPLOAD_COUNT", "UPLOADED_IDS"):
        monkeypatch.delenv(name, raising=False)


def test_a_project_is_looked_up_where_needed(connect: Connect) -> None:
    """Without a name, name and preview are the project's own; a preview that is given stays."""
    api, transport = connect(answer(PROJECT), answer({}), answer(PROJECT), answer({}), answer({}))
    api.task.set_output_project(7, 76)
    assert sent(transport)["output"] == {"project": {"id": 76, "title": "Lemons", "preview": "/img.jpg"}}
    api.app.set_output_project(7, 76, project_preview="/mine.jpg")
    assert sent(transport)["output"]["project"]["preview"] == "/mine.jpg"
    api.task.set_output_project(7, 76, "N", "/p.jpg")
    assert sent(transport)["output"] == {"project": {"id": 76, "title": "N", "preview": "/p.jpg"}}
    assert len(transport.requests) == 5


def test_a_project_without_a_picture(connect: Connect) -> None:
    """It has none, and that is no error."""
    api, transport = connect(answer({**PROJECT, "referenceImageUrl": None}), answer({}))
    api.task.set_output_project(7, 76)
    assert sent(transport)["output"] == {"project": {"id": 76, "title": "Lemons"}}


@pytest.mark.parametrize(
    ("project", "environ", "preview"),
    [
        ({"type": "images", "referenceImageUrl": "https://h/a.jpg"}, {}, "https://h/a.jpg"),
        ({"referenceImageUrl": "/h/image-converter/a"}, {}, "/h/previews/x200,jpeg,q70/image-converter/a"),
        ({"referenceImageUrl": "/a"}, {"ENV": "development", "SERVER_ADDRESS": "https://h/"}, "https://h/a"),
        ({"referenceImageUrl": "/a"}, {"ENV": "development"}, "/a"),
        ({"type": "images"}, {}, None),
    ],
)
def test_previews(
    monkeypatch: pytest.MonkeyPatch, project: dict[str, Any], environ: dict[str, str], preview: str | None
) -> None:
    """Small pictures where the server makes them; whole addresses in development."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert preview_of(project) == preview


def test_point_clouds_have_a_fixed_picture() -> None:
    """Whatever image they name."""
    assert str(preview_of({"type": "point_clouds", "referenceImageUrl": "/a"})).startswith("https://")


def test_an_import_is_added_to_the_history(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there stays; the entry tells who imported what."""
    monkeypatch.setenv("APP_CATEGORIES", '["import", "images"]')
    monkeypatch.setenv("UPLOAD_COUNT", '{"9": 3}')
    monkeypatch.setenv("UPLOADED_IDS", '{"9": [1, 2, 3]}')
    importing = task(
        "started",
        teamId=4,
        userId=6,
        meta={"app": {"moduleId": 11, "name": "A", "version": "v1"}},
        settings={"message": {"state": {"a": 1}}},
    )
    earlier = {**PROJECT, "customData": {"mine": 1, "import_history": {"tasks": ["earlier"]}}}
    api, transport = connect(answer(importing), answer(module()), answer(earlier), answer({}), answer({}))
    api.task.set_output_project(7, 76, "N")
    edit = json.loads(transport.requests[3].content)
    assert edit["customData"]["mine"] == 1
    old, entry = edit["customData"]["import_history"]["tasks"]
    assert old == "earlier"
    assert entry.pop("timestamp").endswith("+00:00")
    assert entry == {
        "task_id": 7,
        "app": {"name": "A", "version": "v1"},
        "slug": "supervisely-ecosystem/an-app",
        "status": "started",
        "user_id": 6,
        "team_id": 4,
        "source_state": {"a": 1},
        "items_count": 3,
        "datasets": [{"id": 9, "items_count": 3, "uploaded_images": [1, 2, 3]}],
    }


def test_an_import_by_an_app_without_module(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """No module, no slug, no request for one."""
    monkeypatch.setenv("APP_CATEGORIES", '["import"]')
    api, transport = connect(answer(task()), answer(PROJECT), answer({}), answer({}))
    api.task.set_output_project(7, 76, "N")
    assert transport.methods == ["tasks.info", "projects.info", "projects.editInfo", "tasks.output.set"]


@pytest.mark.parametrize("text", ["[", "{}", "5"])
def test_variables_that_are_no_json(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """They are named."""
    monkeypatch.setenv("APP_CATEGORIES", text)
    monkeypatch.setenv("UPLOAD_COUNT", "[]")
    for read, name in ((app_categories, "APP_CATEGORIES"), (lambda: json_variable("UPLOAD_COUNT"), "UPLOAD_COUNT")):
        with pytest.raises(ArgumentError) as caught:
            read()
        assert caught.value.argument == name


def test_files(connect: Connect) -> None:
    """A report and a folder link to the file's page, downloads to where it is stored."""
    api, transport = connect(answer({}), answer({}), answer({"storagePath": "/s"}), answer({}), answer({}))
    api.task.set_output_report(7, 70, "r")
    assert sent(transport)["output"]["general"]["titleUrl"] == "/files/70"
    api.task.set_output_directory(7, 70, "/dir/")
    assert sent(transport)["output"]["general"]["icon"]["className"] == "zmdi zmdi-folder"
    api.task.set_output_archive(7, 70, "a.tar")
    assert sent(transport)["output"]["general"]["titleUrl"] == "/s"
    api.app.set_output_file_download(7, 70, "f", file_url="/u", download=False)
    assert sent(transport)["output"]["general"]["download"] is False


def test_a_file_without_a_path(connect: Connect) -> None:
    """An answer that lacks it is unexpected."""
    api, _ = connect(answer({"id": 70}))
    with pytest.raises(UnexpectedAnswer):
        api.task.set_output_archive(7, 70, "a.tar")


def test_text_error_and_experiment(connect: Connect) -> None:
    """A description is sent when it is given, an empty one too."""
    api, transport = connect(*[answer({"success": True})] * 3)
    assert api.task.set_output_text(7, "T") == {"success": True}
    assert "description" not in sent(transport)["output"]["general"]
    api.task.set_output_error(7, "E", "")
    assert sent(transport)["output"]["general"]["description"] == ""
    api.app.set_output_experiment(7, {"a": 1})
    assert sent(transport)["output"] == {"experiment": {"data": {"a": 1}}}


@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.task.set_output_text(7, ""),
        lambda api: api.task.set_output_report(7, 0, "r"),
        lambda api: api.task.set_output_archive(7, "x", "r"),
        lambda api: api.task.set_output_experiment(7, 5),
        lambda api: api.task.set_output_project(7, 0, "N"),
        lambda api: api.task.set_output_error(0, "E"),
    ],
)
def test_bad_outputs_are_refused(connect: Connect, call: Any) -> None:
    """Before anything is sent."""
    api, transport = connect()
    with pytest.raises(ArgumentError):
        call(api)
    assert transport.requests == []
