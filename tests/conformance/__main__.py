"""Start the mock on a free port and run the official SDK's scripts on it: `make conformance`."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.judges.judged_mock import TOKEN, seed

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PYTHON = os.environ.get("SDK_PYTHON", ROOT / ".venv-sdk/bin/python")
SCRIPTS = ("drift.py", "tutorial.py", "side_by_side.py", "arguments.py", "lineage.py", "extended.py", "duplicates.py")
IDS = {"TEAM_ID": "447", "WORKSPACE_ID": "23821", "AGENT_ID": "7", "PROJECT_ID": "5"}


def main() -> int:
    """Give 0 when every script agrees."""
    with _mock("--time", "fast:5") as url:
        failures = [_run(script, url) for script in SCRIPTS]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seed.json"
        path.write_text(json.dumps(seed()), "utf-8")
        options = ("--time", "virtual", "--seed", str(path))
        with _mock(*options) as url, _mock(*options) as other:
            failures.append(_run("differential.py", url, OTHER_ADDRESS=other, ENV="production"))
    return max(failures)


@contextmanager
def _mock(*options: str) -> Iterator[str]:
    command = [ROOT / ".venv/bin/supervisely-ext", "mock", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _run(script: str, url: str, **more: str) -> int:
    environment = {**os.environ, **IDS, "SERVER_ADDRESS": url, "API_TOKEN": TOKEN, "ENV": "development", **more}
    done = subprocess.run([PYTHON, HERE / script], env=environment, check=False, timeout=1200)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
