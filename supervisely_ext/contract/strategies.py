"""Hypothesis strategies from the spec: values that a schema allows, and values with one defect (extra `contract`).

    @given(answers("tasks.info"))
    def test_reads_every_task(task): ...

The same examples in every run of one Hypothesis seed; they shrink to the smallest value that the schema allows.
"""

import re
from collections.abc import Callable, Mapping
from math import ceil, floor, lcm
from typing import Any

from attrs import field, frozen
from hypothesis import strategies as st

from ..shapes import is_object
from .defects import Defective, defective
from .forms import forms
from .places import Document, Form, Json, Node
from .spec import Contract, OperationSpec, Schema, bundled

Strategy = st.SearchStrategy[Any]

_SAFE_INTEGER = 2**53 - 1
"""JSON numbers are read as doubles by many."""
_MOST = 3
"""Entries of a list, and unknown properties, unless the schema asks for more."""
_UNKNOWN_NAMES = st.sampled_from(["", "x", "unknown", "naïve", "a b", "__class__"])

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_ANYTHING: Strategy = st.recursive(
    st.none() | st.booleans() | st.integers(-_SAFE_INTEGER, _SAFE_INTEGER) | st.floats(-1e15, 1e15) | _TEXT,
    lambda inner: st.lists(inner, max_size=_MOST) | st.dictionaries(_TEXT, inner, max_size=_MOST),
    max_leaves=5,
)


def requests(operation: str, contract: Contract | None = None) -> Strategy:
    """Give requests that the operation allows: its JSON body, its query, or its multipart parts."""
    return valid(_operation(operation, contract).request)


def answers(operation: str, contract: Contract | None = None) -> Strategy:
    """Give successful answers that the operation promises. Raises `ValueError` where it promises no JSON."""
    return valid(_answer(operation, contract))


def invalid_requests(operation: str, contract: Contract | None = None) -> st.SearchStrategy[Defective]:
    """Give requests that break one rule of the operation."""
    return invalid(_operation(operation, contract).request)


def invalid_answers(operation: str, contract: Contract | None = None) -> st.SearchStrategy[Defective]:
    """Give answers that break one promise of the operation. Raises `ValueError` where it promises no JSON."""
    return invalid(_answer(operation, contract))


def valid(schema: Schema) -> Strategy:
    """Give values that follow the schema; what no strategy of ours knows is left to the schema's own judgement."""
    return _Writer().node(node_of(schema)).filter(schema.accepts)


def invalid(schema: Schema) -> st.SearchStrategy[Defective]:
    """Give values that break one rule of the schema: each a value that follows it, with one defect put in.

    Raises `ValueError` when every value follows the schema.
    """
    node = node_of(schema)
    if any(form.type == "any" and form.values is None for form in forms(node)):
        raise ValueError("every value follows the schema")
    return defective(node, valid(schema)).filter(lambda each: not schema.accepts(each.value))


def node_of(schema: Schema) -> Node:
    """Give the schema as a place in a document."""
    return Node(Document({**schema.document, "schema": schema.schema}), ("/schema",))


def _operation(name: str, contract: Contract | None) -> OperationSpec:
    return (contract or bundled()).operations[name]


def _answer(name: str, contract: Contract | None) -> Schema:
    answer = _operation(name, contract).answer
    if answer is None:
        raise ValueError(f"{name} promises no JSON")
    return answer


