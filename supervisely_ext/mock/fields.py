"""Fields of a task's data, by paths such as `data.chart.series[0].y`."""

import re
from itertools import pairwise
from typing import Any

from .reading import DEEPEST

Step = str | int

_CONTAINERS: dict[type, type[Any]] = {int: list, str: dict}
"""What each kind of step leads through."""
_INDEX = r"\[[0-9]{1,4}\]"  # assumed: no list is longer, so that a request cannot fill the memory
_NAME = r"[^.\[\]]+"
_PATH = re.compile(rf"{_NAME}(?:{_INDEX})*(?:\.{_NAME}(?:{_INDEX})*)*")
_STEP = re.compile(rf"{_INDEX}|{_NAME}")


def parse(path: str) -> list[Step]:
    """Split a path into names and indices. Raises `ValueError` for what is none."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is no path of a field")
    steps = _STEP.findall(path)
    if len(steps) > DEEPEST:
        raise ValueError(f"{path!r} is no path of a field: it has more than {DEEPEST} steps")
    return [int(step[1:-1]) if step.startswith("[") else step for step in steps]


def read(document: dict[str, Any], path: str) -> Any:
    """Give a field, None where there is none."""
    node: Any = document
    for step in parse(path):
        node = _at(node, step)
    return node


def write(document: dict[str, Any], path: str, value: Any) -> None:
    """Set a field; what is missing on the way to it, or is of another kind, is made (assumed)."""
    node: Any = document
    steps = parse(path)
    for step, following in pairwise(steps):
        inner = _at(node, step)
        if not _leads(inner, following):
            inner = _CONTAINERS[type(following)]()
        _put(node, step, inner)
        node = inner
    _put(node, steps[-1], value)


def _leads(node: Any, step: Step) -> bool:
    return isinstance(node, _CONTAINERS[type(step)])


def _at(node: Any, step: Step) -> Any:
    try:
        return node[step] if _leads(node, step) else None
    except LookupError:
        return None


def _put(node: Any, step: Step, value: Any) -> None:
    if isinstance(step, int):
        node.extend([None] * (step + 1 - len(node)))
    node[step] = value


def added(old: Any, new: Any, *, deep: bool) -> Any:
    """Give what `append` makes of a value and a payload; neither is changed.

    Assumed: a list grows by the payload's items, an object by its entries, with `deep` at every level; anything else is replaced.
    """
    if _is(old, list):
        return [*old, *(new if _is(new, list) else [new])]
    if not (_is(old, dict) and _is(new, dict)):
        return new
    if not deep:
        return {**old, **new}
    return {
        **old,
        **{name: added(old[name], value, deep=True) if name in old else value for name, value in new.items()},
    }


def _is(value: Any, kind: type[Any]) -> bool:
    return isinstance(value, kind)
