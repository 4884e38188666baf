"""Every error of the package, each with what it is about as attributes.

    SuperviselyError
    ├── ArgumentError (+ ValueError)             an argument cannot be right; nothing was sent
    │   ├── UnknownTargetError (+ KeyError)      a context-menu target that the app does not have
    │   ├── TooManyTargets (+ KeyError)          more than one target at once
    │   ├── InvalidArguments                     what an app is to be started with; `problems` has each mistake
    │   ├── EnvFileError                         a line of an env file that is not NAME=value
    │   ├── LedgerFileError                      a line of a ledger's file that is no edge
    │   └── MissingVariable (+ KeyError)         none of the environment variables is set
    ├── NotFoundInEcosystem (+ KeyError)         no module has the slug, or more than one
    │   └── SeveralInEcosystem (+ ValueError)    several have the slug, or the name
    ├── NoRelease (+ KeyError)                   the module has no release to start
    ├── ConnectionFailed                         no answer; __cause__ is the transport's error
    ├── ApiError                                 an answer that is no success
    │   ├── BadRequest 400  Unauthorized 401  Forbidden 403  NotFound 404
    │   ├── Conflict 409  RateLimited 429  ServerError 5xx
    │   ├── RedirectRefused 3xx                  the address is not the API's own
    │   └── UnexpectedAnswer                     2xx that is not what the spec promises
    ├── TargetNotFound (+ KeyError)              no file of the path, no version of the number, to add to the lineage
    ├── InstanceTooOld                           the server does not have this yet
    ├── LineageIncomplete                        edges that were not added; each error is in `errors`
    ├── Unavailable (+ NotImplementedError)      a method that is not here; says what to use
    ├── StartUnconfirmed                         the start may have been received, or not
    └── WaitError                                the wait did not reach its target
        ├── WaitingTimeExceeded (+ TimeoutError)
        ├── TaskFinishedWithError                with the end of the log
        ├── TaskGone                             it was there, and is no more
        └── TaskEndedOtherwise                   ended, but not as wanted
            └── TaskStopped

The second bases keep `except` clauses written for the official SDK working. All can be pickled. None holds the API
token, and no text holds a whole body.
"""

from dataclasses import dataclass
from typing import Any

from .masking import printable_lines
from .root_error import SuperviselyError as SuperviselyError
from .shapes import is_list, is_object
from .wait_errors import TaskEndedOtherwise as TaskEndedOtherwise
from .wait_errors import TaskFinishedWithError as TaskFinishedWithError
from .wait_errors import TaskGone as TaskGone
from .wait_errors import TaskStopped as TaskStopped
from .wait_errors import WaitError as WaitError
from .wait_errors import WaitingTimeExceeded as WaitingTimeExceeded

_MOST_REASONS = 5
_LONGEST_REASON = 200


def _cut(text: object) -> str:
    whole = str(text)
    return whole if len(whole) <= _LONGEST_REASON else f"{whole[:_LONGEST_REASON]}…"


def _listing(values: tuple[object, ...]) -> str:
    return ", ".join(map(str, values))


def _told(problem: str, allowed: tuple[object, ...], hint: str) -> str:
    text = f"{problem}; allowed: {_listing(allowed)}" if allowed else problem
    return f"{text}. {hint}" if hint else text


@dataclass(kw_only=True, eq=False, repr=False)
class ArgumentError(SuperviselyError, ValueError):
    """An argument cannot be right. Nothing was sent."""

    argument: str
    problem: str
    allowed: tuple[object, ...] = ()
    hint: str = ""

    def _text(self) -> str:
        return _told(f"{self.argument}: {self.problem}", self.allowed, self.hint)


@dataclass(kw_only=True, eq=False, repr=False)
class UnknownTargetError(ArgumentError, KeyError):
    """The app's context menu does not have this target, or the client does not know what it fills."""


@dataclass(kw_only=True, eq=False, repr=False)
class TooManyTargets(ArgumentError, KeyError):
    """An app is started from one target."""


@dataclass(frozen=True, kw_only=True)
class ArgumentProblem:
    """One mistake in the arguments of an app; `pointer` is its place there as a JSON pointer, empty for the whole."""

    pointer: str
    problem: str
    given: Any = None
    allowed: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        return printable_lines(_told(f"{self.pointer or 'as a whole'}: {self.problem}", self.allowed, self.hint))


