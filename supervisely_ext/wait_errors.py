"""The errors of a wait; their public home is `errors`, which draws the tree."""

from dataclasses import dataclass

from .masking import brief
from .root_error import SuperviselyError


@dataclass(kw_only=True, eq=False, repr=False)
class WaitError(SuperviselyError):
    """A wait that did not reach its target; `history` holds (seconds since the wait began, status) of each change."""

    task_id: int
    target: tuple[str, ...]
    last_status: str
    """`unknown` when no look had an answer."""
    history: tuple[tuple[float, str], ...]
    waited: float
    url: str
    failed_looks: int = 0
    """Looks that got no answer from the server; they did not end the wait."""
    unseen: float = 0.0
    """Seconds since the last look that had an answer."""

    def _text(self) -> str:
        wanted = " or ".join(self.target) or "the end"
        return f"{self._what()} (waited {self.waited:.1f} s for {wanted}, {self.url})"

    def _what(self) -> str:
        return f"task {self.task_id} is {brief(self.last_status)}"


@dataclass(kw_only=True, eq=False, repr=False)
class WaitingTimeExceeded(WaitError, TimeoutError):
    """The time or the attempts are used up, and the task is still on its way. When the last look failed, that is the cause."""

    stop_status: str = ""
    """The task's status after it was asked to stop (`on_timeout="stop"`), `terminating` as a rule; empty when it was not."""
    stop_failure: str = ""
    """Why it could not be asked to stop."""

    @property
    def stop_requested(self) -> bool:
        """Whether the server took the request to stop the task."""
        return bool(self.stop_status)

    def _what(self) -> str:
        if self.stop_status:
            return f"{self._seen()}; it was asked to stop and is {brief(self.stop_status)}"
        if self.stop_failure:
            return f"{self._seen()}; it could not be asked to stop: {self.stop_failure}"
        return self._seen()

    def _seen(self) -> str:
        if not self.history:
            return f"task {self.task_id} was not seen: no look had an answer"
        if self.unseen:
            return f"task {self.task_id} was {brief(self.last_status)} when last seen, {self.unseen:.1f} s ago"
        return f"task {self.task_id} is still {brief(self.last_status)}"


@dataclass(kw_only=True, eq=False, repr=False)
class TaskFinishedWithError(WaitError):
    """The task ended with `error`."""

    message: str = ""
    """What the task itself shows as its error; empty when it shows none."""
    log_tail: tuple[str, ...] = ()
    """The last lines of its log; empty when they could not be had."""

    @classmethod
    def for_status(cls, status: str) -> "TaskFinishedWithError":
        """Give the error of a status whose task is not known."""
        return cls(task_id=0, target=(), last_status=status, history=(), waited=0.0, url="")

    def _text(self) -> str:
        lines = "".join(f"\n    {line}" for line in self.log_tail)
        return super()._text() + (f"\n  end of its log:{lines}" if lines else "")

    def _what(self) -> str:
        return f"task {self.task_id} ended with an error" + (f": {self.message}" if self.message else "")


class TaskGone(WaitError):
    """The task was seen, and then the server did not know it any more."""

    def _what(self) -> str:
        return f"task {self.task_id} is gone: {self.unseen:.1f} s ago it was {brief(self.last_status)}"


class TaskEndedOtherwise(WaitError):
    """The task ended, but not in the wanted status."""

    def _what(self) -> str:
        return f"task {self.task_id} ended as {brief(self.last_status)}"


class TaskStopped(TaskEndedOtherwise):
    """The task was stopped."""

    def _what(self) -> str:
        return f"task {self.task_id} was stopped"
