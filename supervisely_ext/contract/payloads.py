"""What is sent and what is answered: the schemas of two operations in pairs."""

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from .changes import Direction
from .operations import Operation
from .places import Document, Json, Node, escape

_TABLE = "table"


@frozen
class Payload:
    """A schema, or a table of parameters or headers, written as that of an object beside the document."""

    node: Node
    home: str = ""
    """Where the table stands."""
    places: Mapping[str, str] = field(factory=dict[str, str])
    """Where the entries of the table really stand."""

    def in_document(self, pointer: str | None) -> str | None:
        """Give where what is found below the table stands in the document itself."""
        if pointer is None or not f"{pointer}/".startswith(f"/{_TABLE}/"):
            return pointer
        _, _, _, name, *_ = [*pointer.split("/"), "", ""]
        return next((place for label, place in self.places.items() if escape(label) == name), self.home)


@frozen
class PayloadPair:
    """Two schemas that stand for the same thing; None where there is none."""

    direction: Direction
    status: str
    """Of an answer that is not the (first) success."""
    old: Payload | None
    new: Payload | None


def payloads(old: Operation, new: Operation) -> Iterator[PayloadPair]:
    """Give what is to be compared: parameters, body, answers and their headers."""
    yield PayloadPair("request", "", *(_table(each, each.pointer, each.parameters, False) for each in (old, new)))
    if old.body and new.body:
        yield from _contents("request", "", old, old.body, new, new.body)
    for code, code_now in answers_in_pairs(old, new):
        status = "" if code_now == next(iter(successes(new)), None) else code_now
        place, place_now = old.answers[code], new.answers[code_now]
        yield from _contents("answer", status, old, place, new, place_now)
        headers, headers_now = old.headers(place), new.headers(place_now)
        if headers or headers_now:
            tables = _table(old, place, headers, True), _table(new, place_now, headers_now, True)
            yield PayloadPair("answer", status, *tables)


def successes(operation: Operation) -> list[str]:
    """Give the statuses that mean success."""
    return [code for code in operation.answers if code.startswith("2")]


def answers_in_pairs(old: Operation, new: Operation) -> list[tuple[str, str]]:
    """Pair statuses: each with itself, and of success also what is left, in order."""
    shared = old.answers.keys() & new.answers.keys()
    left, left_now = ([code for code in successes(each) if code not in shared] for each in (old, new))
    return [*((code, code) for code in sorted(shared)), *zip(left, left_now, strict=False)]


def _table(operation: Operation, home: str, places: Mapping[str, str], open: bool) -> Payload:
    document = operation.document
    schema = {
        "type": "object",
        "required": [name for name, place in places.items() if document.at(place).get("required")],
        "properties": {name: _schema(operation, place) for name, place in places.items()},
        "additionalProperties": open,
    }
    return Payload(Node(Document({**document.json, _TABLE: schema}), (f"/{_TABLE}",)), home, places)


def _schema(operation: Operation, place: str) -> Json:
    """Refer to the schema of a parameter, which may be that of its one media type."""
    nodes = [each for each in _content(operation, place).values() if each]
    if nodes:
        return {"$ref": f"#{nodes[0].node.pointer}"}
    return {"$ref": f"#{place}/schema"} if "schema" in operation.document.at(place) else {}


def _contents(
    direction: Direction, status: str, old: Operation, place: str, new: Operation, place_now: str
) -> Iterator[PayloadPair]:
    """Pair the schemas of bodies: those of one media type, else the first ones."""
    before, after = _content(old, place), _content(new, place_now)
    shared = sorted(before.keys() & after.keys())
    pairs = [(before[type], after[type]) for type in shared] or [(_first(before), _first(after))]
    yield from (PayloadPair(direction, status, one, other) for one, other in pairs if one or other)


def _first(content: Mapping[str, Payload | None]) -> Payload | None:
    return next(filter(None, content.values()), None)


def _content(operation: Operation, place: str) -> dict[str, Payload | None]:
    """Give the schemas by media types; None where none is described."""
    return {
        media_type: Payload(Node(operation.document, (f"{place}/content/{escape(media_type)}/schema",)))
        if "schema" in content
        else None
        for media_type, content in sorted(operation.content(place).items())
    }
