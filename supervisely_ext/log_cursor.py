"""Where the reader of a growing log stands: what to ask for next, and which lines of an answer are new. Pure.

`tasks.log.download` gives the first lines from a time on. Whether lines of exactly that time are among them is not known, and lines of
several sources may come a little out of order; so it is asked from before the newest line, and what was given already is left out
by counting equal lines. An answer that may have been cut off and brings nothing new is asked for with a higher limit, and where the
server cuts it below the limit, from just before the newest line. When even that brings nothing new, more lines have one time than the
server gives at once: those after them are asked for, and some of the equal ones may be lost.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import define, field

_LATE = timedelta(seconds=5)
"""So much may a line be older than the newest one before it."""
_CLOSE = timedelta(milliseconds=1)
"""As fine as the times of lines are."""
_SECOND = timedelta(seconds=1)
"""As coarse as a server may read the time that it is asked from."""
_MARGINS = (_LATE, _CLOSE, -_CLOSE, -_SECOND)
"""So long before the newest line is asked from; the next one when an answer that may be cut off brings nothing new."""
_NEVER_CUT = 50
"""No server cuts off an answer that is shorter (assumed)."""

Line = Mapping[str, Any]


@define
class LogCursor:
    """Remembers the lines of the last seconds."""

    since: str | None
    """The time that the log is wanted from; None for all of it."""
    limit: int = 1000
    """How many lines are asked for at once."""
    newest: datetime | None = None
    margin: int = 0
    """Which of the margins is asked with."""
    is_crowded: bool = False
    """Whether more lines may have one time than the server gives at once."""
    longest: int = _NEVER_CUT
    """The longest answer: the server may cut off those that are as long."""
    seen: Counter[str] = field(factory=Counter[str])
    times: dict[str, datetime | None] = field(factory=dict[str, datetime | None])

    @property
    def asked_from(self) -> str | None:
        """The time to ask from."""
        begin = self._before(_MARGINS[self.margin])
        return self.since if begin is None else begin.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _before(self, margin: timedelta) -> datetime | None:
        """Give the time so long before the newest line, None when the log is not wanted from there."""
        if self.newest is None:
            return None
        begin, wanted = self.newest - margin, time_of(self.since)
        return begin if wanted is None or begin > wanted else None

    def take(self, lines: Sequence[Line]) -> tuple[list[Line], bool]:
        """Give the new lines of an answer, and whether to ask again at once."""
        fresh = list(self._fresh(lines))
        self.longest = max(self.longest, len(lines))
        may_be_cut = len(lines) >= min(self.longest, self.limit)
        is_full = len(lines) >= self.limit
        is_stuck = may_be_cut and not fresh and not is_full and (self.margin == 0 or self._is_crowd(lines))
        self.margin = (self.margin + 1) % len(_MARGINS) if is_stuck else 0
        self.is_crowded = self.is_crowded or _MARGINS[self.margin] < timedelta(0)
        if is_full and not fresh:
            self.limit *= 2
        self._forget()
        return fresh, self.margin > 0 or (may_be_cut and (bool(fresh) or is_full))

    def _fresh(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Give those that were not there as often before; what is older than was asked for was, or is too late."""
        begin = self._before(_LATE)
        counts: Counter[str] = Counter()
        for line in lines:
            at = time_of(line.get("timestamp"))
            if at is not None and begin is not None and at < begin:
                continue
            key = json.dumps(line, sort_keys=True)
            counts[key] += 1
            if counts[key] > self.seen[key]:
                self.seen[key], self.times[key] = counts[key], at
                self.newest = max(self.newest or at, at) if at else self.newest
                yield line

    def _is_crowd(self, lines: Sequence[Line]) -> bool:
        """Tell whether all are as new as the newest; else the server does not read the time that it is asked from."""
        times = [time_of(line.get("timestamp")) for line in lines]
        return self.newest is not None and all(at is not None and at >= self.newest - _SECOND for at in times)

    def _forget(self) -> None:
        """Forget the lines that will not be asked for again."""
        begin = self._before(_LATE)
        if begin is not None:
            for key in [key for key, at in self.times.items() if at is not None and at < begin]:
                del self.times[key], self.seen[key]


def time_of(text: object) -> datetime | None:
    """Read a time in UTC; None for what is none."""
    try:
        at = datetime.fromisoformat(str(text))
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
