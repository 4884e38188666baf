"""`supervisely-ext spec`: diff, changelog, lint."""

import json
import re
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from supervisely_ext.cli import main
from supervisely_ext.contract.spec import bundled

ROOT = Path(__file__).parents[2]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["spec", *arguments])


@pytest.fixture
def old(tmp_path: Path) -> str:
    """Our spec, in a file."""
    return _written(tmp_path / "old.json", bundled().document)


def _written(path: Path, document: Any) -> str:
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """Our spec without `size` of a task, with more in a request, and with one filter field more."""
    document = deepcopy(bundled().document)
    del document["components"]["schemas"]["Task"]["properties"]["size"]
    document["components"]["schemas"]["TasksStopRequest"]["properties"]["why"] = {"type": "string"}
    document["components"]["schemas"]["TasksInfoRequest"]["properties"]["id"]["default"] = 7
    return _written(tmp_path / "broken.json", document)


@pytest.fixture
def widened(tmp_path: Path) -> str:
    """Our spec with one more optional part of a request."""
    document = deepcopy(bundled().document)
    document["components"]["schemas"]["TasksStopRequest"]["properties"]["why"] = {"type": "string"}
    return _written(tmp_path / "widened.json", document)


REMOVED = "property-removed answer /components/schemas/Task/properties/size"


def test_nothing_changed_is_said_and_exits_with_0(old: str) -> None:
    """In every format."""
    assert (_run("diff", old, old).exit_code, _run("diff", old, old).stdout) == (0, "no changes\n")
    assert _run("diff", old, old, "--format", "markdown").stdout == "No changes of the API.\n"
    assert json.loads(_run("diff", old, old, "--format", "json").stdout)["changes"] == []
    assert _run("changelog", old, old).stdout == "No changes of the API.\n"


def test_a_break_exits_with_1_and_names_whom_it_touches(old: str, broken: str) -> None:
    """With place, pointer, reason, Python names, and the advice."""
    done = _run("diff", old, broken)
    assert done.exit_code == 1
    for text in (
        "BREAKING: property removed at answer.size of apps.info",
        "because callers meet no such attribute",
        "was at /components/schemas/Task/properties/size",
        "touches supervisely_client.models.Task.size",
        "api.task.get_info_by_id",
        f'id "{REMOVED}"',
        "RISKY: default changed",
        "SAFE: property added at request.why of tasks.stop",
        "1 breaking, 1 risky, 1 safe: major version",
    ):
        assert text in done.stdout


def test_safe_changes_exit_with_0_and_ask_for_a_minor_version(old: str, widened: str) -> None:
    """A new part of a request breaks nobody."""
    done = _run("diff", old, widened)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "0 breaking, 0 risky, 1 safe: minor version")


def test_markdown_has_a_section_for_each_severity(old: str, broken: str) -> None:
    """For a pull request."""
    text = _run("diff", old, broken, "--format", "markdown").stdout
    assert [line for line in text.splitlines() if line.startswith("###")] == ["### Breaking", "### Risky", "### Safe"]
    assert "`supervisely_client.models.Task.size`" in text


def test_json_holds_everything(old: str, broken: str) -> None:
    """For machines."""
    changes = json.loads(_run("diff", old, broken, "--format", "json").stdout)["changes"]
    (removed,) = [change for change in changes if change["severity"] == "breaking"]
    assert removed["id"] == REMOVED
    assert removed["direction"] == "answer"
    assert "tasks.info" in removed["operations"]
    assert (removed["new"], removed["accepted"]) == (None, None)


def test_an_accepted_break_stops_nothing_and_stays_a_break(old: str, broken: str, tmp_path: Path) -> None:
    """It is shown with the reason it was accepted for, to users too; what was accepted and is not there is pointed out."""
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        f"- change: {REMOVED}\n  reason: the server never sent it\n- change: gone\n  reason: long ago\n"
    )
    option = "--accepted", str(accepted)
    done = _run("diff", old, broken, *option)
    assert done.exit_code == 0
    assert "BREAKING (accepted): property removed" in done.stdout
    assert "because the server never sent it" in done.stdout
    assert "accepted, but not there: gone" in done.stderr
    markdown = _run("diff", old, broken, *option, "--format", "markdown").stdout
    assert "accepted: the server never sent it" in markdown
    assert done.stdout.endswith("1 breaking, 1 risky, 1 safe: major version (before 1.0 the minor one)\n")
    (entry,) = re.findall(r"^.*answer\.size.*$", _run("changelog", old, broken, *option).stdout, re.MULTILINE)
    assert entry.endswith("; the server never sent it.")


def test_the_printed_id_is_what_the_file_of_accepted_changes_takes(old: str, tmp_path: Path) -> None:
    """As it is printed, also where YAML would read a key in it."""
    document = deepcopy(bundled().document)
    document["components"]["schemas"]["TasksRunAppRequest"]["properties"]["description"]["maxLength"] = 100
    tightened = _written(tmp_path / "tightened.json", document)
    (id,) = re.findall("^    id (.*)$", _run("diff", old, tightened).stdout, re.MULTILINE)
    assert "maxLength: 255 -> 100" in id
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(f"- change: {id}\n  reason: the reference says so now\n", "utf-8")
    assert _run("diff", old, tightened, "--accepted", str(accepted)).exit_code == 0


