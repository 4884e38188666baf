"""What a task shows as its result on the platform's page (`tasks.output.set`)."""

from collections.abc import Mapping
from typing import Any

from supervisely_client.api.file_storage import file_storage_info
from supervisely_client.api.projects import projects_info
from supervisely_client.api.tasks import tasks_output_set
from supervisely_client.models.file_storage_info_request import FileStorageInfoRequest
from supervisely_client.models.projects_info_request import ProjectsInfoRequest
from supervisely_client.models.task_output import TaskOutput
from supervisely_client.models.tasks_output_set_request import TasksOutputSetRequest

from .checks import as_flag, as_id, as_mapping, as_optional_text, as_text
from .import_history import add_import_history, is_import_app
from .namespace import Namespace
from .preview import preview_of
from .shapes import text_at

_GOOD = {"color": "#33c94c", "backgroundColor": "#d9f7e4"}
_BAD = {"color": "#ff83a6", "backgroundColor": "#ffeae9"}


class TaskOutputs(Namespace):
    """Sets the result of a task; the last one set is shown."""

    async def set_output_project(
        self, task_id: int, project_id: int, project_name: str | None = None, project_preview: str | None = None
    ) -> dict[str, Any]:
        """Show a project; its name and preview are looked up where they are not given (`projects.info`).

        In an import app (`APP_CATEGORIES`) the project's history of imports is continued first.
        """
        if is_import_app():
            await add_import_history(self._caller, as_id("task_id", task_id), as_id("project_id", project_id))
        project: dict[str, Any] = {
            "id": as_id("project_id", project_id),
            "title": as_optional_text("project_name", project_name),
        }
        project_preview = as_optional_text("project_preview", project_preview)
        if project_name is None:
            answer = await self._caller.call(projects_info.OPERATION, body=ProjectsInfoRequest(id=project["id"]))
            project["title"] = answer.read(lambda body: text_at(body, "name"))
            project_preview = project_preview or answer.read(preview_of)
        if project_preview is not None:
            project["preview"] = project_preview
        return await self._set(task_id, {"project": project})

    async def set_output_report(
        self, task_id: int, file_id: int, file_name: str, description: str = "Report"
    ) -> dict[str, Any]:
        """Show a report, a file of Team Files."""
        return await self._set_file(task_id, "zmdi-receipt", file_name, _page_of(file_id), False, description)

    async def set_output_archive(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None
    ) -> dict[str, Any]:
        """Show an archive to download; its address is looked up where it is not given (`file-storage.info`)."""
        url = as_optional_text("file_url", file_url) or await self._storage_path(file_id)
        return await self._set_file(task_id, "zmdi-archive", file_name, url, True, "Download archive")

    async def set_output_file_download(
        self, task_id: int, file_id: int, file_name: str, file_url: str | None = None, download: bool = True
    ) -> dict[str, Any]:
        """Show a file to download or open; its address is looked up where it is not given (`file-storage.info`)."""
        url = as_optional_text("file_url", file_url) or await self._storage_path(file_id)
        return await self._set_file(
            task_id, "zmdi-file", file_name, url, as_flag("download", download), "Download file"
        )

    async def set_output_directory(self, task_id: int, file_id: int, directory_path: str) -> dict[str, Any]:
        """Show a folder of Team Files; `file_id` is any file in it."""
        return await self._set_file(task_id, "zmdi-folder", directory_path, _page_of(file_id), False, "Directory")

    async def set_output_error(
        self, task_id: int, title: str, description: str | None = None, show_logs: bool = True
    ) -> dict[str, Any]:
        """Show an error, with a link to the log."""
        shown = {"title": title, "showLogs": as_flag("show_logs", show_logs), "isError": True}
        return await self._set_general(task_id, {"className": "zmdi zmdi-alert-octagon", **_BAD}, shown, description)

    async def set_output_text(
        self,
        task_id: int,
        title: str,
        description: str | None = None,
        show_logs: bool = False,
        zmdi_icon: str = "zmdi-comment-alt-text",
        icon_color: str = "#33c94c",
        background_color: str = "#d9f7e4",
    ) -> dict[str, Any]:
        """Show a text, with an icon of the Material Design Iconic Font."""
        icon = {
            "className": f"zmdi {as_text('zmdi_icon', zmdi_icon)}",
            "color": as_text("icon_color", icon_color),
            "backgroundColor": as_text("background_color", background_color),
        }
        shown = {"title": title, "showLogs": as_flag("show_logs", show_logs), "isError": False}
        return await self._set_general(task_id, icon, shown, description)

    async def set_output_experiment(self, task_id: int, experiment_info: Mapping[str, Any]) -> dict[str, Any]:
        """Show the result of a training."""
        return await self._set(task_id, {"experiment": {"data": dict(as_mapping("experiment_info", experiment_info))}})

    async def _set_file(
        self, task_id: int, icon: str, title: str, url: str, download: bool, description: str
    ) -> dict[str, Any]:
        shown = {"title": title, "titleUrl": url, "download": download}
        return await self._set_general(task_id, {"className": f"zmdi {icon}", **_GOOD}, shown, description)

    async def _set_general(
        self, task_id: int, icon: Mapping[str, str], shown: Mapping[str, Any], description: str | None
    ) -> dict[str, Any]:
        general = {"icon": dict(icon), **shown, "title": as_text("title", shown["title"])}
        if as_optional_text("description", description) is not None:
            general["description"] = description
        return await self._set(task_id, {"general": general})

    async def _set(self, task_id: int, output: dict[str, Any]) -> dict[str, Any]:
        request = TasksOutputSetRequest(task_id=as_id("task_id", task_id), output=TaskOutput.from_dict(output))
        return (await self._caller.call(tasks_output_set.OPERATION, body=request)).read(dict)

    async def _storage_path(self, file_id: int) -> str:
        request = FileStorageInfoRequest(id=as_id("file_id", file_id))
        answer = await self._caller.call(file_storage_info.OPERATION, body=request)
        return answer.read(lambda body: text_at(body, "storagePath"))


def _page_of(file_id: int) -> str:
    return f"/files/{as_id('file_id', file_id)}"
