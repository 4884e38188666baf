"""The plan: which effect strikes which requests, and when."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, cast

from attrs import Factory, field, frozen

from ...contract.spec import bundled
from ...shapes import is_object
from . import checks
from .checks import PlanError
from .effect import Call, Effect

if TYPE_CHECKING:
    from ..state import App


def _check_until(match: "Match", attribute: Any, value: Any) -> None:
    if value is not None:
        checks.seconds(match, attribute, value)
        if value <= match.since:
            raise PlanError("/until", f"must be more than since, {match.since!r} (is {value!r})")


@frozen
class Match:
    """Which requests, and when; everything that is given must hold."""

    operation: str = field(default="*", validator=checks.text)
    """An operation's name, or a pattern with `*`, `?` or `[…]`."""
    task_id: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """The task that it is about; where it names none, the one that it comes from (`x-task-id`)."""
    module_id: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """The module that is started, or of the task that it is about."""
    request: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True, validator=checks.fields)
    """Fields of the request, and what they are equal to; one that is not there is null."""
    times: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """How often the effect strikes; always, when absent."""
    after: int = field(default=0, kw_only=True, validator=checks.integer(0))
    """How many requests that match it lets pass first."""
    probability: float = field(default=1.0, kw_only=True, validator=checks.probability)
    since: float = field(default=0.0, kw_only=True, validator=checks.seconds)
    """Seconds of platform time from its beginning."""
    until: float | None = field(default=None, kw_only=True, validator=_check_until)
    """Seconds of platform time from its beginning; for ever, when absent."""

    def is_due(self, elapsed: float) -> bool:
        """Tell whether its time has come and is not over."""
        return self.since <= elapsed and (self.until is None or elapsed < self.until)

    def fits(self, call: Call) -> bool:
        """Tell whether a request is one that it speaks of."""
        body = call.body
        return (
            all(is_object(body) and _equal(body.get(name), value) for name, value in self.request.items())
            and self.task_id in (None, _named_task(call) or call.platform.calling_task)
            and (self.module_id is None or self.module_id == _module_id(call))
        )


def _equal(value: Any, wanted: Any) -> bool:
    return type(value) is type(wanted) and bool(value == wanted)


def _named_task(call: Call) -> int | None:
    """Give the task that a request names; an edge of a workflow names it as its node."""
    if not is_object(call.body):
        return None
    node = call.body.get("node")
    own = call.body.get("id") if "tasks" in call.operation.definition["tags"] else None
    named = str(node.get("id") if is_object(node) else call.body.get("taskId", own))
    return int(named) if re.fullmatch(r"[0-9]{1,18}", named) else None


def _module_id(call: Call) -> Any:
    if is_object(call.body) and "moduleId" in call.body:
        return call.body["moduleId"]
    app = _app_of(call, _named_task(call)) or _named_app(call) or _app_of(call, call.platform.calling_task)
    return app.module.id if app else None


def _app_of(call: Call, task_id: int | None) -> "App | None":
    task = call.platform.known_tasks.get(task_id or 0)
    return task.app if task else None


def _named_app(call: Call) -> "App | None":
    app_id = call.body.get("appId", call.body.get("appServiceId")) if is_object(call.body) else None
    return call.platform.apps.get(app_id) if isinstance(app_id, int) else None


# Converters, since what follows from a part is worked out before validators run.
def _match(value: Any) -> Match:
    if not isinstance(value, Match):
        raise PlanError("/match", f"must be a Match (is {type(value).__name__})")
    return value


def _effects(value: Any) -> tuple[Effect, ...]:
    effects: tuple[Any, ...] = tuple(cast("Iterable[Any]", value)) if isinstance(value, list | tuple) else (value,)
    if not effects or not all(isinstance(effect, Effect) and effect.kind for effect in effects):
        raise PlanError("/effect", "must be an effect, or several of them")
    return effects


@frozen
class Rule:
    """One effect, or several that strike together, on the requests that match."""

    match: Match = field(converter=_match)
    effect: tuple[Effect, ...] = field(converter=_effects)
    operations: frozenset[str] = field(
        init=False, repr=False, eq=False, default=Factory(lambda rule: rule.find_operations(), takes_self=True)
    )
    """The names of the operations that it can strike."""

    def find_operations(self) -> frozenset[str]:
        """Find them in the spec. Raises `PlanError` when there is none."""
        operations = bundled().operations
        named = [name for name in operations if fnmatchcase(name, self.match.operation)]
        if not named:
            raise PlanError("/match/operation", f"fits no operation of the spec{_hint(self.match.operation)}")
        found = frozenset(name for name in named if all(effect.suits(operations[name]) for effect in self.effect))
        if not found:
            kinds = ", ".join(effect.kind for effect in self.effect)
            raise PlanError(
                "/effect", f"{kinds} cannot strike {self.match.operation}: its answers have nothing of the kind"
            )
        return found


def _hint(name: str) -> str:
    near = get_close_matches(name, bundled().operations, n=3)
    return f"; near it are {', '.join(near)}" if near else ""


def _rules(rules: Iterable[Any]) -> tuple[Rule, ...]:
    found = tuple(rules)
    for number, rule in enumerate(found):
        if not isinstance(rule, Rule):
            raise PlanError(f"/rules/{number}", f"must be a Rule (is {type(rule).__name__})")
    return found


@frozen
class Plan:
    """Rules, of which the first that matches a valid request strikes it; `seed` decides what is left to chance.

    Raises `PlanError`, as its parts do, on what could never be followed.
    """

    rules: tuple[Rule, ...] = field(default=(), converter=_rules)
    seed: int = field(default=0, kw_only=True, validator=checks.integer(0))
