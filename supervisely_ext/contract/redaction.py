"""What a recording may keep: of what the spec describes all but the sensitive, of everything else the JSON type.

Sensitive is what the spec marks with `x-sensitive`, what has one of its `x-sensitive-names`, and what looks like an address with a
login. Values of those names, and the headers that say who calls, are looked for in all that is left.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from fnmatch import fnmatchcase
from urllib.parse import unquote_plus

from attrs import evolve, field, frozen

from ..shapes import is_list, is_object
from .drift import STAND_IN as STAND_IN
from .drift import Deviation, is_described, is_of_type
from .forms import forms
from .json_types import type_of
from .places import Document, Form, Json, Node

_STAND_INS: Mapping[str, Json] = {
    "null": None,
    "boolean": False,
    "integer": 0,
    "number": 0.5,
    "string": STAND_IN,
    "array": [],
    "object": {},
}
_NO_TEXTS = frozenset({"null", "boolean", "integer", "number"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_MOST_DIGITS = 4
"""Names of fields have few; keys with more are hashes, ids or dates."""
_LOOKS_LIKE_A_LOGIN = re.compile(r"[^\s/@]+@[^\s/@]+|://[^\s/]*@|\b(bearer|basic)\s+\S", re.IGNORECASE)
_ASSIGNED = re.compile(r"([\w-]+)[\"']?\s*[=:]\s*\S")
_PARTS_OF_HEADERS = re.compile(r"[\s;,]+(?:[^\s;,=]+=)?|=")
_SHORTEST_SECRET = 8
"""Shorter words stand in other words."""


@frozen
class Redaction:
    """Redacts one exchange, and remembers its secrets."""

    names: tuple[str, ...] = ()
    """Patterns of names, in lower case, whose values are never kept."""
    secrets: set[str] = field(factory=set[str], repr=False)

    @classmethod
    def of(cls, document: Document) -> "Redaction":
        """Give one with the names that a spec says are sensitive."""
        return cls(tuple(document.json.get("x-sensitive-names", ())))

    def hide_header(self, value: str) -> None:
        """Remember a header that says who calls, and its parts: `Bearer …`, `session=…; …`."""
        self.hide([value, *_PARTS_OF_HEADERS.split(value)])

    def hide(self, texts: Iterable[str]) -> None:
        """Remember what must appear nowhere."""
        self.secrets.update(text for text in texts if len(text) >= _SHORTEST_SECRET)

    def is_sensitive_name(self, name: str) -> bool:
        """Tell whether values of this name are never kept."""
        return any(fnmatchcase(name.lower(), pattern) for pattern in self.names)

    def redacted(self, node: Node | None, value: Json) -> Json:
        """Give what may be kept of a value: itself where the spec describes it, else what stands in for it."""
        form = None if node is None else _form(node, value)
        if form is None or node is None or (_is_marked(node, form) and type_of(value) not in _NO_TEXTS):
            return self._stand_in(value)
        if is_object(value):
            return self.fields(form, value) if is_described(form) or form.extra else self._stand_in(value)
        if is_list(value):
            return [self.redacted(form.items, item) for item in value] if form.items else self._stand_in(value)
        return self._stand_in(value) if form.type == "any" or self._is_doubtful(node, value) else value

    def fields(self, form: Form, value: Mapping[str, Json]) -> dict[str, Json]:
        """Give what may be kept of an object, or of a query."""
        kept: dict[str, Json] = {}
        for number, (name, part) in enumerate(value.items(), start=1):
            node = form.properties.get(name, form.extra)
            key = name if name in form.properties else self.name(name, number, is_data=form.extra is not None)
            if self.is_sensitive_name(name):
                self.hide(texts_of(part))
                node = None
            kept[key] = self.redacted(node, part)
        return kept

    def name(self, name: str, number: int, *, is_data: bool = False) -> str:
        """Give what may be kept of a name that the spec does not list: not when it is data, or looks like it."""
        if is_data or not _NAME.fullmatch(name) or sum(map(str.isdigit, name)) > _MOST_DIGITS:
            return f"{STAND_IN} {number}"
        return name

    def told(self, each: Deviation) -> Deviation:
        """Give a deviation with what may be kept of its name."""
        name = self.name(each.name, 0) if each.tier == "new field" else each.name
        return evolve(each, name=self.without_secrets(name))

    def _is_doubtful(self, node: Node, value: Json) -> bool:
        """Tell whether a text is not what the spec lists there, or holds what the spec does not describe: logins, JSON, `token=…`."""
        if not isinstance(value, str):
            return False
        listed = [form.values for form in forms(node) if form.values is not None and form.type == "string"]
        if listed and not any(value in values for values in listed):
            return True
        return bool(_LOOKS_LIKE_A_LOGIN.search(value)) or _holds_json(value) or self._names_a_secret(value)

    def _names_a_secret(self, text: str) -> bool:
        return any(self.is_sensitive_name(name) for name in _ASSIGNED.findall(text))

    def _stand_in(self, value: Json) -> Json:
        self.hide(self._secrets_in(value))
        return deepcopy(_STAND_INS[type_of(value)])

    def _secrets_in(self, value: Json) -> Iterator[str]:
        """Give the texts of sensitive names, however deep in what the spec does not describe."""
        if is_object(value):
            for name, part in value.items():
                yield from texts_of(part) if self.is_sensitive_name(name) else self._secrets_in(part)
        elif is_list(value):
            for item in value:
                yield from self._secrets_in(item)

    def without_secrets(self, value: Json) -> Json:
        """Give kept JSON without what was found to be a secret elsewhere, also where it stands in another text or in a URL."""
        if isinstance(value, str):
            return STAND_IN if self._holds_secret(value) else value
        if is_object(value):
            return {
                f"{STAND_IN} {number}" if self._holds_secret(name) else name: self.without_secrets(part)
                for number, (name, part) in enumerate(value.items(), start=1)
            }
        return [self.without_secrets(item) for item in value] if is_list(value) else value

    def _holds_secret(self, text: str) -> bool:
        plain = unquote_plus(text)
        return any(secret in text or secret in plain for secret in self.secrets)


def _form(node: Node, value: Json) -> Form | None:
    ways = [form for form in forms(node) if is_of_type(form, value)]
    if len(ways) < 2:
        return next(iter(ways), None)
    # An object that fits several descriptions is read by the one that explains most of it.
    return min(ways, key=lambda form: len(_unexplained(form, value)))


def _unexplained(form: Form, value: Json) -> set[str]:
    return set(value.keys()) - form.properties.keys() if is_object(value) else set()


def _is_marked(node: Node, form: Form) -> bool:
    return any(node.document.at(place).get("x-sensitive", False) for place in form.places)


def _holds_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:  # JSON as far as it was read
        return True
    return True


def texts_of(value: Json) -> Iterator[str]:
    """Give every text in a JSON value, names aside."""
    if isinstance(value, str):
        yield value
    elif is_object(value):
        for part in value.values():
            yield from texts_of(part)
    elif is_list(value):
        for item in value:
            yield from texts_of(item)
