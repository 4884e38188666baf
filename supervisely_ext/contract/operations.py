"""The operations of a document, and where their parts really stand."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from .openapi_shape import problem_of
from .places import Document, Json, UnusableDocument, escape

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@frozen(eq=False)
class Operation:
    """An operation, and where it stands."""

    document: Document
    path: str
    verb: str

    @property
    def pointer(self) -> str:
        """Its place."""
        return f"{self.holder}/{self.verb}"

    @property
    def holder(self) -> str:
        """The place of what it shares with others of its path."""
        return f"/paths/{escape(self.path)}"

    @property
    def definition(self) -> Any:
        """What stands there."""
        return self.document.at(self.pointer)

    @property
    def name(self) -> str:
        """Its id, else its address."""
        return str(self.definition.get("operationId") or f"{self.verb} {self.path}")

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """Places of what stands in the address and in headers, by names for people."""
        found = [
            part(self.document, f"{holder}/parameters/{index}", "parameter")
            for holder in (self.holder, self.pointer)
            for index in range(len(self.document.at(holder).get("parameters", ())))
        ]
        # The operation's own come last, and replace those of its path.
        return {_parameter_name(self.document.at(place)): place for place in found}

    @cached_property
    def body(self) -> str | None:
        """The place of its body."""
        if "requestBody" not in self.definition:
            return None
        return part(self.document, f"{self.pointer}/requestBody", "body")

    @cached_property
    def answers(self) -> Mapping[str, str]:
        """The places of its answers, by their status."""
        return {
            code: part(self.document, f"{self.pointer}/responses/{escape(code)}", "body")
            for code in sorted(self.definition.get("responses", {}))
        }

    def headers(self, answer: str) -> dict[str, str]:
        """Give the places of the headers of the answer that stands there."""
        names = self.document.at(answer).get("headers", {})
        return {
            f"{name.lower()} (in header)": part(self.document, f"{answer}/headers/{escape(name)}", "header")
            for name in names
        }

    def content(self, place: str) -> Mapping[str, Any]:
        """Give what a body, an answer or a parameter says of its media types."""
        found: Mapping[str, Any] = self.document.at(place).get("content", {})
        return found


def _parameter_name(parameter: Json) -> str:
    name, where = str(parameter["name"]), parameter["in"]
    if where == "query":
        return name
    return f"{name.lower() if where == 'header' else name} (in {where})"


def part(document: Document, pointer: str, kind: str) -> str:
    """Give where a part of an operation really stands. Raises `UnusableDocument` when something else stands there."""
    place = document.resolve(pointer)
    # What no reference leads to was judged with the whole document.
    if place != pointer and (problem := problem_of(document.at(place), kind)):
        raise UnusableDocument(f"{pointer} refers to {place}, which is no {kind}: {problem}")
    return place


def operations_of(document: Document) -> list[Operation]:
    """Give the operations. Raises `UnusableDocument` when they cannot be read, or told apart."""
    if problem := problem_of(document.json):
        raise UnusableDocument(f"it is no OpenAPI 3.1 document: {problem}")
    found: dict[str, Operation] = {}
    for operation in _operations(document):
        if operation.name in found:
            raise UnusableDocument(
                f"{found[operation.name].pointer} and {operation.pointer} have one operationId: {operation.name}"
            )
        found[operation.name] = operation
    return list(found.values())


def _operations(document: Document) -> Iterator[Operation]:
    for path, item in document.json["paths"].items():
        yield from (Operation(document, path, verb) for verb in item if verb in METHODS)
