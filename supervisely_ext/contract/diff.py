"""What changed between two bundled OpenAPI 3.1 documents, by meaning: order, wording, references and names of schemas are no change."""

from collections.abc import Iterator

from attrs import evolve

from .changes import SEVERITIES, Change, Direction
from .form_diff import compare
from .operation_diff import change, family, of_itself
from .operations import Operation, operations_of
from .payloads import payloads
from .places import Document, Json, UnusableDocument
from .tables import beside_schemas

_APPEARANCE: dict[Direction, tuple[str, str]] = {
    "request": ("body-described", "body-not-described"),
    "answer": ("answer-described", "answer-not-described"),
}


def diff(old: Json, new: Json) -> list[Change]:
    """Give every change, the worst first. Raises `UnusableDocument`."""
    try:
        return _diff(old, new)
    except RecursionError as error:
        raise UnusableDocument("a schema is nested too deeply") from error


def _diff(old: Json, new: Json) -> list[Change]:
    before, after = operations_of(Document(old)), operations_of(Document(new))
    pairs = _pair(before, after)
    gone = [each for each in before if each.name not in {one.name for one, _ in pairs}]
    come = [each for each in after if each.name not in {other.name for _, other in pairs}]
    changes = [
        *(change(each, None, "operation-removed") for each in gone),
        *(evolve(change(each, each, "operation-added"), old=None) for each in come),
        *(found for one, other in pairs for found in _compare(one, other)),
    ]
    return sorted(_grouped(changes), key=lambda each: (SEVERITIES.index(each.severity), each.operations, each.id))


def _pair(before: list[Operation], after: list[Operation]) -> list[tuple[Operation, Operation]]:
    """Match by name, and what is left by address."""
    by_name = {each.name: each for each in after}
    pairs = [(each, by_name[each.name]) for each in before if each.name in by_name]
    named = {each.name for each, _ in pairs}
    by_address = {(each.path, each.verb): each for each in after if each.name not in named}
    moved = [each for each in before if each.name not in named and (each.path, each.verb) in by_address]
    return [*pairs, *((each, by_address[each.path, each.verb]) for each in moved)]


def _grouped(changes: list[Change]) -> list[Change]:
    """Let a change of what is shared be one change of many operations."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for each in changes:
        key = (each.kind, each.direction or "", each.old or "", each.new or "", each.detail)
        groups.setdefault(key, []).append(each)
    return [
        evolve(
            min(same, key=lambda each: len(each.place)),
            operations=tuple(sorted({name for each in same for name in each.operations})),
            used=frozenset[str]().union(*(each.used for each in same)),
        )
        for same in groups.values()
    ]


def _compare(old: Operation, new: Operation) -> Iterator[Change]:
    yield from of_itself(old, new)
    for pair in payloads(old, new):
        if pair.old is None or pair.new is None:
            yield change(old, new, _APPEARANCE[pair.direction][pair.new is None], pair.status)
            continue
        for found in (*beside_schemas(pair.old, pair.new), *compare(pair.old.node, pair.new.node)):
            yield Change(
                kind=found.kind,
                direction=pair.direction,
                operations=tuple(dict.fromkeys([old.name, new.name])),
                place=f"{pair.direction}{found.place}",
                old=pair.old.in_document(found.old),
                new=pair.new.in_document(found.new),
                detail=found.detail,
                used=found.used,
            )


def families(document: Json) -> dict[str, str]:
    """Give the tag of every operation. Raises `UnusableDocument`."""
    return {operation.name: family(operation.definition) for operation in operations_of(Document(document))}
