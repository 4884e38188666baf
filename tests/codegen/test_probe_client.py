"""What a client generated with our templates does, beyond what the templates repair."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.codegen.conftest import Generated

THING = {"id": 7, "name": None, "state": "not known yet", "owner": {"login": "jo"}, "newer": [1]}
# Arguments of `build`, the request that they make (query, headers, JSON), decoded answer, what `parse` makes of it.
OPERATIONS: dict[str, tuple[Any, Any, Any, Any]] = {
    "things.create": (
        lambda probe: {"body": probe.model("Thing").from_dict(THING)},
        ("POST", "", {"content-type": "application/json"}),
        THING,
        lambda model: model.to_dict() == THING and model["newer"] == [1],
    ),
    "things.upload": (
        lambda probe: {"body": probe.model("Upload")()},
        ("POST", "", {}),
        ["a", "b"],
        lambda names: names == ["a", "b"],
    ),
    "things.find": (
        lambda probe: {"owner_id": 3, "names": ["a", "b"], "x_trace": "t"},
        ("GET", "ownerId=3&names=a&names=b", {"x-trace": "t"}),
        [THING, {"id": 8}],
        lambda things: [thing.to_dict() for thing in things] == [THING, {"id": 8}],
    ),
    "things.download": (
        lambda probe: {"id": 7},
        ("GET", "id=7", {}),
        b"\x00bytes",
        lambda file: file.payload.read() == b"\x00bytes",
    ),
    "things.settings": (
        lambda probe: {},
        ("GET", "", {}),
        {"any": ["thing", None]},
        lambda data: data == {"any": ["thing", None]},
    ),
}


def transport_for(answer: Any, status: int = 200) -> httpx.MockTransport:
    body = {"content": answer} if isinstance(answer, bytes) else {"json": answer}
    return httpx.MockTransport(lambda _: httpx.Response(status, **body))


def test_every_operation_of_the_probe_is_tried(probe_spec: Any) -> None:
    """The table above leaves none out."""
    assert {path.removeprefix("/") for path in probe_spec["paths"]} == OPERATIONS.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_build_gives_what_httpx_makes_a_request_of(ours: Generated, name: str) -> None:
    """`OPERATION.build` gives keyword arguments of `httpx.Request`, with a relative URL."""
    arguments, (method, query, headers), _, _ = OPERATIONS[name]
    built = ours.endpoint(name).OPERATION.build(**arguments(ours))
    request = httpx.Request(**{**built, "url": f"http://probe{built['url']}"})
    assert (request.method, request.url.path, request.url.query.decode()) == (method, f"/{name}", query)
    assert headers.items() <= dict(request.headers).items()


@pytest.mark.parametrize("name", OPERATIONS)
def test_parse_turns_the_decoded_answer_into_models(ours: Generated, name: str) -> None:
    """`OPERATION.parse` keeps unknown fields and unknown values of open enums."""
    _, _, answer, is_right = OPERATIONS[name]
    assert is_right(ours.endpoint(name).OPERATION.parse(answer))


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_knows_its_name_and_whether_it_may_be_repeated(
    ours: Generated, probe_spec: Any, name: str
) -> None:
    """`name` and `retry` are what the spec says."""
    (declared,) = probe_spec["paths"][f"/{name}"].values()
    operation = ours.endpoint(name).OPERATION
    assert (operation.name, operation.retry) == (declared["operationId"], declared["x-retry"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_four_functions_of_an_endpoint_agree(ours: Generated, name: str) -> None:
    """`sync`, `sync_detailed`, `asyncio` and `asyncio_detailed` give the same answer."""
    arguments, _, answer, is_right = OPERATIONS[name]
    module, transport = ours.endpoint(name), transport_for(answer)
    client = ours.module("client").AuthenticatedClient(base_url="http://probe", token="t")
    client.set_httpx_client(httpx.Client(transport=transport, base_url="http://probe"))
    assert is_right(module.sync(client=client, **arguments(ours)))
    assert is_right(module.sync_detailed(client=client, **arguments(ours)).parsed)

    async def both() -> list[Any]:
        async with httpx.AsyncClient(transport=transport, base_url="http://probe") as inner:
            client.set_async_httpx_client(inner)
            detailed = await module.asyncio_detailed(client=client, **arguments(ours))
            return [await module.asyncio(client=client, **arguments(ours)), detailed.parsed]

    assert all(map(is_right, asyncio.run(both())))


def find(probe: Generated, status: int, body: bytes, *, strict: bool) -> Any:
    client = probe.module("client").AuthenticatedClient("http://probe", "t", raise_on_unexpected_status=strict)
    client.set_httpx_client(httpx.Client(transport=transport_for(body, status), base_url="http://probe"))
    return probe.endpoint("things.find").sync_detailed(client=client, owner_id=3)


@pytest.mark.parametrize("status", [204, 206, 302, 404])
def test_a_status_that_the_spec_does_not_name_is_not_parsed(ours: Generated, stock: Generated, status: int) -> None:
    """Its body may be anything, or empty; the generator's own template knows that too."""
    for probe in (stock, ours):
        response = find(probe, status, b"", strict=False)
        assert (response.status_code, response.content, response.parsed) == (status, b"", None), probe.name


