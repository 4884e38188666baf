"""A recording: JSON lines, one an exchange, of which nothing sensitive was kept."""

import json
import mimetypes
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from attrs import define, field, frozen

from ..shapes import is_object
from .bodies import json_or_absent
from .drift import RULES_OF_TEXTS, TIERS, Deviation, deviations, query_deviations
from .exchanges import answer_node, query_form, request_node
from .places import Document, Json, Node, UnusableDocument
from .reading import Wire, decoded, media_type, read_request
from .redaction import Redaction
from .server import PREFIX
from .spec import Contract, OperationSpec, Schema
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
        return json_or_absent(self.content_type, bytes(self._kept)) if len(self._kept) == self.size else ABSENT


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
        self._secrets: set[str] = set()
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
        line: dict[str, Json] = {
            "time": datetime.fromtimestamp(passed.time, UTC).isoformat(timespec="milliseconds"),
            "operation": operation.name if operation else None,
            "request": self._request(redaction, operation, passed),
            "status": passed.status,
            "answer": self._answer(redaction, operation, passed),
            "failure": passed.failure or None,
        }
        self._secrets |= redaction.secrets
        told = ("request", "answer", "failure")
        return {**line, **{name: redaction.without_secrets(line[name]) for name in told}}

    def _remember_caller(self, redaction: Redaction, passed: Passed) -> None:
        """Hide who calls, beside all that earlier exchanges have shown to be secret."""
        for name, value in passed.headers.items():
            if name in _CALLERS_HEADERS or redaction.is_sensitive_name(name):
                redaction.hide_header(value)
        redaction.hide(text for name, text in parse_qsl(passed.query) if redaction.is_sensitive_name(name))
        redaction.hide(self._secrets)

    def _operation(self, passed: Passed) -> OperationSpec | None:
        operation = self._operations.get(passed.path.removeprefix(PREFIX))
        fits = operation is not None and passed.path.startswith(PREFIX) and passed.verb == operation.verb
        return operation if fits else None

    def _request(self, redaction: Redaction, operation: OperationSpec | None, passed: Passed) -> Json:
        if operation and operation.verb == "GET":
            return self._query(redaction, operation, passed.query)
        return _content(redaction, request_node(self.document, operation) if operation else None, passed.request)

    def _query(self, redaction: Redaction, operation: OperationSpec, query: str) -> Json:
        form, fields = query_form(self.document, operation), read_request(operation, Wire(b"", query=query))
        return {
            "query": redaction.fields(form, fields),
            "violations": _violations(redaction, query_deviations(form, fields)),
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
    return {
        "json": redaction.redacted(node, body),
        "violations": _violations(redaction, deviations(node, body)),
    }


def _violations(redaction: Redaction, found: Iterable[Deviation]) -> list[dict[str, Json]]:
    told = dict.fromkeys(map(redaction.told, found))
    return [{"tier": each.tier, "at": each.pointer, "name": each.name, "seen": sorted(each.seen)} for each in told]


@frozen
class Recorded:
    """An exchange as it was kept."""

    operation: str | None
    """None for what the spec does not know."""
    status: int | None
    request: Json
    """Redacted JSON, or the fields of a query, or `ABSENT`."""
    answer: Json
    content_type: str
    failure: str | None
    """Why it has no answer, or not the whole one."""
    broken_by_request: tuple[Deviation, ...] = ()
    """What was seen before it was redacted."""
    broken_by_answer: tuple[Deviation, ...] = ()


def read_recording(path: Path) -> Iterator[Recorded]:
    """Give what a file holds. Raises `RecordingError`, `OSError`."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _recorded(decoded(line))
            except (ValueError, RecursionError) as error:
                raise RecordingError(f"{path}, line {number}, is no exchange of `contract record`") from error


_HALF = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "query": {"type": "object"},
        "violations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tier", "at", "name", "seen"],
                "properties": {
                    "tier": {"enum": list(TIERS)},
                    "at": {"type": "string"},
                    "name": {"type": "string"},
                    "seen": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
_LINE = Schema(
    {},
    {
        "type": "object",
        "required": ["operation", "request", "status", "answer", "failure"],
        "properties": {
            "operation": {"type": ["string", "null"]},
            "failure": {"type": ["string", "null"]},
            "status": {"type": ["integer", "null"]},
            "request": _HALF,
            "answer": {**_HALF, "required": ["type"]},
        },
    },
)


def _recorded(line: Any) -> Recorded:
    if not _LINE.accepts(line):
        raise ValueError("something is missing, or of another type")
    request, answer = line["request"], line["answer"]
    return Recorded(
        operation=line["operation"],
        status=line["status"],
        request=request.get("json", request.get("query", ABSENT)),
        answer=answer.get("json", ABSENT),
        content_type=answer["type"],
        failure=line["failure"],
        broken_by_request=_broken(request),
        broken_by_answer=_broken(answer),
    )


def _broken(half: Json) -> tuple[Deviation, ...]:
    return tuple(
        Deviation(each["tier"], each["at"], each["name"], frozenset(each["seen"]))
        for each in half.get("violations", ())
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
            unseen = _unseen(document, each.broken_by_answer)
            found.answer(operation, each.status, each.content_type, each.answer, unseen)
            if each.status < 300:
                found.request(operation, each.request, _unseen(document, each.broken_by_request))
    return found


def _unseen(document: Document, broken: Iterable[Deviation]) -> Iterator[Deviation]:
    """Give the broken rules that a redacted text does not show, as far as the spec still has them."""
    for each in broken:
        if each.tier == "contradicts" and each.name in RULES_OF_TEXTS and _says(document, each):
            yield each


def _says(document: Document, each: Deviation) -> bool:
    try:
        schema = document.at(each.pointer)
    except UnusableDocument:
        return False
    return is_object(schema) and each.name in schema
