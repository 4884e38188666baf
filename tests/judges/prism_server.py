"""Prism serving the bundled spec: it answers with the spec's examples, and tells what is wrong with a request."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock.gateway import PREFIX

PRISM = Path(__file__).parent / "prism/node_modules/.bin/prism"
_LIMIT = 60.0
"""Seconds until it serves; the machine may be busy."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve until the end, and give the URL."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(_prefixed()), "utf-8")
    url = f"http://127.0.0.1:{(port := _free_port())}"
    command = [PRISM, "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), path]
    # a session of its own: it serves from a child, which would outlive it
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            _wait_for(url, process)
            yield url
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _prefixed() -> dict[str, Any]:
    """Give the spec with whole paths: Prism does not look at those of `servers`."""
    document = bundled().document
    return {**document, "paths": {f"{PREFIX}{path[1:]}": item for path, item in document["paths"].items()}}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _LIMIT
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(url, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Prism does not serve: exit code {process.poll()}")


def violations(response: httpx.Response) -> Sequence[Any]:
    """Give what Prism found wrong with the request; answers are its own."""
    found = json.loads(response.headers.get("sl-violations", "[]"))
    return [violation for violation in found if violation["location"][0] == "request"]
