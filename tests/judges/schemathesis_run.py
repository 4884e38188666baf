"""Schemathesis against the mock: `make contract`, or `python -m tests.judges.schemathesis_run --max-examples 5`.

What is said on the command line goes to Schemathesis; schemathesis.toml says the rest, and why.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.judges.judged_mock import ROOT, TOKEN, serving

SPEC = ROOT / "generated/supervisely_client/openapi.json"
CONFIG = Path(__file__).with_name("schemathesis.toml")


def run(
    arguments: Sequence[str], *, spec: Path = SPEC, output: int | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run it, and give what came of it: 0 as its exit code when it found nothing."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run", spec]
        where = ["--url", f"{url}/public/api/v3", "--header", f"x-api-key: {TOKEN}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [*command, *where, *arguments], cwd=folder, env=environment, check=False, stdout=output, text=True
        )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]).returncode)
