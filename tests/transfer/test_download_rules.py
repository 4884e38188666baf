"""What a download makes of answers, decided without a socket."""

import gzip
import zlib
from pathlib import Path

import httpx
import pytest

from supervisely_ext.address import ServerAddress
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Credentials, Secret
from supervisely_ext.errors import ApiError, ConnectionFailed, NotFound, UnexpectedAnswer
from supervisely_ext.retry import RetryPolicy
from tests.scripted import ScriptedTransport, lost
from tests.unit.samples import scripted_caller

from .samples import body, left, save


def fetch(folder: Path, *steps: httpx.Response | Exception, **options: object) -> tuple[bytes, list[httpx.Request]]:
    """Download from a script, and give the file and the requests."""
    caller = scripted_caller(*steps, **options)
    complete(save(caller, folder / "f.bin"))
    assert left(folder) == ["f.bin"]
    return (folder / "f.bin").read_bytes(), caller.transport.requests


def ranges(requests: list[httpx.Request]) -> list[str]:
    return [request.headers.get("range", "") for request in requests]


def test_the_rest_is_put_behind(folder: Path) -> None:
    """206 with the right range goes on where the body broke."""
    rest = body(b"cd", status=206, content_range="bytes 2-3/4")
    content, requests = fetch(folder, body(b"ab", content_length="4", breaks=True), rest)
    assert content == b"abcd"
    assert ranges(requests) == ["", "bytes=2-"]


@pytest.mark.parametrize("total", ["4", "*"])
def test_a_length_that_only_the_range_tells(folder: Path, total: str) -> None:
    """A body without a length can be taken up as well."""
    rest = body(b"cd", status=206, content_range=f"bytes 2-3/{total}")
    assert fetch(folder, body(b"ab", breaks=True), rest)[0] == b"abcd"


def test_a_range_of_unknown_length(folder: Path) -> None:
    """A range that does not tell the length leaves the one that was announced."""
    first = body(b"ab", content_length="4", breaks=True)
    second = body(b"c", status=206, content_range="bytes 2-2/*")
    third = body(b"d", status=206, content_range="bytes 3-3/*")
    content, requests = fetch(folder, first, second, third)
    assert content == b"abcd"
    assert ranges(requests) == ["", "bytes=2-", "bytes=3-"]


@pytest.mark.parametrize(
    "wrong",
    [
        body(b"d", status=206, content_range="bytes 3-3/4"),
        body(b"cde", status=206, content_range="bytes 2-4/5"),
        body(b"cd", status=206),
        body(b"cd", status=206, content_range="items 2-3/4"),
        body(b"cd", status=206, content_range=f"bytes {'2' * 5000}-3/4"),
        body(b"cd", status=206, content_range="bytes 2-3/4", etag='"2"'),
        body(gzip.compress(b"cd"), status=206, content_range="bytes 2-3/4", content_encoding="gzip"),
        body(status=416),
        body(b"cde", status=206, content_range="bytes 2-3/4"),
    ],
    ids=["offset", "length", "none", "unit", "number", "etag", "packed", "refused", "too much"],
)
def test_a_wrong_range_is_not_put_behind(folder: Path, wrong: httpx.Response) -> None:
    """What is no continuation of the file is thrown away, with what was there."""
    first = body(b"ab", content_length="4", etag='"1"', breaks=True)
    content, requests = fetch(folder, first, wrong, body(b"wxyz"))
    assert content == b"wxyz"
    assert ranges(requests) == ["", "bytes=2-", ""]


def test_a_server_that_ignores_the_range(folder: Path) -> None:
    """200 is the whole file, which takes the place of the part, also when it is shorter."""
    assert fetch(folder, body(b"abc", breaks=True), body(b"x", content_length="1"))[0] == b"x"


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"etag": '"1"', "last_modified": "yesterday"}, '"1"'),
        ({"etag": 'W/"1"', "last_modified": "yesterday"}, "yesterday"),
        ({"etag": 'W/"1"'}, None),
        ({}, None),
    ],
)
def test_the_rest_of_the_same_file(folder: Path, headers: dict[str, str], same: str | None) -> None:
    """What tells the file apart goes along; a weak tag does not tell."""
    requests = fetch(folder, body(b"ab", breaks=True, **headers), body(b"abcd"))[1]
    assert requests[1].headers.get("if-range") == same


@pytest.mark.parametrize("length", ["3", "5"])
def test_a_length_that_is_wrong(folder: Path, length: str) -> None:
    """The bytes that came are counted, whatever the transport has checked."""
    assert fetch(folder, body(b"abcd", content_length=length), body(b"wxyz", content_length="4"))[0] == b"wxyz"


