"""Which schema of the spec speaks of what a request or an answer holds."""

from typing import Any

from ..shapes import is_object
from .places import Document, Node, UnusableDocument, escape
from .spec import OperationSpec

JSON_TYPE = "application/json"


def _place(operation: OperationSpec) -> str:
    return f"/paths/{escape('/' + operation.name)}/{operation.verb.lower()}"


def request_node(document: Document, operation: OperationSpec) -> Node | None:
    """Give the place of the JSON body's schema; None for a query and for forms."""
    if operation.request_type != JSON_TYPE:
        return None
    return _content(document, f"{_place(operation)}/requestBody")


def answer_node(document: Document, operation: OperationSpec, status: int) -> Node | None:
    """Give the place of the JSON answer's schema; None where the spec promises no JSON, or no such status."""
    code = str(status) if 200 <= status < 300 else "default"
    if code not in operation.definition["responses"]:
        return None
    return _content(document, f"{_place(operation)}/responses/{code}")


def _content(document: Document, pointer: str) -> Node | None:
    place = document.resolve(pointer)
    content: Any = document.at(place).get("content", {})
    if JSON_TYPE not in content:
        return None
    return Node(document, (f"{place}/content/{escape(JSON_TYPE)}/schema",))


def usable(document: Any) -> Document:
    """Give a document that operations can be read from. Raises `UnusableDocument`."""
    if not is_object(document) or not is_object(document.get("paths")) or not is_object(document.get("components")):
        raise UnusableDocument("the spec is no bundled OpenAPI document: it lacks paths or components")
    return Document(document)


def query_nodes(document: Document, operation: OperationSpec) -> dict[str, Node]:
    """Give the places of the schemas of a query's fields."""
    parameters = operation.definition.get("parameters", ())
    place = f"{_place(operation)}/parameters"
    return {each["name"]: Node(document, (f"{place}/{index}/schema",)) for index, each in enumerate(parameters)}
