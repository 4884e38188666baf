"""`supervisely-ext mock` as a process: its files, its port, its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from supervisely_ext import Api
from supervisely_ext.cli import main
from supervisely_ext.mock import Platform, Seed
from supervisely_ext.port import listen

COMMAND = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0"]
METHODS = "/public/api/v3"
JSON = {"content-type": "application/json"}
TOKEN = {**JSON, "x-api-key": "right"}


@contextmanager
def mock(*options: object) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """Give a client of a mock that runs with these options, and its process."""
    command = [*COMMAND, *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
                yield client, process
        finally:
            process.terminate()
            process.wait(10)


def stopped(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str]:
    """Stop a mock, and give its exit status and what it complained of."""
    os.kill(process.pid, number)
    _, errors = process.communicate(timeout=20)
    complaints = [line for line in errors.splitlines() if not line.startswith("module ")]
    return process.returncode, "\n".join(complaints)


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data))
    return path


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    state = Platform().snapshot()
    state["instance"]["tokens"] = ["right"]
    state["teams"][0]["name"] = "sown"
    return write(tmp_path / "seed.json", state)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_snapshot_is_written_at_the_end(tmp_path: Path, seed: Path, number: int) -> None:
    """It is what the mock held, and a seed for the next one."""
    path = tmp_path / "snapshot.json"
    with mock("--seed", seed, "--time", "virtual", "--snapshot-on-exit", path) as (client, process):
        body = {"agentId": 7, "moduleId": 83}
        assert client.post(f"{METHODS}/tasks.run.app", json=body, headers=TOKEN).status_code == 200
        assert client.post("/__mock__/advance", json={"seconds": 1.5}).status_code == 200
        state = client.get("/__mock__/state").json()
        assert not path.exists()
        assert stopped(process, number) == (0, "")
    assert json.loads(path.read_text()) == state
    assert state["tasks"][0]["life"]["history"][-1]["status"] == "consumed"
    assert "right" not in path.read_text()
    with mock("--seed", path, "--time", "virtual") as (client, _):
        assert client.get("/__mock__/state").json() == state


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_comes_as_soon_as_the_url(tmp_path: Path, number: int) -> None:
    """It is as clean as a later one."""
    path = tmp_path / "snapshot.json"
    command = [*COMMAND, "--snapshot-on-exit", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            assert stopped(process, number) == (0, "")
        finally:
            process.kill()
    assert json.loads(path.read_text())["tasks"] == []


def test_two_mocks_that_write_one_file(tmp_path: Path, seed: Path) -> None:
    """The file is one of both, whole."""
    path = tmp_path / "snapshot.json"
    options = ("--time", "virtual", "--snapshot-on-exit", path)
    with mock(*options) as (plain, first), mock("--seed", seed, *options) as (sown, second):
        states = [client.get("/__mock__/state").json() for client in (plain, sown)]
        first.terminate()
        second.terminate()
        assert (first.wait(20), second.wait(20)) == (0, 0)
    assert json.loads(path.read_text()) in states
    assert {file.name for file in tmp_path.iterdir()} == {"seed.json", "snapshot.json"}


def test_a_directory_that_goes_away_meanwhile(tmp_path: Path) -> None:
    """It is told at the end, with exit status 1."""
    directory = tmp_path / "gone"
    directory.mkdir()
    with mock("--snapshot-on-exit", directory / "snapshot.json") as (_, process):
        directory.rmdir()
        status, complaint = stopped(process)
    assert status == 1
    assert complaint.startswith("Error: the snapshot cannot be written")


def test_apps_that_were_given_survive_a_reset(tmp_path: Path) -> None:
    """They belong to the beginning, at which tasks begin their courses."""
    state = Platform().snapshot()
    state["apps"] = [{"id": 578, "moduleId": 83, "teamId": 447}]
    state["tasks"] = [{"id": 1, "appId": 578, "workspaceId": 23821}]
    options = ("--seed", write(tmp_path / "seed.json", state), "--config", write(tmp_path / "my-app.json", {}))
    with mock(*options, "--time", "virtual") as (client, _):
        before = client.get("/__mock__/state").json()
        client.post("/__mock__/advance", json={"seconds": 3600})
        after = client.post("/__mock__/reset").json()
    assert before["modules"][-1]["slug"] == "mock/my-app"
    assert [module["slug"] for module in after["modules"]] == [module["slug"] for module in before["modules"]]
    assert [state["tasks"][0]["life"]["history"][-1]["status"] for state in (before, after)] == ["queued", "queued"]


def test_faults_strike_and_validation_is_off(tmp_path: Path) -> None:
    """As the options say."""
    rule = {"match": {"operation": "instance.version"}, "effect": {"kind": "status", "status": 503}}
    plan = write(tmp_path / "faults.json", {"rules": [rule]})
    with mock("--faults", plan, "--validate", "off") as (client, _):
        assert client.post(f"{METHODS}/instance.version", json={}).status_code == 503
        asked = client.post(f"{METHODS}/tasks.list", json={"workspaceId": 23821, "nonsense": 1}, headers=TOKEN)
        assert asked.status_code == 200


def test_virtual_time_stands_until_it_is_moved() -> None:
    """A client on the port waits for whoever moves it."""
    with mock("--time", "virtual") as (client, _), ThreadPoolExecutor() as pool:
        api = Api(str(client.base_url), "token")
        task_id = api.app.start(7, module_id=83).task_id
        now = client.get("/__mock__/time").json()["now"]
        waiting = pool.submit(api.app.wait, task_id, timeout=60)
        time.sleep(0.2)
        assert client.get("/__mock__/time").json()["now"] == now
        assert not waiting.done()
        client.post("/__mock__/advance", json={"seconds": 60})
        assert waiting.result(timeout=30) == "finished"
        api.close()


def test_what_a_client_may_get_wrong(seed: Path) -> None:
    """No token, a wrong one, no content type, no UTF-8, no JSON: each has an answer of its own, and the next request too."""
    with mock("--seed", seed) as (client, process):
        path, body = f"{METHODS}/tasks.list", b'{"workspaceId": 23821}'
        asked = [
            (body, JSON, 400),
            (body, {**JSON, "x-api-key": "wrong"}, 401),
            (body, {"x-api-key": "right"}, 415),
            (b'{"workspaceId": "\xff"}', TOKEN, 400),
            (b"{", TOKEN, 400),
            (body, TOKEN, 200),
        ]
        for content, headers, status in asked:
            assert client.post(path, content=content, headers=headers).status_code == status
        assert client.put("/__mock__/state", content=b"\xff").status_code == 400
        assert client.get("/__mock__/state", headers={"host": "evil.example"}).status_code == 403
        assert "wrong" not in client.get("/__mock__/journal").text
        assert stopped(process) == (0, "")


@pytest.mark.parametrize("path", [f"{METHODS}/tasks.list", "/__mock__/state"])
def test_a_gigabyte_of_json(path: str) -> None:
    """It is refused before it has come, announced or not; the mock serves others meanwhile and afterwards."""
    with mock() as (client, process):
        memory = Path(f"/proc/{process.pid}/statm")
        before = int(memory.read_text().split()[1]) * 4096
        address = (client.base_url.host, client.base_url.port or 0)
        head = f"PUT {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-api-key: any\r\n"
        head = head if "__mock__" in path else head.replace("PUT", "POST")
        with socket.create_connection(address, timeout=30) as raw:
            raw.sendall(f"{head}content-length: {1 << 30}\r\n\r\n[".encode())
            assert raw.recv(100).startswith(b"HTTP/1.1 413")
        piece = b"100000\r\n" + b" " * (1 << 20) + b"\r\n"
        with socket.create_connection(address, timeout=30) as raw:
            raw.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
            sent = _send_until_refused(raw, piece, 1024)
        assert 64 <= sent < 200
        assert client.post(f"{METHODS}/instance.version", json={}).status_code == 200
        assert int(memory.read_text().split()[1]) * 4096 - before < 512 << 20


def _send_until_refused(raw: socket.socket, piece: bytes, most: int) -> int:
    """Send pieces until the other side closes the connection; give how many went."""
    for number in range(most):
        try:
            raw.sendall(piece)
        except OSError:
            return number
    return most


UNUSABLE: dict[str, tuple[str, bytes | None, str]] = {
    "a seed that is not there": ("--seed", None, "No such file"),
    "a seed that is no JSON": ("--seed", b"{", "no JSON"),
    "a seed that is no UTF-8": ("--seed", b'{"teams": "\xff"}', "no JSON"),
    "a seed with unknown keys": (
        "--seed",
        b'{"teams": [], "workspaces": [], "users": [], "x": 1}',
        "'x' was unexpected",
    ),
    "a config that is not there": ("--config", None, "No such file"),
    "a config that is no JSON": ("--config", b'{"name": "x", "port": NaN}', "is not a JSON file (NaN is no JSON)"),
    "a config of text that is none": ("--config", b'{"name": "\\ud800"}', "is not a JSON file ("),
    "a config without end": ("--config", b"[" * 100_000, "is not a JSON file (maximum recursion depth exceeded"),
    "a config that is nested too deeply": (
        "--config",
        b'{"x": %b}' % (b"[" * 299 + b"]" * 299),
        "nested more than 300 levels deep",
    ),
    "a config that nobody could be shown": ("--config", b'{"context_menu": []}', "/config/contextMenu: "),
    "a config with a release that is none": ("--config", b'{"release": "v1"}', "/meta"),
    "a plan that is not there": ("--faults", None, "No such file"),
    "a plan that is no JSON": ("--faults", b"[1,", "no JSON"),
    "a plan that is no UTF-8": ("--faults", b'{"rules": "\xff"}', "no JSON"),
    "a plan whose rule fits nothing": (
        "--faults",
        b'{"rules": [{"match": {"operation": "tasks.inof"}, "effect": {"kind": "reset"}}]}',
        "/rules/0/match/operation: fits no operation of the spec; near it are",
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_files_that_cannot_be_used(tmp_path: Path, case: str) -> None:
    """Named, with what is wrong, before anything listens; exit status 2."""
    option, content, words = UNUSABLE[case]
    path = tmp_path / "given.json"
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(main, ["mock", "--port", "0", option, str(path)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "given.json" in done.stderr


def test_a_seed_that_does_not_hold_together(tmp_path: Path) -> None:
    """Ids of nothing and values of wrong types stand with their places, all at once."""
    state = Platform().snapshot()
    state["workspaces"][0]["teamId"] = 9
    state["agents"][0]["online"] = "yes"
    done = CliRunner().invoke(main, ["mock", "--seed", str(write(tmp_path / "seed.json", state))])
    assert done.exit_code == 2
    assert "/workspaces/0/teamId: 9 is none of the teams" in done.stderr
    assert "/agents/0/online" in done.stderr


@pytest.mark.parametrize(("name", "words"), [("nowhere/snapshot.json", "No such file"), ("", "Is a directory")])
def test_a_snapshot_that_could_not_be_written(tmp_path: Path, name: str, words: str) -> None:
    """It is said at the beginning and not at the end."""
    done = CliRunner().invoke(main, ["mock", "--port", "0", "--snapshot-on-exit", str(tmp_path / name)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to(os.devnull), "not a regular file"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
    ],
)
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    """A pipe or a device would be gone; exit status 2, and it is as it was."""
    path = tmp_path / "snapshot.json"
    make(path)
    before = path.lstat()
    done = CliRunner().invoke(main, ["mock", "--port", "0", "--snapshot-on-exit", str(path)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert (path.lstat(), [*tmp_path.iterdir()]) == (before, [path])


@pytest.mark.parametrize(
    ("option", "words"), [("--time", "neither real nor virtual"), ("--validate", "must be one of strict, warn, off")]
)
def test_modes_that_are_none(option: str, words: str) -> None:
    """Those there are stand in the message; exit status 2."""
    done = CliRunner().invoke(main, ["mock", "--port", "0", option, "lax"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_taken_port(tmp_path: Path) -> None:
    """Exit status 1, and no snapshot of what never ran."""
    path = tmp_path / "snapshot.json"
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["mock", "--port", port, "--snapshot-on-exit", str(path)])
    assert done.exit_code == 1
    assert f"cannot listen on 127.0.0.1:{port} (Address already in use" in done.stderr
    assert not path.exists()


def test_options_reach_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: Path) -> None:
    """Each of them, in this process; the name of --host is the one that the admin goes by."""
    served: list[tuple[Platform, str]] = []
    monkeypatch.setattr(
        "supervisely_ext.mock.server.serve", lambda platform, _, host, announce: served.append((platform, host))
    )
    plan = write(tmp_path / "faults.json", {"rules": [], "seed": 3})
    path = tmp_path / "out.json"
    files = ["--seed", str(seed), "--faults", str(plan), "--snapshot-on-exit", str(path)]
    modes = ["--time", "virtual", "--validate", "warn", "--host", "localhost", "--port", "0"]
    done = CliRunner().invoke(main, ["mock", *files, *modes])
    assert done.exit_code == 0, done.output
    [(platform, host)] = served
    assert (host, platform.validate, platform.faults.plan.seed) == ("localhost", "warn", 3)
    assert platform.teams[447].name == "sown"
    assert Seed.from_file(path).to_json() == platform.snapshot()


def test_a_snapshot_that_cannot_be_written_after_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reason is told."""
    path = tmp_path / "snapshot.json"
    monkeypatch.setattr("supervisely_ext.mock.server.serve", lambda *_, **__: path.mkdir())
    done = CliRunner().invoke(main, ["mock", "--port", "0", "--snapshot-on-exit", str(path)])
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def _seconds(command: list[str], *, until_it_answers: bool) -> float:
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=pipe, stderr=nowhere, text=True, env=unmeasured) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if until_it_answers:
            httpx.post(f"{url}{METHODS}/instance.version", json={}, trust_env=False).raise_for_status()
        seconds = time.monotonic() - begun
        process.terminate()
    return seconds


@pytest.mark.alone
def test_it_is_ready_soon() -> None:
    """From the process's start to the first answer it takes little more than the import alone of what it stands on.

    On a busy machine single runs take any time; of five the shortest are compared.
    """
    packages = "uvicorn.server, uvicorn.protocols.http.httptools_impl, click, attrs, jsonschema, jsonschema_rs"
    bare = [sys.executable, "-c", f"import {packages}; print()"]
    pairs = [(_seconds(COMMAND, until_it_answers=True), _seconds(bare, until_it_answers=False)) for _ in range(5)]
    ready, alone = map(min, zip(*pairs, strict=True))
    assert ready < 2.5 * alone
