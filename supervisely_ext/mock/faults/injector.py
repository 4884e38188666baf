"""Lets a plan strike: counts, draws, and tells what it did."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from attrs import define, field

from ...contract.spec import OperationSpec
from ..exchange import Reply
from .effect import Call, Effect
from .plan import Plan, Rule

if TYPE_CHECKING:
    from ..platform import Platform


@define
class Armed:
    """A rule in force, and what became of it."""

    rule: Rule
    matched: int = 0
    """Requests that it speaks of, in its time."""
    struck: int = 0

    def meets(self, call: Call, elapsed: float) -> bool:
        """Tell whether it is to strike the request, and count it."""
        match = self.rule.match
        if self._is_spent or not match.is_due(elapsed) or not match.fits(call):
            return False
        self.matched += 1
        return self.matched > match.after and (match.probability == 1 or call.random.random() < match.probability)

    @property
    def _is_spent(self) -> bool:
        return self.rule.match.times is not None and self.struck >= self.rule.match.times


@define
class Strike:
    """A rule that meets a request."""

    call: Call
    armed: Armed
    effects: list[Effect] = field(factory=list[Effect], init=False)
    """Those that did something."""

    def around(self, serve: Callable[[Any], Reply]) -> Reply:
        """Give what leaves; `serve` is how the platform answers what it is asked."""
        try:
            reply = self._before() or serve(self.call.body)
        finally:
            self.call.restore()
        reply = self._after(reply)
        self.armed.struck += bool(self.effects)
        return reply

    def _before(self) -> Reply | None:
        for effect in self.armed.rule.effect:
            self.call.altered = False
            reply = effect.before(self.call)
            if reply is not None or self.call.altered:
                self.effects.append(effect)
            if reply is not None:
                return reply
        return None

    def _after(self, reply: Reply) -> Reply:
        for effect in self.armed.rule.effect:
            altered = effect.after(self.call, reply)
            if altered is not reply:
                self.effects.append(effect)
            reply = altered
        return reply


class Faults:
    """The plan that is in force on a platform. Its counters and its chance begin anew with each plan; to be used under the platform's lock."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.replace(plan or Plan())

    def replace(self, plan: Plan) -> None:
        """Put another plan in force."""
        self.plan = plan
        self.armed = tuple(Armed(rule) for rule in plan.rules)
        self._random = Random(plan.seed)
        self._of_operation = {
            name: [armed for armed in self.armed if name in armed.rule.operations]
            for name in {name for rule in plan.rules for name in rule.operations}
        }

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self.replace(Plan())

    def meet(self, platform: "Platform", operation: OperationSpec, body: Any) -> Strike | None:
        """Give the first rule that is to strike the request."""
        candidates = self._of_operation.get(operation.name)
        if not candidates:
            return None
        call = Call(platform, operation, body, self._random)
        elapsed = platform.clock.now() - platform.began
        return next((Strike(call, armed) for armed in candidates if armed.meets(call, elapsed)), None)