@pytest.mark.parametrize("status", [201, 302, 404, 520])
def test_a_status_that_the_spec_does_not_name_is_raised_on_request(ours: Generated, status: int) -> None:
    """`raise_on_unexpected_status` makes it `errors.UnexpectedStatus`."""
    with pytest.raises(ours.module("errors").UnexpectedStatus) as caught:
        find(ours, status, b"[]", strict=True)
    assert caught.value.status_code == status


def test_a_client_sends_its_headers_cookies_and_token(ours: Generated) -> None:
    """Each `with_...` gives a client that has them, and leaves the first as it is."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={})

    plain = ours.module("client").AuthenticatedClient(
        base_url="http://probe",
        token="the-token",
        prefix="",
        auth_header_name="x-api-key",
        httpx_args={"transport": httpx.MockTransport(answer)},
    )
    rich = plain.with_headers({"x-extra": "1"}).with_cookies({"c": "2"}).with_timeout(httpx.Timeout(3))
    for client in (plain, rich):
        ours.endpoint("things.settings").sync(client=client)
    sent = [
        (request.headers["x-api-key"], request.headers.get("x-extra"), request.headers.get("cookie"))
        for request in requests
    ]
    assert sent == [("the-token", None, None), ("the-token", "1", "c=2")]
    assert [client.get_httpx_client().timeout.read for client in (plain, rich)] == [60, 3]


def test_a_prefix_stands_before_the_token(ours: Generated) -> None:
    """By default `Bearer`, in `Authorization`."""
    client = ours.module("client").AuthenticatedClient(base_url="http://probe", token="the-token")
    assert client.get_httpx_client().headers["authorization"] == "Bearer the-token"


def test_a_client_closes_its_connections_at_the_end_of_with(ours: Generated) -> None:
    """In both colours."""
    client = ours.module("client").Client(base_url="http://probe")
    with client as entered:
        assert entered is client
        assert not client.get_httpx_client().is_closed
    assert client.get_httpx_client().is_closed

    async def use() -> None:
        async with client as entered:
            assert entered is client
            assert not client.get_async_httpx_client().is_closed

    asyncio.run(use())
    assert client.get_async_httpx_client().is_closed


@pytest.mark.parametrize("path", ["", "models"])
def test_lazy_modules_have_all_they_promise_and_nothing_else(ours: Generated, stock: Generated, path: str) -> None:
    """Every name that the generator's own package has can be had; another one is an `AttributeError`."""
    module = ours.module(path)
    assert sorted(module.__all__) == sorted(stock.module(path).__all__)
    values = {name: getattr(module, name) for name in module.__all__}
    assert [name for name, value in values.items() if isinstance(value, type) and value.__name__ != name] == []
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = module.nothing


def test_unset_shows_itself_by_name(ours: Generated) -> None:
    """Models with unset fields print readably, and `UNSET` is false."""
    unset = ours.module("types").UNSET
    assert (repr(unset), bool(unset)) == ("UNSET", False)


def test_the_generated_package_is_strictly_typed(ours: Generated, strict_mypy: Callable[..., str]) -> None:
    """There is nothing for mypy --strict to find."""
    assert strict_mypy(ours.home, "-p", ours.name) == ""
