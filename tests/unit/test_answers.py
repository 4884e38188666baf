"""What an answer means."""

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from supervisely_client.operation import Operation

from supervisely_ext import (
    ApiError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    RedirectRefused,
    ServerError,
    Unauthorized,
    UnexpectedAnswer,
)
from supervisely_ext.answers import Answer, decode, error_of
from supervisely_ext.credentials import Secret
from tests.scripted import answer

from .samples import LOGIN_PAGE, TOKEN, html

SECRET = Secret(TOKEN)
DEEP = "[" * 200_000


def refused(response: httpx.Response, *, attempts: int = 1, secret: Secret = SECRET) -> ApiError:
    return error_of("tasks.info", response, attempts=attempts, secret=secret, now=0)


def read(response: httpx.Response) -> Answer[Any]:
    return decode(Operation("tasks.info", dict, lambda body: body["id"]), response, SECRET)


@pytest.mark.parametrize(("status", "kind"), [
    (301, RedirectRefused),
    (302, RedirectRefused),
    (304, RedirectRefused),
    (400, BadRequest),
    (401, Unauthorized),
    (402, ApiError),
    (403, Forbidden),
    (404, NotFound),
    (409, Conflict),
    (429, RateLimited),
    (499, ApiError),
    (500, ServerError),
    (502, ServerError),
    (520, ServerError),
    (599, ServerError),
    (600, ApiError),
])  # fmt: skip
def test_each_status_has_its_error(status: int, kind: type[ApiError]) -> None:
    """A status gives the error of its name, and an unusual one a general error."""
    error = refused(answer({"error": "no"}, status))
    assert type(error) is kind
    assert (error.operation, error.status, error.message) == ("tasks.info", status, "no")


def test_the_server_speaks() -> None:
    """Message, details and request id come from the answer; the text has them in one line."""
    body = {"error": "Bad Request", "details": [{"message": '"id" is required'}, {"message": '"a" is odd'}, {"x": 1}]}
    error = refused(answer(body, 400, x_request_id="r-1"), attempts=2)
    assert error.details == body["details"]
    assert str(error) == (
        'tasks.info was refused: Bad Request: "id" is required; "a" is odd (HTTP 400, 2 attempts, request r-1)'
    )


def test_details_may_be_one_object() -> None:
    """A single detail is named like a list of one."""
    error = refused(answer({"error": "Not Found", "details": {"message": "Task not found"}}, 404))
    assert str(error) == "tasks.info was refused: Not Found: Task not found (HTTP 404)"


def test_a_wrong_token_has_a_hint() -> None:
    """A 401 tells where the token comes from."""
    assert str(refused(answer({"error": "Unauthorized"}, 401))).endswith("in the account settings of the platform")


def test_a_server_error_is_no_refusal() -> None:
    """A 5xx is the server's own failure."""
    assert str(refused(answer({"error": "Oops"}, 500))) == "tasks.info failed: Oops (HTTP 500)"


@pytest.mark.parametrize(("body", "said"), [
    ("", "no explanation"),
    (LOGIN_PAGE, "<!doctype html> <html><title>Sign in</title></html>"),
    ("[]", "[]"),
    ('{"error', '{"error'),
    ('{"message": "x"}', '{"message": "x"}'),
    ("x" * 300, "x" * 200 + "…"),
])  # fmt: skip
def test_other_bodies_are_quoted(body: str, said: str) -> None:
    """The beginning of a body that is no error of the API is in the text."""
    assert str(refused(httpx.Response(502, text=body))) == f"tasks.info failed: {said} (HTTP 502)"


def test_a_redirect_names_its_target() -> None:
    """A redirect is not followed; the error says where it goes."""
    error = refused(httpx.Response(308, headers={"location": "https://new.example.com/"}))
    assert isinstance(error, RedirectRefused)
    assert error.location == "https://new.example.com"
    assert "use that server address" in str(error)


@pytest.mark.parametrize("headers", [{}, {"location": "https://[login"}])
def test_a_redirect_without_a_target(headers: dict[str, str]) -> None:
    """A redirect to nowhere, or to no address, is refused too."""
    error = refused(httpx.Response(302, headers=headers))
    assert isinstance(error, RedirectRefused)
    assert error.location == ""


def test_a_rate_limit_tells_how_long() -> None:
    """A 429 carries the seconds that the server asks for, if it does."""
    for headers, expected in (({"retry_after": "3"}, 3.0), ({}, None)):
        error = refused(answer({}, 429, **headers))
        assert isinstance(error, RateLimited)
        assert error.retry_after == expected


