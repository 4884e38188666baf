"""`supervisely-ext contract`: check and seed, in front of the mock; record is in test_canaries.py and test_recorder.py."""

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from supervisely_ext.cli import main
from supervisely_ext.contract.drift_patch import apply
from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock import Platform

from ..mock.asking import start
from .test_planted_drift import Liar

ROOT = Path(__file__).parents[2]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["contract", *arguments])


class Wrong(Liar):
    """The mock, of which one answer lacks a field, has another, and one null."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        response = super().__call__(request)
        if response.status_code != 200 or not request.url.path.endswith("tasks.info"):
            return response
        task = response.json()
        task.pop("type", None)
        return httpx.Response(200, json={**task, "color": "red", "teamId": None})


@pytest.fixture
def served(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What commands reach in place of the network."""
    start(platform)
    server: dict[str, Any] = {"answers": Wrong(platform)}
    client = httpx.Client

    def made(**options: Any) -> httpx.Client:
        return client(**options, transport=httpx.MockTransport(server["answers"]))

    monkeypatch.setattr(httpx, "Client", made)
    monkeypatch.setenv("API_TOKEN", "the-token")
    monkeypatch.chdir(ROOT)
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore")}
    yield server
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


SERVER = ("--server", "https://mock.invalid", "--workspace-id", "23821", "--team-id", "447", "--project-id", "76")


def test_the_report_for_people(served: dict[str, Any]) -> None:
    """Worst first: what, where, in which file, shown by whom; contradictions end with 1."""
    done = _run("check", *SERVER)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "CONTRADICTS: null breaks type"
    assert lines[1].startswith("    at /components/schemas/Task/properties/teamId (spec/tasks.yaml:")
    assert lines[2] == "    shown by tasks.info"
    assert (lines[3], lines[6]) == ("MISSING: type, which is required", "NEW FIELD: color (string)")
    assert lines[-1] == "1 contradicts, 1 missing, 1 new field; 22 answers of 18 operations judged"


def test_answers_that_only_say_more_end_with_0(served: dict[str, Any], platform: Platform) -> None:
    """A new field breaks nobody; it is told all the same."""

    def more(request: httpx.Request) -> httpx.Response:
        response = Liar(platform)(request)
        is_task = response.status_code == 200 and request.url.path.endswith("tasks.info")
        return httpx.Response(200, json={**response.json(), "color": "red"}) if is_task else response

    served["answers"] = more
    done = _run("check", *SERVER)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "NEW FIELD: color (string)")


def test_the_report_for_a_pull_request(served: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A section a tier; outside a checkout no file is named; what was not judged stands at the end."""
    monkeypatch.chdir(tmp_path)
    tasks = [str(next(iter(served["answers"].platform.tasks))), "999", "998"]
    ids = [part for task in tasks for part in ("--task-id", task)]
    done = _run("check", *SERVER[:-2], *ids, "--format", "markdown")
    assert (
        "### Contradicts\n\n- null breaks type at `/components/schemas/Task/properties/teamId`; shown by tasks.info"
        in done.stdout
    )
    assert "### New fields\n" in done.stdout
    assert "- projects.info: no project is known: give --project-id" in done.stdout
    assert "- tasks.data.get: refused with HTTP 404 (2 times)" in done.stdout
    served["answers"] = Liar(served["answers"].platform)
    assert _run("check", *SERVER, "--format", "markdown").stdout == (
        "0 contradicts, 0 missing, 0 new field; 22 answers of 18 operations judged\n"
    )


def test_the_report_for_machines(served: dict[str, Any]) -> None:
    """Everything, and no value."""
    report = json.loads(_run("check", *SERVER, "--format", "json").stdout)
    assert (
        report["deviations"][0].items()
        >= {
            "tier": "contradicts",
            "pointer": "/components/schemas/Task/properties/teamId",
            "name": "type",
            "seen": ["null"],
            "operations": ["tasks.info"],
        }.items()
    )
    assert report["judged"]["tasks.info"] == 1
    assert report["gaps"] == []
    assert "red" not in {each["name"] for each in report["deviations"]}


def test_the_patch_ends_the_report(served: dict[str, Any], tmp_path: Path) -> None:
    """Each step is named with its file; held against the patched spec, the same server is as it says."""
    patch, spec = tmp_path / "patch.json", tmp_path / "spec.json"
    done = _run("check", *SERVER, "--patch", str(patch))
    assert "patch: add /components/schemas/Task/properties/color in spec/tasks.yaml:" in done.stderr
    document = deepcopy(bundled().document)
    steps = json.loads(patch.read_text("utf-8"))
    for step in steps:
        apply(document, step)
    assert [step["value"] for step in steps if step["path"].endswith("/x-evidence")] == ["observed"]
    spec.write_text(json.dumps(document), "utf-8")
    again = _run("check", *SERVER, "--spec", str(spec))
    assert (again.exit_code, again.stdout.count("\n")) == (0, 1)


def test_the_environment_gives_ids(served: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere."""
    monkeypatch.setenv("WORKSPACE_ID", "23821")
    assert "tasks.list" in json.loads(_run("check", *SERVER[:2], "--format", "json").stdout)["judged"]


def _refused(status: int) -> Any:
    return lambda request: httpx.Response(status, json={"error": "no"})


def _unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused: the-token")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        (_refused(401), "refused the token at instance.version (HTTP 401)"),
        (_unreachable, "instance.version: no answer from https://mock.invalid (ConnectError)"),
        (lambda request: httpx.Response(200, html="Log in"), "no answer could be judged"),
        (lambda request: httpx.Response(302, headers={"location": "https://x.invalid"}), "no answer could be judged"),
    ],
)
def test_what_cannot_be_used_exits_with_2(served: dict[str, Any], answers: Any, problem: str) -> None:
    """A wrong token, nobody there, a login page, a redirect."""
    served["answers"] = answers
    done = _run("check", *SERVER)
    assert (done.exit_code, "the-token" in done.output) == (2, False)
    assert problem in done.stderr


