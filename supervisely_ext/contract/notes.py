"""What a schema says of its values without refusing any: a default, who may send them, what they are read as."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..shapes import is_object
from .meeting import merged_places
from .places import Document, Form, Json, Node, target_of
from .verbatim import written_out

FLAGS: Mapping[str, tuple[str, str]] = {
    "readOnly": ("became-read-only", "no-longer-read-only"),
    "writeOnly": ("became-write-only", "no-longer-write-only"),
    "deprecated": ("part-deprecated", "part-not-deprecated"),
}
"""What a keyword that is true or not tells when it comes, and when it goes."""


@frozen
class Notes:
    """The notes of all ways to follow a schema."""

    places: tuple[str, ...]
    """Where the schemas stand that make it up."""
    flags: frozenset[str]
    default: Json
    discriminator: Mapping[str, Any]


def notes_of(node: Node, ways: list[Form]) -> Notes:
    """Gather the notes of a schema from the places of its forms."""
    places: tuple[str, ...] = ()
    for way in ways:
        places = merged_places(places, way.places)
    schemas = [node.document.at(place) for place in places]
    told_apart = [schema["discriminator"] for schema in schemas if "discriminator" in schema]
    return Notes(
        places,
        frozenset(flag for flag in FLAGS if any(schema.get(flag) is True for schema in schemas)),
        next((schema["default"] for schema in schemas if schema.get("default") is not None), None),
        told_apart[0] if told_apart else {},
    )


def renamed_targets(old: Document, before: Notes, new: Document, after: Notes) -> Iterator[tuple[str, str]]:
    """Give (kind of change, detail) of what tells alternatives apart; new and dropped ones are told as types."""
    one, other = before.discriminator, after.discriminator
    if not one or not other:
        if one or other:
            yield ("rule-dropped" if one else "rule-added"), "discriminator"
        return
    if one.get("propertyName") != other.get("propertyName"):
        yield "discriminator-changed", f"{one.get('propertyName')} -> {other.get('propertyName')}"
    mapping, mapping_now = _targets(one), _targets(other)
    for value in sorted(mapping.keys() & mapping_now.keys()):
        target, target_now = mapping[value], mapping_now[value]
        # A schema of another name that says the same is no other one, nor is one that has changed.
        if target != target_now and _schema(old, target) != _schema(new, target_now):
            yield "discriminator-changed", f"{value}: {target} -> {target_now}"


def _targets(discriminator: Mapping[str, Any]) -> dict[str, str]:
    mapping = discriminator.get("mapping")
    return {value: str(target) for value, target in mapping.items()} if is_object(mapping) else {}


def _schema(document: Document, target: str) -> Json:
    reference = target if target.startswith("#") else f"#/components/schemas/{target}"
    return written_out(document, document.at(target_of(reference)))
