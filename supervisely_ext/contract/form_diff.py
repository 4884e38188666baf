"""What changed between two schemas: their forms side by side, type by type, property by property."""

from collections.abc import Iterable, Iterator
from functools import partial

from attrs import evolve, field, frozen

from ..shapes import is_object
from .forms import forms
from .json_types import canonical
from .matching import listed_beside_any, matched, not_covered, values_only_in
from .notes import FLAGS, Notes, notes_of, renamed_targets
from .places import LOWER_BOUNDS, TEXT_RULES, UPPER_BOUNDS, Form, Json, Node, target_of
from .verbatim import KEYWORDS

_LONGEST_DETAIL = 60
_VALUES = ("enum", "const")
_FORMATS_WITH_TYPES = frozenset({"binary", "date", "date-time", "uuid"})
"""The generated client has other Python types for them than text."""
_BOUNDS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("minimum", "exclusiveMinimum"), 1),
    (("maximum", "exclusiveMaximum"), -1),
    *(((name,), 1) for name in LOWER_BOUNDS if "imum" not in name),
    *(((name,), -1) for name in UPPER_BOUNDS if "imum" not in name),
)
"""The keywords of which the tightest counts, and whether the greater (1) or the smaller number (-1) is the tighter one."""
_IN_BOUNDS = frozenset({*LOWER_BOUNDS, *UPPER_BOUNDS})
_EITHER_WAY = frozenset({"patternProperties", "if", "then", "else", "minContains"})
"""Keywords that may allow more as well as less."""
ASSERTIONS = frozenset(
    {"$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf", "properties", "required", "additionalProperties"}
    | {"items", "default", "discriminator", *FLAGS, *LOWER_BOUNDS, *UPPER_BOUNDS, *TEXT_RULES, *KEYWORDS}
)
"""What a schema says beside words."""


@frozen
class Found:
    """A change of a schema, before anybody has said what it means."""

    kind: str
    place: str
    """For people, from the schemas that are compared."""
    old: str | None
    """Where what changed is written, behind references."""
    new: str | None
    detail: str = ""
    used: frozenset[str] = frozenset()
    """Where references lead there."""


Names = tuple[str, ...]
_Known = dict[tuple[tuple[str, ...], tuple[str, ...]], list[Found]]


@frozen
class _Pair:
    """Two schemas that stand for the same thing."""

    old: Node
    new: Node
    known: _Known = field(factory=_Known, repr=False)
    """What was compared already: schemas are shared, and may contain themselves."""

    def found(
        self, kind: str, detail: str = "", *, of: tuple[Form | Notes, Form | Notes] | None = None, by: Names = ()
    ) -> Found:
        """Give a change; `by` are the keywords that may have changed, of these two forms."""
        places = ((), ()) if of is None else (of[0].places, of[1].places)
        old, new = _written(self.old, places[0], by), _written(self.new, places[1], by)
        return Found(kind, "", old, new, detail, frozenset({self.old.pointer, self.new.pointer} - {old, new}))

    def below(self, old: Node, new: Node, step: str) -> Iterator[Found]:
        """Give the changes of parts of the two."""
        for found in _compared(_Pair(old, new, self.known)):
            yield evolve(found, place=step + found.place)


def _written(node: Node, places: Names, keywords: Names) -> str:
    """Give where one of the keywords stands; where none does, what references lead to."""
    return next((place for place in places if node.document.at(place).keys() & set(keywords)), _home(node))


def _home(node: Node) -> str:
    pointer = node.pointer
    while is_object(schema := node.document.at(pointer)) and schema.keys() & ASSERTIONS == {"$ref"}:
        pointer = target_of(schema["$ref"])
    return pointer


def compare(old: Node, new: Node) -> list[Found]:
    """Give every change between the schemas at two places."""
    return _compared(_Pair(old, new))


def _compared(pair: _Pair) -> list[Found]:
    key = (pair.old.pointers, pair.new.pointers)
    if key not in pair.known:
        pair.known[key] = []  # while it is being compared: further in, it is the same again
        pair.known[key] = _each_once(_differences(pair))
    return pair.known[key]


