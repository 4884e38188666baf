"""What changed of an operation itself, its schemas aside."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from .changes import Change
from .json_types import canonical
from .operations import Operation
from .payloads import answers_in_pairs
from .places import Json
from .security import needs_token, ways_in


@frozen
class _Fact:
    kind: str
    detail: str = ""
    shared: str = ""
    """The key under which it stands at the operation, at its path or in the document, whichever says it."""


def of_itself(old: Operation, new: Operation) -> Iterator[Change]:
    """Give the changes of the operation itself."""
    for facts in (_replaced, _switched, _server, _security, _listed, _body, _answers):
        for fact in facts(old, new):
            yield change(old, new, fact.kind, fact.detail, fact.shared)


def change(old: Operation, new: Operation | None, kind: str, detail: str = "", shared: str = "") -> Change:
    """Give a change of an operation; `new` is what it became."""
    names = (old.name,) if new is None else tuple(dict.fromkeys([old.name, new.name]))
    return Change(
        kind=kind,
        direction=None,
        operations=names,
        place="",
        old=_where(old, shared),
        new=None if new is None else _where(new, shared),
        detail=detail,
    )


def _where(operation: Operation, key: str) -> str | None:
    """Give the operation, or where it takes a key from; None where nothing says it."""
    holders = (operation.pointer, operation.holder, "") if key else ()
    found = (f"{holder}/{key}" for holder in holders if key in operation.document.at(holder))
    return next(found, None) if key else operation.pointer


def family(definition: Json) -> str:
    """Give the operation's first tag, after which its package is called."""
    return str((definition.get("tags") or ["default"])[0])


def _replaced(old: Operation, new: Operation) -> Iterator[_Fact]:
    before, after = old.definition, new.definition
    for kind, one, other in (
        ("operation-renamed", old.name, new.name),
        ("family-changed", family(before), family(after)),
        ("path-changed", old.path, new.path),
        ("verb-changed", old.verb, new.verb),
        *(
            ("version-gate-changed", before.get(key), after.get(key))
            for key in ("x-min-instance-version", "x-min-instance-version-of-type")
        ),
    ):
        if one != other:
            yield _Fact(kind, f"{one} -> {other}")


def _switched(old: Operation, new: Operation) -> Iterator[_Fact]:
    before, after = old.definition, new.definition
    for one, other, kinds in (
        (
            needs_token(old.document.json, before),
            needs_token(new.document.json, after),
            ("token-needed", "token-not-needed"),
        ),
        (_repeats(before), _repeats(after), ("repeated-now", "no-longer-repeated")),
        (bool(before.get("deprecated")), bool(after.get("deprecated")), ("deprecated", "not-deprecated")),
    ):
        if None not in (one, other) and one != other:
            yield _Fact(kinds[bool(one)])


def _repeats(definition: Json) -> bool | None:
    retry = definition.get("x-retry")
    return None if retry is None else bool(retry == "safe")


def _server(old: Operation, new: Operation) -> Iterator[_Fact]:
    before, after = _servers(old), _servers(new)
    yield from (_Fact("server-removed", before[key], "servers") for key in sorted(before.keys() - after.keys()))
    yield from (_Fact("server-added", after[key], "servers") for key in sorted(after.keys() - before.keys()))


def _servers(operation: Operation) -> dict[str, str]:
    """Give the addresses by all that is said of them beside words."""
    place = _where(operation, "servers")
    listed = (operation.document.at(place) if place else None) or [{"url": "/"}]
    return {canonical([server["url"], server.get("variables")]): server["url"] for server in listed}


def _security(old: Operation, new: Operation) -> Iterator[_Fact]:
    before, after = ways_in(old.document, old.definition), ways_in(new.document, new.definition)
    for kind, ones, others in (("access-removed", before, after), ("access-added", after, before)):
        for shown in sorted(ones, key=sorted):
            # Who shows all this is let in as well where less is asked for.
            if shown and not any(other <= shown for other in others):
                yield _Fact(kind, ones[shown], "security")


def _listed(old: Operation, new: Operation) -> Iterator[_Fact]:
    before, after = (set(each.definition.get("x-filter-fields", ())) for each in (old, new))
    yield from _added_and_removed("filter-field", before, after)


def _added_and_removed(what: str, before: set[str], after: set[str], prefix: str = "") -> Iterator[_Fact]:
    yield from (_Fact(f"{what}-added", prefix + name) for name in sorted(after - before))
    yield from (_Fact(f"{what}-removed", prefix + name) for name in sorted(before - after))


def _body(old: Operation, new: Operation) -> Iterator[_Fact]:
    needed, needed_now = (bool(each.body and each.document.at(each.body).get("required")) for each in (old, new))
    if old.body is None and new.body is not None:
        yield _Fact("required-body-added" if needed_now else "body-added")
    elif old.body is not None and new.body is None:
        yield _Fact("body-removed")
    elif old.body is not None and new.body is not None:
        if needed != needed_now:
            yield _Fact("body-became-required" if needed_now else "body-became-optional")
        yield from _types("content-type", old.content(old.body), new.content(new.body))


def _types(what: str, before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = "") -> Iterator[_Fact]:
    # A schema that appears or goes with all of the content is told as such.
    if (before and after) or not any("schema" in each for each in (*before.values(), *after.values())):
        yield from _added_and_removed(what, set(before), set(after), prefix)


def _answers(old: Operation, new: Operation) -> Iterator[_Fact]:
    pairs = answers_in_pairs(old, new)
    for code, code_now in pairs:
        if code != code_now:
            yield _Fact("success-status-changed", f"{code} -> {code_now}")
        prefix = "" if code_now.startswith("2") else f"{code_now} "
        yield from _types("answer-type", old.content(old.answers[code]), new.content(new.answers[code_now]), prefix)
    come = new.answers.keys() - {code for _, code in pairs}
    gone = old.answers.keys() - {code for code, _ in pairs}
    for what, is_success in (("success", True), ("refusal", False)):
        ones, others = ({code for code in codes if code.startswith("2") == is_success} for codes in (gone, come))
        yield from _added_and_removed(what, ones, others)
