"""The command line."""

import json
import os
import pty
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from supervisely_ext.cli import main
from supervisely_ext.mock import Platform

CONFIGS = sorted(
    path for path in (Path(__file__).parents[2] / "shared/app-configs").glob("*.json") if path.stem != "_index"
)
OWN = {
    "name": "My app",
    "context_menu": {"target": ["moon_base", "videos_dataset"]},
    "modal_template_state": {"depth": {"of": [1, None]}},
}
OURS = re.compile(r"[\x20-\x7e\n–…☃]*")


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def refused(*arguments: object) -> str:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code not in (0, None)
    assert "Traceback" not in done.output
    return done.output


def write(path: Path, config: object) -> Path:
    path.write_text(json.dumps(config))
    return path


def test_the_demo_runs_the_tutorial() -> None:
    """Name, options, arguments, every status, the end, a stopped session, the sessions; no control characters."""
    output = run("demo")
    assert output.startswith("Start app:  Export to Pascal VOC\n")
    for text in ('"pascalContourThickness": 3', '"trainSplitCoef": 0.8', '"slyProjectId": 5', "Task 21012: finished"):
        assert text in output
    statuses = re.findall(r"^task (\d+): (\w+) \(\d+:\d\d\)$", output, re.MULTILINE)
    assert [status for task, status in statuses if task == "21012"] == ["queued", "consumed", "started", "finished"]
    assert re.search(r"^Sessions:\n  21012  finished .*\n  21013  stopped ", output, re.MULTILINE)
    assert OURS.fullmatch(output)


@pytest.mark.skipif(not CONFIGS, reason="the real app configs are not here")
@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_demo_runs_every_real_config(path: Path) -> None:
    """Whatever targets and options a published app has, it is started with them."""
    config = json.loads(path.read_text())
    output = run("demo", "--config", path)
    assert output.startswith(f"Start app:  {config['name']}\n")
    assert re.search(r"Task 21012: (finished|started)", output)
    assert "Task 21013: stopped" in output
    for option in config.get("modal_template_state", {}):
        assert f'"{option}"' in output


def test_the_demo_leaves_an_unknown_target_out(tmp_path: Path) -> None:
    """It says so, and takes the next one; without a known one it starts with the options alone."""
    both = run("demo", "--config", write(tmp_path / "a.json", OWN))
    assert "Target moon_base is left out" in both
    assert '"slyDatasetId": 5' in both
    alone = run("demo", "--config", write(tmp_path / "b.json", {"context_menu": {"target": ["moon_base"]}}))
    assert "Arguments: {}" in alone


def test_the_demo_runs_several_configs(tmp_path: Path) -> None:
    """One after the other, a folder target filled with a path."""
    first = write(tmp_path / "a.json", {"name": "A", "context_menu": {"target": ["files_folder"]}})
    second = write(tmp_path / "b.json", {"name": "B"})
    output = run("demo", "--config", first, "--config", second)
    assert re.findall("^Start app:  (.)$", output, re.MULTILINE) == ["A", "B"]
    assert '"slyFolder": "/demo/5"' in output


@pytest.mark.parametrize(("text", "problem"), [("{", "not a JSON file"), ("[1]", "a JSON object")])
def test_a_file_that_is_no_config(tmp_path: Path, text: str, problem: str) -> None:
    """It is named, with what is wrong, by the demo and by the mock."""
    path = tmp_path / "broken.json"
    path.write_text(text)
    for command in ("demo", "mock"):
        output = refused(command, "--config", path)
        assert "broken.json" in output
        assert problem in output


def test_the_demo_says_what_a_server_lacks() -> None:
    """No token, no server: one line, no traceback."""
    assert "API_TOKEN is not set" in refused("demo", "--server", "http://127.0.0.1:1")


def test_the_demo_runs_on_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the mock's port it does the same as in process."""
    command = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0", "--time", "fast:50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        monkeypatch.setenv("API_TOKEN", "any")
        try:
            output = run("demo", "--server", process.stdout.readline().strip())
        finally:
            process.terminate()
    assert "Task 21012: finished" in output
    assert "Task 21013: stopped" in output


