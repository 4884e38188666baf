"""JSON as it is written; what is shown again and again is written once."""

import json
from collections.abc import Callable
from typing import Any

from ..shapes import is_list, is_object

_write: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Shown(dict[str, Any]):
    """An entity as an answer shows it, never to be changed; a copy is an ordinary dict, and may be."""

    __slots__ = ("_text",)

    @property
    def text(self) -> str:
        """The entity as JSON."""
        try:
            return self._text
        except AttributeError:
            self._text: str = _write(self)
            return self._text

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


def write(answer: Any) -> bytes:
    """Write an answer. Raises `ValueError` for what is no JSON."""
    # Half of a surrogate pair, which cannot be encoded, becomes the escape that JSON has for it.
    return _text(answer).encode(errors="backslashreplace")


def _text(answer: Any) -> str:
    if type(answer) is Shown:
        return answer.text
    entities = answer.get("entities") if is_object(answer) else None
    if is_list(entities) and entities and all(type(entity) is Shown for entity in entities):
        rest = _write({name: value for name, value in answer.items() if name != "entities"})
        texts = ",".join([entity.text for entity in entities])
        return f'{rest[:-1]}{"," if len(answer) > 1 else ""}"entities":[{texts}]}}'
    return _write(answer)
