"""Compares what the official SDK offers with what our classes offer, and words each difference."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from tests.conformance.record_signatures import describe, describe_entity

from .deviations import read

ABSENT = "absent"


@frozen(order=True)
class Difference:
    """One name or parameter that is not the same; `where` is like `TaskApi.wait.target_status`."""

    where: str
    sdk: str
    ours: str

    def __str__(self) -> str:
        return f"{self.where}: SDK {self.sdk}; ours {self.ours}"


def recorded() -> dict[str, Any]:
    """Give the SDK's record."""
    return read("sdk_signatures.json")


def namespace_differences(name: str, kind: type, *, is_async: bool) -> Iterator[Difference]:
    """Compare a namespace of one colour, by the SDK's name for it."""
    sdk, ours = recorded()["namespaces"][name], describe(kind)
    for each in sorted(sdk.keys() | ours.keys()):
        yield from _compare(f"{name}.{each}", sdk.get(each), ours.get(each), is_async=is_async)


def entity_differences(name: str, kind: type) -> Iterator[Difference]:
    """Compare an entity: fields in their order, then methods."""
    sdk, ours = recorded()["entities"][name], describe_entity(kind)
    if sdk["fields"] != ours["fields"]:
        yield Difference(f"{name} fields", json.dumps(sdk["fields"]), json.dumps(ours["fields"]))
    for each in sorted(sdk["methods"].keys() | ours["methods"].keys()):
        method, own = sdk["methods"].get(each), ours["methods"].get(each)
        yield from _compare(f"{name}.{each}", method, own, is_async=False)


def _compare(
    where: str, sdk: dict[str, Any] | None, ours: dict[str, Any] | None, *, is_async: bool
) -> Iterator[Difference]:
    if sdk is None or ours is None:
        yield Difference(where, _kind(sdk), _kind(ours))
        return
    if "parameters" not in sdk or "parameters" not in ours:
        if sdk != ours:
            yield Difference(where, json.dumps(sdk, sort_keys=True), json.dumps(ours, sort_keys=True))
        return
    if sdk["kind"] != ours["kind"] or ours["colour"] not in _colours(sdk["colour"], is_async=is_async):
        yield Difference(where, _kind(sdk), _kind(ours))
    yield from _compare_parameters(where, sdk["parameters"], ours["parameters"])


def _colours(sdk: str, *, is_async: bool) -> set[str]:
    """Give what a method of the SDK may be in our colour; what does no I/O is plain in both."""
    if not is_async:
        return {sdk}
    return {"plain": {"plain", "coroutine"}, "generator": {"async generator"}}.get(sdk, {sdk})


def _compare_parameters(where: str, sdk: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Iterator[Difference]:
    theirs, own = ({each["name"]: each for each in side} for side in (sdk, ours))
    for name in sorted(theirs.keys() | own.keys()):
        if theirs.get(name) != own.get(name):
            yield Difference(f"{where}.{name}", _parameter(theirs.get(name)), _parameter(own.get(name)))
    shared = [each for each in theirs if each in own]
    positional = [name for name in own if own[name]["kind"] != "keyword-only" and name in theirs]
    if positional != [name for name in shared if own[name]["kind"] != "keyword-only"]:
        yield Difference(f"{where} order", ", ".join(shared), ", ".join(positional))


def _kind(member: dict[str, Any] | None) -> str:
    if member is None:
        return ABSENT
    return " ".join(part for part in (member.get("colour"), member["kind"]) if part and part != "plain")


def _parameter(parameter: dict[str, Any] | None) -> str:
    if parameter is None:
        return ABSENT
    default = f"default {json.dumps(parameter['default'])}" if "default" in parameter else "required"
    return f"{parameter['kind']}, {default}"
