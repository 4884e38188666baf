"""The `--time` option: which clock a mock runs on."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..mock.clock import Clock


def read_clock(context: click.Context, option: click.Parameter, text: str) -> "Clock":
    """Give the clock that the option's text asks for: real, or fast:N."""
    from ..mock.clock import read_clock as read

    try:
        return read(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
