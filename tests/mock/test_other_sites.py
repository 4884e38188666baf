"""Pages of other sites, in a browser on the same machine, cannot steer a mock."""

import asyncio
from typing import Any

import pytest

from supervisely_ext.mock import Platform
from supervisely_ext.mock.exchange import Request
from supervisely_ext.mock.other_sites import refuse_other_sites
from supervisely_ext.mock.server import application


def is_refused(headers: dict[str, str], path: str = "/__mock__/reset", own_name: str = "127.0.0.1") -> bool:
    reply = refuse_other_sites(Request("POST", path, headers, b""), own_name)
    assert reply is None or reply.status == 403
    return reply is not None


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080", "192.168.1.7:80", "mock:8080", ""]
)
def test_who_asks_by_what_nobody_can_own(host: str) -> None:
    """An address, a name without a dot, and a client of old that names none."""
    assert not is_refused({"host": host})
    assert not is_refused({"host": host, "origin": f"http://{host}"})


@pytest.mark.parametrize("host", ["evil.example:8080", "127.0.0.1.evil.example", "[::1", "localhost."])
def test_a_name_that_a_site_may_own(host: str) -> None:
    """It may have been turned to this machine (DNS rebinding); the one that was given with --host may not."""
    assert is_refused({"host": host})
    assert is_refused({"host": host, "origin": f"http://{host}"})


def test_the_name_that_was_given() -> None:
    """Who gave it says that it is theirs."""
    assert is_refused({"host": "mock.company.example:8080"})
    assert not is_refused({"host": "mock.company.example:8080"}, own_name="mock.company.example")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://127.0.0.1:9999", "http://localhost:8080"]
)
def test_a_page_of_another_site(origin: str) -> None:
    """A browser says whose page asks; another port is another site."""
    assert is_refused({"host": "127.0.0.1:8080", "origin": origin})


def test_only_the_admin_is_guarded() -> None:
    """Clients reach the platform by whatever name they have for it."""
    headers = {"host": "supervisely.company.example", "origin": "https://supervisely.company.example"}
    assert not is_refused(headers, "/public/api/v3/instance.version")
    assert is_refused(headers, "/__mock__")


def test_the_refusal_says_what_to_do() -> None:
    """It leaves over the port and nothing is changed."""
    platform = Platform()
    before = platform.snapshot()
    sent: list[Any] = []
    scope = {
        "method": "PUT",
        "path": "/__mock__/state",
        "query_string": b"",
        "headers": [(b"host", b"evil.example"), (b"content-length", b"2")],
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(application(platform)(scope, receive, send))
    assert sent[0]["status"] == 403
    assert b"start it with --host" in sent[1]["body"]
    assert platform.snapshot() == before
