"""What must not be shown: session tokens open a running app to whoever reads them, control characters move a terminal's cursor."""

from typing import Any

from .shapes import is_list, is_object

_LONGEST_BRIEF = 60
_SECRET_KEYS = frozenset({"sessionToken", "token"})


def masked(value: Any) -> Any:
    """Give a copy for showing, with every session token replaced."""
    if is_object(value):
        return {key: "***" if key in _SECRET_KEYS else masked(item) for key, item in value.items()}
    if is_list(value):
        return [masked(item) for item in value]
    return value


def printable(text: str) -> str:
    """Give the text with every control character replaced."""
    return "".join(character if character.isprintable() else "�" for character in text)


def brief(text: str) -> str:
    """Give a status as it is shown: one that this client does not know may be any text."""
    return printable(text if len(text) <= _LONGEST_BRIEF else f"{text[:_LONGEST_BRIEF]}…")


def masked_fields(entity: Any) -> str:
    """Give the repr of a named tuple with every session token replaced."""
    fields = ", ".join(f"{name}={masked(value)!r}" for name, value in entity._asdict().items())
    return f"{type(entity).__name__}({fields})"
