"""The kinds of change between two descriptions of one API, and what each means for whoever calls it."""

from typing import Literal

from attrs import field, frozen

Severity = Literal["breaking", "risky", "safe"]
Direction = Literal["request", "answer"]

SEVERITIES: tuple[Severity, ...] = ("breaking", "risky", "safe")


@frozen
class Verdict:
    """How bad a change is, and why."""

    severity: Severity
    reason: str


def _refuses(what: str) -> Verdict:
    return Verdict("breaking", f"the server refuses {what}")


def _surprises(what: str) -> Verdict:
    return Verdict("breaking", f"callers meet {what}")


_FEWER_ANSWERS = Verdict("safe", "callers were ready for more")
_MORE_REQUESTS = Verdict("safe", "what was sent before is still taken")
_OPEN = Verdict("safe", "callers keep what they do not know")
_STILL_WORKS = Verdict("safe", "it works as before")

_OF_SCHEMAS: dict[str, tuple[Verdict, Verdict]] = {
    "property-added": (Verdict("safe", "it may be left out"), _OPEN),
    "required-property-added": (_refuses("requests without it"), _OPEN),
    "property-removed": (_refuses("requests with it, and its keyword is gone"), _surprises("no such attribute")),
    "became-required": (_refuses("requests without it"), _FEWER_ANSWERS),
    "became-optional": (_MORE_REQUESTS, _surprises("answers without it")),
    "null-added": (_MORE_REQUESTS, _surprises("null")),
    "null-removed": (_refuses("null"), _FEWER_ANSWERS),
    "type-added": (_MORE_REQUESTS, _surprises("values of another type")),
    "type-removed": (_refuses("values of this type"), _FEWER_ANSWERS),
    "type-changed": (_refuses("values of the old type"), _surprises("values of another type")),
    "value-added": (_MORE_REQUESTS, _surprises("a value that they refuse")),
    "value-removed": (_refuses("this value"), _FEWER_ANSWERS),
    "known-value-added": (_MORE_REQUESTS, _OPEN),
    "known-value-removed": (
        Verdict("risky", "the value is still taken, but has no name any more"),
        Verdict("risky", "the value may still come, but has no name any more"),
    ),
    "values-listed": (_refuses("every other value"), _FEWER_ANSWERS),
    "values-freed": (_MORE_REQUESTS, _surprises("values that were not allowed")),
    "bound-tightened": (_refuses("values beyond it"), _FEWER_ANSWERS),
    "bound-loosened": (_MORE_REQUESTS, Verdict("risky", "values may be beyond what callers expect")),
    "rule-added": (_refuses("what breaks it"), _FEWER_ANSWERS),
    "rule-dropped": (_MORE_REQUESTS, Verdict("risky", "values may break what callers rely on")),
    "rule-changed": (_refuses("what breaks the new one"), Verdict("risky", "values may break what callers rely on")),
    "format-changed": (
        Verdict("breaking", "its keyword takes another Python type"),
        Verdict("breaking", "its attribute has another Python type"),
    ),
    "closed": (_refuses("other properties"), _FEWER_ANSWERS),
    "opened": (_MORE_REQUESTS, _OPEN),
    "choice-added": (_MORE_REQUESTS, Verdict("risky", "other properties may be there instead")),
    "choice-removed": (_refuses("requests that chose it"), _FEWER_ANSWERS),
    "became-read-only": (Verdict("breaking", "the server does not take it any more"), _FEWER_ANSWERS),
    "no-longer-read-only": (_MORE_REQUESTS, _OPEN),
    "became-write-only": (_MORE_REQUESTS, _surprises("answers without it")),
    "no-longer-write-only": (_MORE_REQUESTS, _OPEN),
    "part-deprecated": (_STILL_WORKS, _STILL_WORKS),
    "part-not-deprecated": (_STILL_WORKS, _STILL_WORKS),
    "discriminator-changed": (
        _refuses("what told the alternatives apart"),
        _surprises("values that they read as something else"),
    ),
    "style-changed": (
        _refuses("lists and objects written in the old way"),
        _surprises("lists and objects written in another way"),
    ),
    "default-changed": (
        Verdict("risky", "requests that leave it out mean something else"),
        Verdict("risky", "what is left out means something else"),
    ),
}