def test_the_accepted_changes_of_the_checkout_are_found(
    old: str, broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In spec/accepted-changes.yaml of the working directory."""
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/accepted-changes.yaml").write_text(json.dumps([{"change": REMOVED, "reason": "a mistake"}]))
    monkeypatch.chdir(tmp_path)
    assert _run("diff", old, broken).exit_code == 0


def test_the_changelog_names_methods_first(old: str, broken: str, tmp_path: Path) -> None:
    """Of an operation that no method calls, the endpoint; of what has no Python name, nothing."""
    text = _run("changelog", old, broken).stdout
    assert text.startswith("### Breaking\n\n- `api.app.")
    bare = deepcopy(bundled().document)
    bare["paths"]["/new.one"] = {"get": {"responses": {"200": {"description": ""}}}}
    assert (
        "- `supervisely_client.api.default.get_new_one`: operation added"
        in _run("changelog", old, _written(tmp_path / "bare.json", bare)).stdout
    )


def test_yaml_is_read_as_well(old: str, tmp_path: Path) -> None:
    """A bundled spec may be kept as YAML."""
    import yaml

    path = tmp_path / "spec.yaml"
    path.write_text(yaml.safe_dump(bundled().document))
    assert _run("diff", old, str(path)).stdout == "no changes\n"


def _git(directory: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments], cwd=directory, check=True, capture_output=True
    )


def test_git_revisions_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, widened: str) -> None:
    """The bundled spec as of a revision, or any file of one."""
    kept = tmp_path / "generated/supervisely_client"
    kept.mkdir(parents=True)
    _written(kept / "openapi.json", bundled().document)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "generated")
    _git(tmp_path, "commit", "-qm", "a spec")
    monkeypatch.chdir(tmp_path)
    assert _run("diff", "HEAD", "HEAD:generated/supervisely_client/openapi.json").stdout == "no changes\n"
    assert "request.why" in _run("diff", "HEAD", widened).stdout


@pytest.mark.parametrize("content", ["{", "a: [", "7", "[]", '{"openapi": "3.0.0"}', "\xff"])
def test_what_is_no_spec_exits_with_2(old: str, tmp_path: Path, content: str) -> None:
    """With one line that says why."""
    path = tmp_path / "no-spec"
    path.write_bytes(content.encode("latin-1"))
    done = _run("diff", old, str(path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: comparing {old} with {path}: {path}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("source", ["no-such-revision", "--output=x", "HEAD:no/such/file"])
def test_what_is_neither_file_nor_revision_exits_with_2(old: str, source: str) -> None:
    """Also when it looks like an option of git."""
    done = _run("diff", "--", old, source)
    assert done.exit_code == 2
    assert "neither a file nor a git revision" in done.stderr


def test_a_revision_of_what_is_no_text_exits_with_2(old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture, a folder."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/picture").write_bytes(b"\x89PNG\xff")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "folder")
    _git(tmp_path, "commit", "-qm", "a picture")
    monkeypatch.chdir(tmp_path)
    for source in ("HEAD:folder/picture", "HEAD:folder"):
        done = _run("diff", old, source)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_without_git_only_files_are_read(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said so."""
    monkeypatch.setenv("PATH", "")
    done = _run("diff", old, "v1.0.0")
    assert done.exit_code == 2
    assert "there is no git" in done.stderr


def test_without_pyyaml_only_json_is_read(old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named with the extra that brings it."""
    import sys

    monkeypatch.setitem(sys.modules, "yaml", None)
    path = tmp_path / "spec.yaml"
    path.write_text("openapi: 3.1.0\n")
    done = _run("diff", old, str(path))
    assert done.exit_code == 2
    assert "supervisely-ext[contract]" in done.stderr


@pytest.mark.parametrize(
    "accepted",
    [
        "- change: x\n",
        "- change: x\n  reason: ' '\n",
        "x: y\n",
        "- change: x\n  reason: y\n  more: z\n",
        "- 7\n",
        "- {change: x, reason: y}\n- {change: x, reason: z}\n",
        "\xff",
        "7",
    ],
)
def test_an_accepted_change_needs_a_reason(old: str, tmp_path: Path, accepted: str) -> None:
    """And nothing else."""
    path = tmp_path / "accepted.yaml"
    path.write_bytes(accepted.encode("latin-1"))
    done = _run("diff", old, old, "--accepted", str(path))
    assert done.exit_code == 2
    assert "accepted" in done.stderr


def test_lint_runs_the_authoring_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a checkout; elsewhere it says where it belongs."""
    monkeypatch.chdir(ROOT)
    assert _run("lint").exit_code == 0
    empty = _written(tmp_path / "empty.json", {"openapi": "3.1.0", "info": {}, "paths": {}, "components": {}})
    assert _run("lint", empty).exit_code == 1
    monkeypatch.chdir(tmp_path)
    done = _run("lint")
    assert (done.exit_code, "checkout" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "content", [None, "# A text", "[1]", "{}", '{"openapi": 1, "paths": 5, "components": {}}', "\xff"]
)
def test_what_cannot_be_linted_exits_with_2(
    content: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """With one line that says why."""
    monkeypatch.chdir(ROOT)
    path = tmp_path / "no-spec"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    assert _run("lint", str(path)).exit_code == 2
    said = capfd.readouterr().err
    assert said.startswith(f"spec: {path} cannot be linted")
    assert said.count("\n") == 1


def test_what_no_method_calls_touches_its_endpoint_alone(old: str, tmp_path: Path) -> None:
    """A new operation."""
    document = deepcopy(bundled().document)
    document["paths"]["/new.one"] = {"get": {"responses": {"200": {"description": ""}}}}
    lines = _run("diff", old, _written(tmp_path / "new.json", document)).stdout.splitlines()
    assert [line.strip() for line in lines if "touches" in line] == [
        "touches supervisely_client.api.default.get_new_one"
    ]
