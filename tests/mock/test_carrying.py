"""What a client on a real socket sees of a fault, the same as in process; and of a body that is too large."""

import asyncio
import json
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform, VirtualClock
from supervisely_ext.mock.faults import EFFECTS, read_plan
from supervisely_ext.mock.gateway import PREFIX
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.server import application
from supervisely_ext.mock.time_modes import clock_of
from supervisely_ext.port import listen, url_of

from .asking import start

BODY = b'{"version":"6.18.3"}'
LOST: dict[str, dict[str, Any]] = {
    "reset": {"kind": "reset"},
    "reset after the commit": {"kind": "reset", "committed": True},
    "reset in the body": {"kind": "truncated", "size": 3, "reset": True},
    "closed in the body": {"kind": "truncated", "size": 3},
    "silence": {"kind": "silence"},
    "too late": {"kind": "latency", "seconds": 30},
    "too slow": {"kind": "dribble", "seconds": 30},
}
ARRIVING: dict[str, dict[str, Any]] = {
    "late": {"kind": "latency", "seconds": 0.5},
    "slow": {"kind": "dribble", "seconds": 0.1, "size": 6},
    "limited": {"kind": "rate_limited", "retry_after": 3},
    "login": {"kind": "login_page"},
    "proxy": {"kind": "status", "status": 502, "body": "<html>", "content_type": "text/html"},
    "spoilt": {"kind": "bad_json"},
    "nothing": {"kind": "status", "status": 204},
    "not modified": {"kind": "status", "status": 304},
}


