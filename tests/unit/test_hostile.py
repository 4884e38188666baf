"""What a hostile reviewer tried: each was wrong once."""

import asyncio
import json
import traceback
from pathlib import Path
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    Api,
    ApiError,
    ArgumentError,
    AsyncApi,
    BadRequest,
    ConnectionFailed,
    EnvFileError,
    Forbidden,
    ServerError,
    Status,
    UnexpectedAnswer,
    WaitingTimeExceeded,
)
from supervisely_ext.checks import (
    as_any_text,
    as_flag,
    as_ids,
    as_mapping,
    as_number,
    as_optional_text,
    as_path,
    as_text,
)
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Secret, read_env_file
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.transport import Unanswered
from tests.scripted import ScriptedTransport, answer, lost

from .samples import SERVER, TOKEN, html, module, task
from .test_namespaces import Connect


def test_a_look_has_no_more_time_than_the_wait(connect: Connect) -> None:
    """A server that never answers cannot hold a wait beyond its deadline."""
    api, transport = connect(answer(task("queued")), answer(task("started")))
    assert api.task.wait(7, "started", timeout=2) == "started"
    longest = [max(request.extensions["timeout"].values()) for request in transport.requests]
    assert longest == [2, pytest.approx(1)]


def test_a_first_look_that_takes_all_the_time(connect: Connect) -> None:
    """Nothing was seen, and the time is up: that is what the error says."""
    api, transport = connect()

    def never(request: httpx.Request) -> httpx.Response:
        transport.now += 5
        raise lost(sent=True, cause=httpx.ReadTimeout("timed out"))

    transport.steps = [never]
    with pytest.raises(WaitingTimeExceeded) as caught:
        api.task.wait(7, timeout=5)
    assert (caught.value.last_status, caught.value.history) == ("unknown", ())
    assert isinstance(caught.value.__cause__, ConnectionFailed)


def test_a_first_look_that_fails_at_once(connect: Connect) -> None:
    """With time left, a server that never answered may be the wrong one: no waiting for it."""
    api, _ = connect(lost(sent=False), repeat=True)
    with pytest.raises(ConnectionFailed):
        api.task.wait(7, timeout=10_000)


@pytest.mark.parametrize("passing", [answer({}, 503), answer({}, 501), answer({}, 522), html(), lost(sent=True)])
def test_what_passes_is_outlived(connect: Connect, passing: Any) -> None:
    """An overload, a maintenance page, a lost answer: the wait goes on and counts them."""
    api, transport = connect(answer(task("queued")), *[passing] * 6, answer(task("finished")))
    assert api.task.wait(7, timeout=10_000) is Status.FINISHED
    assert transport.steps == []


def test_what_does_not_pass_ends_the_wait(connect: Connect) -> None:
    """What may not be seen today may not be seen tomorrow."""
    api, _ = connect(answer(task("queued")), answer({}, 403))
    with pytest.raises(Forbidden):
        api.task.wait(7)


def test_a_callback_that_would_never_run(connect: Connect) -> None:
    """A coroutine function as on_status is refused, instead of being forgotten."""
    api, transport = connect()

    async def on_status(status: str) -> None: ...

    with pytest.raises(ArgumentError) as caught:
        api.app.wait(7, on_status=on_status)
    assert (caught.value.argument, transport.requests) == ("on_status", [])


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(connect: Connect, status: int) -> None:
    """Also on a 503, which carries it most often."""
    api, transport = connect(answer({}, status, retry_after="7"), answer(task()))
    api.task.get_info_by_id(7)
    assert transport.sleeps == [7]


def test_retry_after_of_days_is_not_slept(connect: Connect) -> None:
    """A server that asks for days gets no further try, even where only a number of tries was given."""
    _, transport = connect(answer({}, 503, retry_after="1000000"))
    with Api(SERVER, TOKEN, retry_count=10, transport=transport) as api, pytest.raises(ServerError) as caught:
        api.task.get_info_by_id(7)
    assert (transport.sleeps, caught.value.retry_after) == ([], 1_000_000)


