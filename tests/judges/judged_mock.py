"""`supervisely-ext mock` on a free port, with what the spec's examples name and with a token that is asked for."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from supervisely_ext.mock.seeds import default_seed

ROOT = Path(__file__).parents[2]
TOKEN = "the-right-token"
_RUNNING, _FINISHED = [["started"]], [["finished"]]


def seed() -> dict[str, Any]:
    """Give the default seed and what the examples name beside it: tasks, a user, a model, an app."""
    document = default_seed().to_json()
    document["instance"]["tokens"] = [TOKEN]
    document["users"].append({"id": 7, "login": "max"})
    document["models"] = [{"id": 12, "name": "unet"}]
    document["apps"] = [{"id": 578, "moduleId": 83, "teamId": 447}]
    document["commands"] = {"is_running": {"running": True}}
    document["tasks"] = [
        {"id": number, "appId": 578, "workspaceId": 23821, "agentId": 7, "lifecycle": course}
        for number, course in ((101, _RUNNING), (121230, _FINISHED))
    ]
    return document


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve until the end, and give the URL."""
    path = folder / "seed.json"
    path.write_text(json.dumps(seed()), "utf-8")
    command = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0", "--seed", path]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
