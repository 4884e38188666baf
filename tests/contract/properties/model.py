"""What a task of the platform is, in thirty lines: the model that client and mock are held to."""

from typing import Any

from attrs import define, field

ENDS = ("finished", "stopped", "error")
STATUSES = ("queued", "consumed", "started", "deployed", "terminating", *ENDS)
_WORKING = ("consumed", "started", "deployed")

Steps = list[tuple[str, float | None]]
"""Statuses and the seconds in each; None for ever."""

COURSES: dict[str, Steps] = {
    "finishing": [("queued", 1), ("consumed", 2), ("started", 3), ("finished", None)],
    "failing": [("queued", 1), ("consumed", 1), ("started", 2), ("error", None)],
    "serving": [("queued", 1), ("consumed", 1), ("started", 2), ("deployed", None)],
    "deployed for a while": [("queued", 1), ("deployed", 4), ("finished", None)],
    "deployed in vain": [("queued", 1), ("deployed", 3), ("error", None)],
}


@define
class Model:
    """One task."""

    steps: Steps
    left: float | None = field(init=False)
    """Seconds in this status; None for ever."""
    placed: bool = False
    fields: dict[str, Any] = field(factory=dict)
    files: set[str] = field(factory=set)
    messages: list[str] = field(factory=list)
    edges: set[tuple[str, int]] = field(factory=set)
    seen: set[tuple[str, str]] = field(factory=set)
    """Every change of status."""

    def __attrs_post_init__(self) -> None:
        self.left = self.steps[0][1]

    @property
    def status(self) -> str:
        return self.steps[0][0]

    def follow(self, steps: Steps) -> None:
        """Take another course."""
        self.seen.add((self.status, steps[0][0]))
        self.steps = steps
        self.left = steps[0][1]
        if self.status in _WORKING:
            self.placed = True
        elif self.status in (*ENDS, "queued"):
            self.placed = False

    def pass_time(self, seconds: float, *, online: bool) -> None:
        """Live for so long; what an agent works on stands still while it is gone, and nothing leaves the queue without one."""
        while self.left is not None and (online or not self.placed):
            spent = min(seconds, self.left)
            seconds, self.left = seconds - spent, self.left - spent
            if self.left > 0 or (self.status == "queued" and not online):
                return
            if self.status == "queued":
                self.placed = True
            self.follow(self.steps[1:])

    def report(self, status: str) -> None:
        """Say of itself what it is, until it says otherwise."""
        if status == self.status:
            self.steps, self.left = self.steps[:1], None
        else:
            self.follow([(status, None)])

    def stop(self) -> None:
        """Be stopped, unless it has ended."""
        if self.status not in (*ENDS, "terminating"):
            self.follow([("terminating", 1), ("stopped", None)])
