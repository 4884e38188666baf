"""How a task goes from status to status: data, and where one task stands in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from ..contract.spec import bundled
from .clock import END

ENDS = frozenset({"finished", "stopped", "error"})
RUNNING = frozenset({"queued", "consumed", "started", "deployed"})
_BEGUN = frozenset({"started", "deployed", "finished", "error"})


class LifecycleError(ValueError):
    """A course that no task can take; `index` is the place of the wrong step."""

    def __init__(self, problem: str, index: int = 0) -> None:
        super().__init__(problem, index)
        self.problem = problem
        self.index = index

    def __str__(self) -> str:
        return f"step {self.index} of the course: {self.problem}"


@frozen
class Step:
    """A status, and what must have passed in it before the next one comes."""

    status: str
    seconds: float = 0.0
    looks: int = 0
    """How often the task must have been shown in this status."""
    message: str = ""
    """What the log says of it."""

    def __attrs_post_init__(self) -> None:
        known = bundled().document["components"]["schemas"]["TaskStatus"]["enum"]
        if self.status not in known:
            raise LifecycleError(f"{self.status!r} is no status, which is one of {', '.join(known)}")
        if not _is_number(self.seconds) or not 0 <= self.seconds <= END:
            raise LifecycleError(f"{self.seconds!r} seconds cannot pass in {self.status!r}")
        if not (_is_number(self.looks) and self.looks >= 0):
            raise LifecycleError(f"{self.status!r} cannot be shown {self.looks!r} times")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


Lifecycle = Sequence[Step]
"""The last step lasts for ever."""

Script = Iterable[Step | Sequence[Any] | Mapping[str, Any]]
"""A course as people write it: `[("queued", 5), ("started", 60), ("error", "CUDA out of memory")]`, a status with seconds or with what
the log says of it; or objects with `status`, `seconds`, `looks`, `message`."""


def course(script: Script) -> Lifecycle:
    """Read a course. Raises `LifecycleError` for an unknown status, seconds that cannot pass, or a step after an end."""
    try:
        entries = enumerate(script)
    except TypeError as error:
        raise LifecycleError(f"it must be a list of steps (is {script!r})") from error
    steps = tuple(_placed(index, entry) for index, entry in entries)
    if not steps:
        raise LifecycleError("it has none")
    for index, step in enumerate(steps[:-1]):
        if step.status in ENDS:
            raise LifecycleError(
                f"{steps[index + 1].status!r} cannot follow {step.status!r}, which is an end", index + 1
            )
    return steps


def _placed(index: int, entry: Any) -> Step:
    try:
        return _step(entry)
    except LifecycleError as error:
        raise LifecycleError(error.problem, index) from error


def _step(entry: Any) -> Step:
    match entry:
        case Step():
            return entry
        case [str(status)]:
            return Step(status)
        case [str(status), str(message)]:
            return Step(status, message=message)
        case [str(status), seconds]:
            return Step(status, seconds)
        case {"status": str(), **more} if more.keys() <= {"seconds", "looks", "message"}:
            return Step(**entry)
        case _:
            raise LifecycleError(f"{entry!r} is neither (status, seconds) nor (status, message)")


def from_the_queue(steps: Lifecycle) -> Lifecycle:
    """Give the course with the queue before it, in which every task begins."""
    return steps if steps[0].status == "queued" else (Step("queued"), *steps)


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


def by_hand(status: str = "queued") -> Lifecycle:
    """Stay in a status until `Platform.advance` moves the task on."""
    return (Step(status),)


STOPPING: Lifecycle = (Step("terminating", 1.0), Step("stopped"))


@frozen
class Moment:
    """A status that a task has taken."""

    status: str
    at: float
    message: str = ""


@define
class Life:
    """Where a task is in its lifecycle."""

    steps: Lifecycle
    entered_at: float
    looks: int = 0
    looked_at: float | None = None
    """When it was shown for the last time that its step asks for."""
    history: list[Moment] = field(factory=list[Moment])
    """Every status that it has had."""
    started_at: float | None = field(init=False, default=None)
    finished_at: float | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        for moment in self.history:
            self._date(moment)
        if not self.history:
            self.follow(self.steps, self.entered_at)

    @property
    def status(self) -> str:
        """The status."""
        return self.steps[0].status

    @property
    def due(self) -> float | None:
        """When the next step may come; None when none will, or not before the task was shown more often."""
        step = self.steps[0]
        if len(self.steps) == 1 or self.looks < step.looks:
            return None
        return max(self.entered_at + step.seconds, self.looked_at or self.entered_at)

    def look(self, now: float) -> bool:
        """Be shown to somebody; tells whether that was the last look that the step asks for."""
        if self.looks >= self.steps[0].looks:
            return False
        self.looks += 1
        self.looked_at = now
        return self.looks == self.steps[0].looks

    def follow(self, steps: Lifecycle, at: float) -> None:
        """Take this course from now on."""
        self.steps, self.entered_at, self.looks, self.looked_at = steps, at, 0, None
        self.history.append(Moment(self.status, at, steps[0].message))
        self._date(self.history[-1])

    def hold(self) -> None:
        """Stay as it is."""
        self.steps = self.steps[:1]

    def pause(self, since: float, until: float) -> None:
        """Have stood still for a while."""
        self.entered_at += until - max(since, self.entered_at)

    def _date(self, moment: Moment) -> None:
        if self.started_at is None and moment.status in _BEGUN:
            self.started_at = moment.at
        self.finished_at = moment.at if moment.status in ENDS else None