@dataclass(kw_only=True, eq=False, repr=False)
class InvalidArguments(ArgumentError):
    """What an app is to be started with cannot be right; every mistake is in `problems`, once."""

    problems: tuple[ArgumentProblem, ...]

    def _text(self) -> str:
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        return f"{super()._text()}:{lines}"


@dataclass(kw_only=True, eq=False, repr=False)
class EnvFileError(ArgumentError):
    """An env file is missing or malformed; `line` is counted from 1, 0 for the file as a whole."""

    path: str
    line: int = 0


@dataclass(kw_only=True, eq=False, repr=False)
class LedgerFileError(ArgumentError):
    """A line of a ledger's file is no edge; `line` is counted from 1."""

    path: str
    line: int


@dataclass(kw_only=True, eq=False, repr=False)
class MissingVariable(ArgumentError, KeyError):
    """None of the environment variables that could hold the value is set."""

    variables: tuple[str, ...]


@dataclass(kw_only=True, eq=False, repr=False)
class NotFoundInEcosystem(SuperviselyError, KeyError):
    """No module of the ecosystem has the slug, or more than one has."""

    slug: str
    module_ids: tuple[int, ...] = ()
    near: tuple[str, ...] = ()

    def _text(self) -> str:
        if self.module_ids:
            return f"{len(self.module_ids)} modules fit {self.slug!r}: use one of the ids {_listing(self.module_ids)}"
        text = f"no module of the ecosystem fits {self.slug!r}"
        return f"{text}; near it: {_listing(self.near)}" if self.near else text


@dataclass(kw_only=True, eq=False, repr=False)
class SeveralInEcosystem(NotFoundInEcosystem, ValueError):
    """Several modules have the slug, or the name that was searched for."""


@dataclass(kw_only=True, eq=False, repr=False)
class NoRelease(SuperviselyError, KeyError):
    """The module has no release, so that there is no version to start."""

    module_id: int

    def _text(self) -> str:
        return f"module {self.module_id} has no release: pass app_version, or a branch with is_branch=True"


@dataclass(kw_only=True, eq=False, repr=False)
class ConnectionFailed(SuperviselyError):
    """No answer came. `sent` is False only when it is certain that the server saw nothing of the request."""

    operation: str
    address: str
    reason: str
    sent: bool
    attempts: int = 1

    def _text(self) -> str:
        tries = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        return f"{self.operation}: no answer from {self.address}{tries} ({self.reason})"


@dataclass(kw_only=True, eq=False, repr=False)
class ApiError(SuperviselyError):
    """The server answered, and not with success.

    `message` (cut when it is long) and `details` come from the server's error body, `excerpt` is the beginning of a body that
    is none. `retry_after` is how long the server asks to wait, in seconds.
    """

    operation: str
    status: int
    message: str = ""
    details: Any = None
    request_id: str | None = None
    excerpt: str = ""
    attempts: int = 1
    retry_after: float | None = None

    def _text(self) -> str:
        said = self.message or self.excerpt or "no explanation"
        facts = [f"HTTP {self.status}"]
        if self.attempts > 1:
            facts.append(f"{self.attempts} attempts")
        if self.request_id:
            facts.append(f"request {self.request_id}")
        hint = f". {self.hint}" if self.hint else ""
        return f"{self.operation} was refused: {said}{self._reasons()} ({', '.join(facts)}){hint}"

    @property
    def hint(self) -> str:
        """What to do next; empty when that depends."""
        return ""

    def _reasons(self) -> str:
        """Name the broken rules, as the server lists them for an invalid request."""
        details = self.details if is_list(self.details) else [self.details]
        reasons = [_cut(detail["message"]) for detail in details if is_object(detail) and "message" in detail]
        more = "; …" if len(reasons) > _MOST_REASONS else ""
        return f": {'; '.join(reasons[:_MOST_REASONS])}{more}" if reasons else ""


class BadRequest(ApiError):
    """400: the request breaks a rule of its method; also what a server without a token gets."""


class Unauthorized(ApiError):
    """401: the token is not accepted."""

    @property
    def hint(self) -> str:
        """Where the token comes from."""
        return "Check API_TOKEN: the token stands in the account settings of the platform"


class Forbidden(ApiError):
    """403: the user may not do this."""


class NotFound(ApiError):
    """404: there is no such entity, or the server is too old to know the method."""


class Conflict(ApiError):
    """409: the entity is not in a state that allows this."""


class RateLimited(ApiError):
    """429: too many requests."""


class ServerError(ApiError):
    """5xx: the server failed, or a proxy before it."""

    def _text(self) -> str:
        return super()._text().replace(" was refused: ", " failed: ", 1)


