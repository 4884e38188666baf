"""The client itself, in both colours."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from supervisely_ext import Api, ApiError, ArgumentError, AsyncApi, ConnectionFailed, EnvFileError, UnexpectedAnswer
from tests.scripted import ScriptedTransport, answer, lost

from .colours import Colour
from .samples import SERVER, TOKEN, html, task
from .wire_server import WireServer

Connect = Callable[..., tuple[Any, ScriptedTransport]]


class TestMaking:
    def test_from_arguments(self, connect: Connect) -> None:
        """A client shows its server and never its token."""
        api, _ = connect()
        assert (api.server_address, api.task_id) == (SERVER, None)
        assert SERVER in repr(api)
        assert TOKEN not in f"{api!r}{vars(api)}"

    def test_from_the_environment(self, colour: Colour, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without arguments the environment counts."""
        monkeypatch.setenv("SERVER_ADDRESS", SERVER)
        monkeypatch.setenv("API_TOKEN", TOKEN)
        monkeypatch.setenv("SUPERVISELY_TASK_ID", "55")
        assert (colour().server_address, colour().task_id) == (SERVER, 55)
        assert colour(ignore_task_id=True).task_id is None
        assert (colour.from_env().task_id, colour.from_env(ignore_task_id=True).task_id) == (55, None)

    def test_from_a_file(self, colour: Colour, tmp_path: Path) -> None:
        """In development the file has what is missing, and the numbers given count."""
        file = tmp_path / "my.env"
        file.write_text(f"SERVER_ADDRESS={SERVER}\nAPI_TOKEN={TOKEN}\n")
        transport = ScriptedTransport([answer({}, 503)], repeat=True)
        api = colour.from_env(2, env_file=file, retry_sleep_sec=3, timeout=4, transport=transport)
        with pytest.raises(ApiError):
            api.task.get_status(7)
        assert transport.sleeps == [3]
        assert transport.requests[0].extensions["timeout"]["read"] == 4
        assert transport.requests[0].headers["x-api-key"] == TOKEN

    def test_from_a_missing_file(self, colour: Colour) -> None:
        """When nothing is set and there is no file, the file is named."""
        with pytest.raises(EnvFileError) as caught:
            colour.from_env()
        assert caught.value.path.endswith("supervisely.env")

    @pytest.mark.parametrize(("headers", "task_id"), [({"x-task-id": "55"}, 55), ({}, None)])
    def test_from_the_official_client(self, colour: Colour, headers: dict[str, str], task_id: int | None) -> None:
        """Address, token and task id are taken over."""
        official = SimpleNamespace(
            server_address=SERVER,
            token=TOKEN,
            task_id="55",
            headers=headers,
            api_server_address="http://api:81/public/api",
        )
        transport = ScriptedTransport([answer(task())])
        api = colour.from_official(official, timeout=5, transport=transport)
        assert (api.server_address, api.task_id) == (SERVER, task_id)
        api.task.get_status(7)
        (request,) = transport.requests
        assert str(request.url) == "http://api:81/public/api/v3/tasks.info"
        assert request.headers.get("x-task-id") == (None if task_id is None else str(task_id))

    def test_an_official_client_on_http(self, colour: Colour) -> None:
        """When https is found to answer, the token goes there and nowhere else."""
        address = "http://sly.example.com"
        official = SimpleNamespace(
            server_address=address, token=TOKEN, task_id=None, headers={}, api_server_address=f"{address}/public/api"
        )
        transport = ScriptedTransport([html(), answer(task())])
        api = colour.from_official(official, transport=transport)
        api.task.get_status(7)
        assert api.server_address == SERVER
        assert [str(request.url) for request in transport.requests if "x-api-key" in request.headers] == [
            f"{SERVER}/public/api/v3/tasks.info"
        ]

    @pytest.mark.parametrize("options", [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": float("nan")},
        {"timeout": sys.maxsize},
        {"retry_count": 0},
        {"retry_sleep_sec": -1},
    ], ids=str)  # fmt: skip
    def test_numbers_that_cannot_be(self, connect: Connect, options: dict[str, float]) -> None:
        """A client with impossible numbers is not made; the number's name is in the error."""
        with pytest.raises(ArgumentError) as caught:
            connect(**options)
        assert [caught.value.argument] == list(options)

    def test_namespaces_of_the_official_sdk(self, connect: Connect) -> None:
        """A namespace that only the official SDK has says how to go on; a misspelt one is just unknown."""
        api, _ = connect()
        for name in ("project", "image", "workspace"):
            with pytest.raises(AttributeError, match=rf"api\.{name} is not part .*Api\.from_official"):
                getattr(api, name)
            assert not hasattr(api, name)
        with pytest.raises(AttributeError, match="no attribute 'tsak'"):
            _ = api.tsak


