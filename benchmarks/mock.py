"""Small requests to the mock, strict beside off, in turn: `.venv/bin/python benchmarks/mock.py`.

On a port: `tasks.info` from this process over four kept connections, to two servers in processes of their own. In process: the transport
alone, and the client on it. Numbers are medians; the ratios are of neighbours, which the machine's moods change less. Microseconds are
the processor's, so that others on the machine do not count.
"""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from supervisely_ext import Api
from supervisely_ext.completing import complete
from supervisely_ext.mock import Platform, RealClock
from supervisely_ext.mock.inprocess import InProcess
from supervisely_ext.mock.server import serve
from supervisely_ext.port import listen, url_of

MODES = ("strict", "off")
CONNECTIONS = 4
REQUESTS = 3000
CALLS = 300
ROUNDS = 5
LENGTH = re.compile(rb"content-length: (\d+)")
URL = "https://mock.invalid"


def serve_mode(mode: str) -> None:
    """Serve a platform on a free port, and print its URL."""
    listening = listen("127.0.0.1", 0)
    platform = Platform(clock=RealClock(), validate=mode)
    serve(platform, listening, announce=lambda: print(url_of(listening), flush=True))


def question(task_id: int) -> bytes:
    """Give the bytes of a request for a task."""
    body = json.dumps({"id": task_id}).encode()
    head = "POST /public/api/v3/tasks.info HTTP/1.1\r\nhost: mock\r\nx-api-key: t\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def receive(connection: socket.socket) -> None:
    """Take one answer off a connection."""
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), data
    length = int(LENGTH.search(head)[1])
    while len(body) < length:
        body += connection.recv(65536)


def requests_per_second(url: str) -> float:
    """Keep one request under way on each connection."""
    with Api(url, "t") as api:
        asked = question(api.app.start(7, module_id=83).task_id)
    address = httpx.URL(url)
    connections = [socket.create_connection((address.host, address.port)) for _ in range(CONNECTIONS)]
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(asked)
    begun = time.perf_counter()
    for _ in range(REQUESTS // CONNECTIONS):
        for connection in connections:
            receive(connection)
            connection.sendall(asked)
    took = time.perf_counter() - begun
    for connection in connections:
        receive(connection)
        connection.close()
    return REQUESTS / took


def microseconds(call: Callable[[], object]) -> float:
    """Give what one call takes of a processor."""
    begun = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - begun) / CALLS * 1e6


def processor_seconds(process: int) -> float:
    """Give the processor's time that a process has used so far."""
    user, system = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def in_process(mode: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Give a call of the transport alone, and one of the client."""
    transport = InProcess(Platform(validate=mode))
    api = Api(URL, "t", transport=transport)
    task_id = api.app.start(7, module_id=83).task_id
    headers = {"x-api-key": "t"}
    request = httpx.Request("POST", f"{URL}/public/api/v3/tasks.info", json={"id": task_id}, headers=headers)
    return lambda: complete(transport.send(request, fresh=False)), lambda: api.task.get_info_by_id(task_id)


def main() -> None:
    """Measure everything in turn, and print it."""
    found: dict[str, dict[str, list[float]]] = {}
    servers = {
        mode: subprocess.Popen([sys.executable, __file__, mode], stdout=subprocess.PIPE, text=True) for mode in MODES
    }
    try:
        urls = {mode: server.stdout.readline().strip() for mode, server in servers.items()}
        calls = {mode: in_process(mode) for mode in MODES}
        for _ in range(ROUNDS):
            for mode in MODES:
                send, client = calls[mode]
                note = lambda what, value, mode=mode: found.setdefault(what, {}).setdefault(mode, []).append(value)  # noqa: E731
                before = processor_seconds(servers[mode].pid)
                note("requests/s on a port", requests_per_second(urls[mode]))
                used = processor_seconds(servers[mode].pid) - before
                note("µs a request of the server's processor", used / REQUESTS * 1e6)
                note("µs a request in process", microseconds(send))
                note("µs a call of the client in process", microseconds(client))
    finally:
        for server in servers.values():
            server.terminate()
            server.wait()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for what, measured in found.items():
        _report(what, measured)


def _report(what: str, measured: dict[str, list[float]]) -> None:
    strict, off = (measured[mode] for mode in MODES)
    ratio = statistics.median(one / other for one, other in zip(strict, off, strict=True))
    print(f"{what:40} strict {statistics.median(strict):6.0f}  off {statistics.median(off):6.0f}  {ratio:.2f} x")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve_mode(sys.argv[1])
    else:
        main()