def test_the_demo_in_process_does_not_read_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform's variables are for servers: the demo on its own mock works wherever they are set."""
    for variable in ("TEAM_ID", "WORKSPACE_ID", "AGENT_ID", "PROJECT_ID"):
        monkeypatch.setenv(variable, "5000")
    output = run("demo", "--target-id", "77")
    assert '"slyProjectId": 77' in output
    assert "21013  stopped" in output


@pytest.mark.parametrize(("variable", "value"), [("WORKSPACE_ID", "nonsense"), ("AGENT_ID", "0")])
def test_the_demo_on_a_server_reads_the_environment(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """There a variable that is no id is named."""
    monkeypatch.setenv(variable, value)
    assert f"{variable}: is " in refused("demo", "--server", "http://127.0.0.1:1")


def test_one_config_twice(tmp_path: Path) -> None:
    """Each is an app of its own, even under one slug."""
    path = write(tmp_path / "a.json", {"name": "A", "slug": "supervisely-ecosystem/export-to-dota"})
    assert run("demo", "--config", path, "--config", path).count("Start app:  A") == 2


def on_a_terminal(*hidden: str) -> tuple[str, float]:
    """Run the demo on a pseudo terminal, with some modules hidden; give what it wrote and how long it took."""
    code = f"import sys; sys.modules.update(dict.fromkeys({hidden!r})); from supervisely_ext.cli import main; main(['demo'])"
    begun = time.monotonic()
    parent, child = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", code], stdout=child, env={**os.environ, "TERM": "xterm"})
    os.close(child)
    output = b""
    while True:
        try:
            output += (chunk := os.read(parent, 65536))
        except OSError:
            break
        if not chunk:
            break
    os.close(parent)
    assert process.wait() == 0
    return output.decode(), time.monotonic() - begun


@pytest.mark.alone
def test_on_a_terminal_a_line_moves() -> None:
    """With rich the wait is shown live, in under five seconds."""
    output, seconds = on_a_terminal()
    assert "\x1b[" in output
    assert "task 21012: finished" in output
    assert seconds < 5


def test_without_rich_lines_are_plain() -> None:
    """rich is an extra."""
    output, _ = on_a_terminal("rich", "rich.console")
    assert "\x1b[" not in output
    assert "task 21012: finished (0:" in output


def test_a_taken_port_is_named() -> None:
    """The mock says which address it cannot have."""
    from supervisely_ext.port import listen

    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in refused("mock", "--port", port)


def test_the_mock_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the extra to install."""
    monkeypatch.setattr("supervisely_ext.cli.mock.find_spec", lambda name: None)
    assert "supervisely-ext[mock]" in refused("mock")


@pytest.mark.parametrize(
    "mode",
    ["slow", "fast", "fast:", "fast:x", "fast:0", "fast:-1", "fast:inf", "fast:nan", "fast:1e7", "real:2", "virtual:1"],
)
def test_unknown_times(mode: str) -> None:
    """Neither real, virtual nor fast:N."""
    assert "is neither real nor virtual nor fast:N" in refused("mock", "--time", mode)


def test_the_mock_on_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It prints its URL alone on standard output, and lists the apps, given configs too."""
    served: list[object] = []

    def serve(platform: Platform, listening: object, host: str, *, announce: Callable[[], None]) -> None:
        served.append(platform.clock)
        announce()

    monkeypatch.setattr("supervisely_ext.mock.server.serve", serve)
    config = write(tmp_path / "a.json", OWN)
    done = CliRunner().invoke(main, ["mock", "--port", "0", "--config", str(config), "--time", "fast:3"])
    assert done.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+\n", done.stdout)
    assert "mock/my-app" in done.stderr
    CliRunner().invoke(main, ["mock", "--port", "0"])
    assert [type(clock).__name__ for clock in served] == ["FastClock", "RealClock"]


def test_help_and_version() -> None:
    """Both commands are explained."""
    assert {"demo", "mock"} <= set(run("--help").split())
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert run("--version").strip().endswith(f" {project['version']}")
    done = subprocess.run(
        [sys.executable, "-m", "supervisely_ext.cli", "-h"], capture_output=True, text=True, check=True
    )
    assert "Unofficial" in done.stdout
