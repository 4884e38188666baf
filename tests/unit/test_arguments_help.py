"""What an app asks for, for people."""

import io
import re
import sys

import pytest

from supervisely_ext.argument_schema import Form
from supervisely_ext.arguments_help import print_help

FORM = Form("An app", {"size": {"w": 1}, "[b]mode": "ä"}, ("images_project", "ecosystem", "agent_file", "novelty"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def helped(form: Form, file: io.StringIO) -> str:
    print_help(form, file)
    return re.sub("\x1b\\[[0-9;]*m", "", file.getvalue())


def test_plain_text() -> None:
    """The name, the options as sorted JSON, a line a target."""
    assert helped(FORM, io.StringIO()) == (
        "An app: options and their defaults\n"
        '{\n    "[b]mode": "ä",\n    "size": {\n        "w": 1\n    }\n}\n'
        "Started from one of these targets, get_arguments(target=value):\n"
        "images_project : id of a project of images\n"
        "ecosystem : started without a target\n"
        "agent_file : path of a file on an agent; say which argument it fills: get_arguments(agent_file=…, key='…')\n"
        "novelty : an id or a path; not known to this client; say which argument it fills: get_arguments(novelty=…, key='…')\n"
    )


def test_an_app_that_asks_for_nothing() -> None:
    """It says so."""
    assert helped(Form("An app", {}), io.StringIO()) == "An app: no options\nStarted without a target.\n"


@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
def test_what_steers_a_terminal_is_not_printed(kind: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are what an app's author wrote; half characters cannot be printed at all."""
    monkeypatch.setenv("COLUMNS", "300")
    form = Form("An \x1b[2Japp", {"a\x9b31m": "\udce9 é"}, ("images\x1b]0;x\x07",))
    file = kind()
    print_help(form, file)
    shown = re.sub("\x1b\\[[0-9;]*m", "", file.getvalue())
    assert not set(shown) & set("\x1b\x9b\x07\udce9")
    assert "An \ufffd[2Japp: options" in shown
    assert '"\ufffd é"' in shown


def test_tables_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option with its default, each target with its argument; names are no markup."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = helped(FORM, Terminal())
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if "│" in line]
    assert rows == [
        ["[b]mode", '"ä"'],
        ["size", '{"w": 1}'],
        ["images_project", "slyProjectId", "id of a project of images"],
        ["ecosystem", "", "started without a target"],
        ["agent_file", "", rows[4][2]],
        ["novelty", "", rows[5][2]],
    ]
    assert rows[4][2].startswith("path of a file on an agent; say which")


def test_empty_tables_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their heading says it."""
    monkeypatch.setenv("COLUMNS", "200")
    assert helped(Form("An app", {}), Terminal()) == "An app: no options\nStarted without a target.\n"


def test_plain_text_on_a_terminal_without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """rich is an extra."""
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert helped(FORM, Terminal()) == helped(FORM, io.StringIO())
