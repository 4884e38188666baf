"""How a wait looks: one moving line on a terminal, a plain line a change everywhere else."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import click


@contextmanager
def status_lines(label: str) -> Generator[Callable[[str], None]]:
    """Give what is to be called with each new status. Without rich, and off a terminal, there is never a control character."""
    spinner = _spinner(label)
    if spinner is None:
        yield lambda status: click.echo(f"  {label}: {status}")
        return
    with spinner:

        def show(status: str) -> None:
            spinner.console.print(f"  {label}: {status}", highlight=False)
            spinner.update(f"{label}: {status} …")

        yield show


def _spinner(label: str) -> Any:
    if not sys.stdout.isatty():
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console().status(f"{label} …")
