"""How a task goes from status to status: data, and one function that moves it on."""

from collections.abc import Sequence

from attrs import define, field, frozen

ENDS = frozenset({"finished", "stopped", "error"})
RUNNING = frozenset({"queued", "consumed", "started", "deployed"})


@frozen
class Step:
    """A status, and what must have passed in it before the next one comes."""

    status: str
    seconds: float = 0.0
    looks: int = 0
    """How often the task must have been shown in this status."""


Lifecycle = Sequence[Step]
"""The last step lasts for ever."""


def at_once(end: str = "finished") -> Lifecycle:
    """End before anybody looks."""
    return (Step(end),)


def after_seconds(
    queued: float = 1.0, consumed: float = 1.0, started: float = 5.0, *, end: str = "finished"
) -> Lifecycle:
    """Stay so many seconds in each status."""
    return (Step("queued", queued), Step("consumed", consumed), Step("started", started), Step(end))


def after_looks(looks: int = 1, *, end: str = "finished") -> Lifecycle:
    """Stay in each status until it was shown so many times."""
    steps = [Step(status, looks=looks) for status in ("queued", "consumed", "started")]
    return (*steps, Step(end))


def serving(queued: float = 1.0, consumed: float = 1.0) -> Lifecycle:
    """Run until stopped, as an application session does."""
    return (Step("queued", queued), Step("consumed", consumed), Step("started"))


STOPPING: Lifecycle = (Step("terminating", 1.0, looks=1), Step("stopped"))


@define
class Life:
    """Where a task is in its lifecycle."""

    steps: Lifecycle
    entered_at: float
    looks: int = 0
    started_at: float | None = None
    finished_at: float | None = None
    history: list[tuple[str, float]] = field(factory=list[tuple[str, float]])
    """Every status that it has had, and since when."""

    def __attrs_post_init__(self) -> None:
        self._enter(self.steps, self.entered_at)

    @property
    def status(self) -> str:
        """The status as of the last move."""
        return self.steps[0].status

    def move(self, now: float) -> None:
        """Go on through every step whose time and looks are used up; each begins when the one before it ended."""
        while len(self.steps) > 1:
            step = self.steps[0]
            if self.looks < step.looks or now < self.entered_at + step.seconds:
                return
            self._enter(self.steps[1:], now if step.looks else self.entered_at + step.seconds)

    def look(self, now: float) -> None:
        """Be shown to somebody."""
        self.move(now)
        self.looks += 1

    def follow(self, steps: Lifecycle, now: float) -> None:
        """Take another course from now on."""
        self._enter(steps, now)

    def hold(self, status: str, now: float) -> None:
        """Take a status and stay in it; the one that it has already keeps its times."""
        if status == self.status:
            self.steps = self.steps[:1]
        else:
            self._enter((Step(status),), now)

    def _enter(self, steps: Lifecycle, at: float) -> None:
        self.steps, self.entered_at, self.looks = steps, at, 0
        self.history.append((self.status, at))
        if self.started_at is None and self.status in ("started", "deployed", "finished", "error"):
            self.started_at = at
        self.finished_at = at if self.status in ENDS else None
