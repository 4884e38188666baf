"""What the bytes of a body hold."""

import re
from urllib.parse import parse_qsl

from .places import Json
from .reading import Unreadable, read_json
from .spec import OperationSpec
from .survey import ABSENT


def media_type(content_type: str) -> str:
    """Give the type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def decoded(content_type: str, body: bytes) -> Json:
    """Give the JSON that a body holds, or `ABSENT`."""
    if not media_type(content_type).endswith("json"):
        return ABSENT
    try:
        return read_json(body)
    except Unreadable:
        return ABSENT


def query_fields(operation: OperationSpec, query: str) -> dict[str, Json]:
    """Give a query's fields, whole numbers as such where the text of one breaks the spec."""
    fields: dict[str, Json] = dict(parse_qsl(query, keep_blank_values=True))
    broken = {violation.path[0] for violation in operation.request.violations(fields) if violation.path}
    return {name: _as_number(text) if name in broken else text for name, text in fields.items()}


def _as_number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text
