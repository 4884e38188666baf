"""What changed between two bundled OpenAPI 3.1 documents, by meaning: order, wording, references and names of schemas are no change."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from ..shapes import is_object, part
from .changes import SEVERITIES, Change, Direction
from .form_diff import compare
from .forms import Document, Json, Node, UnusableDocument, escape

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})

_APPEARANCE = {"request": ("body-added", "body-removed"), "answer": ("answer-described", "answer-not-described")}


@frozen
class _Operation:
    """An operation, and where it stands."""

    document: Document
    path: str
    verb: str

    @property
    def pointer(self) -> str:
        return f"/paths/{escape(self.path)}/{self.verb}"

    @property
    def definition(self) -> Any:
        return self.document.at(self.pointer)

    @property
    def name(self) -> str:
        return str(self.definition.get("operationId") or f"{self.verb} {self.path}")

    def change(self, kind: str, new: "_Operation | None", detail: str = "") -> Change:
        """Give a change of the operation itself; `new` is what it became."""
        names = (self.name,) if new is None else tuple(dict.fromkeys([self.name, new.name]))
        return Change(
            kind=kind,
            direction=None,
            operations=names,
            place="",
            old=self.pointer,
            new=None if new is None else new.pointer,
            detail=detail,
        )


def diff(old: Json, new: Json) -> list[Change]:
    """Give every change, the worst first. Raises `UnusableDocument`."""
    before, after = _operations(Document(old)), _operations(Document(new))
    pairs = _pair(before, after)
    gone = [each for each in before if each.name not in {one.name for one, _ in pairs}]
    come = [each for each in after if each.name not in {other.name for _, other in pairs}]
    changes = [
        *(each.change("operation-removed", None) for each in gone),
        *(evolve(each.change("operation-added", each), old=None) for each in come),
        *(change for one, other in pairs for change in _compare(one, other)),
    ]
    return sorted(
        _grouped(changes), key=lambda change: (SEVERITIES.index(change.severity), change.operations, change.id)
    )


def _operations(document: Document) -> list[_Operation]:
    content = document.json
    if not is_object(content) or not str(content.get("openapi", "")).startswith("3.1"):
        raise UnusableDocument("it is no OpenAPI 3.1 document")
    paths = part(content, "paths")
    return [
        _Operation(document, path, verb)
        for path in paths
        for verb, definition in part(paths, path).items()
        if verb in METHODS and is_object(definition)
    ]


def _pair(before: list[_Operation], after: list[_Operation]) -> list[tuple[_Operation, _Operation]]:
    """Match by name, and what is left by address."""
    by_name = {each.name: each for each in after}
    pairs = [(each, by_name[each.name]) for each in before if each.name in by_name]
    named = {each.name for each, _ in pairs}
    by_address = {(each.path, each.verb): each for each in after if each.name not in named}
    moved = [each for each in before if each.name not in named and (each.path, each.verb) in by_address]
    return [*pairs, *((each, by_address[each.path, each.verb]) for each in moved)]


def _grouped(changes: list[Change]) -> list[Change]:
    """Let a change of a shared schema be one change of many operations."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        key = (change.kind, change.direction or change.operations[0], change.old or "", change.new or "", change.detail)
        groups.setdefault(key, []).append(change)
    return [
        evolve(
            min(same, key=lambda change: len(change.place)),
            operations=tuple(sorted({name for change in same for name in change.operations})),
        )
        for same in groups.values()
    ]


def _compare(old: _Operation, new: _Operation) -> Iterator[Change]:
    for kind, detail in _of_itself(old, new):
        yield old.change(kind, new, detail)
    for direction, before, after in _schemas(old, new):
        if before is None or after is None:
            yield old.change(_APPEARANCE[direction][after is None], new)
            continue
        for found in compare(before, after):
            yield Change(
                kind=found.kind,
                direction=direction,
                operations=tuple(dict.fromkeys([old.name, new.name])),
                place=f"{direction}{found.place}",
                old=found.old,
                new=found.new,
                detail=found.detail,
            )


