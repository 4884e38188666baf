"""What a request holds, read from the wire as the spec says that it is written."""

import json
import re
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from attrs import frozen

from .spec import Json, OperationSpec, Violation

FORM = "multipart/form-data"


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
        return self.content_type.partition(";")[0].strip().lower()


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
    if "\\u" in text:
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate
    return data


def as_number(text: str) -> int | str:
    """Give a number where the text is one, of as many digits as Python reads."""
    return int(text) if re.fullmatch(r"[0-9]{1,4000}", text) else text


def _read_query(operation: OperationSpec, wire: Wire) -> Json:
    """Read a query, numbers as numbers where the spec has numbers."""
    return {
        name: as_number(text) if _is_number(operation, name) else text
        for name, text in parse_qsl(wire.query, keep_blank_values=True)
    }


def _is_number(operation: OperationSpec, name: str) -> bool:
    schema = operation.request.schema["properties"].get(name, {})
    if "$ref" in schema:
        schema = operation.request.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return bool(schema.get("type") == "integer")


def _read_form(operation: OperationSpec, wire: Wire) -> Json:
    """Read the parts by their names; each byte is a character, so that text and files can be told apart later."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {wire.content_type}\r\n\r\n".encode() + wire.body)
    if wire.body.strip() == f"--{message.get_boundary()}--".encode():
        return {}  # to the parser a form without parts is none
    if not message.is_multipart():
        raise Unreadable("multipart", f"the body is not {FORM}")
    return {
        str(part.get_param("name", header="content-disposition")): bytes(part.get_payload(decode=True)).decode(
            "latin-1"
        )
        for part in message.iter_parts()
    }


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
