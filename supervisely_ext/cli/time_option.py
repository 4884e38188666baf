"""The `--time` option: which clock a mock runs on."""

from collections.abc import Callable
from typing import Any, TypeAlias

import click

ClockFactory: TypeAlias = Callable[[], Any]


class _Time(click.ParamType[ClockFactory]):
    name = "real|fast:N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ClockFactory:
        from ..mock import FastClock, RealClock

        mode, _, factor = str(value).partition(":")
        if mode == "real" and not factor:
            return RealClock
        try:
            speed = float(factor) if mode == "fast" else 0.0
        except ValueError:
            speed = 0.0
        if not 0 < speed < float("inf"):
            self.fail(f"{value!r} is neither real nor fast:N with a number N above 0, such as fast:10", param, ctx)
        return lambda: FastClock(speed)


TIME = _Time()
