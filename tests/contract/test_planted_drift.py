"""A mock that lies, taken for the real server: the report is what was planted, and its patch ends it."""

import asyncio
import json
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from supervisely_ext.contract.drift_patch import apply, patch
from supervisely_ext.contract.drift_report import FORMATS
from supervisely_ext.contract.places import Document
from supervisely_ext.contract.reads import READS, survey
from supervisely_ext.contract.recorder import application
from supervisely_ext.contract.recording import Recorder, read_recording, survey_of
from supervisely_ext.contract.server import asking
from supervisely_ext.contract.spec import bundled
from supervisely_ext.contract.survey import Survey
from supervisely_ext.mock import Platform
from supervisely_ext.mock.gateway import PREFIX, Request, handle

from ..mock.asking import start
from .planting import Expected, Planter

NUMBER = 32
KNOWN = {"team": [447], "workspace": [23821], "project": [76]}
SPEC = Document(bundled().document)


def _answer(platform: Platform, request: httpx.Request) -> httpx.Response:
    content, url = request.read(), request.url
    reply = handle(platform, Request(request.method, url.path, request.headers, content, url.query.decode()))
    return httpx.Response(reply.status, content=reply.body, headers={"content-type": reply.content_type})


class Liar:
    """The mock, its answers changed; it keeps what it was asked."""

    def __init__(self, platform: Platform, planter: Planter | None = None) -> None:
        self.platform, self.planter = platform, planter
        self.requests: list[httpx.Request] = []
        self.honest: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        response = _answer(self.platform, request)
        name = request.url.path.removeprefix(PREFIX)
        self.requests.append(request)
        self.honest.setdefault(name, response.json())
        if self.planter is None or response.status_code != 200:
            return response
        return httpx.Response(200, json=self.planter.changed(name, response.json()))

    def asked(self, document: Document) -> Survey:
        with httpx.Client(base_url="https://mock.invalid", transport=httpx.MockTransport(self)) as client:
            return survey(document, asking(client, lambda: "token-of-the-caller"), KNOWN)


@pytest.fixture
def busy(platform: Platform) -> Platform:
    """A platform that has something to say in every read."""
    start(platform, 512)
    start(platform, 83)
    return platform


def _said(survey: Survey) -> Expected:
    return {(each.tier, each.pointer, each.name): (each.seen, each.operations) for each in survey.deviations}


@pytest.fixture(params=[1, 2, 3])
def liar(request: pytest.FixtureRequest, busy: Platform) -> Liar:
    """At least twenty lies in many operations, drawn by a seed."""
    honest = Liar(busy)
    honest.asked(SPEC)
    planter = Planter(bundled().document, Random(request.param))
    planter.choose(honest.honest, NUMBER)
    return Liar(busy, planter)


def test_an_honest_mock_shows_nothing(busy: Platform) -> None:
    """Every read is made, and every answer is as the spec says."""
    found = Liar(busy).asked(SPEC)
    assert (found.deviations, found.gaps) == ([], {})
    assert len(found.judged) == len(READS)


def test_the_report_is_what_was_planted(liar: Liar) -> None:
    """No more and no less: tier, place, name, types, operations."""
    assert liar.planter is not None
    found = liar.asked(SPEC)
    assert _said(found) == liar.planter.expected
    assert len(liar.planter.expected) >= 20
    assert len({name for _, names in liar.planter.expected.values() for name in names}) >= 8
    assert Counter(tier for tier, _, _ in liar.planter.expected).keys() == {"new field", "missing", "contradicts"}


def test_the_patch_ends_the_report(liar: Liar) -> None:
    """Applied to the bundled spec, which stays a spec of which everything else is true."""
    document = deepcopy(bundled().document)
    for step in patch(document, liar.asked(SPEC).deviations):
        apply(document, step)
    assert liar.asked(Document(document)).deviations == []
    assert document != bundled().document


def test_a_recording_shows_the_same(liar: Liar, tmp_path: Path) -> None:
    """What passes the proxy, redacted, read again: the same report, and the same patch ends it."""
    direct = liar.asked(SPEC)
    path = tmp_path / "recording.jsonl"
    asyncio.run(_record(liar, liar.requests[:], path))
    recorded = survey_of(SPEC, read_recording(path))
    assert _said(recorded) == _said(direct)
    document = deepcopy(bundled().document)
    for step in patch(document, recorded.deviations):
        apply(document, step)
    assert survey_of(Document(document), read_recording(path)).deviations == []
    written = [
        path.read_text(),
        json.dumps(patch(bundled().document, direct.deviations)),
        *(form(direct) for form in FORMATS.values()),
    ]
    assert not [text for text in written if "canary-planted-text" in text or "token-of-the-caller" in text]


class Wire(httpx.AsyncBaseTransport):
    """Answers as a network does: not read yet."""

    def __init__(self, server: Liar) -> None:
        self.server = server

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        response = self.server(request)
        return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content))


async def _record(liar: Liar, requests: list[httpx.Request], path: Path) -> None:
    recorder = Recorder(SPEC, path)
    async with httpx.AsyncClient(transport=Wire(liar)) as upstream:
        proxy = httpx.ASGITransport(application(upstream, "https://mock.invalid", recorder))
        async with httpx.AsyncClient(transport=proxy) as client:
            for request in requests:
                await client.send(
                    httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
                )
    recorder.close()