@pytest.mark.parametrize("headers", [{}, {"location": f"/?t={TOKEN}"}, {"x-request-id": TOKEN}])
@given(
    status=st.sampled_from([301, 400, 401, 418, 429, 500]),
    before=st.text(max_size=220),
    after=st.text(max_size=20),
    shape=st.sampled_from(["error", "details", "html"]),
)
def test_an_echoed_token_is_removed(headers: dict[str, str], status: int, before: str, after: str, shape: str) -> None:
    """Wherever a server repeats the token, no error shows it."""
    text = before.encode("utf-8", "ignore").decode() + TOKEN + after.encode("utf-8", "ignore").decode()
    bodies: dict[str, Any] = {
        "error": {"json": {"error": text}},
        "details": {"json": {"error": "no", "details": [{"message": text, text: text}]}},
        "html": {"html": f"<html>{text}"},
    }
    error = refused(httpx.Response(status, headers=headers, **bodies[shape]))
    assert TOKEN not in f"{error} {error!r} {vars(error)}"


@pytest.mark.parametrize("token", ['quoted"token"x', "back\\slash\\token", "with/slash/token"])
def test_a_token_is_removed_as_json_writes_it(token: str) -> None:
    """A token that JSON spells otherwise is found too."""
    escaped = token.replace("\\", "\\\\").replace('"', '\\"').replace("/", "\\/")
    body = f'{{"error": "{escaped}", "details": {{"{escaped}": ["{escaped}"]}}}}'
    error = refused(httpx.Response(400, text=body), secret=Secret(token))
    assert token not in f"{error.message}{error} {list(error.details)} {list(error.details.values())}"


@given(content=st.binary(max_size=60), status=st.sampled_from([200, 302, 400, 500]))
def test_any_bytes_are_an_answer_or_an_error(content: bytes, status: int) -> None:
    """No body provokes anything but our own errors."""
    response = httpx.Response(status, content=content)
    if status != 200:
        assert refused(response).status == status
        return
    with suppress(UnexpectedAnswer):
        assert read(response).json == json.loads(content)


@pytest.mark.parametrize("charset", ["nonsense", "base64", "utf-16"])
def test_a_strange_charset_breaks_nothing(charset: str) -> None:
    """A charset that is none, or not this one, still gives the error of the status."""
    response = httpx.Response(502, content=b"<html>", headers={"content-type": f"text/html; charset={charset}"})
    assert refused(response).status == 502


@pytest.mark.parametrize(("response", "problem"), [
    (html(), "HTML instead of JSON: a login page, or a proxy's"),
    (httpx.Response(200), "nothing instead of JSON"),
    (httpx.Response(204), "nothing instead of JSON"),
    (httpx.Response(200, text=" \n"), "nothing instead of JSON"),
    (httpx.Response(200, text='{"id": 7, "sta'), "what is not JSON: cut off, or another format"),
    (httpx.Response(200, content=b"\xff\xfe\xfd"), "what is not JSON: cut off, or another format"),
])  # fmt: skip
def test_a_success_that_is_not_json(response: httpx.Response, problem: str) -> None:
    """A 2xx without JSON is an error that says what it is instead."""
    response.headers["x-request-id"] = "r-2"
    with pytest.raises(UnexpectedAnswer) as caught:
        read(response)
    assert caught.value.problem == problem
    assert caught.value.status == response.status_code
    assert caught.value.request_id == "r-2"
    assert problem in str(caught.value)


def test_a_success_that_repeats_the_token() -> None:
    """The quoted beginning of a page has no token in it."""
    with pytest.raises(UnexpectedAnswer) as caught:
        read(httpx.Response(200, html=f"<html>{TOKEN}"))
    assert caught.value.excerpt == "<html>***"
    assert TOKEN not in str(caught.value)


def test_a_body_without_end_is_unexpected() -> None:
    """Brackets without end are an error of ours, in a success and in a refusal."""
    with pytest.raises(UnexpectedAnswer):
        read(httpx.Response(200, text=DEEP))
    assert refused(httpx.Response(400, text=DEEP)).status == 400


def test_a_success_is_read_on_demand() -> None:
    """The decoded body, its model, and what a reader makes of it."""
    good = read(answer({"id": 7}))
    assert good.json == {"id": 7}
    assert good.model == 7
    assert good.read(len) == 1


@pytest.mark.parametrize("body", [[], {}, "text", 5, None, True])
def test_another_shape_is_unexpected(body: Any) -> None:
    """A body that the reader cannot read is an error with the operation and the cause."""
    strange = read(httpx.Response(201, text=json.dumps(body)))
    with pytest.raises(UnexpectedAnswer) as caught:
        _ = strange.model
    assert (caught.value.operation, caught.value.status) == ("tasks.info", 201)
    assert "a body of another shape" in str(caught.value)
    assert isinstance(caught.value.__cause__, TypeError | LookupError)