def plan(effects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Each strikes a request that names it, in a field that all methods let pass when nothing is judged."""
    return {
        "rules": [
            {"match": {"operation": "tasks.request.direct", "request": {"command": name}}, "effect": effect}
            for name, effect in effects.items()
        ]
    }


PLAN = plan({**LOST, **ARRIVING})


@contextmanager
def serving(faults: Any) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, str(Path(__file__).with_name("faulty_server.py")), json.dumps(faults)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(PLAN) as (url, _):
        yield url


def request_for(url: str, name: str) -> httpx.Request:
    body = {"taskId": 1, "command": name}
    timeout = {"timeout": httpx.Timeout(1).as_dict()}
    return httpx.Request(
        "POST", f"{url}{PREFIX}tasks.request.direct", json=body, headers={"x-api-key": "t"}, extensions=timeout
    )


def over_socket(url: str, name: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.send(request_for(url, name))


def in_process(name: str) -> httpx.Response:
    return complete(
        InProcess(Platform(faults=read_plan(PLAN))).send(request_for("https://mock.invalid", name), fresh=False)
    )


@pytest.mark.parametrize("name", LOST)
def test_no_answer_is_the_same_error_on_both_faces(url: str, name: str) -> None:
    """Of the same class, in the same words."""
    with pytest.raises(httpx.TransportError) as there:
        over_socket(url, name)
    with pytest.raises(httpx.TransportError) as here:
        in_process(name)
    assert (type(there.value), str(there.value)) == (type(here.value), str(here.value))


@pytest.mark.parametrize("name", ARRIVING)
def test_an_answer_is_the_same_on_both_faces(url: str, name: str) -> None:
    """Status, body, and the headers that were asked for."""
    there, here = over_socket(url, name), in_process(name)
    assert (there.status_code, there.content) == (here.status_code, here.content)
    assert sorted(there.headers.items()) == sorted(here.headers.items())


def test_a_stream_arrives_in_pieces_and_breaks_where_it_is_cut() -> None:
    """In process too the head comes first, and then the body as far as it goes."""
    platform = Platform(faults=read_plan(PLAN))

    async def read(name: str) -> list[bytes]:
        found: list[bytes] = []
        async with InProcess(platform).stream(request_for("https://mock.invalid", name)) as response:
            assert int(response.headers["content-length"]) > 3
            with pytest.raises(httpx.ReadError) if name == "reset in the body" else _nothing():
                async for piece in response.stream:
                    found.append(piece)  # noqa: PERF401 - what came before the error counts
        return found

    assert b"".join(complete(read("reset in the body"))) == b'{"e'
    assert {len(piece) for piece in complete(read("slow"))[:-1]} == {6}


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def test_a_reset_is_one_for_the_kernel(url: str) -> None:
    """ECONNRESET, and not the clean end of a connection."""
    address = httpx.URL(url)
    with socket.create_connection((address.host, address.port or 0), timeout=5) as raw:
        raw.sendall(_bytes_of(request_for(url, "reset")))
        with pytest.raises(ConnectionResetError):
            raw.recv(1)


def _bytes_of(request: httpx.Request) -> bytes:
    head = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join([*head, "", ""]).encode() + request.read()


def test_a_connection_serves_again_after_a_slow_answer(url: str) -> None:
    """What waits for the client to go does not eat its next request."""
    with httpx.Client(trust_env=False) as client:
        for name in ("late", "slow", "late"):
            assert client.send(request_for(url, name)).status_code == 404


def test_it_stops_at_once_although_a_client_waits() -> None:
    """An answer that never comes is a reset then; nothing is said on standard error."""
    with serving(PLAN) as (url, process):
        address = httpx.URL(url)
        with socket.create_connection((address.host, address.port or 0), timeout=10) as raw:
            raw.sendall(_bytes_of(request_for(url, "silence")))
            # Answered later than the other was read, on a loop that takes things in their order.
            httpx.post(f"{url}{PREFIX}instance.version", json={}, trust_env=False)
            process.terminate()
            with pytest.raises(ConnectionResetError):
                raw.recv(1)
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, errors) == (0, "")


async def served(platform: Platform, talk: Callable[[httpx.AsyncClient, str], Awaitable[None]]) -> None:
    """Serve a platform in this event loop while somebody talks to it; nothing may be left of it."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application(platform), http="httptools", lifespan="off", log_level="error"))
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        await talk(client, url_of(listening))
    server.should_exit = True
    await serving
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_virtual_time_on_a_port_is_waited_for() -> None:
    """An answer that is late leaves when somebody has moved the clock."""
    clock = VirtualClock()
    platform = Platform(clock=clock, faults=read_plan(PLAN))

    async def talk(client: httpx.AsyncClient, url: str) -> None:
        waiting = asyncio.ensure_future(client.send(request_for(url, "too late")))
        await client.post(f"{url}{PREFIX}instance.version", json={})
        assert not waiting.done()
        clock.advance(30)
        assert (await waiting).status_code == 404

    asyncio.run(served(platform, talk))


@pytest.mark.parametrize("begun_in", ["real", "fast:2"])
def test_a_late_answer_follows_an_exchanged_clock(begun_in: str) -> None:
    """Time that is made virtual while an answer is waited for can be moved by hand."""
    platform = Platform(clock=clock_of(begun_in), faults=read_plan(PLAN))

    async def talk(client: httpx.AsyncClient, url: str) -> None:
        waiting = asyncio.ensure_future(client.send(request_for(url, "too late")))
        await client.post(f"{url}{PREFIX}instance.version", json={})
        await client.post(f"{url}/__mock__/time", json={"mode": "virtual"})
        await client.post(f"{url}/__mock__/advance", json={"seconds": 30})
        assert (await waiting).status_code == 404

    asyncio.run(served(platform, talk))


def test_nothing_is_sent_to_a_client_that_is_gone() -> None:
    """The server forgets what it was to send."""

    async def talk(client: httpx.AsyncClient, url: str) -> None:
        with pytest.raises(httpx.ReadTimeout):
            await client.send(request_for(url, "silence"))
        assert (await client.post(f"{url}{PREFIX}instance.version", json={})).content == BODY

    asyncio.run(served(Platform(faults=read_plan(PLAN)), talk))


def test_so_many_bytes_arrive_before_a_reset() -> None:
    """Also when they are more than the kernel takes at once."""
    text = "x" * 30_000_000
    platform = Platform()
    platform.answer_command("big", text)
    start(platform)
    cut = 20_000_000
    effect = {"kind": "truncated", "size": cut}
    platform.faults.replace(read_plan(plan({"big": effect})))

    async def talk(client: httpx.AsyncClient, url: str) -> None:
        body = {"taskId": 21012, "command": "big", "skipResponse": False}
        with pytest.raises(httpx.RemoteProtocolError, match=f"received {cut} bytes"):
            await client.post(f"{url}{PREFIX}tasks.request.direct", json=body, headers={"x-api-key": "t"})

    asyncio.run(served(platform, talk))


HEAD = f"POST {PREFIX}tasks.info HTTP/1.1\r\nhost: mock\r\nx-api-key: t\r\ncontent-type: application/json\r\n"


def test_a_gigabyte_of_json_is_refused_unread(url: str) -> None:
    """By what its head announces."""
    address = httpx.URL(url)
    with socket.create_connection((address.host, address.port or 0), timeout=10) as raw:
        raw.sendall(f"{HEAD}content-length: {1 << 30}\r\n\r\n".encode())
        assert _everything(raw).startswith(b"HTTP/1.1 413 ")


def test_a_gigabyte_that_is_not_announced_is_refused_where_it_gets_too_large() -> None:
    """In chunks: at 64 MiB the server stops reading, and its memory does not grow by more than some of them."""
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with serving({"rules": []}) as (url, process):
        before = _peak_memory(process.pid)
        address = httpx.URL(url)
        with socket.create_connection((address.host, address.port or 0), timeout=10) as raw:
            raw.sendall(f"{HEAD}transfer-encoding: chunked\r\n\r\n".encode())
            sent = 0
            try:
                for _ in range(1024):
                    raw.sendall(chunk)
                    sent += 1
            except OSError:
                assert sent < 200
            assert _everything(raw).startswith(b"HTTP/1.1 413 ")
        assert _peak_memory(process.pid) - before < 200 << 20


def _everything(raw: socket.socket) -> bytes:
    found = b""
    try:
        while data := raw.recv(65536):
            found += data
    except ConnectionResetError:
        assert found
    return found


def _peak_memory(process: int) -> int:
    text = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", text)
    assert found is not None
    return int(found[1]) * 1024


def test_half_a_request_is_none() -> None:
    """A client that goes away in the middle of a body has asked for nothing."""
    with serving({"rules": []}) as (url, process):
        address = httpx.URL(url)
        with socket.create_connection((address.host, address.port or 0), timeout=5) as raw:
            raw.sendall(f"{HEAD}content-length: 1000\r\n\r\n{{".encode())
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert httpx.post(f"{url}{PREFIX}instance.version", json={}, trust_env=False).content == BODY
        process.terminate()
        assert process.communicate(timeout=10)[1] == ""


def test_every_effect_is_carried_out_somewhere() -> None:
    """Those that change only what stands in an answer need no socket."""
    carried = {effect["kind"] for effect in (*LOST.values(), *ARRIVING.values())}
    assert EFFECTS.keys() - carried == {"content_type", "unknown_value", "missing_field", "duplicate_page", "lag"}
