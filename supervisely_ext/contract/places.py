"""A bundled description, the places in it, and the form of a schema that stands there."""

from collections.abc import Mapping
from typing import Any

from attrs import Factory, field, frozen

from ..shapes import is_list, is_object

Json = Any

LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
TEXT_RULES = ("pattern", "format", "multipleOf", "uniqueItems", "contentMediaType", "contentEncoding")
_LONGEST_CHAIN = 40


class UnusableDocument(ValueError):
    """A document is no bundled OpenAPI 3.1 description."""


@frozen(eq=False)
class Document:
    """A bundled OpenAPI 3.1 description."""

    json: Json = field(repr=False)
    forms: dict[tuple[str, ...], list["Form"]] = field(
        factory=dict[tuple[str, ...], list["Form"]], init=False, repr=False
    )
    """What was read already, by the places."""
    nodes: dict[str, Json] = field(
        default=Factory(lambda self: {"": self.json}, takes_self=True), init=False, repr=False
    )
    """What pointers were followed to."""

    def at(self, pointer: str) -> Json:
        """Give what a JSON pointer points to. Raises `UnusableDocument`."""
        if pointer not in self.nodes:
            outer, _, step = pointer.rpartition("/")
            try:
                holder, key = self.at(outer), unescape(step)
                self.nodes[pointer] = holder[int(key)] if is_list(holder) else holder[key]
            except (LookupError, TypeError, ValueError) as error:
                raise UnusableDocument(f"{pointer} leads nowhere") from error
        return self.nodes[pointer]

    def resolve(self, pointer: str) -> str:
        """Give the pointer at which a place really stands, behind references. Raises `UnusableDocument`."""
        for _ in range(_LONGEST_CHAIN):
            node = self.at(pointer)
            if not (is_object(node) and "$ref" in node):
                return pointer
            pointer = target_of(str(node["$ref"]))
        raise UnusableDocument(f"{pointer} refers to itself")


@frozen
class Node:
    """A place in a document, or several whose rules hold together."""

    document: Document = field(eq=False, repr=False)
    pointers: tuple[str, ...]

    def child(self, pointer: str, *steps: str) -> "Node":
        """Give the place below one of the pointers."""
        return Node(self.document, ("/".join([pointer, *(escape(step) for step in steps)]),))

    def joined(self, other: "Node") -> "Node":
        """Give both places as one."""
        return Node(self.document, (*self.pointers, *(each for each in other.pointers if each not in self.pointers)))

    @property
    def pointer(self) -> str:
        """The first place, for people."""
        return self.pointers[0]


@frozen
class Form:
    """One way in which a value can follow a schema: a type, and its rules."""

    type: str
    """A JSON type, or `any`."""
    values: tuple[Json, ...] | None = None
    """The allowed values, in a fixed order; None for all."""
    rules: Mapping[str, Json] = field(factory=dict[str, Json])
    """Bounds by their keywords; of every other keyword all the values that hold together, in a fixed order."""
    properties: Mapping[str, Node] = field(factory=dict[str, Node])
    required: frozenset[str] = frozenset()
    closed: bool = False
    """No other properties than these."""
    extra: Node | None = None
    """What other properties must follow."""
    items: Node | None = None
    choices: frozenset[frozenset[str]] | None = None
    """Sets of properties of which one must be there."""
    exclusive: bool = False
    """Only one of them."""
    places: tuple[str, ...] = field(default=(), eq=False)
    """Pointers of the schemas that make it up, outermost first."""


def escape(key: str) -> str:
    """Write a key as a step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(step: str) -> str:
    """Read a step of a JSON pointer."""
    return step.replace("~1", "/").replace("~0", "~")


def target_of(reference: str) -> str:
    """Give the pointer that a local reference names. Raises `UnusableDocument`."""
    if not reference.startswith("#/"):
        raise UnusableDocument(f"the reference {reference} leads out of the document: bundle it first")
    return reference.removeprefix("#")