def test_no_error_holds_a_whole_body(connect: Connect) -> None:
    """Long messages and long lists of reasons are cut in the text."""
    body = {"error": "x" * 10**6, "details": [{"message": "y" * 10**6}] * 10**3}
    api, _ = connect(answer(body, 400))
    with pytest.raises(BadRequest) as caught:
        api.task.get_info_by_id(7)
    assert len(str(caught.value)) < 2_000
    assert str(caught.value).count("y…") == 5


def test_an_error_does_not_keep_the_body_elsewhere(connect: Connect) -> None:
    """The decoder's own error, which holds the body, is not chained."""
    api, _ = connect(httpx.Response(200, text="secret body"))
    with pytest.raises(UnexpectedAnswer) as caught:
        api.task.get_info_by_id(7)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("colour", [Api, AsyncApi])
def test_a_client_that_could_not_be_made_still_shows(colour: Any) -> None:
    """Its repr stands in the traceback of the error that says why."""
    try:
        colour("ftp://x", TOKEN)
    except ArgumentError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert "not connected" in "".join(shown.format())


def test_an_error_inside_a_property_is_not_hidden() -> None:
    """It is no missing attribute."""
    api = Api(SERVER, TOKEN, transport=ScriptedTransport([lambda request: request.nonsense], repeat=True))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = api.instance_version


@pytest.mark.parametrize("method", ["", 5, None, "a\nb", "tasks.run.app?", "../x", "tasks info", "tasks/info"])
def test_what_is_no_method(connect: Connect, method: Any) -> None:
    """A method is a name; nothing that could become another address."""
    api, transport = connect()
    with pytest.raises(ArgumentError):
        api.post(method, {})
    assert transport.requests == []


def test_calls_at_once_agree_on_the_scheme(caplog: pytest.LogCaptureFixture) -> None:
    """Five first calls at once give one warning, and it names the address as it was written."""

    class Suspending(ScriptedTransport):
        async def send(self, request: httpx.Request, *, fresh: bool) -> httpx.Response:
            await asyncio.sleep(0)
            return await super().send(request, fresh=fresh)

    async def main() -> None:
        api = AsyncApi("http://sly.example.com", TOKEN, transport=Suspending([answer(task())], repeat=True))
        await asyncio.gather(*(api.task.get_info_by_id(7) for _ in range(5)))

    asyncio.run(main())
    (record,) = caplog.records
    assert (
        record.getMessage() == "http://sly.example.com answers to https, which is used: write https://sly.example.com"
    )


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "bogus://127.0.0.1:1"])
@pytest.mark.parametrize("fresh", [False, True])
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, proxy: str, fresh: bool) -> None:
    """Nothing was sent, and the error says so, in both colours."""
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    request = httpx.Request("GET", "http://sly.invalid/")
    with pytest.raises(Unanswered) as blocking:
        complete(BlockingTransport().send(request, fresh=fresh))
    with pytest.raises(Unanswered) as suspending:
        asyncio.run(AsyncioTransport().send(request, fresh=fresh))
    assert not blocking.value.sent
    assert not suspending.value.sent


@pytest.mark.parametrize("releases", [{"0": {"version": "v1"}}, "v1", 5])
def test_releases_of_another_shape(connect: Connect, releases: Any) -> None:
    """What is no list has no latest release."""
    api, _ = connect(answer({**module(), "meta": {"releases": releases}}))
    assert api.app.get_ecosystem_module_info(11).get_latest_release("none") == "none"


def test_targets_of_another_shape(connect: Connect) -> None:
    """A text is no list of targets."""
    api, _ = connect(answer({**module(), "config": {"contextMenu": {"target": "images_project"}}}))
    assert api.app.get_ecosystem_module_info(11).get_context_menu_targets() == []


def test_a_test_token_does_not_garble_errors() -> None:
    """A word of a few letters is no secret and stands in other words; a real token is removed."""
    assert Secret("any").remove_from("any.required") == "any.required"
    assert Secret(TOKEN).remove_from({"a": [TOKEN]}) == {"a": ["***"]}


