"""The options `--time` and `--validate`: on which clock a mock runs, and how it judges."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..mock.clock import Clock
    from ..mock.modes import Mode


def read_clock(context: click.Context, option: click.Parameter, text: str) -> "Clock":
    """Give the clock that the option's text asks for."""
    from ..mock.time_modes import clock_of

    try:
        return clock_of(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def read_mode(context: click.Context, option: click.Parameter, text: str) -> "Mode":
    """Give the mode of validation."""
    from ..mock.modes import checked_mode

    try:
        return checked_mode(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
