"""Effects that change what stands in a JSON answer."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, TypeAlias

import attrs
from attrs import evolve, frozen

from ...contract.spec import OperationSpec
from ...shapes import is_list, is_object
from ..exchange import Reply
from . import checks
from .effect import Call, Effect
from .places import Path, enums_of, fields_of

Place: TypeAlias = tuple[Any, Any]
"""An object or array, and the name or number of what stands in it."""


@frozen
class UnknownValue(Effect):
    """A value that the spec does not know stands in an open enum: in every one named `field`, else in one that is drawn."""

    kind: ClassVar = "unknown_value"

    field: str | None = attrs.field(default=None, validator=checks.optional_text)
    value: str = attrs.field(default="a_value_nobody_knows", validator=checks.text)

    def suits(self, operation: OperationSpec) -> bool:
        """Tell whether the answer has such an enum."""
        return bool(self._enums(operation))

    def after(self, call: Call, reply: Reply) -> Reply:
        """Replace values."""

        def replace(holder: Any, name: Any) -> None:
            holder[name] = self.value

        enums = self._enums(call.operation)

        def find(answer: Any) -> Iterator[Place]:
            places = (place for path in enums for place in _places(answer, path))
            return ((holder, name) for holder, name in places if holder[name] is not None)

        return _changed(call, reply, find, replace, all_of_them=self.field is not None)

    def _enums(self, operation: OperationSpec) -> list[Path]:
        return [path for path in enums_of(operation) if self.field is None or _name(path) == self.field]


@frozen
class MissingField(Effect):
    """A field is missing: every one named `field` of the answer or of its entities, promised or not, else one that is promised, and drawn."""

    kind: ClassVar = "missing_field"

    field: str | None = attrs.field(default=None, validator=checks.optional_text)

    @property
    def breaks_spec(self) -> bool:
        """Tell that it may: only a field with a name need not be promised."""
        return True

    def suits(self, operation: OperationSpec) -> bool:
        """Tell whether the answer has such a field."""
        return bool(self._fields(operation))

    def after(self, call: Call, reply: Reply) -> Reply:
        """Take fields out."""

        def remove(holder: Any, name: Any) -> None:
            del holder[name]

        fields = self._fields(call.operation)

        def find(answer: Any) -> Iterator[Place]:
            return (place for path in fields for place in _places(answer, path))

        return _changed(call, reply, find, remove, all_of_them=self.field is not None)

    def _fields(self, operation: OperationSpec) -> list[Path]:
        known = fields_of(operation)
        return [path for path in known if (known[path] if self.field is None else path[-1] == self.field)]


def _changed(
    call: Call,
    reply: Reply,
    find: Callable[[Any], Iterable[Place]],
    change: Callable[[Any, Any], None],
    *,
    all_of_them: bool,
) -> Reply:
    """Change the answer at the places that are found, or at one of them; what is no success stays as it is."""
    if reply.status != 200 or "json" not in reply.content_type:
        return reply
    answer = json.loads(reply.body)
    places = list(find(answer))
    if not places:
        return reply
    for place in places if all_of_them else [call.random.choice(places)]:
        change(*place)
    return evolve(reply, body=json.dumps(answer, ensure_ascii=False).encode())


def _name(path: Path) -> str:
    return next(part for part in reversed(path) if part != "*")


def _places(answer: Any, path: Path) -> Iterator[Place]:
    """Find the places of a path, in which `*` stands for every item of an array."""
    holders = [answer]
    for part in path[:-1]:
        holders = [below for holder in holders for below in _below(holder, part)]
    for holder in holders:
        yield from ((holder, name) for name in _names(holder, path[-1]))


def _below(holder: Any, part: str) -> list[Any]:
    return [holder[name] for name in _names(holder, part)]


def _names(holder: Any, part: str) -> list[Any]:
    if part == "*":
        return list(range(len(holder))) if is_list(holder) else []
    return [part] if is_object(holder) and part in holder else []
