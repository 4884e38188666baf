"""From a request to a reply: who asks, is it valid, what is the answer, and does the answer keep to the spec. No I/O."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, evolve

from ..contract.reading import as_number
from ..contract.spec import OperationSpec, Violation, bundled
from ..shapes import is_object
from .exchange import Reply, Request, json_reply
from .faults.injector import Strike
from .journal import Entry, kept, words
from .operations import HANDLERS
from .platform import Platform
from .reading import read
from .refusals import Refusal, invalid, not_found, told

log = logging.getLogger("supervisely_ext.mock")

PREFIX = "/public/api/v3/"


def handle(platform: Platform, request: Request) -> Reply:
    """Answer one request, alone: two at once never see each other's half."""
    with platform.lock:
        exchange = _Exchange(platform, request, platform.clock.now())
        reply = exchange.guarded(exchange.admit)
        exchange.note(reply)
        return reply


def _refusal_reply(refusal: Refusal) -> Reply:
    return evolve(json_reply(refusal.status, refusal.body), headers=refusal.headers)


@define
class _Exchange:
    """A request on its way through the platform, and what is to be noted of it."""

    platform: Platform
    request: Request
    at: float
    operation: OperationSpec | None = None
    body: Any = None
    request_violations: Sequence[Violation] = ()
    answer_violations: Sequence[Violation] = ()
    failure: str = ""
    committed: bool = False
    strike: Strike | None = None

    def guarded(self, step: Callable[[], Reply]) -> Reply:
        """Turn what a step raises into a reply."""
        try:
            return step()
        except Refusal as refusal:
            return self._refuse(refusal)
        except Exception as error:
            violations = self._violations_unseen()
            if violations:
                return self._refuse(invalid(violations))
            log.exception("the mock failed at %s", self.request.path)
            self.failure = f"{type(error).__name__}: {error}"
            return json_reply(500, {"error": f"mock: it failed itself ({self.failure})"})

    def admit(self) -> Reply:
        """Let the request in, through what goes wrong on purpose, to its handler."""
        self.operation = operation = _find_operation(self.request)
        _check_token(self.platform, operation, self.request)
        self.body = read(operation, self.request)
        self._judge_request(operation)
        self.platform.calling_task = _calling_task(self.request)
        self.strike = self.platform.faults.meet(self.platform, operation, self.body)
        if self.strike is None:
            return self._serve(operation, self.body)
        return self.strike.around(lambda body: self.guarded(lambda: self._serve(operation, body)))

    def _judge_request(self, operation: OperationSpec) -> None:
        if self.platform.validate == "off" or operation.request.accepts(self.body):
            return
        self.request_violations = told(operation.request, self.body)
        if self.platform.validate == "strict":
            raise invalid(self.request_violations)
        log.warning("%s: the request breaks the spec: %s", operation.name, _words(self.request_violations))

    def _serve(self, operation: OperationSpec, body: Any) -> Reply:
        handler = HANDLERS.get(operation.name)
        if handler is None:
            raise Refusal(501, "Not Implemented", {"message": f"the mock does not serve {operation.name}"})
        answer = handler(self.platform, body)
        self.committed = True
        if self.platform.validate == "off":
            return _success(operation, answer)
        violations = _violations_of(operation, answer)
        held_back = self._own_violation(violations) if violations else None
        return held_back or _success(operation, answer)

    def _own_violation(self, violations: list[Violation]) -> Reply | None:
        """Let nothing leave that the spec forbids: a mock that lies is worse than none."""
        name = self.operation.name if self.operation else self.request.path
        self.answer_violations = violations
        log.warning("%s: the mock's own answer breaks the spec: %s", name, _words(violations))
        if self.platform.validate == "warn":
            return None
        error = f"mock: its own answer to {name} breaks the spec"
        return json_reply(500, {**invalid(violations).body, "error": error})

    def _refuse(self, refusal: Refusal) -> Reply:
        operation = self.operation
        if operation is None or self.platform.validate == "off" or operation.refusal.accepts(refusal.body):
            return _refusal_reply(refusal)
        violations = told(operation.refusal, refusal.body)
        return self._own_violation(violations) or _refusal_reply(refusal)

    def _violations_unseen(self) -> Sequence[Violation]:
        """Give what is wrong with a request that was let in, and is to blame where its handler fails."""
        if self.platform.validate == "off" and self.operation is not None:
            self.request_violations = told(self.operation.request, self.body)
        return self.request_violations

    def _content(self) -> Any:
        """Give what the journal shows of the body: of files their sizes only."""
        if self.operation is None or self.operation.request_type == "application/json":
            return kept(self.request.body)
        if self.operation.request_type and is_object(self.body):
            return {name: f"{len(part)} bytes" for name, part in self.body.items()}
        return self.body if self.body is not None else f"{len(self.request.body)} bytes"

    def note(self, reply: Reply) -> None:
        """Enter what came of it in the journal."""
        strike = self.strike
        self.platform.journal.record(
            Entry(
                time=self.at,
                verb=self.request.verb,
                path=self.request.path,
                operation=self.operation.name if self.operation else "",
                status=reply.status,
                content=self._content(),
                request_violations=self.request_violations,
                answer_violations=self.answer_violations,
                failure=self.failure,
                fault=", ".join(effect.kind for effect in strike.effects) if strike else "",
                breaks_spec=any(effect.breaks_spec for effect in strike.effects) if strike else False,
                committed=self.committed,
            )
        )


def _find_operation(request: Request) -> OperationSpec:
    operation = bundled().operations.get(request.path.removeprefix(PREFIX))
    if operation is None or not request.path.startswith(PREFIX):
        raise not_found(f"Method {request.path}")
    if request.verb != operation.verb:
        allowed = (("allow", operation.verb),)
        raise Refusal(405, "Method Not Allowed", {"message": f"{operation.name} takes {operation.verb}"}, allowed)
    return operation


def _check_token(platform: Platform, operation: OperationSpec, request: Request) -> None:
    if not operation.needs_token:
        return
    token = request.headers.get("x-api-key")
    if not token:
        # rest reference 1.3: without a token the server answers 400, not 401
        raise Refusal(400, "API token is required", {"message": "the header x-api-key is missing"})
    if platform.tokens and token not in platform.tokens:
        # assumed: nobody has seen the answer to a wrong one
        raise Refusal(401, "Unauthorized", {"message": "the token in x-api-key is none of this platform's"})


def _calling_task(request: Request) -> int | None:
    number = as_number(request.headers.get("x-task-id", ""))
    return number if isinstance(number, int) else None


def _violations_of(operation: OperationSpec, answer: Any) -> list[Violation]:
    if operation.answer is not None:
        return [] if operation.answer.accepts(answer) else told(operation.answer, answer)
    expected = _TYPES.get(operation.answer_type, dict)
    if isinstance(answer, expected):
        return []
    return [Violation((), "type", f"{type(answer).__name__} is not {operation.answer_type or 'an object'}")]


_TYPES: dict[str, type] = {"application/octet-stream": bytes, "text/plain": str}
"""What handlers give where no JSON is promised."""


def _success(operation: OperationSpec, answer: Any) -> Reply:
    if operation.answer is None and isinstance(answer, bytes):
        return Reply(200, answer, "application/octet-stream")
    if operation.answer is None and isinstance(answer, str):
        return Reply(200, answer.encode(), "text/plain; charset=utf-8")
    return json_reply(200, answer)


def _words(violations: Sequence[Violation]) -> str:
    return "; ".join(words(violation) for violation in violations[:3])