@frozen
class _Writer:
    """Writes strategies for the places of one document; a place that contains itself refers back to its own."""

    known: dict[tuple[str, ...], Strategy] = field(factory=dict[tuple[str, ...], Strategy])

    def node(self, node: Node) -> Strategy:
        if node.pointers not in self.known:
            self.known[node.pointers] = st.deferred(lambda: self.known[node.pointers])
            self.known[node.pointers] = st.one_of([self.form(form) for form in forms(node)])
        return self.known[node.pointers]

    def form(self, form: Form) -> Strategy:
        if form.values is not None:
            return st.sampled_from(form.values)
        write: Callable[[_Writer, Form], Strategy] = _WRITERS[form.type]
        return write(self, form)

    def null(self, form: Form) -> Strategy:
        return st.none()

    def boolean(self, form: Form) -> Strategy:
        return st.booleans()

    def integer(self, form: Form) -> Strategy:
        low, high = _limits(form.rules)
        step = lcm(*(divisor for divisor in form.rules.get("multipleOf", ()) if isinstance(divisor, int) and divisor))
        least = -_SAFE_INTEGER if low is None else ceil(low)
        most = _SAFE_INTEGER if high is None else floor(high)
        first, last = -(-least // step), most // step
        return st.integers(first, last).map(lambda number: number * step) if first <= last else st.nothing()

    def number(self, form: Form) -> Strategy:
        low, high = _limits(form.rules)
        return st.floats(low, high, allow_nan=False, allow_infinity=False, width=32) | self.integer(form)

    def string(self, form: Form) -> Strategy:
        least, most = form.rules.get("minLength", 0), form.rules.get("maxLength")
        if "pattern" in form.rules:
            return _matching(form.rules["pattern"])
        return _TEXT if least == 0 and most is None else st.text(_characters(), min_size=least, max_size=most)

    def array(self, form: Form) -> Strategy:
        least = form.rules.get("minItems", 0)
        most = min(form.rules.get("maxItems", least + _MOST), least + _MOST)
        items = _ANYTHING if form.items is None else self.node(form.items)
        return st.lists(items, min_size=least, max_size=most)

    def object(self, form: Form) -> Strategy:
        plain = self.named(form, form.required, form.properties.keys())
        if not form.choices:
            return plain
        chosen = frozenset[str]().union(*form.choices)
        rest = form.properties.keys() - chosen
        return st.one_of(
            [self.named(form, form.required | choice, rest | choice) for choice in sorted(form.choices, key=sorted)]
        )

    def named(self, form: Form, required: frozenset[str], allowed: Any) -> Strategy:
        parts = {name: self.node(node) for name, node in form.properties.items() if name in allowed}
        parts |= {name: _ANYTHING for name in required if name not in form.properties}
        known = st.fixed_dictionaries(
            {name: parts[name] for name in sorted(required)},
            optional={name: part for name, part in parts.items() if name not in required},
        )
        if form.closed:
            return known
        extra = _ANYTHING if form.extra is None else self.node(form.extra)
        unknown = st.dictionaries(_UNKNOWN_NAMES.filter(lambda name: name not in form.properties), extra, max_size=1)
        return st.builds(_with_unknown, known, unknown)

    def any(self, form: Form) -> Strategy:
        return _ANYTHING


def _characters() -> st.SearchStrategy[str]:
    return st.characters(codec="utf-8", exclude_characters="\x00")


def _matching(patterns: tuple[str, ...]) -> Strategy:
    """Give texts that match each, put together of texts that match one: `^a` and `z$` are met at the two ends."""
    if len(patterns) == 1:
        return st.from_regex(patterns[0])
    orders = st.permutations(patterns).flatmap(lambda order: st.tuples(*map(st.from_regex, order)))
    return orders.map("".join).filter(lambda text: all(re.search(pattern, text) for pattern in patterns))


def _limits(rules: Mapping[str, Json]) -> tuple[Any, Any]:
    return rules.get("minimum"), rules.get("maximum")


def _with_unknown(known: dict[str, Json], unknown: Mapping[str, Json]) -> dict[str, Json]:
    return {**known, **unknown} if is_object(known) else known


_WRITERS: Mapping[str, Any] = {
    "null": _Writer.null,
    "boolean": _Writer.boolean,
    "integer": _Writer.integer,
    "number": _Writer.number,
    "string": _Writer.string,
    "array": _Writer.array,
    "object": _Writer.object,
    "any": _Writer.any,
}
