"""The `--time` option: which clock a mock runs on."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..mock.clock import Clock


def read_clock(context: click.Context, option: click.Parameter, text: str) -> "Clock":
    """Give the clock that the option's text asks for: real, or fast:N."""
    from ..mock import FastClock, RealClock

    mode, _, factor = text.partition(":")
    if text == "real":
        return RealClock()
    try:
        speed = float(factor) if mode == "fast" else 0.0
    except ValueError:
        speed = 0.0
    if not 0 < speed < float("inf"):
        raise click.BadParameter(f"{text!r} is neither real nor fast:N with a number N above 0, such as fast:10")
    return FastClock(speed)
