"""One request to the platform, without a socket and without a client."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform
from supervisely_ext.mock.exchange import Reply, Request
from supervisely_ext.mock.gateway import PREFIX, handle

TOKEN = {"x-api-key": "any"}
JSON = {"content-type": "application/json"}


def reply_to(
    platform: Platform, method: str, body: Any, headers: Mapping[str, str] = TOKEN, verb: str | None = None
) -> Reply:
    """Send a body as JSON, or as the query where the spec has one; bytes as they are."""
    operation = bundled().operations.get(method)
    verb = verb or (operation.verb if operation else "POST")
    if operation is not None and operation.verb == verb == "GET":
        return handle(platform, Request(verb, f"{PREFIX}{method}", headers, b"", urlencode(body)))
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return handle(platform, Request(verb, f"{PREFIX}{method}", {**JSON, **headers}, content))


def ask(
    platform: Platform, method: str, body: Any, headers: Mapping[str, str] = TOKEN, verb: str | None = None
) -> tuple[int, Any]:
    """Give status and answer; what is no JSON comes as bytes."""
    reply = reply_to(platform, method, body, headers, verb)
    return reply.status, json.loads(reply.body) if "json" in reply.content_type else reply.body


def start(platform: Platform, module_id: int = 512) -> int:
    """Start an app and wait until it runs."""
    status, tasks = ask(platform, "tasks.run.app", {"agentId": 7, "moduleId": module_id})
    assert status == 200
    platform.clock.sleep(3)
    return int(tasks[0]["taskId"])


def send_form(platform: Platform, parts: Mapping[str, tuple[str | None, bytes]], task_id: Any) -> tuple[int, Any]:
    """Upload parts, each a file name and bytes, as the task of that id."""
    method = "tasks.files.bulk.upload"
    request = httpx.Request("POST", f"https://mock.invalid{PREFIX}{method}", files=dict(parts))
    headers = {**TOKEN, "content-type": request.headers["content-type"], "x-task-id": str(task_id)}
    return ask(platform, method, request.read(), headers)
