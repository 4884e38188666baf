"""What an import app adds to the history of the project that it imported into."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from supervisely_client.api.ecosystem import ecosystem_info
from supervisely_client.api.projects import projects_edit_info, projects_info
from supervisely_client.api.tasks import tasks_info
from supervisely_client.models.ecosystem_info_request import EcosystemInfoRequest
from supervisely_client.models.projects_edit_info_request import ProjectsEditInfoRequest
from supervisely_client.models.projects_info_request import ProjectsInfoRequest
from supervisely_client.models.tasks_info_request import TasksInfoRequest

from .call import Caller
from .env import app_categories, json_variable
from .shapes import is_list, part, text_at


def is_import_app() -> bool:
    """Tell whether this runs in an import app, by `APP_CATEGORIES`."""
    return "import" in app_categories()


async def add_import_history(caller: Caller, task_id: int, project_id: int) -> None:
    """Add this task to `customData.import_history` of the project (`projects.editInfo`)."""
    answer = await caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
    task: Mapping[str, Any] = answer.read(dict)
    slug = await _slug(caller, part(task, "meta", "app").get("moduleId"))
    project = (await caller.call(projects_info.OPERATION, body=ProjectsInfoRequest(id=project_id))).read(dict)
    entry = _entry(task_id, task, slug, datetime.fromtimestamp(caller.transport.time(), UTC))
    custom_data = dict(part(project, "customData"))
    history = dict(part(custom_data, "import_history"))
    earlier = history.get("tasks")
    history["tasks"] = [*(earlier if is_list(earlier) else ()), entry]
    custom_data["import_history"] = history
    await caller.call(
        projects_edit_info.OPERATION, body=ProjectsEditInfoRequest(id=project_id, custom_data=custom_data)
    )


async def _slug(caller: Caller, module_id: int | None) -> str | None:
    if module_id is None:
        return None
    answer = await caller.call(ecosystem_info.OPERATION, body=EcosystemInfoRequest(id=module_id))
    return answer.read(lambda body: text_at(body, "slug"))


def _entry(task_id: int, task: Mapping[str, Any], slug: str | None, now: datetime) -> dict[str, Any]:
    app = part(task, "meta", "app")
    counts, ids = json_variable("UPLOAD_COUNT"), json_variable("UPLOADED_IDS")
    return {
        "task_id": task_id,
        "app": {"name": app.get("name"), "version": app.get("version")},
        "slug": slug,
        "status": task.get("status"),
        "user_id": task.get("userId"),
        "team_id": task.get("teamId"),
        "timestamp": now.isoformat(timespec="seconds"),
        "source_state": part(task, "settings", "message").get("state"),
        "items_count": sum(counts.values()),
        "datasets": [
            {"id": int(dataset), "items_count": count, "uploaded_images": ids.get(dataset, [])}
            for dataset, count in counts.items()
        ],
    }
