"""The plan: which effect strikes which requests, and when."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ...contract.spec import bundled
from . import checks
from .checks import PlanError
from .effect import Effect

if TYPE_CHECKING:
    from ..platform import Platform


@frozen
class Match:
    """Which requests, and when; everything that is given must hold."""

    operation: str = field(default="*", validator=checks.text)
    """An operation's name, or a pattern with `*`, `?` or `[…]`."""
    task_id: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """The task that it is about."""
    module_id: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """The module that is started, or of the task that it is about."""
    request: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True, validator=checks.fields)
    """Fields of the request, and what they are equal to."""
    times: int | None = field(default=None, kw_only=True, validator=checks.integer(1, optional=True))
    """How often the effect strikes; always, when absent."""
    after: int = field(default=0, kw_only=True, validator=checks.integer(0))
    """How many requests that match it lets pass first."""
    probability: float = field(default=1.0, kw_only=True, validator=checks.number(0, 1))
    since: float = field(default=0.0, kw_only=True, validator=checks.number())
    """Seconds of platform time from its beginning."""
    until: float | None = field(default=None, kw_only=True, validator=checks.optional_number)
    """Seconds of platform time from its beginning; for ever, when absent."""

    def is_due(self, elapsed: float) -> bool:
        """Tell whether its time has come and is not over."""
        return self.since <= elapsed and (self.until is None or elapsed < self.until)

    def fits(self, platform: "Platform", body: Any) -> bool:
        """Tell whether a request is one that it speaks of."""
        return (
            all(isinstance(body, dict) and _equal(body.get(name), value) for name, value in self.request.items())
            and self.task_id in (None, _task_id(body))
            and self.module_id in (None, _module_id(platform, body))
        )


def _equal(value: Any, wanted: Any) -> bool:
    return type(value) is type(wanted) and bool(value == wanted)


def _task_id(body: Any) -> int | None:
    """Give the task that a request is about; an edge of a workflow names it as its node."""
    if not isinstance(body, dict):
        return None
    node = body.get("node")
    named = str(node.get("id") if isinstance(node, dict) else body.get("taskId", body.get("id")))
    return int(named) if re.fullmatch(r"[0-9]{1,18}", named) else None


def _module_id(platform: "Platform", body: Any) -> Any:
    if not isinstance(body, dict):
        return None
    if "moduleId" in body:
        return body["moduleId"]
    app_id = body.get("appId", body.get("appServiceId"))
    task = platform.tasks.get(_task_id(body) or 0)
    app = task.app if task else platform.apps.get(app_id or 0)
    return app.module.id if app else None


def _effects(effect: Any) -> Any:
    return tuple(effect) if isinstance(effect, list | tuple) else (effect,)


def _check_effects(instance: Any, attribute: Any, value: Any) -> None:
    if not value or not all(isinstance(effect, Effect) and effect.kind for effect in value):
        raise PlanError("/effect", "must be an effect, or several of them")


def _check_match(instance: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, Match):
        raise PlanError("/match", f"must be a Match (is {type(value).__name__})")


@frozen
class Rule:
    """One effect, or several that strike together, on the requests that match."""

    match: Match = field(validator=_check_match)
    effect: tuple[Effect, ...] = field(converter=_effects, validator=_check_effects)
    operations: frozenset[str] = field(init=False, repr=False, eq=False)
    """The names of the operations that it can strike."""

    @operations.default
    def _operations(self) -> frozenset[str]:
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


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rules)


def _check_rules(instance: Any, attribute: Any, value: Any) -> None:
    for number, rule in enumerate(value):
        if not isinstance(rule, Rule):
            raise PlanError(f"/rules/{number}", f"must be a Rule (is {type(rule).__name__})")


@frozen
class Plan:
    """Rules, of which the first that matches a valid request strikes it; `seed` decides what is left to chance.

    Raises `PlanError`, as its parts do, on what could never be followed.
    """

    rules: tuple[Rule, ...] = field(default=(), converter=_rules, validator=_check_rules)
    seed: int = field(default=0, kw_only=True, validator=checks.integer(0))
