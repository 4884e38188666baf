"""Canaries in every place where a secret may stand, over real sockets: none is in any file, output or log that is written."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest
from click.testing import CliRunner

from supervisely_ext.cli import main
from supervisely_ext.contract.server import PREFIX

TOKEN = "canary/token+9d0c=="
SECRETS = [TOKEN, quote_plus(TOKEN), "canary"]
TASK = {
    "id": 5,
    "type": f"echo of {TOKEN}",
    "status": "started",
    "teamId": 447,
    "workspaceId": 1,
    "agentId": 7,
    "agentName": "canary-agent",
    "userLogin": "canary-login",
    "user": "canary-user",
    "description": "canary-description",
    "startedAt": "mail canary@example.com",
    "settings": {"canary-key": ["canary-setting"]},
    "note": {"canary deep": {"password": "canary-password"}},
    "canary unknown": 1,
    "meta": {
        "app": {"id": 9, "moduleId": 83, "name": f"https://canary:canary-word@example.com/{quote_plus(TOKEN)}"},
        "name": "canary-session",
        "sessionToken": "canary-session-token",
        "params": {"state": {"canary-name": "canary-state"}},
        "redirectRequests": {"token": "canary-redirect"},
    },
}
PAGE = {"total": 1, "perPage": 500, "pagesCount": 1, "after": "canary-cursor", "entities": [TASK]}
LOG = [{"level": "info", "message": "canary-log-line", "timestamp": "2026-01-01T00:00:00Z", "login": "canary"}]
ERROR = {
    "error": "canary-error",
    "details": [{"message": "canary-rule", "path": ["state", "canary-path", 0], "context": {"value": "canary-value"}}],
}
WORKSPACE = {"id": 1, "teamId": 447, "name": "canary-workspace", "description": "canary-about"}
APP = {"id": 9, "name": "https://x.example/net/canary-session-token/", "slug": "a/canary-session-token"}
"""The session's token, which `tasks.info` has told before, in texts that are kept."""
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "instance.version": (200, "application/json", b'{"version": "6.18.3", "build": "canary-build"}'),
    "tasks.list": (200, "application/json", json.dumps(PAGE).encode()),
    "tasks.info": (200, "application/json", json.dumps(TASK).encode()),
    "workspaces.info": (200, "application/json", json.dumps(WORKSPACE).encode()),
    "apps.info": (200, "application/json", json.dumps(APP).encode()),
    "tasks.log.download": (200, "application/json", json.dumps(LOG).encode()),
    "tasks.stop": (400, "application/json", json.dumps(ERROR).encode()),
    "tasks.data.get": (200, "application/json", b'{"result": {"canary-field": "canary-payload"}}'),
    "tasks.files.bulk.upload": (200, "application/json", b'["canary-undescribed"]'),
    "ecosystem.file.download": (200, "application/octet-stream", b"canary-content" * 1000),
    "instance.get-render-previews-session-token": (200, "text/plain", b"canary-session"),
    "ecosystem.list": (200, "text/html", b"<p>canary-page</p>"),
    "ecosystem.info": (200, "application/json", b'{"canary-broken'),
    "projects.info": (302, "text/plain", b"canary-redirect"),
}


class Server(BaseHTTPRequestHandler):
    """Tells secrets at every opportunity."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        name = self.path.partition("?")[0].removeprefix(PREFIX)
        if name == "apps.list":
            self.close_connection = True
            return
        status, type, body = ANSWERS.get(name, (404, "application/json", json.dumps(ERROR).encode()))
        self.send_response(status)
        for header in (("content-type", type), ("content-length", str(len(body))), ("set-cookie", "s=canary-cookie")):
            self.send_header(*header)
        if status == 302:
            self.send_header("location", "https://elsewhere.invalid/canary?token=canary-location")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - http.server's name

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@contextmanager
def _recording(server: str, path: Path, log: Path) -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "supervisely_ext.cli",
        "contract",
        "record",
        "--server",
        server,
        "--out",
        str(path),
    ]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
        assert process.wait(10) == 0
        log.write_text(log.read_text() + process.stdout.read())


def _exchange(url: str) -> None:
    headers = {
        "x-api-key": TOKEN,
        "authorization": "Bearer canary-bearer",
        "cookie": "a=canary",
        "x-more": "canary-more",
    }
    with httpx.Client(base_url=f"{url}{PREFIX}", headers=headers) as client:
        for name in ANSWERS:
            client.post(name, json={"id": 5, "another": "canary", "state": {"canary": TOKEN}, "note": "canary-note"})
        client.get("tasks.log.download", params={"id": 5, "sinceTime": TOKEN, "token": "canary-query"})
        client.post("tasks.files.bulk.upload", files={"canary-part": ("canary-file", b"canary-contents")})
        client.post("ecosystem.models.list", data={"search": "canary-form", "token": TOKEN})
        client.post(f"canary.method?x={quote_plus(TOKEN)}", json={"a": "canary"})
        client.post(
            "tasks.data.set", json={"taskId": 5, "fields": [{"field": "canary-field", "payload": {"k": "canary"}}]}
        )
        client.post("tasks.request.direct", json={"taskId": 5, "command": "canary-command", "context": {}, "state": {}})
        client.post(
            "ecosystem.list", json={"search": "canary-search", "category": "canary-kind", "categories": ["canary"]}
        )
        client.post("ecosystem.add", json={"repo": "canary-repo", "token": "canary-git-token", "provider": "github"})
        assert client.post("apps.list", json={"teamId": 447}).status_code == 502
        assert client.get("ecosystem.file.download").content == ANSWERS["ecosystem.file.download"][2]


def test_no_canary_is_written_anywhere(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording, reports in every format, patches, seed, standard output and error of every command."""
    recording, log = tmp_path / "recording.jsonl", tmp_path / "log.txt"
    with _recording(server, recording, log) as url:
        _exchange(url)
    lines = recording.read_text().splitlines()
    assert len(lines) == len(ANSWERS) + 10
    monkeypatch.setenv("API_TOKEN", TOKEN)
    sources = [["--recording", str(recording)], ["--server", server, "--workspace-id", "1", "--project-id", "3"]]
    for number, source in enumerate(sources):
        for form in ("text", "markdown", "json"):
            patch = tmp_path / f"patch-{number}-{form}.json"
            done = CliRunner().invoke(main, ["contract", "check", *source, "--format", form, "--patch", str(patch)])
            assert (done.exit_code, patch.is_file()) == (1 - number, True), done.output
            (tmp_path / f"output-{number}-{form}").write_text(f"{done.stdout}{done.stderr}{done.exception!r}")
    done = CliRunner().invoke(main, ["contract", "seed", str(recording)])
    assert done.exit_code == 0
    (tmp_path / "seed").write_text(done.output)
    written = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert len(written) == 2 + 6 + 6 + 1
    assert [name for name, text in written.items() if any(secret in text for secret in SECRETS)] == []


def test_the_search_would_find_one(server: str, tmp_path: Path) -> None:
    """What the proxy passes on does hold canaries: the test above does not look at nothing."""
    with _recording(server, tmp_path / "recording.jsonl", tmp_path / "log.txt") as url:
        answer = httpx.post(f"{url}{PREFIX}tasks.info", json={"id": 5}, headers={"x-api-key": TOKEN})
    assert answer.json() == TASK
    assert answer.headers["set-cookie"] == "s=canary-cookie"
    (line,) = (tmp_path / "recording.jsonl").read_text().splitlines()
    kept = json.loads(line)["answer"]["json"]
    assert (kept["type"], kept["status"], kept["teamId"]) == ("[redacted]", "started", 447)
