"""What changed between two schemas: their forms side by side, type by type, property by property."""

from collections.abc import Iterator

from attrs import frozen

from .forms import LOWER_BOUNDS, TEXT_RULES, UPPER_BOUNDS, Form, Json, Node, forms

_LONGEST_DETAIL = 60


@frozen
class Found:
    """A change of a schema, before anybody has said what it means."""

    kind: str
    place: str
    old: str | None
    new: str | None
    detail: str = ""


@frozen
class _Pair:
    """Two schemas that stand for the same thing."""

    old: Node
    new: Node
    place: str = ""
    seen: frozenset[tuple[tuple[str, ...], tuple[str, ...]]] = frozenset()

    def found(self, kind: str, detail: str = "") -> Found:
        return Found(kind, self.place, self.old.pointer, self.new.pointer, detail)

    def below(self, old: Node, new: Node, step: str) -> "_Pair":
        return _Pair(old, new, self.place + step, self.seen | {(self.old.pointers, self.new.pointers)})

    @property
    def begun(self) -> bool:
        """Tell whether the same two are being compared further up: schemas may contain themselves."""
        return (self.old.pointers, self.new.pointers) in self.seen


def compare(old: Node, new: Node) -> list[Found]:
    """Give every change between the schemas at two places."""
    return list(_compare(_Pair(old, new)))


def _compare(pair: _Pair) -> Iterator[Found]:
    if pair.begun:
        return
    before, after = forms(pair.old), forms(pair.new)
    matches = _match(pair, before, after)
    lost = [form for form in before if not any(form is one for one, _ in matches)]
    come = [form for form in after if not any(form is other for _, other in matches)]
    yield from _types(pair, lost, come, changed_wholly=not matches)
    for one, other in matches:
        yield from _forms(pair, one, other)


def _match(pair: _Pair, before: list[Form], after: list[Form]) -> list[tuple[Form, Form]]:
    """Pair forms of one type; of several, those that differ least."""
    fitting = [(one, other) for one in before for other in after if _comparable(one.type, other.type)]
    if len(fitting) > min(len(before), len(after)):
        fitting.sort(key=lambda both: len(list(_forms(pair, *both))))
    matches: list[tuple[Form, Form]] = []
    for one, other in fitting:
        if not any(one is taken or other is taken_too for taken, taken_too in matches):
            matches.append((one, other))
    return matches


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
        kind = "type-added" if new.type == "number" else "type-removed"
        yield pair.found(kind, f"{old.type} -> {new.type}")
    yield from _values(pair, old.values, new.values)
    yield from _bounds(pair, old, new)
    yield from _rules(pair, old, new)
    yield from _choices(pair, old, new)
    if old.default != new.default:
        yield pair.found("default-changed", f"{_short(old.default)} -> {_short(new.default)}")
    yield from _properties(pair, old, new)
    yield from _insides(pair, old, new)


def _values(pair: _Pair, old: tuple[Json, ...] | None, new: tuple[Json, ...] | None) -> Iterator[Found]:
    if old is None or new is None:
        if old != new:
            yield pair.found("values-listed" if old is None else "values-freed")
        return
    yield from (pair.found("value-added", _short(value)) for value in new if value not in old)
    yield from (pair.found("value-removed", _short(value)) for value in old if value not in new)


def _bounds(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in (*LOWER_BOUNDS, *UPPER_BOUNDS):
        one, other = old.rules.get(name), new.rules.get(name)
        if one == other:
            continue
        tighter = one is None or (other is not None and (other > one if name in LOWER_BOUNDS else other < one))
        yield pair.found(
            "bound-tightened" if tighter else "bound-loosened", f"{name}: {_short(one)} -> {_short(other)}"
        )


def _rules(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in TEXT_RULES:
        one, other = old.rules.get(name), new.rules.get(name)
        if one != other:
            kind = "rule-added" if one is None else "rule-dropped" if other is None else "rule-changed"
            yield pair.found(kind, f"{name}: {_short(one)} -> {_short(other)}")


def _choices(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.choices is None or new.choices is None:
        if old.choices != new.choices:
            yield pair.found("choice-removed" if old.choices is None else "choice-added", "of required properties")
        return
    for kind, choices in (("choice-added", new.choices - old.choices), ("choice-removed", old.choices - new.choices)):
        yield from (pair.found(kind, " and ".join(sorted(choice))) for choice in sorted(choices, key=sorted))


def _properties(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    for name in sorted(new.properties.keys() - old.properties.keys()):
        kind = "required-property-added" if name in new.required else "property-added"
        yield Found(kind, f"{pair.place}.{name}", None, new.properties[name].pointer)
    for name in sorted(old.properties.keys() - new.properties.keys()):
        yield Found("property-removed", f"{pair.place}.{name}", old.properties[name].pointer, None)
    for name in sorted(old.properties.keys() & new.properties.keys()):
        inner = pair.below(old.properties[name], new.properties[name], f".{name}")
        yield from _necessity(inner, required=name in old.required, required_now=name in new.required)
        yield from _compare(inner)


def _necessity(pair: _Pair, *, required: bool, required_now: bool) -> Iterator[Found]:
    if required != required_now:
        yield pair.found("became-required" if required_now else "became-optional")


def _insides(pair: _Pair, old: Form, new: Form) -> Iterator[Found]:
    if old.closed != new.closed:
        yield pair.found("closed" if new.closed else "opened")
    for one, other, step in ((old.items, new.items, "[]"), (old.extra, new.extra, ".*")):
        if one is not None and other is not None:
            yield from _compare(pair.below(one, other, step))
        elif one is not None or other is not None:
            yield pair.found(
                "rule-dropped" if other is None else "rule-added", "items" if step == "[]" else "other properties"
            )


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"
