"""How waits show themselves."""

import io
import json
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, Progress, Status, TaskStopped, WaitEvent
from supervisely_ext.mock import Platform
from supervisely_ext.mock.lifecycle import after_seconds
from supervisely_ext.progress import Board, _shared, json_line, plain_line

EXPORT = 83


class Terminal(io.StringIO):
    """A text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def event(task_id: int, status: str, waited: float = 0.0, outcome: str = "") -> WaitEvent:
    return WaitEvent(task_id, f"https://h/{task_id}", status, waited, outcome)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


@pytest.fixture
def start(api: Any, platform: Platform) -> Callable[..., int]:
    def run(end: str = "finished") -> int:
        task_id: int = api.app.start(7, module_id=EXPORT).task_id
        task = platform.tasks[task_id]
        platform.change_course(task, after_seconds(2, 3, 100, end=end))
        return task_id

    return run


class TestLines:
    def test_a_library_is_silent(self, api: Any, start: Any, capfd: pytest.CaptureFixture[str]) -> None:
        """Nobody asked, nothing is written; in a pipe "auto" is no asking, whatever the environment says of colours."""
        api.app.wait(start())
        api.app.wait(start(), progress="auto")
        assert capfd.readouterr() == ("", "")

    def test_forced_colours_do_not_reach_a_pipe(self, api: Any, start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """FORCE_COLOR is for programs that colour text; this would move a cursor."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        file = io.StringIO()
        api.app.wait(start(), progress=Progress("auto", file))
        assert file.getvalue() == ""

    def test_plain_lines(self, api: Any, start: Any, capsys: pytest.CaptureFixture[str]) -> None:
        """One for each change, on standard error."""
        task_id = start()
        api.task.wait(task_id, progress="plain")
        out, err = capsys.readouterr()
        statuses = [line.split(" (")[0] for line in err.splitlines()]
        assert statuses == [f"task {task_id}: {status}" for status in ("queued", "consumed", "started", "finished")]
        assert err.splitlines()[0].endswith("(0:00)")
        assert re.search(r"\(1:[45]\d\)$|\(2:0\d\)$", err)
        assert (out, "\x1b" in err) == ("", False)

    def test_json_lines(self, api: Any, start: Any) -> None:
        """One object a line; the last one of a wait has an outcome."""
        file = io.StringIO()
        task_id = start("stopped")
        with pytest.raises(TaskStopped):
            api.task.wait(task_id, "finished", progress=Progress("json", file))
        lines = [json.loads(line) for line in file.getvalue().splitlines()]
        assert [(line["status"], line["outcome"]) for line in lines] == [
            ("queued", ""), ("consumed", ""), ("started", ""), ("stopped", ""), ("stopped", "TaskStopped"),
        ]  # fmt: skip
        assert {(line["task_id"], line["url"].rpartition("/")[2]) for line in lines} == {(task_id, str(task_id))}
        assert lines[0]["waited"] == 0
        assert 105 <= lines[-1]["waited"] <= 130

    def test_any_function_may_observe(self, api: Any, start: Any) -> None:
        """It gets each event as it is."""
        events: list[WaitEvent] = []
        task_id = start()
        api.task.wait(task_id, progress=events.append)
        assert [each.status for each in events] == ["queued", "consumed", "started", "finished", "finished"]
        assert [each.outcome for each in events] == ["", "", "", "", "reached"]
        assert events[0].url == f"https://mock.invalid/apps/sessions/{task_id}"

    @pytest.mark.parametrize(("mode", "failure", "written"), [
        ("plain", BrokenPipeError(), 0),
        ("json", ValueError("I/O operation on closed file"), 2),
        ("auto", OSError(5, "Input/output error"), 0),
        ("auto", OSError(5, "Input/output error"), 3),
    ])  # fmt: skip
    def test_a_file_that_cannot_be_written_ends_no_wait(
        self,
        api: Any,
        start: Any,
        terminal: Terminal,
        failure: Exception,
        mode: Any,
        written: int,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """It is warned of once a wait, and nothing goes on drawing; the next wait tries again."""

        class Gone(Terminal):
            tries = 0

            def write(self, text: str) -> int:
                self.tries += 1
                if self.tries > written:
                    raise failure
                return super().write(text)

        gone = Gone()
        before = set(threading.enumerate())
        progress = Progress(mode, gone)
        assert api.app.wait(start(), progress=progress) == "finished"
        first = gone.tries
        assert first > written
        for thread in set(threading.enumerate()) - before:
            thread.join(5)
            assert not thread.is_alive()
        with pytest.raises(TaskStopped):
            api.app.wait(start("stopped"), "finished", progress=progress)
        assert gone.tries > first
        shown = [record.getMessage() for record in caplog.records if record.module == "progress"]
        assert shown == [f"progress is not shown any more: {str(failure) or 'BrokenPipeError'}"] * 2

    @pytest.mark.parametrize("mode", ["plain", "json", "auto"])
    def test_a_program_without_standard_error(
        self, api: Any, start: Any, monkeypatch: pytest.MonkeyPatch, mode: Any
    ) -> None:
        """As one that was started by a click: there is nothing to write to."""
        monkeypatch.setattr(sys, "stderr", None)
        assert api.app.wait(start(), progress=Progress(mode)) == "finished"

    @pytest.mark.parametrize("progress", ["fancy", "", 5])
    def test_what_is_no_progress(self, api: Any, progress: Any) -> None:
        """The modes are named."""
        with pytest.raises(ArgumentError, match=r"progress: is .*; allowed: auto, json, plain"):
            api.task.wait(1, progress=progress)

    def test_a_coroutine_function(self, api: Any) -> None:
        """It would never run."""

        async def observe(event: WaitEvent) -> None: ...

        with pytest.raises(ArgumentError, match="is called, not awaited"):
            api.task.wait(1, progress=observe)

    @given(status=st.text(), outcome=st.text())
    def test_lines_are_lines(self, status: str, outcome: str) -> None:
        """Whatever a server calls a status: one line, no control characters."""
        shown = event(7, status)
        assert plain_line(shown).isprintable()
        assert json_line(shown).isprintable()
        assert json.loads(json_line(shown))["status"] == status

    @pytest.mark.parametrize(
        ("waited", "text"), [(0, "0:00"), (59.9, "0:59"), (151, "2:31"), (3600, "1:00:00"), (90_000, "25:00:00")]
    )
    def test_durations(self, waited: float, text: str) -> None:
        """Minutes and seconds, and hours when there are any."""
        assert plain_line(event(7, "started", waited)) == f"task 7: started ({text})"

    def test_an_end_that_is_no_change(self) -> None:
        """The error is named; a status that was wanted has its line already."""
        assert plain_line(event(7, "queued", 60, "WaitingTimeExceeded")) == "task 7: queued, WaitingTimeExceeded (1:00)"
        assert plain_line(event(7, "finished", 60, "reached")) == ""


class TestBoard:
    def test_few_tasks_have_a_row_each(self) -> None:
        """With the time that passes between looks."""
        now = [100.0]
        board = Board(now=lambda: now[0])
        board.note(event(1, "started", 60))
        now[0] = 130
        board.note(event(2, "queued"))
        assert board.lines() == ["task 1: started (1:30)", "task 2: queued (0:00)"]
        board.note(event(1, "finished", 95, "reached"))
        assert board.lines() == ["task 2: queued (0:00)"]

    def test_many_tasks_are_counted(self) -> None:
        """A thousand rows would fit no screen."""
        board = Board(now=lambda: 100.0)
        for number in range(1000):
            board.note(event(number, "started" if number % 3 else "queued", 40))
        for number in range(100):
            board.note(event(number, "finished", 50, "reached"))
        assert board.lines() == ["1000 tasks: 100 over, 600 started, 300 queued (0:40)"]

    def test_what_was_never_on_it(self) -> None:
        """A wait that fails before its first look leaves nothing behind."""
        board = Board(now=lambda: 0.0)
        board.note(event(1, "unknown", 0, "NotFound"))
        assert (board.lines(), board.over) == ([], 0)


class TestTerminal:
    def test_a_board_moves(self, terminal: Terminal) -> None:
        """It comes with the first event and goes with the last; ends stay as lines, one for each task."""
        show = Progress("auto", terminal)
        show(event(1, "queued"))
        show(event(2, "\x1b[31mred"))
        show(event(1, "finished", 61, "reached"))
        assert "\x1b[?25h" not in terminal.getvalue()
        show(event(2, "error", 62, "TaskFinishedWithError"))
        output = terminal.getvalue()
        assert "task 1: finished (1:01)\n" in output
        assert "task 2: error, TaskFinishedWithError (1:02)\n" in output
        assert "\x1b[?25h" in output  # the cursor is shown again
        assert "\x1b[31m" not in output
        show(event(3, "queued"))
        show(event(3, "finished", 1, "reached"))
        assert terminal.getvalue().count("\x1b[?25l") == terminal.getvalue().count("\x1b[?25h") == 2

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "unknown")])
    def test_a_terminal_that_must_not(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        """Plain lines."""
        monkeypatch.setenv(name, value)
        Progress("auto", terminal)(event(1, "queued"))
        assert terminal.getvalue() == "task 1: queued (0:00)\n"

    def test_without_rich(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is an extra; the lines are plain."""
        monkeypatch.setitem(sys.modules, "rich.console", None)
        Progress("auto", terminal)(event(1, "queued"))
        assert terminal.getvalue() == "task 1: queued (0:00)\n"

    def test_waits_that_run_at_once_share_a_board(self) -> None:
        """Two boards would draw over each other."""
        assert _shared("auto") is _shared("auto")

    def test_a_wait_in_a_process_of_its_own(self) -> None:
        """On a pseudo terminal it draws; the same program in a pipe writes nothing."""
        code = (
            "from supervisely_ext import Api; from supervisely_ext.mock import FastClock, Platform;"
            "from supervisely_ext.mock.inprocess import InProcess;"
            "api = Api('https://mock.invalid', 'token', transport=InProcess(Platform(clock=FastClock(20))));"
            f"api.app.wait(api.app.start(7, module_id={EXPORT}, validate=False).task_id, progress='auto')"
        )
        parent, child = pty.openpty()
        environment = {**os.environ, "TERM": "xterm"}
        environment.pop("NO_COLOR", None)
        with subprocess.Popen([sys.executable, "-c", code], stderr=child, env=environment) as process:
            os.close(child)
            output = b""
            while chunk := _read(parent):
                output += chunk
        os.close(parent)
        assert process.returncode == 0
        assert b"\x1b[" in output
        assert b": finished (0:0" in output
        piped = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
        assert (piped.stdout, piped.stderr) == (b"", b"")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A notebook's kernel, as far as rich and we ask it; what it was given to display."""
    displayed: list[Any] = []

    class ZMQInteractiveShell:
        pass

    class Output:
        def __enter__(self) -> None: ...
        def __exit__(self, *error: object) -> None: ...
        def clear_output(self, *, wait: bool) -> None: ...
        def close(self) -> None: ...

    ipython, display, widgets = ModuleType("IPython"), ModuleType("IPython.display"), ModuleType("ipywidgets")
    widgets.__spec__ = SimpleNamespace()  # type: ignore[assignment]
    ipython.get_ipython, ipython.display = ZMQInteractiveShell, display  # type: ignore[attr-defined]
    display.display, widgets.Output = displayed.append, Output  # type: ignore[attr-defined]
    for module in (ipython, display, widgets):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return displayed


class TestNotebook:
    def test_a_board_in_a_notebook(self, shown: list[Any]) -> None:
        """Where the kernel has widgets: nothing is written to the file."""
        file = io.StringIO()
        show = Progress("auto", file)
        show(event(1, "queued"))
        show(event(1, "finished", 61, "reached"))
        assert file.getvalue() == ""
        assert any("task 1: finished (1:01)" in getattr(each, "text", "") for each in shown)

    def test_without_widgets(self, shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        """A notebook that cannot show what moves is a pipe."""
        monkeypatch.delitem(sys.modules, "ipywidgets")
        file = io.StringIO()
        Progress("auto", file)(event(1, "queued"))
        assert (file.getvalue(), shown) == ("", [])


def test_statuses_are_shown_as_the_server_has_them() -> None:
    """A known status is its own text."""
    assert plain_line(event(7, Status.TERMINATING)) == "task 7: terminating (0:00)"
    assert json.loads(json_line(event(7, Status.TERMINATING)))["status"] == "terminating"
