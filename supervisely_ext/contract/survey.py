"""What exchanges with a server have shown of the spec, whoever held them: our own reads, or a recording."""

from collections import Counter
from functools import cached_property
from typing import Any

from attrs import define, field

from .drift import Deviation, deviations, gathered
from .exchanges import answer_node, request_node
from .places import Document, Json, Node
from .redaction import Redaction
from .spec import Contract, OperationSpec

ABSENT: Any = object()
"""Stands for a body that is no JSON, or that nobody kept."""


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

    def request(self, operation: OperationSpec, body: Json) -> None:
        """Hold a request that the server has accepted against the spec."""
        node = request_node(self.document, operation)
        if node is not None and body is not ABSENT:
            self._judge(operation, node, body)

    def answer(self, operation: OperationSpec, status: int, content_type: str, body: Json) -> None:
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
            self._judge(operation, node, body)
            if status >= 400:
                self.gap(operation.name, f"refused with HTTP {status}")

    def _judge(self, operation: OperationSpec, node: Node, body: Json) -> None:
        # Names of unknown fields are reported: what is judged is what a recording may hold.
        kept = Redaction.of(self.document).redacted(node, body)
        self._found += [(operation.name, each) for each in deviations(node, kept)]
