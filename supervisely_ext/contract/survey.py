"""What exchanges with a server have shown of the spec, whoever held them: our own reads, or a recording."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from attrs import define, field

from .drift import Deviation, deviations, gathered, query_deviations
from .exchanges import answer_node, query_form, request_node
from .places import Document, Json, Node
from .redaction import Redaction
from .spec import Contract, OperationSpec

ABSENT: Any = object()
"""Stands for a body that is no JSON, or that nobody kept."""
Known = Iterable[Deviation]
"""What was seen to deviate before a body was redacted, and cannot be seen in it any more."""


@define(slots=False)
class Survey:
    """Gathers what deviates, what was judged, and what could not be."""

    document: Document
    judged: Counter[str] = field(factory=Counter[str])
    """Answers held against the spec, by operation."""
    gaps: dict[tuple[str, str], int] = field(factory=dict[tuple[str, str], int])
    """What could not be judged: (operation, why) and how often."""
    _found: list[tuple[str, Deviation]] = field(factory=list[tuple[str, Deviation]])

    @cached_property
    def contract(self) -> Contract:
        """The operations of the spec that is held against the server."""
        return Contract(self.document.json)

    @property
    def deviations(self) -> list[Deviation]:
        """Everything that deviates, each place once."""
        return gathered(self._found)

    def gap(self, operation: str, why: str) -> None:
        """Note what could not be judged."""
        self.gaps[operation, why] = self.gaps.get((operation, why), 0) + 1

    def request(self, operation: OperationSpec, body: Json, known: Known = ()) -> None:
        """Hold a request that the server has accepted against the spec: its JSON body, or the fields of its query."""
        if body is ABSENT:
            return
        if operation.verb == "GET":
            form, redaction = query_form(self.document, operation), Redaction.of(self.document)
            redaction.fields(form, body)
            self._add(operation, redaction, [*query_deviations(form, body), *known])
        elif (node := request_node(self.document, operation)) is not None:
            self._judge(operation, node, body, known)

    def answer(self, operation: OperationSpec, status: int, content_type: str, body: Json, known: Known = ()) -> None:
        """Hold an answer against the spec, a refusal too."""
        if operation.answer is None and status < 300:
            self.gap(operation.name, "the spec promises no JSON")
            return
        node = answer_node(self.document, operation, status)
        if node is None:
            self.gap(operation.name, f"HTTP {status}, of which the spec says nothing")
        elif body is ABSENT:
            self.gap(operation.name, f"HTTP {status} with {content_type or 'no content type'} instead of JSON")
        else:
            self.judged[operation.name] += 1
            self._judge(operation, node, body, known)
            if status >= 400:
                self.gap(operation.name, f"refused with HTTP {status}")

    def _judge(self, operation: OperationSpec, node: Node, body: Json, known: Known) -> None:
        redaction = Redaction.of(self.document)
        redaction.redacted(node, body)
        self._add(operation, redaction, [*deviations(node, body), *known])

    def _add(self, operation: OperationSpec, redaction: Redaction, found: Iterable[Deviation]) -> None:
        # Names of unknown fields are reported: no others than a recording may hold.
        self._found += [(operation.name, redaction.told(each)) for each in found]
