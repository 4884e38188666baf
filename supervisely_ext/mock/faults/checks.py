"""What the values in a plan may be, the same for Python and JSON."""

import json
from collections.abc import Callable
from typing import Any

from ...shapes import is_object
from ..clock import END

Check = Callable[[Any, Any, Any], None]


class PlanError(ValueError):
    """A plan of faults that cannot be followed: `pointer` is the place in its JSON form, `problem` says what is wrong there."""

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(pointer, problem)
        self.pointer = pointer
        self.problem = problem

    def __str__(self) -> str:
        return f"fault plan, {self.pointer or 'as a whole'}: {self.problem}"

    def below(self, pointer: str) -> "PlanError":
        """Give the same error, in a plan that has what is wrong at this place."""
        return PlanError(pointer + self.pointer, self.problem)


def _check(accepts: Callable[[Any], bool], wanted: str) -> Check:
    def check(instance: Any, attribute: Any, value: Any) -> None:
        if not accepts(value):
            raise PlanError(f"/{attribute.name}", f"must be {wanted} (is {_shown(value)})")

    return check


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= END


seconds = _check(_is_time, f"a number, at least 0 and at most {END:.0f}")
probability = _check(lambda value: _is_number(value) and 0 < value <= 1, "a number, above 0 and at most 1")


def integer(minimum: int, maximum: float = float("inf"), *, optional: bool = False) -> Check:
    """Take whole numbers of this range."""
    upper = "" if maximum == float("inf") else f" and at most {maximum:g}"
    return _check(
        lambda value: (optional and value is None) or (type(value) is int and minimum <= value <= maximum),
        f"a whole number, at least {minimum}{upper}",
    )


def _is_span(value: Any) -> bool:
    return len(value) == 2 and all(map(_is_time, value)) and value[0] <= value[1]


seconds_or_span = _check(
    lambda value: _is_span(value) if isinstance(value, tuple) else _is_time(value),
    f"seconds, at least 0 and at most {END:.0f}, or two of them: the least and the most",
)
text = _check(lambda value: isinstance(value, str) and value != "", "a text")
optional_text = _check(lambda value: value is None or (isinstance(value, str) and value != ""), "a text")
truth = _check(lambda value: isinstance(value, bool), "true or false")


def _is_json(value: Any) -> bool:
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError, RecursionError):
        return False


def _is_header(name: Any, value: Any) -> bool:
    return (
        isinstance(name, str)
        and isinstance(value, str)
        and name.replace("-", "").isalnum()
        and (name + value).isascii()
        and value.isprintable()
    )


content_type = _check(
    lambda value: isinstance(value, str) and _is_header("content-type", value) and "/" in value, "a content type"
)
json_value = _check(_is_json, "a JSON value")
fields = _check(
    lambda value: is_object(value) and _is_json(value),
    "an object of JSON values",
)
_OF_THE_FACE = ("content-length", "content-type", "transfer-encoding")
headers = _check(
    lambda value: (
        is_object(value) and all(_is_header(*item) and item[0].lower() not in _OF_THE_FACE for item in value.items())
    ),
    f"an object of header names and texts, without the face's own: {', '.join(_OF_THE_FACE)}",
)
