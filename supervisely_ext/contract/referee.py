"""The referee: judges exchanges by the spec, both ways, whoever the client and whoever the server is.

referee = Referee()
api = Api(server, token, transport=referee.watch(transport))
...
referee.check()
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeVar, cast

import httpx
from attrs import frozen

from .reading import Unreadable, Wire, read_json, read_request
from .spec import Contract, Json, OperationSpec, Violation, bundled

T = TypeVar("T")

_API = "/v3/"
_MOST_WORDS = 300


@frozen
class Breach:
    """A request or an answer that the spec forbids."""

    operation: str
    side: Literal["request", "answer"]
    status: int | None
    """Of the answer."""
    violations: tuple[Violation, ...]

    def __str__(self) -> str:
        answer = f" (HTTP {self.status})" if self.side == "answer" else ""
        words = "; ".join(f"{each.pointer or 'as a whole'}: {each.message[:_MOST_WORDS]}" for each in self.violations)
        return f"{self.operation}: the spec forbids the {self.side}{answer} at {words}"


class SpecBroken(AssertionError):
    """Exchanges that the spec forbids; `breaches` has each."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__(breaches)
        self.breaches = breaches

    def __str__(self) -> str:
        return "\n".join(map(str, self.breaches))


class Referee:
    """Judges requests and answers, and remembers what the spec forbids.

    Every method of the API counts: one that the spec does not know is a breach too. What is not below `/v3/` is nobody's matter. Bodies
    that were streamed, of files, are judged by the side that has them.
    """

    def __init__(self, contract: Contract | None = None) -> None:
        self.contract = contract or bundled()
        self.exchanges = 0
        self.breaches: list[Breach] = []

    def watch(self, transport: T) -> T:
        """Give the transport with the referee in front of it, for `Api(…, transport=…)`."""
        return cast("T", _Watched(transport, self))

    def check(self) -> None:
        """Raise `SpecBroken` if anything was forbidden so far."""
        if self.breaches:
            raise SpecBroken(tuple(self.breaches))

    def see(self, request: httpx.Request, response: httpx.Response | None, *, judge_answer: bool = True) -> None:
        """Judge one exchange; without a response, only what was asked."""
        name = _operation_of(request)
        if name is None:
            return
        self.exchanges += 1
        self._note(name, "request", None, self.judge_request(name, request))
        if response is not None and judge_answer:
            self._note(name, "answer", response.status_code, self.judge_answer(name, response))

    def judge_request(self, name: str, request: httpx.Request) -> list[Violation]:
        """Give the rules that a request to the operation breaks."""
        operation = self.contract.operations.get(name)
        if operation is None:
            return [Violation((), "operation", "the spec has no such method")]
        if request.method != operation.verb:
            return [Violation((), "verb", f"it takes {operation.verb}, not {request.method}")]
        try:
            body = read_request(operation, _wire(operation, request))
        except httpx.RequestNotRead:
            return []
        except Unreadable as error:
            return [error.violation]
        return [] if operation.request.accepts(body) else list(operation.request.violations(body))

    def judge_answer(self, name: str, response: httpx.Response) -> list[Violation]:
        """Give the promises of the operation that an answer breaks: of a success its own, of all others the error's."""
        operation = self.contract.operations.get(name)
        if operation is None:
            return []
        schema = operation.answer if response.is_success else operation.refusal
        if schema is None:
            return []
        try:
            body: Json = read_json(response.content)
        except httpx.ResponseNotRead:
            return []
        except Unreadable as error:
            return [error.violation]
        return [] if schema.accepts(body) else list(schema.violations(body))

    def _note(
        self, name: str, side: Literal["request", "answer"], status: int | None, violations: list[Violation]
    ) -> None:
        if violations:
            self.breaches.append(Breach(name, side, status, tuple(violations)))


def _operation_of(request: httpx.Request) -> str | None:
    _, found, name = request.url.path.partition(_API)
    return name if found else None


def _wire(operation: OperationSpec, request: httpx.Request) -> Wire:
    """Give what travels. Raises `httpx.RequestNotRead` for a streamed body."""
    content_type: str = request.headers.get("content-type", "")
    wire = Wire(request.content, content_type, request.url.query.decode())
    if operation.request_type not in ("", wire.media_type):
        raise Unreadable("content-type", f"it takes {operation.request_type}, not {wire.media_type or 'none'}")
    return wire


class _Watched:
    """A transport in front of another; what it does not judge it passes on."""

    def __init__(self, inner: Any, referee: Referee) -> None:
        self._inner = inner
        self._referee = referee

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        """Send, and judge what became of it."""
        try:
            response: httpx.Response = await self._inner.send(request, fresh=fresh)
        except BaseException:
            self._referee.see(request, None)
            raise
        self._referee.see(request, response)
        return response

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        """Judge the request; the answer is the reader's, unless it has been read."""
        response: httpx.Response | None = None
        try:
            async with self._inner.stream(request) as answer:
                response = answer
                yield answer
        finally:
            self._referee.see(request, response)
