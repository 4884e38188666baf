"""What changed between two schemas: their forms side by side, type by type, property by property."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from ..shapes import is_object
from .forms import forms
from .json_types import type_of
from .places import LOWER_BOUNDS, TEXT_RULES, UPPER_BOUNDS, Form, Json, Node, target_of
from .verbatim import KEYWORDS, verbatim

_LONGEST_DETAIL = 60
_FORMATS_WITH_TYPES = frozenset({"binary", "date", "date-time", "uuid"})
"""The generated client has other Python types for them than text."""
_WIDER: Mapping[str, set[str]] = {"any": set(), "integer": {"any", "number"}}
_EITHER_WAY = frozenset({"patternProperties", "if", "then", "else", "minContains"})
"""Keywords that may allow more as well as less."""
ASSERTIONS = frozenset(
    {"$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf", "properties", "required", "additionalProperties"}
    | {"items", "default", *LOWER_BOUNDS, *UPPER_BOUNDS, *TEXT_RULES, *KEYWORDS}
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


_Known = dict[tuple[tuple[str, ...], tuple[str, ...]], list[Found]]


@frozen
class _Pair:
    """Two schemas that stand for the same thing."""

    old: Node
    new: Node
    known: _Known = field(factory=_Known, repr=False)
    """What was compared already: schemas are shared, and may contain themselves."""

    def found(
        self, kind: str, detail: str = "", *, of: tuple[Form | None, Form | None] = (None, None), by: str = ""
    ) -> Found:
        """Give a change; `by` is the keyword that changed, of these two forms."""
        old, new = _written(self.old, of[0], by), _written(self.new, of[1], by)
        return Found(kind, "", old, new, detail, frozenset({self.old.pointer, self.new.pointer} - {old, new}))

    def below(self, old: Node, new: Node, step: str) -> Iterator[Found]:
        """Give the changes of parts of the two."""
        for found in _compared(_Pair(old, new, self.known)):
            yield evolve(found, place=step + found.place)


def _written(node: Node, form: Form | None, keyword: str) -> str:
    """Give where a keyword stands; where none does, what references lead to."""
    places = form.places if form else ()
    return next((place for place in places if keyword in node.document.at(place)), _home(node))


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
    before, after = _not_covered(before), _not_covered(after)
    matches = _match(pair, before, after)
    lost = [form for form in before if not any(form is one for one, _ in matches)]
    come = [form for form in after if not any(form is other for _, other in matches)]
    yield from _types(pair, lost, come, changed_wholly=not matches)
    for one, other in matches:
        yield from _forms(pair, one, other)


def _not_covered(ways: list[Form]) -> list[Form]:
    """Leave out what another way allows anyhow, as the listed values beside any text."""
    free = {form.type for form in ways if _rules_nothing(form)}
    return [
        form
        for form in ways
        if not free & _WIDER.get(form.type, {"any"}) and (form.type not in free or _rules_nothing(form))
    ]


def _rules_nothing(form: Form) -> bool:
    return form == Form(form.type, default=form.default, places=form.places)


def _known_values(pair: _Pair, before: list[Form], after: list[Form]) -> Iterator[Found]:
    """Compare the values that are listed though others are allowed too."""
    old, new = _listed_beside_any(before), _listed_beside_any(after)
    if old and new:
        for kind, values in (("known-value-added", _without(new, old)), ("known-value-removed", _without(old, new))):
            yield from (pair.found(kind, _short(value), of=(old[0], new[0]), by="enum") for value in values)


def _listed_beside_any(ways: list[Form]) -> list[Form]:
    covered = [form for form in ways if not any(form is each for each in _not_covered(ways))]
    return [form for form in covered if form.values is not None]


def _without(ones: list[Form], others: list[Form]) -> list[Json]:
    known = [value for form in others for value in form.values or ()]
    return [value for form in ones for value in form.values or () if value not in known]


def _match(pair: _Pair, before: list[Form], after: list[Form]) -> list[tuple[Form, Form]]:
    """Pair forms of one type; of several, those that differ least."""
    if len(before) == len(after) == 1 and "any" in (before[0].type, after[0].type):
        return [(before[0], after[0])]
    matches = _same_places(pair, before, after)
    left = [form for form in before if not any(form is one for one, _ in matches)]
    left_now = [form for form in after if not any(form is other for _, other in matches)]
    fitting = [(one, other) for one in left for other in left_now if _comparable(one.type, other.type)]
    if len(fitting) > min(len(left), len(left_now)):
        fitting.sort(key=lambda both: len(list(_forms(pair, *both))))
    for one, other in fitting:
        if not any(one is taken or other is taken_too for taken, taken_too in matches):
            matches.append((one, other))
    return matches


def _same_places(pair: _Pair, before: list[Form], after: list[Form]) -> list[tuple[Form, Form]]:
    """Pair those that did not change and stand where they stood: to compare each with each takes long."""
    alike = [(one, other) for one in before for other in after if (one.type, one.places) == (other.type, other.places)]
    return [(one, other) for one, other in alike if not any(_forms(pair, one, other))]


def _comparable(one: str, other: str) -> bool:
    return one == other or {one, other} == {"integer", "number"}


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
        yield pair.found(kind, f"{old.type} -> {new.type}", of=(old, new), by="type")
    yield from _values(pair, old, new)
    yield from _bounds(pair, old, new)
    yield from _rules(pair, old, new)
    yield from _choices(pair, old, new)
    if (type_of(old.default), old.default) != (type_of(new.default), new.default):
        yield pair.found(
            "default-changed", f"{_short(old.default)} -> {_short(new.default)}", of=(old, new), by="default"
        )
    yield from _properties(pair, old, new)
    yield from _insides(pair, old, new)


def _values(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.values is None or new.values is None:
        if old.values != new.values:
            kind = "values-listed" if old.values is None else "values-freed"
            yield pair.found(kind, of=(old, new), by="enum")
        return
    for kind, values in (("value-added", _without([new], [old])), ("value-removed", _without([old], [new]))):
        yield from (pair.found(kind, _short(value), of=(old, new), by="enum") for value in values)


def _bounds(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in (*LOWER_BOUNDS, *UPPER_BOUNDS):
        one, other = old.rules.get(name), new.rules.get(name)
        if one == other:
            continue
        tighter = one is None or (other is not None and (other > one if name in LOWER_BOUNDS else other < one))
        kind = "bound-tightened" if tighter else "bound-loosened"
        yield pair.found(kind, f"{name}: {_short(one)} -> {_short(other)}", of=(old, new), by=name)


def _rules(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    rules = {**old.rules, **verbatim(pair.old.document, old.places)}
    rules_now = {**new.rules, **verbatim(pair.new.document, new.places)}
    for name in (*TEXT_RULES, *KEYWORDS):
        one, other = rules.get(name), rules_now.get(name)
        if one != other:
            yield pair.found(
                _kind(name, one, other), f"{name}: {_short(one)} -> {_short(other)}", of=(old, new), by=name
            )


def _kind(name: str, one: Json, other: Json) -> str:
    if name == "format" and {one, other} & _FORMATS_WITH_TYPES:
        return "format-changed"
    if name in _EITHER_WAY or None not in (one, other):
        return "rule-changed"
    return "rule-added" if one is None else "rule-dropped"


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
    for name in sorted(old.properties.keys() - new.properties.keys()):
        yield Found("property-removed", f".{name}", old.properties[name].pointer, None)
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
        yield pair.found("closed" if new.closed else "opened", of=(old, new), by="additionalProperties")
    for one, other, step in ((old.items, new.items, "[]"), (old.extra, new.extra, ".*")):
        if one is not None and other is not None:
            yield from pair.below(one, other, step)
        elif (other if one is None else one) is not None and not (old.closed or new.closed):
            kind = "rule-dropped" if other is None else "rule-added"
            yield pair.found(kind, "items" if step == "[]" else "other properties")


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"
