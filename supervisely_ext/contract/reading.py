"""What a request holds, read from the wire as the spec says that it is written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value
from typing import Any
from urllib.parse import parse_qsl

from attrs import frozen

from ..shapes import is_list, is_object
from .spec import Json, OperationSpec, Violation

FORM = "multipart/form-data"
_DEEPEST = 300
"""So that writing or copying it never ends at the depth of Python's own stack."""


@frozen
class Wire:
    """A request's content as it travels."""

    body: bytes
    content_type: str = ""
    """With its parameters, as in the header."""
    query: str = ""

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return media_type(self.content_type)


def media_type(content_type: str) -> str:
    """Give the type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


class Unreadable(ValueError):
    """What arrived is not of the type that the operation takes."""

    def __init__(self, kind: str, problem: str) -> None:
        super().__init__(kind, problem)
        self.violation = Violation((), kind, problem)


def read_request(operation: OperationSpec, wire: Wire) -> Json:
    """Give the JSON body, the query, or the parts of a form. Raises `Unreadable`."""
    return _READERS[operation.request_type](operation, wire)


def read_json(body: bytes) -> Json:
    """Give what JSON says. Raises `Unreadable`."""
    try:
        return decoded(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json", f"the body is not JSON: {error}") from error


def decoded(body: bytes) -> Json:
    """Decode JSON of UTF-8. Raises `ValueError` or `RecursionError`, also for what could never be answered with."""
    text = body.decode()
    data = _DECODER.decode(text)
    if brackets(body) > _DEEPEST and is_deeper(data, _DEEPEST):
        raise ValueError(f"it is nested more than {_DEEPEST} levels deep")
    if "\\u" in text:
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate
    return data


def brackets(body: bytes) -> int:
    """Give how many arrays and objects there can be at most: to ask whether they are nested deeper takes longer."""
    return body.count(b"[") + body.count(b"{")


def is_deeper(data: Json, levels: int) -> bool:
    """Tell whether arrays and objects are nested deeper than so many levels."""
    return any(depth > levels for depth, _ in enumerate(layers(data)))


def layers(data: Json) -> Iterator[list[Json]]:
    """Give the value, then all that stands in it, then all that stands in that, and so on."""
    layer = [data]
    while layer:
        yield layer
        layer = [inner for value in layer for inner in _inside(value)]


def _inside(value: Json) -> Iterable[Json]:
    if is_object(value):
        return value.values()
    return value if is_list(value) else ()


def as_number(text: str) -> int | str:
    """Give an id or a position where the text is one: a number without a sign."""
    return text if text.startswith("-") else _as_whole_number(text)


def _as_whole_number(text: str) -> int | str:
    """Give a number where the text is one, of as many digits as Python reads."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,4000}", text) else text


def _read_query(operation: OperationSpec, wire: Wire) -> Json:
    """Read a query, numbers as numbers where the spec has numbers."""
    return {
        name: _as_whole_number(text) if _is_number(operation, name) else text
        for name, text in parse_qsl(wire.query, keep_blank_values=True)
    }


def _is_number(operation: OperationSpec, name: str) -> bool:
    schema = operation.request.schema["properties"].get(name, {})
    if "$ref" in schema:
        schema = operation.request.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return bool(schema.get("type") == "integer")


def _read_form(operation: OperationSpec, wire: Wire) -> Json:
    """Read the parts by their names; each byte is a character, so that text and files can be told apart later.

    Not by `email`, which would look into a file that is a mail or a form itself.
    """
    boundary = _headers(f"Content-Type: {wire.content_type}").get_boundary("")
    _, *pieces = f"\r\n{wire.body.decode('latin-1')}".split(f"\r\n--{boundary}")
    ends = [number for number, piece in enumerate(pieces) if piece.startswith("--")]
    if not boundary or not ends:
        raise Unreadable("multipart", f"the body is not {FORM}, or not a whole one")
    return dict(map(_read_part, pieces[: ends[0]]))


def _read_part(piece: str) -> tuple[str, str]:
    head, blank_line, content = piece.partition("\r\n\r\n")
    padding, line_end, lines = head.partition("\r\n")
    name = _headers(lines).get_param("name", header="content-disposition")
    if padding.strip() or not line_end or not blank_line or name is None:
        raise Unreadable("multipart", "a part has no headers that name it")
    return collapse_rfc2231_value(name), content


def _headers(text: str) -> Message:
    return HeaderParser().parsestr(text)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:30]} is too large")
    return int(number) if number.is_integer() else number  # in JSON 1.0 is 1


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
_READERS: Mapping[str, Callable[[OperationSpec, Wire], Any]] = {
    "": _read_query,
    "application/json": lambda operation, wire: read_json(wire.body),
    FORM: _read_form,
}