@dataclass(kw_only=True, eq=False, repr=False)
class RedirectRefused(ApiError):
    """3xx: followed, it would lose the body or hand the token to another host, so it is not followed."""

    location: str = ""
    """Scheme and host that it leads to; empty when the answer does not say."""

    def _text(self) -> str:
        where = f" to {self.location}: use that server address" if self.location else ""
        return f"{self.operation} was redirected (HTTP {self.status}){where}"


@dataclass(kw_only=True, eq=False, repr=False)
class UnexpectedAnswer(ApiError):
    """A success whose body is not what the spec promises: HTML, cut off, another shape."""

    problem: str

    def _text(self) -> str:
        begins = f", beginning {self.excerpt!r}" if self.excerpt else ""
        return f"{self.operation} answered {self.problem}{begins} (HTTP {self.status})"


@dataclass(kw_only=True, eq=False, repr=False)
class TargetNotFound(SuperviselyError, KeyError):
    """What was to be looked up by a name is not among what the server lists."""

    operation: str
    wanted: str
    """Like `file '/a/b.json'`."""
    owner: str
    """Like `team 447`."""

    def _text(self) -> str:
        return f"{self.owner} has no {self.wanted} ({self.operation})"


@dataclass(kw_only=True, eq=False, repr=False)
class InstanceTooOld(SuperviselyError):
    """The server is older than what was asked of it. Nothing was sent."""

    operation: str
    version: str
    needed: str

    def _text(self) -> str:
        return f"{self.operation} needs instance {self.needed}, and this one is {self.version}: update it"


@dataclass(kw_only=True, eq=False, repr=False)
class LineageIncomplete(SuperviselyError):
    """Edges that were not added to the lineage, while the program went on."""

    errors: tuple[SuperviselyError, ...]

    def _text(self) -> str:
        first = "; ".join(map(_cut, self.errors[:_MOST_REASONS]))
        more = "; …" if len(self.errors) > _MOST_REASONS else ""
        return f"{len(self.errors)} edges were not added: {first}{more}"


@dataclass(kw_only=True, eq=False, repr=False)
class Unavailable(SuperviselyError, NotImplementedError):
    """A method that the official SDK declares and only refuses, or that this client has in another place."""

    method: str
    instead: str

    def _text(self) -> str:
        return f"{self.method} is not available: {self.instead}"


@dataclass(kw_only=True, eq=False, repr=False)
class StartUnconfirmed(SuperviselyError):
    """The start may have been received, or not; it was not sent again, since that could start a second task.

    `api.app.find_start(error)` looks for it again.
    """

    app_id: int | None
    module_id: int | None
    workspace_id: int | None
    task_name: str
    reason: str
    idempotency_key: str | None = None
    """What its tasks carry in `params.supervisely_ext.start`; None when they carry nothing."""
    users_ids: tuple[int, ...] = ()
    multi_user_session: bool = False
    team_id: int | None = None
    searched: float = 0.0
    """Seconds for which it was looked for."""
    looks: int = 0
    tasks_seen: int = 0
    """Tasks that the last complete look went through."""
    found: tuple[int, ...] = ()
    """Tasks that carry the key, but are too few or too many to be those of this start."""
    obstacle: str = ""
    """Why the last look failed, when it did."""

    def _text(self) -> str:
        what = f"app {self.app_id}" if self.module_id is None else f"module {self.module_id}"
        return f"it is not known whether {what} was started ({self.reason}): {self._sight()}"

    @property
    def searchable(self) -> bool:
        """Tell whether its tasks could be found: they carry a key, and the workspace is known."""
        return self.idempotency_key is not None and self.workspace_id is not None

    def _sight(self) -> str:
        if not self.searchable:
            lacks = "its tasks carry no mark" if self.idempotency_key is None else "no workspace_id was given"
            return (
                f"{lacks}, so they were not looked for. "
                f"Look for {self.task_name!r} with get_sessions before you start it again"
            )
        if self.found:
            which = (
                f"tasks {_listing(self.found)} carry" if len(self.found) > 1 else f"task {_listing(self.found)} carries"
            )
            return f"{which} the key {self.idempotency_key!r}, which is not what one start makes. Look at them"
        failed = f", the last of which failed ({self.obstacle})" if self.obstacle else ""
        return (
            f"none of {self.tasks_seen} tasks carries the key {self.idempotency_key!r} "
            f"({self.looks} looks in {self.searched:.0f} s{failed}). "
            "Look again with api.app.find_start(error) before you start it again"
        )
