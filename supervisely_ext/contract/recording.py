"""A recording: JSON lines, one an exchange, of which nothing sensitive was kept."""

import json
import mimetypes
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from attrs import define, field, frozen

from ..shapes import is_object
from .bodies import decoded, media_type, query_fields
from .drift import Deviation, deviations
from .exchanges import answer_node, query_nodes, request_node
from .places import Document, Json, Node
from .redaction import Redaction
from .server import PREFIX
from .spec import Contract, OperationSpec
from .survey import ABSENT, Survey

LONGEST_KEPT = 8 << 20
"""Bytes of JSON that are read; of a longer body, and of everything else, only the size is kept."""
_CALLERS_HEADERS = frozenset({"x-api-key", "authorization", "proxy-authorization", "cookie"})
"""Besides those with sensitive names."""
_TYPES_WITHOUT_FILES = frozenset(
    {"multipart/form-data", "application/x-www-form-urlencoded", "application/problem+json"}
)


class RecordingError(ValueError):
    """A file is no recording."""


@define
class Passing:
    """A body on its way through; kept only as long as it may be JSON of a bearable size."""

    content_type: str
    size: int = 0
    _kept: bytearray = field(factory=bytearray, repr=False)

    def add(self, piece: bytes) -> None:
        """Take note of the next piece."""
        self.size += len(piece)
        if not media_type(self.content_type).endswith("json") or self.size > LONGEST_KEPT:
            self._kept.clear()
        else:
            self._kept += piece

    @property
    def json(self) -> Json:
        """What it holds, or `ABSENT`."""
        return decoded(self.content_type, bytes(self._kept)) if len(self._kept) == self.size else ABSENT


@frozen(kw_only=True)
class Passed:
    """An exchange as it went through."""

    verb: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False)
    request: Passing
    answer: Passing
    status: int | None
    """None when there was no answer."""
    failure: str = ""
    time: float


class Recorder:
    """Writes exchanges down, each as one line."""

    def __init__(self, document: Document, path: Path) -> None:
        self.document = document
        self._callers: set[str] = set()
        self._operations = Contract(document.json).operations
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)

    def record(self, passed: Passed) -> None:
        """Append what may be kept. Raises `OSError` when the file cannot take it."""
        line = json.dumps(self.kept(passed), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        # One write to a file opened for appending: lines of several recorders never mix.
        if os.write(self._file, line) < len(line):
            raise OSError("the recording's disk is full: its last line is not whole")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def kept(self, passed: Passed) -> dict[str, Json]:
        """Give what may be kept of an exchange."""
        redaction = Redaction.of(self.document)
        self._remember_caller(redaction, passed)
        operation = self._operation(passed)
        line = {
            "time": datetime.fromtimestamp(passed.time, UTC).isoformat(timespec="milliseconds"),
            "operation": operation.name if operation else None,
            "request": self._request(redaction, operation, passed),
            "status": passed.status,
            "answer": self._answer(redaction, operation, passed),
            "failure": passed.failure or None,
        }
        cleaned: dict[str, Json] = redaction.without_secrets(line)
        return cleaned

    def _remember_caller(self, redaction: Redaction, passed: Passed) -> None:
        """Hide who calls, now and from now on: another answer may tell it."""
        for name, value in passed.headers.items():
            if name in _CALLERS_HEADERS or redaction.is_sensitive_name(name):
                redaction.hide_header(value)
        redaction.hide(text for name, text in parse_qsl(passed.query) if redaction.is_sensitive_name(name))
        self._callers |= redaction.secrets
        redaction.hide(self._callers)

    def _operation(self, passed: Passed) -> OperationSpec | None:
        operation = self._operations.get(passed.path.removeprefix(PREFIX))
        fits = operation is not None and passed.path.startswith(PREFIX) and passed.verb == operation.verb
        return operation if fits else None

    def _request(self, redaction: Redaction, operation: OperationSpec | None, passed: Passed) -> Json:
        if operation and operation.verb == "GET":
            return self._query(redaction, operation, passed.query)
        return _content(redaction, request_node(self.document, operation) if operation else None, passed.request)

    def _query(self, redaction: Redaction, operation: OperationSpec, query: str) -> Json:
        fields, nodes = query_fields(operation, query), query_nodes(self.document, operation)
        broken = sorted({violation.keyword for violation in operation.request.violations(fields)})
        nothing: list[str] = []
        return {
            "query": {name: redaction.redacted(nodes[name], fields[name]) for name in nodes.keys() & fields.keys()},
            "violations": [
                {"tier": "contradicts", "at": "query", "name": keyword, "seen": nothing} for keyword in broken
            ],
        }

    def _answer(self, redaction: Redaction, operation: OperationSpec | None, passed: Passed) -> Json:
        known = operation is not None and passed.status is not None
        node = answer_node(self.document, operation, passed.status) if known else None  # type: ignore[arg-type]
        return _content(redaction, node, passed.answer)


def _content(redaction: Redaction, node: Node | None, passing: Passing) -> dict[str, Json]:
    type = media_type(passing.content_type)
    kept: dict[str, Json] = {"type": type if _is_registered(type) else "", "size": passing.size}
    body = passing.json
    return kept if node is None or body is ABSENT else {**kept, **_judged(redaction, node, body)}


def _is_registered(type: str) -> bool:
    """Tell whether many use the media type; another may be anything."""
    return type in _TYPES_WITHOUT_FILES or mimetypes.guess_extension(type) is not None


def _judged(redaction: Redaction, node: Node, body: Json) -> dict[str, Json]:
    broken = [_violation(redaction, each) for each in dict.fromkeys(deviations(node, body))]
    return {"json": redaction.redacted(node, body), "violations": broken}


def _violation(redaction: Redaction, each: Deviation) -> dict[str, Json]:
    name = redaction.name(each.name, 0) if each.tier == "new field" else each.name
    return {"tier": each.tier, "at": each.pointer, "name": name, "seen": sorted(each.seen)}


@frozen
class Recorded:
    """An exchange as it was kept."""

    operation: str | None
    """None for what the spec does not know."""
    status: int | None
    request: Json
    """Redacted JSON, or `ABSENT`."""
    answer: Json
    content_type: str
    failure: str | None
    """Why it has no answer, or not the whole one."""


def read_recording(path: Path) -> Iterator[Recorded]:
    """Give what a file holds. Raises `RecordingError`, `OSError`."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _recorded(json.loads(line))
            except (ValueError, LookupError, TypeError, RecursionError) as error:
                raise RecordingError(f"{path}, line {number}, is no exchange of `contract record`") from error


def _recorded(line: Any) -> Recorded:
    request, answer = line["request"], line["answer"]
    if not is_object(request) or not is_object(answer):
        raise TypeError("a request or an answer is no object")
    return Recorded(
        operation=line["operation"],
        status=line["status"],
        request=request.get("json", ABSENT),
        answer=answer.get("json", ABSENT),
        content_type=answer["type"],
        failure=line["failure"],
    )


def survey_of(document: Document, exchanges: Iterator[Recorded]) -> Survey:
    """Hold a recording against a spec: the answers, and the requests that the server accepted."""
    found = Survey(document)
    operations = found.contract.operations
    for each in exchanges:
        operation = operations.get(each.operation or "")
        if operation is None:
            found.gap(each.operation or "?", "no operation of the spec")
        elif each.status is None or each.failure:
            found.gap(operation.name, each.failure or "there was no answer")
        else:
            found.answer(operation, each.status, each.content_type, each.answer)
            if each.status < 300:
                found.request(operation, each.request)
    return found