def _of_itself(old: _Operation, new: _Operation) -> Iterator[tuple[str, str]]:
    before, after = old.definition, new.definition
    for kind, one, other in (
        ("operation-renamed", old.name, new.name),
        ("family-changed", _family(before), _family(after)),
        ("path-changed", old.path, new.path),
        ("verb-changed", old.verb, new.verb),
        ("success-status-changed", _success(before), _success(after)),
        ("content-type-changed", _body_type(old), _body_type(new)),
        ("version-gate-changed", before.get("x-min-instance-version"), after.get("x-min-instance-version")),
    ):
        if one != other and not (kind == "content-type-changed" and None in (one, other)):
            yield kind, f"{one} -> {other}"
    for one, other, kinds in (
        (_needs_token(old), _needs_token(new), ("token-needed", "token-not-needed")),
        (_needs_body(old), _needs_body(new), ("body-became-required", "body-became-optional")),
        (_repeats(before), _repeats(after), ("repeated-now", "no-longer-repeated")),
        (bool(before.get("deprecated")), bool(after.get("deprecated")), ("deprecated", "not-deprecated")),
    ):
        if None not in (one, other) and one != other:
            yield kinds[bool(one)], ""
    fields, fields_now = set(before.get("x-filter-fields", ())), set(after.get("x-filter-fields", ()))
    yield from (("filter-field-added", name) for name in sorted(fields_now - fields))
    yield from (("filter-field-removed", name) for name in sorted(fields - fields_now))


def _family(definition: Json) -> str:
    return str((definition.get("tags") or ["default"])[0])


def _success(definition: Json) -> str:
    return next((code for code in sorted(definition.get("responses", {})) if code.startswith("2")), "none")


def _needs_token(operation: _Operation) -> bool:
    security = operation.definition.get("security", operation.document.json.get("security", []))
    return bool(security) and {} not in security


def _repeats(definition: Json) -> bool | None:
    retry = definition.get("x-retry")
    return None if retry is None else bool(retry == "safe")


def _body(operation: _Operation) -> str | None:
    return (
        operation.document.resolve(f"{operation.pointer}/requestBody")
        if "requestBody" in operation.definition
        else None
    )


def _needs_body(operation: _Operation) -> bool | None:
    body = _body(operation)
    return None if body is None else bool(operation.document.at(body).get("required"))


def _body_type(operation: _Operation) -> str | None:
    body = _body(operation)
    return None if body is None else ", ".join(sorted(operation.document.at(body).get("content", {})))


def _schemas(old: _Operation, new: _Operation) -> Iterator[tuple[Direction, Node | None, Node | None]]:
    """Give what is to be compared: query, body and answers."""
    yield "request", _query(old), _query(new)
    body, body_now = _body(old), _body(new)
    if body is not None or body_now is not None:
        yield "request", _content(old, body), _content(new, body_now)
    answers, answers_now = _answers(old), _answers(new)
    for code in sorted(answers.keys() | answers_now.keys()):
        content, content_now = answers.get(code), answers_now.get(code)
        if content is not None or content_now is not None:
            yield "answer", content, content_now


def _query(operation: _Operation) -> Node:
    """Write the parameters as an object's schema, beside the document."""
    places = [
        operation.document.resolve(f"{operation.pointer}/parameters/{index}")
        for index in range(len(operation.definition.get("parameters", ())))
    ]
    found = {str(operation.document.at(place).get("name")): place for place in places}
    schema = {
        "type": "object",
        "required": [name for name, place in found.items() if operation.document.at(place).get("required")],
        "properties": {name: {"$ref": f"#{place}/schema"} for name, place in found.items()},
        "additionalProperties": False,
    }
    return Node(Document({**operation.document.json, "query": schema}), ("/query",))


def _answers(operation: _Operation) -> dict[str, Node | None]:
    """Give the schema of each answer: of success, whatever its number, and of each refusal."""
    found: dict[str, Node | None] = {}
    for code in operation.definition.get("responses", {}):
        place = operation.document.resolve(f"{operation.pointer}/responses/{code}")
        found["success" if code.startswith("2") else code] = _content(operation, place)
    return found


def _content(operation: _Operation, pointer: str | None) -> Node | None:
    if pointer is None:
        return None
    for media_type, content in sorted(operation.document.at(pointer).get("content", {}).items()):
        if "schema" in content:
            return Node(operation.document, (f"{pointer}/content/{escape(media_type)}/schema",))
    return None


def families(document: Json) -> dict[str, str]:
    """Give the tag of every operation. Raises `UnusableDocument`."""
    return {operation.name: _family(operation.definition) for operation in _operations(Document(document))}
