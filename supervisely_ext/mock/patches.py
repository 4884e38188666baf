"""JSON patches (RFC 6902)."""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, cast

from ..contract.reading import is_deeper, layers
from .reading import DEEPEST

_DEEPEST = 2 * DEEPEST
"""A body's depth below that of a path."""
_MOST_COPIED = 1_000_000
"""In one patch: a short one could double a document again and again."""
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")

Step = dict[str, Any]


class PatchError(ValueError):
    """A patch cannot be applied."""


def apply_patch(document: Any, patch: Sequence[Any]) -> Any:
    """Give the patched document; the given one is not changed. Raises `PatchError`."""
    # The first part of every pointer is the empty name, under which the document itself hangs here.
    holder, copied = {"": deepcopy(document)}, 0
    for number, step in enumerate(patch):
        try:
            copied += _copies(holder, step, _MOST_COPIED - copied)
            _OPERATIONS[step["op"]](holder, step)
        except (LookupError, TypeError, AttributeError, RecursionError, PatchError) as error:
            raise PatchError(
                f"step {number} of the patch cannot be applied ({type(error).__name__}: {error})"
            ) from error
    if is_deeper(holder, _DEEPEST):
        raise PatchError(f"the patch nests more than {_DEEPEST} levels")
    return holder.get("")


def _copies(holder: Any, step: Step, most: int) -> int:
    """Give how many values the step copies. Raises `PatchError` for more than `most`."""
    copies = sum(map(len, layers(_get(holder, step["from"])))) if step["op"] == "copy" else 0
    if copies > most:
        raise PatchError(f"more than {_MOST_COPIED:,} values are copied")
    return copies


def _place(holder: Any, pointer: str) -> tuple[Any, Any]:
    if pointer and not pointer.startswith("/"):
        raise PatchError(f"{pointer!r} is no pointer")
    *outer, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")]
    node = holder
    for part in outer:
        node = node[_key(node, part)]
    return node, _key(node, last)


def _key(node: Any, part: str) -> str | int:
    if isinstance(node, dict):
        return part
    if part == "-":
        return len(node)
    if not (isinstance(node, list) and _INDEX.fullmatch(part)):
        raise PatchError(f"{part!r} leads nowhere")
    return int(part)


def _put(holder: Any, pointer: str, value: Any) -> None:
    node, key = _place(holder, pointer)
    if isinstance(node, dict):
        node[key] = value
    elif key <= len(cast(list[Any], node)):
        node.insert(key, value)
    else:
        raise PatchError(f"{pointer!r} is beyond the end")


def _get(holder: Any, pointer: str) -> Any:
    node, key = _place(holder, pointer)
    return node[key]


def _take(holder: Any, pointer: str) -> Any:
    node, key = _place(holder, pointer)
    return node.pop(key)


def _add(holder: Any, step: Step) -> None:
    _put(holder, step["path"], step["value"])


def _remove(holder: Any, step: Step) -> None:
    _take(holder, step["path"])


def _replace(holder: Any, step: Step) -> None:
    _take(holder, step["path"])
    _put(holder, step["path"], step["value"])


def _move(holder: Any, step: Step) -> None:
    _put(holder, step["path"], _take(holder, step["from"]))


def _copy(holder: Any, step: Step) -> None:
    _put(holder, step["path"], deepcopy(_get(holder, step["from"])))


def _test(holder: Any, step: Step) -> None:
    if _get(holder, step["path"]) != step["value"]:
        raise PatchError(f"{step['path']!r} holds another value")


_OPERATIONS: dict[str, Callable[[Any, Step], None]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
