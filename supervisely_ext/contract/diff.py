"""What changed between two bundled OpenAPI 3.1 documents, by meaning: order, wording, references and names of schemas are no change."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from .changes import SEVERITIES, Change, Direction
from .form_diff import compare
from .openapi_shape import problem_of
from .places import Document, Json, Node, UnusableDocument, escape

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
    try:
        return _diff(old, new)
    except RecursionError as error:
        raise UnusableDocument("a schema is nested too deeply") from error


def _diff(old: Json, new: Json) -> list[Change]:
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
    if problem := problem_of(document.json):
        raise UnusableDocument(f"it is no OpenAPI 3.1 document: {problem}")
    paths: Json = document.json["paths"]
    return [_Operation(document, path, verb) for path, item in paths.items() for verb in item if verb in METHODS]


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
            used=frozenset[str]().union(*(change.used for change in same)),
        )
        for same in groups.values()
    ]


def _compare(old: _Operation, new: _Operation) -> Iterator[Change]:
    for kind, detail in _of_itself(old, new):
        yield old.change(kind, new, detail)
    for direction, code, before, after in _schemas(old, new):
        if before is None or after is None:
            yield old.change(_APPEARANCE[direction][after is None], new, code)
            continue
        for found in compare(before, after):
            yield Change(
                kind=found.kind,
                direction=direction,
                operations=tuple(dict.fromkeys([old.name, new.name])),
                place=f"{direction}{found.place}",
                old=_in_document(found.old, old),
                new=_in_document(found.new, new),
                detail=found.detail,
                used=found.used,
            )


def _of_itself(old: _Operation, new: _Operation) -> Iterator[tuple[str, str]]:
    before, after = old.definition, new.definition
    for kind, one, other in (
        ("operation-renamed", old.name, new.name),
        ("family-changed", _family(before), _family(after)),
        ("path-changed", old.path, new.path),
        ("verb-changed", old.verb, new.verb),
        ("success-status-changed", _success(before), _success(after)),
        ("version-gate-changed", before.get("x-min-instance-version"), after.get("x-min-instance-version")),
    ):
        if one != other:
            yield kind, f"{one} -> {other}"
    for one, other, kinds in (
        (_needs_token(old), _needs_token(new), ("token-needed", "token-not-needed")),
        (_needs_body(old), _needs_body(new), ("body-became-required", "body-became-optional")),
        (_repeats(before), _repeats(after), ("repeated-now", "no-longer-repeated")),
        (bool(before.get("deprecated")), bool(after.get("deprecated")), ("deprecated", "not-deprecated")),
    ):
        if None not in (one, other) and one != other:
            yield kinds[bool(one)], ""
    for what, names, names_now in (
        ("filter-field", set(before.get("x-filter-fields", ())), set(after.get("x-filter-fields", ()))),
        ("content-type", _types(old, _body(old)), _types(new, _body(new))),
        ("answer-type", _types(old, _answer(old)), _types(new, _answer(new))),
    ):
        # What appears or goes altogether is told as such.
        if what == "filter-field" or (names and names_now):
            yield from ((f"{what}-added", name) for name in sorted(names_now - names))
            yield from ((f"{what}-removed", name) for name in sorted(names - names_now))


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


def _answer(operation: _Operation) -> str | None:
    code = _success(operation.definition)
    return None if code == "none" else operation.document.resolve(f"{operation.pointer}/responses/{code}")


def _types(operation: _Operation, pointer: str | None) -> set[str]:
    return set() if pointer is None else set(operation.document.at(pointer).get("content", {}))


def _schemas(old: _Operation, new: _Operation) -> Iterator[tuple[Direction, str, Node | None, Node | None]]:
    """Give what is to be compared, query, body and answers; of a refusal its status too."""
    yield "request", "", _query(old), _query(new)
    for before, after in _contents(old, _body(old), new, _body(new)):
        yield "request", "", before, after
    answers, answers_now = _answers(old), _answers(new)
    for code in sorted(answers.keys() | answers_now.keys()):
        for before, after in _contents(old, answers.get(code), new, answers_now.get(code)):
            yield "answer", "" if code == "success" else code, before, after


def _query(operation: _Operation) -> Node:
    """Write the parameters as an object's schema, beside the document."""
    found = {_parameter(operation, place): place for place in _parameters(operation)}
    schema = {
        "type": "object",
        "required": [name for name, place in found.items() if operation.document.at(place).get("required")],
        "properties": {name: {"$ref": f"#{_schema_of(operation, place)}"} for name, place in found.items()},
        "additionalProperties": False,
    }
    return Node(Document({**operation.document.json, "query": schema}), ("/query",))


def _schema_of(operation: _Operation, place: str) -> str:
    """Give the place of a parameter's schema, which may be that of its one media type."""
    return next((node.pointer for node in _content(operation, place).values()), f"{place}/schema")


def _parameters(operation: _Operation) -> Iterator[str]:
    """Give the places of what stands in the address and in headers; the operation's own come last."""
    for holder in (operation.pointer.rpartition("/")[0], operation.pointer):
        for index in range(len(operation.document.at(holder).get("parameters", ()))):
            yield operation.document.resolve(f"{holder}/parameters/{index}")


def _parameter(operation: _Operation, place: str) -> str:
    parameter = operation.document.at(place)
    name, where = str(parameter.get("name")), parameter.get("in")
    return name if where == "query" else f"{name} (in {where})"


def _in_document(pointer: str | None, operation: _Operation) -> str | None:
    """Give where a parameter, of which `_query` wrote, stands in the document itself."""
    _, root, *steps = [*(pointer or "").split("/"), ""][:4]
    if pointer is None or root != "query":
        return pointer
    places = {escape(_parameter(operation, place)): place for place in _parameters(operation)}
    return places.get(steps[-1] if len(steps) > 1 else "", operation.pointer)


def _answers(operation: _Operation) -> dict[str, str]:
    """Give the place of each answer: of success, whatever its number, and of each refusal."""
    codes = sorted(operation.definition.get("responses", {}), reverse=True)
    return {
        "success" if code.startswith("2") else code: operation.document.resolve(f"{operation.pointer}/responses/{code}")
        for code in codes
    }


def _contents(
    old: _Operation, place: str | None, new: _Operation, place_now: str | None
) -> Iterator[tuple[Node | None, Node | None]]:
    """Pair the schemas of bodies: those of one media type, else the first ones."""
    before, after = _content(old, place), _content(new, place_now)
    shared = before.keys() & after.keys()
    if shared:
        yield from ((before[type], after[type]) for type in sorted(shared))
    elif before or after:
        yield next(iter(before.values()), None), next(iter(after.values()), None)


def _content(operation: _Operation, pointer: str | None) -> dict[str, Node]:
    if pointer is None:
        return {}
    return {
        media_type: Node(operation.document, (f"{pointer}/content/{escape(media_type)}/schema",))
        for media_type, content in sorted(operation.document.at(pointer).get("content", {}).items())
        if "schema" in content
    }


def families(document: Json) -> dict[str, str]:
    """Give the tag of every operation. Raises `UnusableDocument`."""
    return {operation.name: _family(operation.definition) for operation in _operations(Document(document))}