def test_wrong_input_exits_with_2(served: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with a sentence."""
    wrong = tmp_path / "wrong"
    wrong.write_text("{}")
    for arguments, problem in {
        (): "give either --server or --recording",
        (*SERVER, "--recording", str(wrong)): "give either --server or --recording",
        ("--server", "ftp://x"): "has the scheme 'ftp'",
        ("--recording", str(wrong)): "line 1, is no exchange of `contract record`",
        (*SERVER, "--spec", str(wrong)): "lacks paths or components",
        (*SERVER, "--patch", str(tmp_path / "no/patch")): "No such file or directory",
    }.items():
        done = _run("check", *arguments)
        assert (done.exit_code, problem in done.stderr) == (2, True), done.output
    assert _run("seed", str(wrong)).exit_code == 2
    monkeypatch.delenv("API_TOKEN")
    assert "token: is not given, and API_TOKEN is not set" in _run("check", *SERVER).stderr


SCHEMA: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
OPERATION: dict[str, Any] = {"operationId": "x", "responses": {"200": {"content": SCHEMA}}}
X = "/paths/~1x"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ({"post": {"responses": OPERATION["responses"]}}, f"{X}/post, where only this is supported: an operation with an operationId"),
        ({"post": {**OPERATION, "operationId": 5}}, f"{X}/post/operationId, where only this is supported: of type string"),
        ({"post": OPERATION, "parameters": []}, f"{X}, where only this is supported: operations alone (get, "),
        ({"post": {**OPERATION, "parameters": [{"$ref": "#/x"}]}}, f"{X}/post/parameters/0, where only this is supported: a parameter in its"),
        ({"post": {**OPERATION, "requestBody": {"$ref": "#/x"}}}, f"{X}/post/requestBody, where only this is supported: a body in its place"),
        ({"post": {**OPERATION, "requestBody": {"content": {**SCHEMA, "text/x": {}}}}}, "one content type with a schema"),
        ({"post": {**OPERATION, "requestBody": {"content": {"application/json": {}}}}}, "a content type with a schema"),
        ({"post": {**OPERATION, "responses": {"default": {}}}}, "answers, one of them of a 2xx status"),
        ({"post": {**OPERATION, "responses": {"200": {"$ref": "#/x"}}}}, "an answer in its place (no $ref)"),
        ({"post": {**OPERATION, "responses": {**OPERATION["responses"], "default": {"$ref": "#/openapi"}}}}, "/openapi, to which "),
        ("text", f"{X}, where only this is supported: a path with operations"),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_read_exits_with_2(tmp_path: Path, path: Any, problem: str) -> None:
    """It says where, and what is supported there; 1 would mean that the server contradicts it."""
    spec, recording = tmp_path / "spec.json", tmp_path / "recording.jsonl"
    spec.write_text(json.dumps({"openapi": "3.1.0", "paths": {"/x": path}, "components": {"schemas": {}}}))
    half = {"type": "application/json", "json": {}}
    line = {"operation": "x", "status": 400, "request": half, "answer": half, "failure": None}
    recording.write_text(f"{json.dumps(line)}\n")
    done = _run("check", "--recording", str(recording), "--spec", str(spec))
    assert (done.exit_code, problem in done.stderr) == (2, True), done.output


def test_record_refuses_what_it_cannot_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that is taken, an address that is none, a missing extra."""
    out = str(tmp_path / "out.jsonl")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = _run("record", "--server", "https://x.invalid", "--out", out, "--port", str(taken.getsockname()[1]))
        assert (done.exit_code, "Address already in use" in done.stderr) == (2, True)
    assert _run("record", "--server", "https://x.invalid/path", "--out", out).exit_code == 2
    monkeypatch.setattr("supervisely_ext.cli.contract.find_spec", lambda name: None)
    done = _run("record", "--server", "https://x.invalid", "--out", out)
    assert (done.exit_code, "supervisely-ext[mock]" in done.stderr) == (1, True)


def test_record_listens_on_ipv6(tmp_path: Path) -> None:
    """Its URL is written as URLs are; it stops at an interrupt, cleanly."""
    command = [
        sys.executable,
        "-m",
        "supervisely_ext.cli",
        "contract",
        "record",
        "--server",
        "http://[::1]:9",
        "--host",
        "::1",
    ]
    out = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [*command, "--out", str(out)], stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://[::1]:")
        assert httpx.post(f"{url}/public/api/v3/instance.version", json={}).status_code == 502
        process.terminate()
        assert process.wait(10) == 0
    assert len(out.read_text().splitlines()) == 1
