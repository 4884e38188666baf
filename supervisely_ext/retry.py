"""When a request is sent again: pure decisions over what happened.

Three things have three names: this is HTTP retry; how often a wait looks is its polling, when it ends its deadline
(both in `waiting`).
"""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal

from attrs import frozen

RETRIED_STATUSES = frozenset({408, 429, 499, 500, 502, 503, 504, 509, 598, 599})
"""As the official SDK has them; for operations that may be sent twice."""

_LARGEST_EXPONENT = 30
_FOR_EVER = 1e9


@frozen
class RetryPolicy:
    """How often, and for how long: exponential back-off with bounded jitter, in seconds."""

    tries: float = 5
    budget: float = 60.0
    """From the first sending to the last; a delay that would not fit ends the tries at once."""
    first_delay: float = 1.0
    longest_delay: float = 60.0
    longest_retry_after: float = 300.0
    """A server that asks for more gets no further try."""
    jitter: float = 0.2
    """A delay is changed by at most this part of it, either way."""

    def delay(self, *, tried: int, elapsed: float, random: float, retry_after: float | None = None) -> float | None:
        """Give the seconds until the next try, None for no further try; `random` lies in [0, 1)."""
        if tried >= self.tries:
            return None
        doubled = self.first_delay * 2.0 ** min(tried - 1, _LARGEST_EXPONENT)
        delay = min(doubled, self.longest_delay) * (1 + self.jitter * (2 * random - 1))
        delay = max(delay, retry_after or 0.0)
        if (retry_after or 0.0) > self.longest_retry_after or elapsed + delay > self.budget:
            return None
        return delay


def may_repeat(retry: Literal["safe", "never"], *, status: int | None, sent: bool) -> bool:
    """Tell whether a failed request may be sent again; status None when no answer came.

    What must not be done twice is repeated only when it was certainly not done once: never sent, or refused by a 429.
    """
    if retry == "safe":
        return status is None or status in RETRIED_STATUSES
    return status == 429 or (status is None and not sent)


def is_passing(status: int) -> bool:
    """Tell whether a failure with this status is likely to go by: an overload, a restart, a proxy without its server."""
    return status in RETRIED_STATUSES or 520 <= status < 530


def parse_retry_after(header: str | None, *, now: float) -> float | None:
    """Read a Retry-After header, in seconds or as a date; `now` is in seconds since the epoch."""
    if header is None:
        return None
    if re.fullmatch(r"[+-]?\d+", header.strip(), re.ASCII):
        return min(max(0.0, float(header)), _FOR_EVER)
    try:
        at = parsedate_to_datetime(header)
        return max(0.0, at.replace(tzinfo=at.tzinfo or UTC).timestamp() - now)
    except (ValueError, OverflowError):
        return None
