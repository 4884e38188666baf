"""A plan as JSON: `{"seed": 7, "rules": [{"match": {"operation": "tasks.*", "times": 2}, "effect": {"kind": "status", "status": 503}}]}`."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import NOTHING, AttrsInstance, fields

from ...shapes import is_list, is_object
from . import garbled, instead, lists, slow, values
from .checks import PlanError
from .effect import Effect
from .plan import Match, Plan, Rule

P = TypeVar("P", bound=AttrsInstance)

EFFECTS: Mapping[str, type[Effect]] = {
    effect.kind: effect
    for effect in (
        instead.Status,
        instead.RateLimited,
        instead.LoginPage,
        instead.Reset,
        instead.Silence,
        slow.Latency,
        slow.Dribble,
        garbled.Truncated,
        garbled.BadJson,
        garbled.ContentType,
        values.UnknownValue,
        values.MissingField,
        lists.DuplicatePage,
        lists.Lag,
    )
}
"""Every effect by the name of its kind."""


def read_plan(data: Any) -> Plan:
    """Read a plan. Raises `PlanError` with a JSON pointer on whatever is not known, missing or wrong."""
    _check_names(data, {"seed", "rules"}, ("rules",), "")
    if not isinstance(data["rules"], list):
        raise PlanError("/rules", "must be a list")
    rules = [_read_rule(rule, f"/rules/{number}") for number, rule in enumerate(data["rules"])]
    return Plan(rules, seed=data.get("seed", 0))


def _read_rule(data: Any, pointer: str) -> Rule:
    _check_names(data, {"match", "effect"}, ("match", "effect"), pointer)
    match = _read(Match, data["match"], f"{pointer}/match")
    effect = _read_effects(data["effect"], f"{pointer}/effect")
    try:
        return Rule(match, effect)
    except PlanError as error:
        raise error.below(pointer) from error


def _read_effects(data: Any, pointer: str) -> list[Effect]:
    if is_list(data):
        return [_read_effect(effect, f"{pointer}/{number}") for number, effect in enumerate(data)]
    return [_read_effect(data, pointer)]


def _read_effect(data: Any, pointer: str) -> Effect:
    options: dict[str, Any] = dict(data) if is_object(data) else {}
    kind = options.pop("kind", None)
    if not isinstance(kind, str) or kind not in EFFECTS:
        raise PlanError(f"{pointer}/kind", f"must be one of {', '.join(sorted(EFFECTS))}")
    return _read(EFFECTS[kind], options, pointer)


def _read(kind: type[P], data: Any, pointer: str) -> P:
    known = [field for field in fields(kind) if field.init]
    required = [field.name for field in known if field.default is NOTHING]
    _check_names(data, {field.name for field in known}, required, pointer)
    try:
        return kind(**data)
    except PlanError as error:
        raise error.below(pointer) from error


def _check_names(data: Any, known: set[str], required: Iterable[str], pointer: str) -> None:
    if not is_object(data):
        raise PlanError(pointer, "must be an object")
    for name in data:
        if name not in known:
            escaped = str(name).replace("~", "~0").replace("/", "~1")
            raise PlanError(f"{pointer}/{escaped}", f"is not known; known are {', '.join(sorted(known))}")
    for name in required:
        if name not in data:
            raise PlanError(f"{pointer}/{name}", "is missing")


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Give the plan as JSON, without what is as it would be anyway; `read_plan` gives the same plan back."""
    return {"seed": plan.seed, "rules": [_rule_as_json(rule) for rule in plan.rules]}


def _rule_as_json(rule: Rule) -> dict[str, Any]:
    effects = [{"kind": effect.kind, **_written(effect)} for effect in rule.effect]
    return {"match": _written(rule.match), "effect": effects[0] if len(effects) == 1 else effects}


def _written(part: AttrsInstance) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(type(part)):
        value: Any = getattr(part, field.name)
        if value != _default(field):
            found[field.name] = value
    return found


def _default(field: Any) -> Any:
    return field.default.factory() if hasattr(field.default, "factory") else field.default
