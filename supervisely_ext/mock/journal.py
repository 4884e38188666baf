"""What was asked of the platform, and what came of it. Headers are not kept, so no token is."""

import json
from collections import deque
from collections.abc import Sequence
from secrets import token_hex
from threading import Lock
from typing import Any

from attrs import frozen

from ..contract.reading import decoded
from ..contract.spec import Violation

_LONGEST_BODY = 4096
_LONGEST_LINE = 100


@frozen
class Entry:
    """One request."""

    time: float
    """Seconds since the epoch, on the platform's clock."""
    verb: str
    path: str
    operation: str
    """Empty for a path that is no operation's."""
    status: int
    """Of what was to leave, even if it did not arrive whole; 0 where nothing was."""
    content: Any = None
    """The body: bytes of JSON, or already what is to be shown."""
    request_violations: Sequence[Violation] = ()
    answer_violations: Sequence[Violation] = ()
    """Rules of the spec that the mock's own answer broke, before any fault."""
    failure: str = ""
    """What went wrong in the mock itself."""
    fault: str = ""
    """The effects that struck."""
    breaks_spec: bool = False
    """The fault breaks the spec on purpose; such an answer is not judged."""
    committed: bool = False
    """The platform did what was asked, whether or not the client learnt it."""
    number: int = 0

    @property
    def body(self) -> Any:
        """The body: decoded JSON, the text of what is none, its beginning when it is long, sizes of the parts of a form."""
        if not isinstance(self.content, bytes):
            return self.content
        if len(self.content) > _LONGEST_BODY:
            return f"{self.content[:_LONGEST_BODY].decode(errors='replace')}…"
        try:
            return decoded(self.content)
        except (ValueError, RecursionError):
            return self.content.decode(errors="replace")

    @property
    def is_own_fault(self) -> bool:
        """Tell whether the mock is to blame: it broke the spec, or down."""
        return bool(self.answer_violations or self.failure)

    def to_json(self) -> dict[str, Any]:
        """Give the entry as JSON."""
        return {
            "number": self.number,
            "time": self.time,
            "verb": self.verb,
            "path": self.path,
            "operation": self.operation,
            "status": self.status,
            "body": self.body,
            "request_violations": [_violation(violation) for violation in self.request_violations],
            "answer_violations": [_violation(violation) for violation in self.answer_violations],
            "failure": self.failure,
            "fault": self.fault,
            "breaks_spec": self.breaks_spec,
            "committed": self.committed,
        }

    def remarks(self) -> list[str]:
        """Say what is unusual about it, in words."""
        return [
            *([f"fault: {self.fault}"] if self.fault else []),
            *(["what was asked was done"] if self.fault and self.committed else []),
            *(f"the request breaks the spec: {words(violation)}" for violation in self.request_violations),
            *(f"the mock's answer breaks the spec: {words(violation)}" for violation in self.answer_violations),
            *([f"the mock failed: {self.failure}"] if self.failure else []),
        ]


def _violation(violation: Violation) -> dict[str, str]:
    return {"pointer": violation.pointer, "rule": violation.keyword, "message": _cut(violation.message)}


def words(violation: Violation) -> str:
    """Say in one line what is wrong."""
    return f"{violation.pointer or 'as a whole'} ({violation.keyword}): {_cut(violation.message)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}…"


def kept(body: bytes) -> bytes:
    """Give what an entry keeps of a body of JSON."""
    return body[: _LONGEST_BODY + 1]


class Journal:
    """The last requests, safe for threads; `limit` of them are kept, all are counted."""

    def __init__(self, limit: int = 10_000) -> None:
        self._entries: deque[Entry] = deque(maxlen=limit)
        self._own_faults: deque[Entry] = deque(maxlen=limit)
        self._lock = Lock()
        self.clear()

    @property
    def count(self) -> int:
        """How many requests there were since the beginning or the last `clear`."""
        return self._count

    def record(self, entry: Entry) -> None:
        """Add an entry, and give it its number."""
        with self._lock:
            self._count += 1
            # a copy by attrs would cost more than the rest of the journal
            object.__setattr__(entry, "number", self._count)
            self._entries.append(entry)
            if entry.is_own_fault:
                self._own_faults.append(entry)

    def clear(self) -> None:
        """Forget everything; numbers begin at 1 again."""
        with self._lock:
            self._entries.clear()
            self._own_faults.clear()
            self._count = 0
            self.era = token_hex(4)
            """Another after each `clear` and in each process, so that who follows can tell that numbers began anew."""

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        """Give the entries that are kept, oldest first; only those with a greater number than `after`."""
        with self._lock:
            return tuple(entry for entry in self._entries if entry.number > after)

    def own_faults(self) -> tuple[Entry, ...]:
        """Give the entries for which the mock is to blame; they are kept longer than the others."""
        with self._lock:
            return tuple(self._own_faults)

    def to_json(self, after: int = 0) -> dict[str, Any]:
        """Give count and entries as JSON."""
        return {"count": self.count, "entries": [entry.to_json() for entry in self.entries(after)]}

    def text(self, last: int = 50) -> str:
        """Give the last entries as aligned lines for a report, each with its remarks below it."""
        entries = self.entries()[-last:]
        skipped = self.count - len(entries)
        lines = [f"… {skipped} earlier"] if skipped else []
        width = max((len(entry.operation or entry.path) for entry in entries), default=0)
        for entry in entries:
            lines.append(_line(entry, width))
            lines += [f"{'':6}! {remark}" for remark in entry.remarks()]
        return "\n".join(lines)


def _line(entry: Entry, width: int) -> str:
    body = "" if entry.body is None else _cut(json.dumps(entry.body, ensure_ascii=False))
    return f"{entry.number:5} {entry.status or '-':>3} {entry.verb:4} {entry.operation or entry.path:{width}} {body}".rstrip()
