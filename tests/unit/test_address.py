"""Server addresses."""

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError
from supervisely_ext.address import ServerAddress, parse_api_address, parse_server_address

hosts = st.from_regex(r"[a-z]([a-z0-9]{0,8})(\.[a-z]{2,5}){0,2}", fullmatch=True).filter(
    lambda host: not host.endswith("localhost")
)
ports = st.none() | st.integers(1, 65535)
loopbacks = st.sampled_from(["localhost", "app.localhost", "127.0.0.1", "127.1.2.3", "[::1]"])


def with_port(host: str, port: int | None) -> str:
    return host if port is None else f"{host}:{port}"


@given(host=hosts, port=ports, slash=st.sampled_from(["", "/", "//"]))
def test_a_bare_host_means_https(host: str, port: int | None, slash: str) -> None:
    """Without a scheme an address is https."""
    assert str(parse_server_address(with_port(host, port) + slash)) == f"https://{with_port(host, port)}"


@given(host=loopbacks, port=ports)
def test_a_bare_loopback_host_means_http(host: str, port: int | None) -> None:
    """Without a scheme this machine is http, and not probed for https."""
    address = parse_server_address(with_port(host, port))
    assert str(address) == f"http://{with_port(host, port)}"
    assert not address.probed


@given(scheme=st.sampled_from(["http", "https"]), host=hosts | loopbacks, port=ports)
def test_an_address_is_read_as_it_is_written(scheme: str, host: str, port: int | None) -> None:
    """Writing an address and reading it again gives the same."""
    address = ServerAddress(scheme, with_port(host, port))
    assert parse_server_address(str(address)) == address
    assert str(address.secured()) == f"https://{with_port(host, port)}"


@given(host=hosts)
def test_clear_text_to_another_host_is_probed(host: str) -> None:
    """Only http to another host is asked for https first."""
    assert parse_server_address(f"http://{host}").probed
    assert not parse_server_address(f"https://{host}").probed


@given(text=st.text() | st.text(alphabet="htps:/[]@.%a1:\x00ä"))
@example("https://[::1")
@example("[::1")
@example("https://a\x00b.com")
@example("https://ä..com")
@example("https://%zz")
@example("https://user:pa℀ss@host")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """What is accepted can be sent to; all else is an `ArgumentError`."""
    try:
        address = parse_server_address(text)
    except ArgumentError:
        return
    assert parse_server_address(str(address)) == address
    assert httpx.URL(f"{address}/public/api/v3/tasks.info").host


@pytest.mark.parametrize(("text", "problem"), [
    ("", "is empty"),
    (" https://sly.example.com", "contains a blank"),
    ("https://sly.example.com\n", "contains a blank"),
    ("https://sly example.com", "contains a blank"),
    ("https://sly.example.com/projects/5", "has the path '/projects/5'"),
    ("sly.example.com/projects", "has the path '/projects'"),
    ("ftp://sly.example.com", "has the scheme 'ftp'"),
    ("://sly.example.com", "has the scheme ''"),
    ("https://", "is not scheme, host and port alone"),
    ("https://sly.example.com:0", "is not scheme, host and port alone"),
    ("https://sly.example.com:99999", "is not scheme, host and port alone"),
    ("https://sly.example.com:port", "is not scheme, host and port alone"),
    ("https://sly.example.com?a=1", "is not scheme, host and port alone"),
    ("https://sly.example.com#a", "is not scheme, host and port alone"),
])  # fmt: skip
def test_what_is_no_server_address(text: str, problem: str) -> None:
    """The error names the argument and what is wrong with it."""
    with pytest.raises(ArgumentError) as caught:
        parse_server_address(text)
    assert (caught.value.argument, caught.value.problem) == ("server_address", problem)


def test_a_path_is_answered_with_the_server() -> None:
    """The hint for an address with a path is the address without it."""
    with pytest.raises(ArgumentError) as caught:
        parse_server_address("https://sly.example.com/login", source="SERVER_ADDRESS")
    assert caught.value.argument == "SERVER_ADDRESS"
    assert caught.value.hint == "Give the server alone: https://sly.example.com"


@given(user=st.sampled_from(["", "user"]), password=st.from_regex(r"[A-Za-z0-9℀]{8,12}", fullmatch=True))
def test_a_password_is_refused_and_not_repeated(user: str, password: str) -> None:
    """An address with user and password is refused without naming them."""
    for text in (f"https://{user}:{password}@host", f"{user}:{password}@host/path"):
        with pytest.raises(ArgumentError) as caught:
            parse_server_address(text)
        assert password not in f"{caught.value} {caught.value!r} {caught.value.__cause__} {caught.value.__context__}"


@pytest.mark.parametrize(("text", "expected"), [
    ("http://api:8080/public/api/", "http://api:8080/public/api"),
    ("https://sly.example.com", "https://sly.example.com"),
    ("sly.example.com/other", "https://sly.example.com/other"),
])  # fmt: skip
def test_the_address_of_the_api_has_a_path(text: str, expected: str) -> None:
    """What stands for `<server>/public/api` keeps its path, without a slash at the end."""
    assert parse_api_address(text) == expected


def test_a_bad_address_of_the_api_is_named() -> None:
    """The error names the variable that it comes from."""
    with pytest.raises(ArgumentError) as caught:
        parse_api_address("https://a b")
    assert caught.value.argument == "SUPERVISELY_API_SERVER_ADDRESS"
