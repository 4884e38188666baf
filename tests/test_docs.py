"""Every code block of the README and the docs is executed, against the mock, in virtual time."""

import asyncio
import re
import shlex
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click
import pytest

from supervisely_ext.cli import main
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.inprocess import InProcess, InProcessAsync
from supervisely_ext.mock.loop import run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "spec/README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
IDS = {"TEAM_ID": "447", "WORKSPACE_ID": "23821", "AGENT_ID": "7", "PROJECT_ID": "5"}


_TESTS = re.compile(r"^(?:async )?def test_", re.MULTILINE)


def blocks(language: str, *, of_tests: bool = False) -> list[Any]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text.count("\n", 0, match.start()) + 2
            if bool(_TESTS.search(match[1])) == of_tests:
                found.append(pytest.param(match[1], id=f"{page.relative_to(ROOT)}:{line}"))
    return found


@pytest.fixture
def mocked(monkeypatch: pytest.MonkeyPatch, platform: Platform, clock: VirtualClock, tmp_path: Path) -> Platform:
    """Clients that are made without a transport reach the mock; asyncio.run runs in its time; files go elsewhere."""
    monkeypatch.chdir(tmp_path)
    for name, value in {**IDS, "SERVER_ADDRESS": "https://mock.invalid", "API_TOKEN": "any"}.items():
        monkeypatch.setenv(name, value)

    def run_virtual(coroutine: Coroutine[Any, Any, Any]) -> Any:
        return run(clock, coroutine)

    monkeypatch.setattr("supervisely_ext.api.BlockingTransport", lambda: InProcess(platform))
    monkeypatch.setattr("supervisely_ext.api.AsyncioTransport", lambda: InProcessAsync(platform))
    monkeypatch.setattr(asyncio, "run", run_virtual)
    return platform


@pytest.mark.parametrize("code", blocks("python"))
def test_python_blocks_run(code: str, mocked: Platform) -> None:
    """As they stand; a task is there for those that read one."""
    app = mocked.install(mocked.modules[83], 447)
    mocked.start(app, mocked.find_workspace(None), mocked.find_agent(None), mocked.caller, {})
    exec(compile(code, "block", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("code", blocks("python", of_tests=True))
def test_blocks_of_tests_pass(code: str, pytester: pytest.Pytester) -> None:
    """As they stand, in a file of their own."""
    pytester.makepyfile(code)
    done = pytester.runpytest_inprocess("-pno:asyncio", "-pno:cacheprovider", "-Werror")
    done.assert_outcomes(passed=len(_TESTS.findall(code)))


@pytest.mark.parametrize("code", blocks("sh"))
def test_shell_blocks_name_what_exists(
    code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: Platform
) -> None:
    """Make targets, commands with their options and files, example files, variables that the examples read."""
    monkeypatch.chdir(tmp_path)
    platform.save_snapshot("seed.json")
    Path("faults.json").write_text('{"rules": []}')
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for line in code.splitlines():
        program, *arguments = shlex.split(line)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", makefile, re.MULTILINE), line
        elif program == "supervisely-ext":
            command = main.get_command(click.Context(main), arguments[0])
            assert command is not None, line
            command.make_context(arguments[0], arguments[1:])
        elif program == "python":
            assert (ROOT / arguments[0]).is_file(), line
        elif program == "export":
            assert set(IDS) < {pair.partition("=")[0] for pair in arguments}
        else:
            assert line == "./codegen.sh", line


def test_there_are_no_other_blocks() -> None:
    """A block in a language that nothing checks would rot; drawings are text. The walk of a maintainer and the plan of faults have tests of their own."""
    for page in PAGES:
        languages = re.findall(r"^```(\w*)\n.*?^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        own = {"changing-the-api.md": {"console", "diff"}, "mock.md": {"json"}}.get(page.name, set())
        assert set(languages) <= {"python", "sh", "text", *own}, page


@pytest.mark.parametrize("name", ["start_stop_app", "start_stop_app_async"])
def test_examples_run(name: str, mocked: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    """As they stand, in virtual time; on a real port they run in test_examples.py."""
    code = (ROOT / "examples" / f"{name}.py").read_text("utf-8")
    exec(compile(code, name, "exec"), {"__name__": "__main__"})
    statuses = [task.life.status for task in mocked.tasks.values()]
    assert statuses == (["finished", "stopped"] if name == "start_stop_app" else ["finished"] * 3 + ["stopped"])
    assert "finished" in capsys.readouterr().out
