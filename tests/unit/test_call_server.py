"""The server's address as it turns out to be."""

import pytest

from supervisely_ext import ConnectionFailed
from supervisely_ext.address import ServerAddress
from supervisely_ext.call import Caller
from supervisely_ext.credentials import Credentials, Secret
from tests.scripted import ScriptedTransport, Step, answer, lost

from .samples import TOKEN, html, look, scripted_caller, task


def clear_text_caller(*steps: Step, host: str = "sly.example.com", **more: str) -> tuple[Caller, ScriptedTransport]:
    caller = scripted_caller(*steps, credentials=Credentials(ServerAddress("http", host), Secret(TOKEN), **more))
    assert isinstance(caller.transport, ScriptedTransport)
    return caller, caller.transport


def addresses(transport: ScriptedTransport) -> list[str]:
    return [str(request.url) for request in transport.requests]


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_https_is_used_when_it_answers(status: int, caplog: pytest.LogCaptureFixture) -> None:
    """An http address is asked once for https, without the token; any answer will do."""
    caller, transport = clear_text_caller(html(status), answer(task()), answer(task()))
    look(caller)
    look(caller)
    method = "https://sly.example.com/public/api/v3/tasks.info"
    assert addresses(transport) == ["https://sly.example.com/", method, method]
    assert "x-api-key" not in transport.requests[0].headers
    assert str(caller.server.address) == "https://sly.example.com"
    assert "write https://sly.example.com" in caplog.text


def test_http_is_used_when_https_does_not_answer(caplog: pytest.LogCaptureFixture) -> None:
    """A server without https is used as it is, with one warning."""
    caller, transport = clear_text_caller(lost(sent=False), answer(task()), answer(task()))
    look(caller)
    look(caller)
    method = "http://sly.example.com/public/api/v3/tasks.info"
    assert addresses(transport) == ["https://sly.example.com/", method, method]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "https://sly.example.com cannot be used (connection reset), so that http://sly.example.com is" in caplog.text
    assert "clear text" in caplog.text


def test_this_machine_is_not_probed() -> None:
    """A loopback address is used as it is."""
    caller, transport = clear_text_caller(answer(task()), host="localhost:8080")
    look(caller)
    assert addresses(transport) == ["http://localhost:8080/public/api/v3/tasks.info"]


def test_another_address_of_the_api_replaces_the_server() -> None:
    """With an address of the API the server itself is not asked for anything."""
    caller, transport = clear_text_caller(answer(task()), api_address="https://api:81/other")
    look(caller)
    assert addresses(transport) == ["https://api:81/other/v3/tasks.info"]


def test_a_failure_names_the_address_that_was_asked() -> None:
    """When there is an address of the API, an error names that."""
    credentials = Credentials(
        ServerAddress("https", "sly.example.com"), Secret(TOKEN), api_address="https://api:81/other"
    )
    with pytest.raises(ConnectionFailed) as caught:
        look(scripted_caller(lost(sent=True), repeat=True, credentials=credentials))
    assert caught.value.address.startswith("https://api:81")