def _each_once(changes: Iterable[Found]) -> list[Found]:
    """Give a change that was come to on several ways with the shortest."""
    found: dict[tuple[str, ...], Found] = {}
    for each in changes:
        key = (each.kind, each.old or "", each.new or "", each.detail)
        known = found.get(key, each)
        found[key] = evolve(min(known, each, key=lambda one: len(one.place)), used=known.used | each.used)
    return list(found.values())


def _differences(pair: _Pair) -> Iterator[Found]:
    before, after = forms(pair.old), forms(pair.new)
    yield from _known_values(pair, before, after)
    yield from _noted(pair, notes_of(pair.old, before), notes_of(pair.new, after))
    matches, lost, come = matched(not_covered(before), not_covered(after), partial(_forms, pair))
    yield from _types(pair, lost, come, changed_wholly=not matches)
    for one, other in matches:
        yield from _forms(pair, one, other)


def _known_values(pair: _Pair, before: list[Form], after: list[Form]) -> Iterator[Found]:
    """Compare the values that are listed though others are allowed too."""
    old, new = listed_beside_any(before), listed_beside_any(after)
    if old and new:
        for kind, values in (
            ("known-value-added", values_only_in(new, old)),
            ("known-value-removed", values_only_in(old, new)),
        ):
            yield from (pair.found(kind, _short(value), of=(old[0], new[0]), by=_VALUES) for value in values)


def _noted(pair: _Pair, old: Notes, new: Notes) -> Iterator[Found]:
    for flag, kinds in FLAGS.items():
        if (flag in old.flags) != (flag in new.flags):
            yield pair.found(kinds[flag in old.flags], of=(old, new), by=(flag,))
    if canonical(old.default) != canonical(new.default):
        yield pair.found("default-changed", _became(old.default, new.default), of=(old, new), by=("default",))
    for kind, detail in renamed_targets(pair.old.document, old, pair.new.document, new):
        yield pair.found(kind, detail, of=(old, new), by=("discriminator",))


def _types(pair: _Pair, lost: list[Form], come: list[Form], *, changed_wholly: bool) -> Iterator[Found]:
    if changed_wholly and lost and come and "any" not in (lost[0].type, come[0].type):
        yield pair.found("type-changed", f"{_named(lost)} -> {_named(come)}")
        return
    if any(form.type == "any" for form in lost):
        yield pair.found("type-removed", f"any -> {_named(come)}")
        return
    if any(form.type == "any" for form in come):
        yield pair.found("type-added", f"{_named(lost)} -> any")
        return
    for form in lost:
        yield pair.found("null-removed") if form.type == "null" else pair.found("type-removed", form.type)
    for form in come:
        yield pair.found("null-added") if form.type == "null" else pair.found("type-added", form.type)


def _named(forms: list[Form]) -> str:
    return " or ".join(dict.fromkeys(form.type for form in forms)) or "nothing"


