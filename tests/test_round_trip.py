"""What is set through the client can be read through it again, on the mock, in both colours."""

import hashlib
import io
import tarfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

import supervisely_ext as sly
from supervisely_ext.mock import Platform
from supervisely_ext.mock.lifecycle import serving


@pytest.fixture
def task_id(api: Any, platform: Platform) -> int:
    """A task that runs."""
    platform.lifecycle = serving()
    session = api.app.start(agent_id=7, module_id=83, workspace_id=23821)
    assert api.app.wait(session.task_id, "started") == "started"
    return int(session.task_id)


def test_fields(api: Any, task_id: int) -> None:
    """One, several, appended."""
    api.task.set_fields_from_dict(task_id, {"data.a": [1], "state.b": {"c": None}})
    api.app.set_field(task_id, "data.a", [2], append=True)
    assert api.task.get_fields(task_id, ["data.a", "state.b"]) == {"data.a": [1, 2], "state.b": {"c": None}}
    assert api.app.get_field(task_id, "state.b.c") is None
    api.app.initialize(task_id, "<div/>", {"d": 1}, {"s": 2})
    assert api.task.get_field(task_id, "template") == "<div/>"


@pytest.mark.parametrize(
    ("method", "arguments", "title"),
    [
        ("set_output_project", (76,), None),
        ("set_output_project", (77,), None),
        ("set_output_report", (7660, "report"), "report"),
        ("set_output_archive", (7660, "a.tar"), "a.tar"),
        ("set_output_file_download", (7660, "f.bin"), "f.bin"),
        ("set_output_directory", (7660, "/dir"), "/dir"),
        ("set_output_error", ("failed", "why"), "failed"),
        ("set_output_text", ("done",), "done"),
    ],
)
def test_outputs(api: Any, task_id: int, method: str, arguments: tuple[Any, ...], title: str | None) -> None:
    """The last one is the task's."""
    getattr(api.task, method)(task_id, *arguments)
    (output,) = api.task.get_info_by_id(task_id)["meta"]["output"].values()
    assert title is None or output["title"] == title


def test_meta_status_and_context(api: Any, task_id: int) -> None:
    """The session's name, its status, where it is."""
    api.task.update_meta(task_id, {"name": "renamed"}, "/host", "dir")
    info = api.task.get_info_by_id(task_id)
    assert (info.name, info["meta"]["agentStorageFolder"]) == ("renamed", {"hostDir": "/host", "folder": "dir"})
    assert api.task.get_context(task_id)["team"]["id"] == 447
    api.task.update_status(task_id, sly.Status.FINISHED)
    assert api.task.wait(task_id) == "finished"


def test_logs_grow(api: Any, task_id: int) -> None:
    """A line for each status, at most so many."""
    before = api.task.get_logs(task_id)
    api.task.update_status(task_id, "error")
    after = api.task.get_logs(task_id)
    assert len(after) > len(before) > 0
    assert len(api.app.get_logs(task_id, limit=1)) == 1


def test_commands(api: Any, platform: Platform, task_id: int) -> None:
    """A running app answers, a stopped one does not."""
    platform.answer_command("double", lambda request: {"twice": 2 * request["state"]["n"]})
    assert api.task.send_request(task_id, "double", {"n": 21}) == {"twice": 42}
    assert (api.task.is_running(task_id), api.task.is_ready(task_id)) == (True, True)
    assert api.app.wait_until_ready_for_api_calls(task_id)
    api.app.stop(task_id)
    api.app.wait(task_id, "stopped")
    assert not api.task.is_running(task_id)
    assert not api.app.is_ready_for_api_calls(task_id)


def test_files_of_a_task(api: Any, platform: Platform, task_id: int, tmp_path: Path) -> None:
    """Each content is sent once, and is there under all its names; again, nothing is sent."""
    contents = {"a.txt": b"one", "dir/b.txt": b"two", "c.txt": b"one"}
    paths = []
    for number, content in enumerate(contents.values()):
        paths.append(tmp_path / str(number))
        paths[-1].write_bytes(content)
    files, sent = [], []
    api.task.upload_files(task_id, paths, list(contents), files.append, on_bytes=sent.append)
    assert (sum(files), sum(sent)) == (3, 6)
    expected = {name: b64encode(hashlib.sha256(content).digest()).decode() for name, content in contents.items()}
    held = platform.tasks[task_id].files
    assert {name.lstrip("/"): held[name] for name in held} == expected
    api.task.upload_files(task_id, paths, list(contents), on_bytes=sent.append)
    assert sum(sent) == 6


def test_files_of_an_app(api: Any, platform: Platform, tmp_path: Path) -> None:
    """One, and all as an archive."""
    module_id = platform.add_app({"name": "with files"}, files={"src/main.py": b"print()"})
    api.app.download_git_file(module_id, tmp_path / "main.py", file_path="src/main.py")
    assert (tmp_path / "main.py").read_bytes() == b"print()"
    api.app.download_git_archive(module_id, None, None, tmp_path / "all.tar.gz")
    with tarfile.open(fileobj=io.BytesIO((tmp_path / "all.tar.gz").read_bytes())) as archive:
        assert "src/main.py" in archive.getnames()
    with pytest.raises(sly.NotFound):
        api.app.download_git_file(module_id, tmp_path / "none", file_path="none")
    assert not (tmp_path / "none").exists()


def test_the_ecosystem_and_apps(api: Any, task_id: int) -> None:
    """Modules by search and name, an app by its id, a token for previews."""
    assert api.app.find_module_id_by_app_name("Export to DOTA") == 304
    assert [module["id"] for module in api.app.get_list_ecosystem_modules(categories=["serve"])] == [512]
    assert api.app.get_info(83)["slug"] == "supervisely-ecosystem/export-to-pascal-voc"
    (app,) = api.app.get_list(447)
    assert api.app.get_info_by_id(app.id).module_id == 83
    assert api.app.get_session_token("supervisely-ecosystem/export-to-dota")


def test_many_pages(api: Any, platform: Platform) -> None:
    """More tasks than a page holds, in order, and no more pages than a limit needs."""
    app = platform.install(platform.modules[83], 447)
    for _ in range(25):
        platform.start(app, platform.find_workspace(None), platform.find_agent(None), platform.caller, {})
    data = {"workspaceId": 23821, "per_page": 2}
    seen: list[int] = []
    tasks = api.task.get_list_all_pages("tasks.list", data, progress_cb=seen.append)
    assert [task["id"] for task in tasks] == sorted(platform.tasks)
    assert sum(seen) == 25
    assert len(api.task.get_list_all_pages("tasks.list", data, limit=4)) == 4
    assert len(api.task.get_list(23821)) == 25