@pytest.mark.parametrize(
    "headers", [{"content_length": "x"}, {"content_length": "9", "transfer_encoding": "chunked"}, {}]
)
def test_a_length_that_says_nothing(folder: Path, headers: dict[str, str]) -> None:
    """Without a length the end of the body is the end of the file."""
    assert fetch(folder, body(b"abcd", **headers))[0] == b"abcd"


def test_packed_bodies(folder: Path) -> None:
    """gzip, several of it, and zlib are unpacked, in whatever pieces they come."""
    much = b"\0" * 3_000_000
    for packed in (
        gzip.compress(much),
        gzip.compress(much[:1_048_576]) + gzip.compress(much[1_048_576:]),
        zlib.compress(much),
    ):
        pieces = [packed[start : start + 7] for start in range(0, len(packed), 7)]
        for body_ in (body(packed, content_encoding="gzip"), body(*pieces, content_encoding="deflate")):
            assert fetch(folder, body_)[0] == much


def test_an_empty_packed_body(folder: Path) -> None:
    """No bytes are no file in any packing."""
    assert fetch(folder, body(content_encoding="gzip", content_length="0"))[0] == b""


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"x" + data], ids=["cut", "damaged"])
def test_a_packed_body_that_cannot_be_unpacked(folder: Path, damage: object) -> None:
    """A packed body is read again from its beginning, for its rest would not fit."""
    bad = damage(gzip.compress(b"abcd"))  # type: ignore[operator]
    good = gzip.compress(b"abcd")
    bodies = [body(data, content_encoding="gzip", content_length=str(len(data))) for data in (bad, good)]
    content, requests = fetch(folder, *bodies)
    assert content == b"abcd"
    assert ranges(requests) == ["", ""]


@pytest.mark.parametrize("nothing", [body(status=204), body(b"x", content_encoding="br")], ids=["204", "br"])
def test_a_success_without_a_file(folder: Path, nothing: httpx.Response) -> None:
    """A success that brings no file, or one that cannot be read, is an error and leaves nothing."""
    with pytest.raises(UnexpectedAnswer, match="file"):
        fetch(folder, nothing)
    assert left(folder) == []


def test_a_range_error_that_nobody_asked_for(folder: Path) -> None:
    """416 to a request without a range is a refusal."""
    with pytest.raises(ApiError, match="416"):
        fetch(folder, body(status=416))


def test_a_refusal_is_unpacked(folder: Path) -> None:
    """The server's words are read, compressed or not; when that fails the request is repeated."""
    packed = gzip.compress(b'{"error": "gone"}')
    broken = body(b"no gzip", status=404, content_encoding="gzip")
    with pytest.raises(NotFound, match="gone"):
        fetch(folder, broken, body(packed, status=404, content_encoding="gzip"))


def test_time_in_which_bytes_move_is_no_trouble(folder: Path) -> None:
    """A body that takes longer than the retry budget is still taken up when it breaks."""
    transport = ScriptedTransport()

    class Slow(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            for piece in (b"a", b"b"):
                transport.now += 50
                yield piece
            raise lost(sent=True)

    rest = body(b"cd", status=206, content_range="bytes 2-3/4")
    transport.steps = [httpx.Response(200, stream=Slow()), rest]
    caller = scripted_caller(policy=RetryPolicy(budget=60))
    object.__setattr__(caller, "transport", transport)
    complete(save(caller, folder / "f.bin"))
    assert (folder / "f.bin").read_bytes() == b"abcd"


def test_a_silence_is_trouble(folder: Path) -> None:
    """Time in which nothing comes is on the retry budget."""
    transport = ScriptedTransport()

    def silence(request: httpx.Request) -> httpx.Response:
        transport.now += 100
        raise lost(sent=True)

    transport.steps = [silence]
    caller = scripted_caller(policy=RetryPolicy(budget=60))
    object.__setattr__(caller, "transport", transport)
    with pytest.raises(ConnectionFailed):
        complete(save(caller, folder / "f.bin"))
    assert left(folder) == []


def test_whether_https_answers_is_asked_first(folder: Path) -> None:
    """The probe of an address in clear text is not taken for the file."""
    address = ServerAddress("http", "sly.example.com")
    credentials = Credentials(address, Secret("s3cr3tT0ken"))
    content, requests = fetch(folder, body(b"front page"), body(b"abcd"), credentials=credentials)
    assert content == b"abcd"
    assert [str(request.url) for request in requests] == [
        "https://sly.example.com/",
        "https://sly.example.com/public/api/v3/ecosystem.file.download",
    ]


def test_an_address_of_its_own_for_the_api(folder: Path) -> None:
    """Where the API's address is given there is nothing to probe."""
    credentials = Credentials(
        ServerAddress("http", "sly.example.com"), Secret("s3cr3tT0ken"), api_address="http://inside/api"
    )
    requests = fetch(folder, body(b"abcd"), credentials=credentials)[1]
    assert [str(request.url) for request in requests] == ["http://inside/api/v3/ecosystem.file.download"]
