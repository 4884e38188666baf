"""What an app asks for, for people: plain text, or tables on a terminal that has rich."""

import json
from typing import TextIO

from .argument_schema import Form
from .masking import printable_lines
from .targets import NO_TARGET, target_of


def print_help(form: Form, file: TextIO) -> None:
    """Print the options with their defaults and the targets."""
    if not file.isatty() or not _print_tables(form, file):
        print(_text(form), file=file)


def _text(form: Form) -> str:
    lines = [_options_heading(form)]
    if form.options:
        lines.append(json.dumps(dict(form.options), indent=4, sort_keys=True, ensure_ascii=False))
    lines.append(_targets_heading(form))
    lines += [f"{name} : {_explained(name)}" for name in form.targets]
    return printable_lines("\n".join(lines))


def _print_tables(form: Form, file: TextIO) -> bool:
    """Print as tables; False when rich is not there to do it."""
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    console = Console(file=file)

    def shown(text: str, style: str = "") -> Text:
        return Text(printable_lines(text), style)  # what an app's author wrote is no markup

    for heading, columns, rows in (
        (_options_heading(form), ("option", "default"), _option_rows(form)),
        (_targets_heading(form), ("target", "argument", "value"), _target_rows(form)),
    ):
        console.print(shown(heading, "bold"))
        table = Table(*columns)
        for row in rows:
            table.add_row(*map(shown, row))
        if rows:
            console.print(table)
    return True


def _option_rows(form: Form) -> list[tuple[str, ...]]:
    return [(name, json.dumps(form.options[name], ensure_ascii=False)) for name in sorted(form.options)]


def _target_rows(form: Form) -> list[tuple[str, ...]]:
    return [(name, target_of(name).key or "", _explained(name)) for name in form.targets]


def _options_heading(form: Form) -> str:
    return f"{form.app}: options and their defaults" if form.options else f"{form.app}: no options"


def _targets_heading(form: Form) -> str:
    if not form.targets:
        return "Started without a target."
    return "Started from one of these targets, get_arguments(target=value):"


def _explained(name: str) -> str:
    if name == NO_TARGET:
        return "started without a target"
    target = target_of(name)
    return (
        target.help if target.key else f"{target.help}; say which argument it fills: get_arguments({name}=…, key='…')"
    )