_OF_OPERATIONS: dict[str, Verdict] = {
    "operation-added": Verdict("safe", "nobody calls it yet"),
    "operation-removed": Verdict("breaking", "it cannot be called"),
    "operation-renamed": Verdict("breaking", "its endpoint function has another name"),
    "family-changed": Verdict("breaking", "its endpoint function lives in another package"),
    "path-changed": Verdict("breaking", "the old address is gone"),
    "verb-changed": Verdict("breaking", "the old verb is refused"),
    "body-added": Verdict("risky", "a request may have a body now"),
    "required-body-added": Verdict("breaking", "requests without a body are refused"),
    "body-described": Verdict("breaking", "the body has a type now, and what does not follow it is refused"),
    "body-not-described": Verdict("breaking", "no model of the body is left"),
    "body-removed": Verdict("breaking", "a request has no body any more"),
    "body-became-required": Verdict("breaking", "requests without a body are refused"),
    "body-became-optional": Verdict("safe", "what was sent before is still taken"),
    "content-type-removed": Verdict("breaking", "bodies of this type are refused"),
    "content-type-added": Verdict("safe", "what was sent before is still taken"),
    "answer-type-added": Verdict("breaking", "callers meet bodies that they do not read"),
    "answer-type-removed": Verdict("safe", "callers were ready for more"),
    "answer-described": Verdict("risky", "what was answered as it came is read and checked now"),
    "answer-not-described": Verdict("breaking", "no model of the answer is left"),
    "success-added": Verdict("breaking", "callers meet a success that they do not read"),
    "success-removed": Verdict("safe", "callers were ready for more"),
    "refusal-added": Verdict("risky", "callers may meet a refusal that they do not know"),
    "refusal-removed": Verdict("risky", "who handles this refusal may meet another one"),
    "server-added": Verdict("safe", "what was called before is still there"),
    "server-removed": Verdict("breaking", "the old address is gone"),
    "access-added": Verdict("safe", "who was let in is still let in"),
    "access-removed": Verdict("breaking", "who shows only this is refused"),
    "success-status-changed": Verdict("risky", "who compares the status sees another one"),
    "token-needed": Verdict("risky", "calls without a token are refused"),
    "token-not-needed": Verdict("safe", "a token is not asked for"),
    "no-longer-repeated": Verdict("risky", "a call that gets no answer fails at once"),
    "repeated-now": Verdict("risky", "a call that gets no answer is sent again"),
    "filter-field-added": Verdict("safe", "nobody filters by it yet"),
    "filter-field-removed": Verdict("breaking", "filters by it are refused"),
    "version-gate-changed": Verdict("risky", "other instances have it"),
    "deprecated": Verdict("safe", "it works as before, for now"),
    "not-deprecated": Verdict("safe", "it works as before"),
}

KINDS: frozenset[str] = frozenset({*_OF_SCHEMAS, *_OF_OPERATIONS})


def verdict(kind: str, direction: Direction | None) -> Verdict:
    """Give what a change of this kind means; `direction` is None for one of the operation itself."""
    if direction is None:
        return _OF_OPERATIONS[kind]
    return _OF_SCHEMAS[kind][0 if direction == "request" else 1]


@frozen(kw_only=True)
class Change:
    """One difference."""

    kind: str
    direction: Direction | None
    """Whether it concerns what is sent or what is answered; None for the operation itself."""
    operations: tuple[str, ...]
    """Every operation that it concerns."""
    place: str
    """For people: `answer.entities[].status`."""
    old: str | None
    """Where it stood, as a JSON pointer; None when it did not."""
    new: str | None
    """Where it stands now."""
    detail: str = ""
    """What it was and what it is."""
    used: frozenset[str] = field(default=frozenset(), eq=False)
    """Where references lead to it, as JSON pointers."""
    touches: tuple[str, ...] = field(default=(), eq=False)
    """The Python names that it touches."""
    accepted: str = field(default="", eq=False)
    """Why it was accepted, when it was."""

    @property
    def severity(self) -> Severity:
        """Tell how bad it is."""
        return verdict(self.kind, self.direction).severity

    @property
    def reason(self) -> str:
        """Tell why it is so bad."""
        return verdict(self.kind, self.direction).reason

    @property
    def id(self) -> str:
        """Name the change in the file of accepted ones: the same in every run, whichever operations share the schema."""
        parts = [self.kind, self.direction or "operation", self.new or self.old or "", self.detail]
        return " ".join(part for part in parts if part)
