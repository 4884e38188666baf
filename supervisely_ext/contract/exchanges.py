"""Which schema of the spec speaks of what a request or an answer holds."""

from typing import Any

from ..shapes import is_object
from .places import Document, Form, Node, UnusableDocument, escape
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
    holder: Any = document.at(place)
    if not is_object(holder):
        raise UnusableDocument(f"{place}, to which {pointer} refers, is no object")
    if JSON_TYPE not in holder.get("content", {}):
        return None
    return Node(document, (f"{place}/content/{escape(JSON_TYPE)}/schema",))


def query_form(document: Document, operation: OperationSpec) -> Form:
    """Give a query's fields as those of an object, which stands where the parameters do."""
    place = f"{_place(operation)}/parameters"
    parameters = enumerate(operation.definition.get("parameters", ()))
    fields = [(index, each) for index, each in parameters if each["in"] == "query"]
    return Form(
        "object",
        properties={each["name"]: Node(document, (f"{place}/{index}/schema",)) for index, each in fields},
        required=frozenset(each["name"] for _, each in fields if each.get("required")),
        closed=True,
        places=(place,),
    )
