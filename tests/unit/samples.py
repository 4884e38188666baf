"""What a server answers, and callers for single exchanges."""

from typing import Any, Literal

import httpx
from supervisely_client.api.tasks import tasks_info
from supervisely_client.models.tasks_info_request import TasksInfoRequest

from supervisely_ext.address import ServerAddress
from supervisely_ext.call import Caller
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Credentials, Secret
from tests.scripted import ScriptedTransport, Step

TOKEN = "s3cr3tT0kenOfTheUser"
SERVER = "https://sly.example.com"
LOGIN_PAGE = "<!doctype html>\n<html><title>Sign in</title></html>"


def task(status: Any = "started", **more: Any) -> dict[str, Any]:
    return {"id": 7, "type": "app", "status": status, **more}


def app(**more: Any) -> dict[str, Any]:
    return {"id": 3, "moduleId": 11, "name": "An app", "slug": "team/an-app", **more}


def module(*, releases: Any = ({"version": "v2"}, {"version": "v1"}), targets: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "id": 11,
        "slug": "supervisely-ecosystem/an-app",
        "name": "An app",
        "type": "app",
        "config": {"contextMenu": {"target": list(targets)}, "modalTemplateState": {"size": {"w": 1}}},
        "meta": {"releases": list(releases)},
        "createdAt": "2024-01-01T00:00:00.000Z",
        "updatedAt": "2024-01-02T00:00:00.000Z",
        **more,
    }


def page(*entities: Any, total: int | None = None, size: int = 500, pages: int = 1) -> dict[str, Any]:
    count = len(entities) if total is None else total
    return {"total": count, "perPage": size, "pagesCount": pages, "entities": list(entities)}


def html(status: int = 200) -> httpx.Response:
    return httpx.Response(status, html=LOGIN_PAGE)


def scripted_caller(*steps: Step, repeat: bool = False, random: float = 0.5, **options: Any) -> Caller:
    credentials = Credentials(ServerAddress("https", "sly.example.com"), Secret(TOKEN))
    return Caller(
        ScriptedTransport(steps, repeat=repeat, random=random), options.pop("credentials", credentials), **options
    )


def send(caller: Caller, *, retry: Literal["safe", "never"] = "safe", body: Any = None, **more: Any) -> httpx.Response:
    """Send a method that any server could have."""
    request = {"method": "post", "url": "/any.method", "json": body}
    return complete(caller.send("any.method", request, retry=retry, **more))


def look(caller: Caller) -> Any:
    """Ask for a task, an operation of the spec."""
    return complete(caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=7)))