class TestAnyMethod:
    def test_post(self, connect: Connect) -> None:
        """Any method can be posted to; the successful answer is given as it is."""
        api, transport = connect(answer({"id": 5}))
        assert api.post("projects.info", {"id": 5}).json() == {"id": 5}
        (request,) = transport.requests
        assert (request.method, request.url.path) == ("POST", "/public/api/v3/projects.info")
        assert (request.content, request.headers["content-type"]) == (b'{"id":5}', "application/json")

    @pytest.mark.unrefereed("post and get send what they are told")
    def test_get(self, connect: Connect) -> None:
        """A GET has parameters, or none."""
        api, transport = connect(answer({}), answer({}))
        api.get("projects.info", {"id": 5})
        api.get("projects.info")
        assert [request.method for request in transport.requests] == ["GET", "GET"]
        assert [request.url.query for request in transport.requests] == [b"id=5", b""]

    @pytest.mark.unrefereed("post and get send what they are told")
    def test_an_unknown_method_is_posted_once(self, connect: Connect) -> None:
        """What the spec does not know is not repeated unless told; a GET is."""
        for call, tries in (
            (lambda api: api.post("images.add", {}), 1),
            (lambda api: api.post("images.add", {}, retries=3), 3),
            (lambda api: api.post("tasks.info", {}), 5),
            (lambda api: api.get("images.info"), 5),
            (lambda api: api.get("images.info", retries=2), 2),
        ):
            api, transport = connect(answer({}, 503), repeat=True)
            with pytest.raises(ApiError) as caught:
                call(api)
            assert len(transport.requests) == caught.value.attempts == tries

    def test_no_tries(self, connect: Connect) -> None:
        """Less than one try is refused by its name, and nothing is sent."""
        api, transport = connect()
        with pytest.raises(ArgumentError) as caught:
            api.post("tasks.info", {}, retries=0)
        assert caught.value.argument == "retries"
        assert transport.requests == []


class TestVersion:
    def test_it_is_asked_for_once(self, connect: Connect) -> None:
        """The server's version is remembered."""
        api, transport = connect(answer({"version": "6.12.4"}))
        assert [api.instance_version, api.instance_version] == ["6.12.4", "6.12.4"]
        assert transport.methods == ["instance.version"]
        assert json.loads(transport.requests[0].content) == {}

    def test_a_failure_is_not_remembered(self, connect: Connect) -> None:
        """After a failure it is asked for again."""
        api, _ = connect(answer({}, 404), answer({"version": "6.12.4"}))
        with pytest.raises(ApiError):
            _ = api.instance_version
        assert api.instance_version == "6.12.4"

    @pytest.mark.parametrize("body", [{}, [], None, {"version": None}, {"version": 6}])
    def test_another_shape(self, connect: Connect, body: Any) -> None:
        """An answer without a version is an error and not None."""
        api, _ = connect(httpx.Response(200, text=json.dumps(body)))
        with pytest.raises(UnexpectedAnswer):
            _ = api.instance_version


class TestLifetime:
    def test_it_is_closed_in_the_end(self, connect: Connect) -> None:
        """`with` closes the connections, also after an error; closing by hand does the same."""
        api, transport = connect()
        with api as same:
            assert same.server_address == SERVER
        assert transport.closed == 1
        with pytest.raises(LookupError), api:
            raise LookupError
        api.close()
        assert transport.closed == 3

    @pytest.mark.unrefereed("post and get send what they are told")
    def test_a_blocking_client_on_a_real_connection(self) -> None:
        """Without a transport a client makes its own."""
        with WireServer() as server, Api(server.address, TOKEN) as api:
            assert api.get("any.method").text == "/public/api/v3/any.method"

    @pytest.mark.unrefereed("post and get send what they are told")
    def test_an_asyncio_client_on_a_real_connection(self) -> None:
        """Without a transport an asyncio client makes its own."""

        async def ask() -> str:
            async with AsyncApi(server.address, TOKEN) as api:
                return (await api.get("any.method")).text

        with WireServer() as server:
            assert asyncio.run(ask()) == "/public/api/v3/any.method"


ECHOES = {
    "error": answer({"error": f"bad token {TOKEN}", "details": {"message": TOKEN}}, 400),
    "repeated error": answer({"error": TOKEN}, 503),
    "error page": httpx.Response(502, html=f"<html>{TOKEN}"),
    "page": httpx.Response(200, html=f"<html>{TOKEN}"),
    "redirect": httpx.Response(302, headers={"location": f"/login?token={TOKEN}"}),
    "no answer": lost(sent=True, cause=httpx.ReadError(f"reset after {TOKEN}")),
}


@pytest.mark.parametrize("step", ECHOES.values(), ids=ECHOES)
def test_the_token_is_in_no_error_and_no_log(connect: Connect, step: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the server repeats, no text, attribute, repr or log record has the token."""
    caplog.set_level(logging.DEBUG)
    api, _ = connect(step, repeat=True)
    with pytest.raises((ApiError, ConnectionFailed)) as caught:
        api.task.get_status(7)
    error = caught.value
    assert TOKEN not in f"{error} {error!r} {vars(error)} {caplog.text} {[vars(record) for record in caplog.records]}"
