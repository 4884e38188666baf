"""A process that is killed while it waits, and the one that begins anew: real processes, a real port."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisely_ext import Api

MOCK = [str(Path(sys.executable).with_name("supervisely-ext")), "mock", "--port", "0", "--time", "fast:5"]
SCRIPT = """
import json
import supervisely_ext as sly

api = sly.Api()
result = api.app.run(
    agent_id=7, workspace_id=23821, module_id=83, idempotency_key="nightly export",
    on_status=lambda status: print(status, flush=True),
)
print(json.dumps({"task": result.session.task_id, "status": result.status, "outputs": dict(result.outputs)}))
"""


@pytest.fixture
def address() -> Iterator[str]:
    with subprocess.Popen(MOCK, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def begin(address: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "SERVER_ADDRESS": address, "API_TOKEN": "token"}
    return subprocess.Popen([sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE, text=True)


def test_a_killed_process_and_its_rerun_make_one_task_with_one_result(address: str) -> None:
    """The rerun finds the task by its key, waits for it and gives what it set."""
    with begin(address) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "queued"
        first.kill()
    assert first.returncode == -signal.SIGKILL
    with Api(address, "token") as api:
        (task,) = api.task.get_list(23821)
        assert task.status != "finished"
        api.task.set_output_text(task.id, "as it was set once")
        with begin(address) as second:
            said = second.communicate(timeout=60)[0].splitlines()
        result = json.loads(said[-1])
        assert (result["task"], result["status"]) == (task.id, "finished")
        assert result["outputs"]["general"]["title"] == "as it was set once"
        assert [other.id for other in api.task.get_list(23821)] == [task.id]
