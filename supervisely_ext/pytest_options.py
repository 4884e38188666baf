"""What `@pytest.mark.supervisely_mock(…)` says, and the platform that follows from it."""

import json
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from .mock import Platform, Seed
from .mock.clock import Clock
from .mock.faults import Plan, read_plan
from .mock.time_modes import clock_of

MARKER = "supervisely_mock"


T = TypeVar("T")


def make_platform(item: pytest.Item, *, usual_time: str) -> Platform:
    """Make the platform of a test as its markers say; a nearer one says it for all options that it names. Fails the test on what no platform can be."""
    given = {"time": usual_time, **_given(item)}
    home = item.path.parent
    options = {name: _tried(name, partial(_READERS[name], value, home)) for name, value in given.items()}
    clock = options.pop("time")
    return _tried("", lambda: Platform(clock=clock, **options))


def _given(item: pytest.Item) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for marker in item.iter_markers(MARKER):
        if marker.args:
            raise _failure(f"takes options by their names only: {', '.join(_READERS)}")
        for name in marker.kwargs.keys() - _READERS.keys():
            near = get_close_matches(name, _READERS, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise _failure(f"{name} is no option, which are {', '.join(_READERS)}{meant}")
        given = {**marker.kwargs, **given}
    return given


def _tried(name: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except (OSError, TypeError, ValueError) as error:
        raise _failure(f"{name}: {error}" if name else str(error)) from None


def _failure(problem: str) -> BaseException:
    return pytest.fail.Exception(f"@pytest.mark.{MARKER}: {problem}", pytrace=False)


def _as_given(value: Any, home: Path) -> Any:
    return value


def _seed(value: Seed | Mapping[str, Any] | str | Path, home: Path) -> Seed:
    if isinstance(value, str | Path):
        return Seed.from_file(home / value)
    return value if isinstance(value, Seed) else Seed.from_json(value)


def _plan(value: Plan | Mapping[str, Any] | str | Path, home: Path) -> Plan:
    if isinstance(value, Plan):
        return value
    return read_plan(_json_of(home / value) if isinstance(value, str | Path) else value)


def _json_of(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no JSON ({error})") from error


def _clock(value: object, home: Path) -> Clock:
    return clock_of(str(value))


_READERS: Mapping[str, Callable[[Any, Path], Any]] = {
    "seed": _seed,
    "lifecycle": _as_given,
    "unfit": _as_given,
    "faults": _plan,
    "time": _clock,
    "validate": _as_given,
}
"""How each option is read; paths are relative to the test's file."""
