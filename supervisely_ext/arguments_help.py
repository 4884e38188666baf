"""What an app asks for, for people: plain text, or tables on a terminal that has rich."""

import json
from typing import Any, TextIO

from .argument_schema import Form
from .targets import NO_TARGET, target_of


def print_help(form: Form, file: TextIO) -> None:
    """Print the options with their defaults and the targets."""
    rich = _rich() if file.isatty() else None
    if rich is None:
        print(_text(form), file=file)
        return
    console = rich["Console"](file=file)
    for table in _tables(form, rich["Table"]):
        console.print(table)


def _rich() -> dict[str, Any] | None:
    try:
        from rich.console import Console
        from rich.table import Table
    except ImportError:
        return None
    return {"Console": Console, "Table": Table}


def _text(form: Form) -> str:
    lines = [_options_heading(form)]
    if form.options:
        lines.append(json.dumps(dict(form.options), indent=4, sort_keys=True, ensure_ascii=False))
    lines.append(_targets_heading(form))
    lines += [f"{name} : {_explained(name)}" for name in form.targets]
    return "\n".join(lines)


def _tables(form: Form, new_table: Any) -> list[Any]:
    options = _table(new_table, _options_heading(form), ("option", "default"))
    for name in sorted(form.options):
        options.add_row(_literal(name), _literal(json.dumps(form.options[name], ensure_ascii=False)))
    targets = _table(new_table, _targets_heading(form), ("target", "argument", "value"))
    for name in form.targets:
        targets.add_row(_literal(name), target_of(name).key or "", _explained(name))
    return [options, targets]


def _table(new_table: Any, title: str, columns: tuple[str, ...]) -> Any:
    return new_table(*columns, title=_literal(title), title_justify="left", title_style="bold")


def _literal(text: str) -> Any:
    from rich.text import Text  # what an app's author wrote is no markup

    return Text(text)


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
