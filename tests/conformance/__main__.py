"""Start the mock on a free port and run the official SDK's scripts on it: `make conformance`."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCRIPTS = ("tutorial.py", "side_by_side.py", "arguments.py", "lineage.py", "extended.py", "duplicates.py")


def main() -> int:
    """Give 0 when every script agrees."""
    command = [ROOT / ".venv/bin/supervisely-ext", "mock", "--port", "0", "--time", "fast:5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            url = server.stdout.readline().strip()
            return max(_run(script, url) for script in SCRIPTS)
        finally:
            server.terminate()


def _run(script: str, url: str) -> int:
    ids = {"TEAM_ID": "447", "WORKSPACE_ID": "23821", "AGENT_ID": "7", "PROJECT_ID": "5"}
    environment = {**os.environ, **ids, "SERVER_ADDRESS": url, "API_TOKEN": "any", "ENV": "development"}
    done = subprocess.run([ROOT / ".venv-sdk/bin/python", HERE / script], env=environment, check=False, timeout=1200)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