def _forms(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.type != new.type:
        kind = "type-added" if new.type in ("number", "any") else "type-removed"
        yield pair.found(kind, f"{old.type} -> {new.type}", of=(old, new), by=("type",))
    yield from _values(pair, old, new)
    yield from _bounds(pair, old, new)
    yield from _rules(pair, old, new)
    yield from _choices(pair, old, new)
    yield from _properties(pair, old, new)
    yield from _insides(pair, old, new)


def _values(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.values is None or new.values is None:
        if old.values != new.values:
            kind = "values-listed" if old.values is None else "values-freed"
            yield pair.found(kind, of=(old, new), by=_VALUES)
        return
    for kind, values in (
        ("value-added", values_only_in([new], [old])),
        ("value-removed", values_only_in([old], [new])),
    ):
        yield from (pair.found(kind, _short(value), of=(old, new), by=_VALUES) for value in values)


def _bounds(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for names, sign in _BOUNDS:
        one, other = _tightest(old, names, sign), _tightest(new, names, sign)
        if one != other:
            kind = "bound-loosened" if other is None or (one and one > other) else "bound-tightened"
            yield pair.found(kind, _bound_became(old, one, new, other), of=(old, new), by=names)


_Bound = tuple[float, bool, str]
"""How tight it is, whether the number itself is refused, and its keyword."""


def _tightest(form: Form, names: Names, sign: int) -> _Bound | None:
    found = [(sign * form.rules[name], name.startswith("exclusive"), name) for name in names if name in form.rules]
    return max(found, default=None)


def _bound_became(old: Form, one: _Bound | None, new: Form, other: _Bound | None) -> str:
    name, name_now = (bound[2] if bound else "" for bound in (one, other))
    if name and name_now and name != name_now:
        return f"{name} {_short(old.rules[name])} -> {name_now} {_short(new.rules[name_now])}"
    return f"{name or name_now}: {_became(old.rules.get(name), new.rules.get(name_now))}"


def _rules(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in sorted((old.rules.keys() | new.rules.keys()) - _IN_BOUNDS):
        one, other = old.rules.get(name), new.rules.get(name)
        if canonical(one) != canonical(other):
            detail = f"{name}: {_became(_alone(one), _alone(other))}"
            yield pair.found(_kind(name, one or (), other or ()), detail, of=(old, new), by=(name,))


def _alone(values: tuple[Json, ...] | None) -> Json:
    return values[0] if values and len(values) == 1 else values


def _kind(name: str, before: tuple[Json, ...], after: tuple[Json, ...]) -> str:
    if name == "format" and _FORMATS_WITH_TYPES.intersection((*before, *after)):
        return "format-changed"
    known, known_now = {canonical(value) for value in before}, {canonical(value) for value in after}
    if name in _EITHER_WAY or not (known <= known_now or known_now <= known):
        return "rule-changed"
    return "rule-added" if known < known_now else "rule-dropped"


def _choices(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.choices is None or new.choices is None:
        if old.choices != new.choices:
            yield pair.found("choice-removed" if old.choices is None else "choice-added", "of required properties")
        return
    for kind, ones, others in (
        ("choice-added", new.choices, old.choices),
        ("choice-removed", old.choices, new.choices),
    ):
        # Who has all of another choice has chosen that.
        changed = [choice for choice in ones if not any(other <= choice for other in others)]
        yield from (pair.found(kind, " and ".join(sorted(choice))) for choice in sorted(changed, key=sorted))
    if old.exclusive != new.exclusive:
        yield pair.found("rule-added" if new.exclusive else "rule-dropped", "only one of the choices")


def _properties(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in sorted(new.properties.keys() - old.properties.keys()):
        kind = "required-property-added" if name in new.required - old.required else "property-added"
        yield Found(kind, f".{name}", None, new.properties[name].pointer)
        if old.extra is not None:
            yield from pair.below(old.extra, new.properties[name], f".{name}")
    for name in sorted(old.properties.keys() - new.properties.keys()):
        yield Found("property-removed", f".{name}", old.properties[name].pointer, None)
        if new.extra is not None:
            yield from pair.below(old.properties[name], new.extra, f".{name}")
    for name in sorted(old.required ^ new.required):
        yield from _necessity(pair, old, new, name)
    for name in sorted(old.properties.keys() & new.properties.keys()):
        yield from pair.below(old.properties[name], new.properties[name], f".{name}")


def _necessity(pair: _Pair, old: Form, new: Form, name: str) -> Iterator[Found]:
    """Tell of a property that was there and is there; the spec may require it without describing it."""
    required = name in new.required
    if name not in (
        new.properties.keys() - old.properties.keys() if required else old.properties.keys() - new.properties.keys()
    ):
        kind = "became-required" if required else "became-optional"
        places = [
            way.properties[name].pointer if name in way.properties else _home(node)
            for way, node in ((old, pair.old), (new, pair.new))
        ]
        yield Found(kind, f".{name}", places[0], places[1])


def _insides(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.closed != new.closed:
        yield pair.found("closed" if new.closed else "opened", of=(old, new), by=("additionalProperties",))
    for one, other, step in ((old.items, new.items, "[]"), (old.extra, new.extra, ".*")):
        if one is not None and other is not None:
            yield from pair.below(one, other, step)
        elif (other if one is None else one) is not None and not (old.closed or new.closed):
            kind = "rule-dropped" if other is None else "rule-added"
            yield pair.found(kind, "items" if step == "[]" else "other properties")


def _became(old: Json, new: Json) -> str:
    return f"{_short(old)} -> {_short(new)}"


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"
