"""What must not be shown: session tokens open a running app to whoever reads them, control characters move a terminal's cursor."""

import re
from typing import Any

from .shapes import is_list, is_object

_LONGEST_BRIEF = 60
_LONGEST_SHOWN = 80
_SECRET_KEYS = frozenset({"sessionToken", "token"})
_SECRET_IN_TEXT = re.compile(rf'("(?:{"|".join(sorted(_SECRET_KEYS))})"\s*:\s*")[^"]*')


def masked(value: Any) -> Any:
    """Give a copy for showing, with every session token replaced."""
    if is_object(value):
        return {key: "***" if key in _SECRET_KEYS else masked(item) for key, item in value.items()}
    if is_list(value):
        return [masked(item) for item in value]
    return value


def masked_text(text: str) -> str:
    """Give JSON that cannot be read, cut off perhaps, with every session token replaced."""
    return _SECRET_IN_TEXT.sub(r"\1***", text)


def shown(value: Any, name: Any = "") -> str:
    """Give the repr of a wrong value for an error, cut when it is long; `name` is what it is the value of."""
    text = repr(masked({name: value})[name])
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def printable(text: str) -> str:
    """Give the text with every control character replaced."""
    return "".join(character if character.isprintable() else "�" for character in text)


def printable_lines(text: str) -> str:
    """Give a text of several lines with every other control character replaced."""
    return "\n".join(map(printable, text.split("\n")))


def brief(text: str) -> str:
    """Give a status as it is shown: one that this client does not know may be any text."""
    return printable(text if len(text) <= _LONGEST_BRIEF else f"{text[:_LONGEST_BRIEF]}…")


def masked_fields(entity: Any) -> str:
    """Give the repr of a named tuple with every session token replaced."""
    fields = ", ".join(f"{name}={masked(value)!r}" for name, value in entity._asdict().items())
    return f"{type(entity).__name__}({fields})"
