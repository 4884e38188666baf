"""The suite's referee: every exchange of every test goes through it, whichever transport carries it."""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest

from supervisely_ext.contract.referee import Referee, SpecBroken
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.journal import Entry, Journal
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from tests.scripted import ScriptedTransport

JUDGED: dict[type, Callable[[Any], bool]] = {
    AsyncioTransport: lambda transport: False,
    BlockingTransport: lambda transport: False,
    InProcess: lambda transport: not _last_was_a_fault(transport),
    ScriptedTransport: lambda transport: False,
}
"""Whether the answers are judged beside the requests: those of a script, and of servers that tests write themselves, are often wrong on purpose.
The mock's own, on any port of this process, are judged by the journal as well."""


def _last_was_a_fault(transport: InProcess) -> bool:
    """A planned fault answers as it likes."""
    journal = transport.platform.journal
    return any(entry.fault for entry in journal.entries(after=journal.count - 1))


class SuiteReferee(Referee):
    """Remembers besides for which requests the mock was to blame."""

    def __init__(self) -> None:
        super().__init__()
        self.own_faults: list[Entry] = []

    def check(self) -> None:
        super().check()
        if self.own_faults:
            raise AssertionError("\n".join(f"{each.operation}: {each.remarks()}" for each in self.own_faults))


class NoReferee(SuiteReferee):
    """Sees nothing, and so takes no time."""

    def see(self, request: httpx.Request, response: httpx.Response | None, *, judge_answer: bool = True) -> None: ...


@contextmanager
def refereeing() -> Iterator[list[SuiteReferee]]:
    """Let the last referee in the list that is given see everything."""
    referees: list[SuiteReferee] = [SuiteReferee()]
    with pytest.MonkeyPatch.context() as patch:
        for kind, judge_answer in JUDGED.items():
            patch.setattr(kind, "send", _sending(kind.send, judge_answer, referees))  # type: ignore[attr-defined]
            if kind is not ScriptedTransport:  # which streams what it sends
                patch.setattr(kind, "stream", _streaming(kind.stream, referees))  # type: ignore[attr-defined]
        patch.setattr(Journal, "record", _recording(Journal.record, referees))
        yield referees


def _sending(original: Any, judge_answer: Callable[[Any], bool], referees: list[SuiteReferee]) -> Any:
    async def send(self: Any, request: httpx.Request, *, fresh: bool) -> httpx.Response:
        response = None
        try:
            response = await original(self, request, fresh=fresh)
        finally:
            referees[-1].see(request, response, judge_answer=judge_answer(self))
        return response

    return send


def _streaming(original: Any, referees: list[SuiteReferee]) -> Any:
    @asynccontextmanager
    async def stream(self: Any, request: httpx.Request) -> AsyncGenerator[httpx.Response]:
        try:
            async with original(self, request) as response:
                yield response
        finally:
            referees[-1].see(request, None)

    return stream


def _recording(original: Any, referees: list[SuiteReferee]) -> Any:
    def record(self: Journal, entry: Entry) -> None:
        original(self, entry)
        if entry.is_own_fault and not entry.breaks_spec:
            referees[-1].own_faults.append(entry)

    return record


__all__ = ["NoReferee", "SpecBroken", "SuiteReferee", "refereeing"]