@pytest.mark.parametrize("line", ["SERVER ADDRESS=https://h", "1A=secret", "A-B=secret", "A='open", 'A="x" y'])
def test_malformed_lines(tmp_path: Any, line: str) -> None:
    """The line is named, its content is not."""
    path = tmp_path / "x.env"
    path.write_text(f"# fine\n{line}\n")
    with pytest.raises(EnvFileError) as caught:
        read_env_file(path)
    assert caught.value.line == 2
    assert line.partition("=")[2] not in str(caught.value).replace(str(path), "")


def test_export_with_any_blank(tmp_path: Any) -> None:
    """export may be followed by a tab."""
    path = tmp_path / "x.env"
    path.write_text("export\tmodal.state.slyProjectId=5\n")
    assert read_env_file(path) == {"modal.state.slyProjectId": "5"}


@pytest.mark.parametrize("path", ["~nosuchuser/x", "a\0b", None, 5])
def test_what_is_no_path(path: Any) -> None:
    """A path that cannot be is an EnvFileError too."""
    with pytest.raises(EnvFileError):
        Api.from_env(env_file=path)


def test_an_env_file_in_another_encoding(tmp_path: Any) -> None:
    """The error keeps nothing of the file."""
    path = tmp_path / "x.env"
    path.write_bytes(b"API_TOKEN=\xff\xfe")
    with pytest.raises(EnvFileError) as caught:
        read_env_file(path)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("value", ["5", True, None, float("nan"), float("inf"), -1, 10**400, [1]])
def test_what_is_no_number(value: Any) -> None:
    """Finite, from the minimum on, and of a number's type."""
    with pytest.raises(ArgumentError):
        as_number("n", value, minimum=0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Api(5, TOKEN),
        lambda: Api(SERVER, 5),
        lambda: Api(SERVER, TOKEN, retry_count="3"),
        lambda: Api(SERVER, TOKEN, retry_sleep_sec="3"),
        lambda: Api(SERVER, TOKEN, timeout="5"),
        lambda: as_text("t", ""),
        lambda: as_text("t", 5),
        lambda: as_mapping("m", "ab"),
        lambda: as_ids("i", "5"),
        lambda: as_ids("i", [1, 0]),
        lambda: as_any_text("t", None),
        lambda: as_flag("f", 1),
        lambda: as_path("p", None),
        lambda: as_path("p", b"x"),
        lambda: as_path("p", "a\0b"),
        lambda: as_path("p", "\ud800"),
    ],
)
def test_wrong_types_are_argument_errors(make: Any) -> None:
    """No TypeError from somewhere inside."""
    with pytest.raises(ArgumentError):
        make()


def test_right_types() -> None:
    """Numbers, texts, mappings and ids come back as they are meant."""
    assert (as_number("n", 3, minimum=1), as_text("t", "x"), as_mapping("m", None)) == (3.0, "x", {})
    assert (as_any_text("t", ""), as_optional_text("t", None), as_flag("f", False)) == ("", None, False)
    assert (as_path("p", Path("a/b")), as_path("p", "a")) == ("a/b", "a")
    assert (as_ids("i", None), as_ids("i", 5), as_ids("i", (5, 6))) == ([], [5], [5, 6])


def test_several_users(connect: Connect) -> None:
    """A list of users is sent as it is."""
    api, transport = connect(answer([{"taskId": 7}, {"taskId": 8}]))
    assert api.app.start(None, module_id=11, app_version="v1", users_id=[4, 5]).task_id == 7
    assert json.loads(transport.requests[0].content)["usersIds"] == [4, 5]


def test_an_unexplained_redirect(connect: Connect) -> None:
    """Without an address, or with a path alone, there is none to advise."""
    for headers in ({}, {"location": "/login"}):
        api, _ = connect(httpx.Response(302, headers=headers))
        with pytest.raises(ApiError, match=r"was redirected \(HTTP 302\)$"):
            api.task.get_info_by_id(7)
