"""The mock on a real port."""

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import uvicorn

from supervisely_ext import Api
from supervisely_ext.mock import Platform
from supervisely_ext.mock.server import application, serving
from supervisely_ext.port import listen, url_of

COMMAND = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0", "--time", "fast:20"]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
        process.terminate()


def test_the_client_runs_on_it(server: tuple[str, object]) -> None:
    """Start, wait and stop over a socket."""
    with Api(server[0], "token") as api:
        session = api.app.start(7, module_id=83, workspace_id=23821)
        assert api.app.wait(session.task_id, timeout=60) == "finished"
        other = api.app.start(7, module_id=512)
        assert api.app.stop(other.task_id) == "terminating"


def test_many_clients_lose_nothing(server: tuple[str, object]) -> None:
    """Sixteen threads start apps at once: every task has its own id."""
    with Api(server[0], "token") as api, ThreadPoolExecutor(16) as pool:
        sessions = list(pool.map(lambda _: api.app.start(7, module_id=304), range(160)))
    assert len({session.task_id for session in sessions}) == 160


def test_a_large_body_arrives_whole(server: tuple[str, object]) -> None:
    """A body in many pieces is one request."""
    with Api(server[0], "token") as api:
        text = "x" * 3_000_000
        task = api.task.start(7, module_id=83, params={"state": {"text": text}})
        assert api.task.get_info_by_id(task["id"])["meta"]["params"]["state"]["text"] == text


def test_a_tls_greeting_is_refused_at_once(server: tuple[str, object]) -> None:
    """The official SDK asks the same port for https first; that must not hang."""
    url = httpx.URL(server[0])
    context = ssl.create_default_context()
    with socket.create_connection((url.host, url.port or 0), timeout=5) as raw, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(raw, server_hostname="localhost")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(number: int) -> None:
    """Exit status 0, and nothing but the modules on standard error."""
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.post(f"{url}/public/api/v3/instance.version", json={}, trust_env=False).status_code == 200
        os.kill(process.pid, number)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert all(line.startswith("module ") for line in errors.splitlines())


def test_urls_of_both_families() -> None:
    """An IPv6 address stands in brackets."""
    with listen("127.0.0.1", 0) as four:
        assert url_of(four) == f"http://127.0.0.1:{four.getsockname()[1]}"
    with listen("::1", 0) as six:
        assert url_of(six) == f"http://[::1]:{six.getsockname()[1]}"


class Deaf:
    """A library of WebSockets as others may have installed one; uvicorn would hand it every upgrade."""

    def __init__(self, **options: Any) -> None:
        raise AssertionError("the mock speaks no WebSockets")


def test_an_upgrade_is_answered_as_if_it_had_not_been_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed beside the mock."""
    monkeypatch.setitem(uvicorn.config.WS_PROTOCOLS, "auto", f"{__name__}:Deaf")
    upgrade = {"connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "x"}
    with listen("127.0.0.1", 0) as listening, serving(application(Platform()), listening):
        answer = httpx.get(f"{url_of(listening)}/__mock__/time", headers=upgrade, trust_env=False)
    assert (answer.status_code, answer.json()["mode"]) == (200, "virtual")
