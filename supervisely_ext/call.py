"""One request: build, send, decide whether to send again, decode."""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Literal, ParamSpec, TypeVar

import httpx
from attrs import Factory, evolve, field, frozen
from supervisely_client.operation import RETRY, Operation

from .address import API_PATH, ServerAddress
from .answers import Answer, decode, error_of
from .checks import as_number
from .credentials import Credentials
from .errors import ArgumentError, ConnectionFailed, SuperviselyError
from .known_modules import KnownModules
from .learnt import Learnt
from .retry import RetryPolicy, may_repeat
from .shapes import is_list, is_object
from .transport import Transport, Unanswered, exchange

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("supervisely_ext")

DEFAULT_TIMEOUT = httpx.Timeout(60, connect=10)
_PROBE_TIMEOUT = httpx.Timeout(15, connect=5)
_HEADERS = {
    "user-agent": f"supervisely-ext/{version('supervisely-ext')}",
    "accept": "*/*",
    "accept-encoding": "gzip, deflate",
}


class Server:
    """The instance's address as it turns out to be: `http://` may become `https://` before the first call."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self.version: str | None = None
        """None until it is known."""
        self._settled = not address.probed
        self.answered = False
        """Whether it has ever answered, with whatever status; so that the address is right."""
        self.ids_at_once: dict[str, int] = {}
        """How many ids a list method takes in one filter, where it has refused more; 0 for none."""

    async def settle(self, transport: Transport) -> ServerAddress:
        """Give the address to use, after asking once whether https answers; the token is not part of the question."""
        if not self._settled:
            written, secured = self.address, self.address.secured()
            probe = httpx.Request("GET", f"{secured}/", extensions={"timeout": _PROBE_TIMEOUT.as_dict()})
            try:
                await exchange(transport, probe, fresh=False)
                address, warning = secured, f"{written} answers to https, which is used: write {secured}"
            except Unanswered as lost:
                address = written
                warning = f"{secured} cannot be used ({lost}), so that {written} is: the token is sent in clear text"
            if not self._settled:  # another call may have asked meanwhile
                self._settled, self.address = True, address
                log.warning("%s", warning)
        return self.address


@frozen
class Caller:
    """Sends the operations of one client."""

    transport: Transport
    credentials: Credentials
    policy: RetryPolicy = field(factory=RetryPolicy)
    timeout: httpx.Timeout = DEFAULT_TIMEOUT
    total: float | None = None
    """Seconds for one whole exchange; `timeout` is for each part of it."""
    server: Server = field(default=Factory(lambda self: Server(self.credentials.server), takes_self=True))
    modules: KnownModules = field(factory=KnownModules, eq=False, repr=False)
    learnt: Learnt = field(factory=Learnt, eq=False, repr=False)

    def within(self, seconds: float) -> "Caller":
        """Give a caller that sends nothing again after this time, and waits for no answer much longer."""
        parts = {name: min(part or seconds, seconds) for name, part in self.timeout.as_dict().items()}
        policy = evolve(self.policy, budget=min(self.policy.budget, seconds))
        return evolve(self, policy=policy, timeout=httpx.Timeout(**parts), total=min(self.total or seconds, seconds))

    async def call(self, operation: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> Answer[T]:
        """Send an operation of the spec and decode its answer."""
        response = await self.send(operation.name, operation.build(*args, **kwargs), retry=operation.retry)
        return decode(operation, response, self.credentials.token)

    def with_policy(self, policy: RetryPolicy) -> "Caller":
        """Give a caller with another policy."""
        return evolve(self, policy=policy)

    def once(self) -> "Caller":
        """Give a caller that sends once."""
        return self.with_policy(evolve(self.policy, tries=1))

    async def post(self, method: str, body: Mapping[str, Any], *, read: bool) -> Answer[Any]:
        """Send any method with a JSON body, and decode its answer; `read` says that one which the spec does not know may be repeated."""
        request = {"method": "post", "url": f"/{method}", "json": body, "headers": {"Content-Type": "application/json"}}
        response = await self.send(method, request, retry=retry_of(method, read=read))
        return decode(Operation(method, dict[str, Any], dict), response, self.credentials.token)

    async def send(
        self,
        name: str,
        request: dict[str, Any],
        *,
        retry: Literal["safe", "never"],
        policy: RetryPolicy | None = None,
    ) -> httpx.Response:
        """Send a request, given as the generated client builds it, until it succeeds or may not be sent again."""
        policy = policy or self.policy
        content = _encode(name, request)
        retry = "never" if _appends(name, request.get("json")) else retry
        begun = self.transport.monotonic()
        tried = 0
        while True:
            tried += 1
            outcome = await self._try(name, await self._build(request, content), retry, tried)
            if isinstance(outcome, httpx.Response):
                return outcome
            delay = None
            if outcome.repeatable:
                delay = policy.delay(
                    tried=tried,
                    elapsed=self.transport.monotonic() - begun,
                    random=self.transport.random(),
                    retry_after=outcome.retry_after,
                )
            if delay is None:
                raise outcome.error from outcome.cause
            log.info("%s; attempt %d in %.1f s", outcome.error, tried + 1, delay)
            await self.transport.sleep(delay)

    async def _build(self, request: dict[str, Any], content: dict[str, Any]) -> httpx.Request:
        base = self.credentials.api_address or f"{await self.server.settle(self.transport)}{API_PATH}"
        return httpx.Request(
            request["method"],
            _url(f"{base}/v3{request['url']}"),
            params=request.get("params"),
            headers={**_HEADERS, **self.credentials.headers(), **request.get("headers", {})},
            extensions={"timeout": self.timeout.as_dict(), "total": self.total},
            **content,
        )

    async def _try(
        self, name: str, request: httpx.Request, retry: Literal["safe", "never"], tried: int
    ) -> "httpx.Response | _Failure":
        try:
            response = await exchange(self.transport, request, fresh=retry == "never")
        except Unanswered as lost:
            failed = ConnectionFailed(
                operation=name,
                address=self.credentials.api_address or str(self.server.address),
                reason=self.credentials.token.remove_from(str(lost)),
                sent=lost.sent,
                attempts=tried,
            )
            return _Failure(failed, may_repeat(retry, status=None, sent=lost.sent), cause=lost.cause)
        self.server.answered = True
        if response.is_success:
            return response
        error = error_of(name, response, attempts=tried, secret=self.credentials.token, now=self.transport.time())
        return _Failure(error, may_repeat(retry, status=error.status, sent=True), retry_after=error.retry_after)


@frozen
class _Failure:
    """What one sending came to, when it was no success."""

    error: SuperviselyError
    repeatable: bool
    cause: Exception | None = None
    retry_after: float | None = None


def retry_of(method: str, *, read: bool) -> Literal["safe", "never"]:
    """Tell whether any method may be sent twice; one that the spec does not know, only if it reads."""
    return RETRY.get(method, "safe" if read else "never")


def _appends(name: str, body: object) -> bool:
    """Tell whether fields are added to, which makes another request of one that may be sent twice."""
    fields = body.get("fields") if name == "tasks.data.set" and is_object(body) else None
    return is_list(fields) and any(is_object(field) and field.get("append") is True for field in fields)


def explicit_policy(
    retry_count: int | None, retry_sleep_sec: float | None, *, count_name: str = "retry_count"
) -> RetryPolicy:
    """Give the policy that the official SDK's numbers ask for; with any, only the count ends the tries."""
    policy = RetryPolicy()
    if retry_count is not None:
        tries = as_number(count_name, retry_count, minimum=1)
        policy = evolve(policy, tries=tries, budget=float("inf"))
    if retry_sleep_sec is not None:
        delay = as_number("retry_sleep_sec", retry_sleep_sec, minimum=0)
        longest = max(policy.longest_delay, delay)
        policy = evolve(policy, first_delay=delay, longest_delay=longest, budget=float("inf"))
    return policy


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_url = lru_cache(maxsize=1024)(httpx.URL)
"""Reads an address; of a small request that would be a tenth of the cost, and there are few."""


def _encode(name: str, request: dict[str, Any]) -> dict[str, Any]:
    try:
        if "json" not in request:
            str(httpx.QueryParams(request.get("params")))  # as it will be written
            return {}
        return {"content": _ENCODER.encode(request["json"]).encode()}
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise ArgumentError(argument=name, problem=f"the request cannot be written ({error})") from error
