"""500 MB down and up, through us and through bare httpx, in turn: `.venv/bin/python benchmarks/transfer.py`.

Each measurement is a process of its own, so that its peak of memory is its own; the server is one more. Speeds are medians, and so are the
ratios of neighbours, which the machine's moods change less.
"""

import asyncio
import hashlib
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx
from supervisely_client.api.ecosystem import ecosystem_file_download
from supervisely_client.models.ecosystem_file_download_request import EcosystemFileDownloadRequest

from supervisely_ext.address import parse_server_address
from supervisely_ext.call import Caller
from supervisely_ext.completing import complete
from supervisely_ext.credentials import Credentials, Secret
from supervisely_ext.download import download
from supervisely_ext.network import AsyncioTransport, BlockingTransport
from supervisely_ext.transfer import upload_files

SIZE = 500_000_000
ROUNDS = 5
BLOCK = os.urandom(1 << 20)
WAYS = {
    "blocking down": "Client down",
    "asyncio down": "AsyncClient down",
    "blocking up": "Client up",
    "asyncio up": "AsyncClient up",
}
"""Each of our ways, and the same with bare httpx."""


def serve(listener: socket.socket) -> None:
    """Send the file to whoever downloads, and swallow what is uploaded."""
    while True:
        connection = listener.accept()[0]
        threading.Thread(target=_talk, args=(connection,), daemon=True).start()


def _talk(connection: socket.socket) -> None:
    buffer = bytearray(1 << 20)
    with connection:
        while data := connection.recv(65536):
            while b"\r\n\r\n" not in data:
                data += connection.recv(65536)
            head, _, rest = data.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            missing = int(length[1]) - len(rest) if length else 0
            while missing:
                missing -= connection.recv_into(buffer, min(missing, len(buffer)))
            _answer(connection, head)


def _answer(connection: socket.socket, head: bytes) -> None:
    if b"file.download" not in head:
        body = b"[]" if b"hashes.list" in head else b"{}"
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        return
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % SIZE)
    for start in range(0, SIZE, len(BLOCK)):
        connection.sendall(BLOCK[: SIZE - start])


def measure(way: str, url: str, folder: Path) -> tuple[float, float]:
    """Give seconds and MB of memory that one way takes; what must be there before is there before."""
    makers = {"Client": _bare_blocking, "AsyncClient": _bare_asyncio}
    transfer = makers.get(way.split()[0], _ours)(way, url, folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    transfer()
    took = time.perf_counter() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return took, grown / 1024


def _bare_blocking(way: str, url: str, folder: Path) -> Any:
    client = httpx.Client(trust_env=False, timeout=60)
    client.post(f"{url}/warm")

    def down() -> None:
        target = folder / "bare"
        with client.stream("POST", f"{url}/file.download") as response, target.open("wb") as file:
            for chunk in response.iter_raw():
                file.write(chunk)

    def up() -> None:
        with (folder / "source").open("rb") as source:
            hashlib.file_digest(source, "sha256")  # without the hash of the content the server takes no file
            client.post(f"{url}/upload", files={"0": (None, "{}"), "0-file": ("f", source)}).raise_for_status()

    return down if way.endswith("down") else up


def _bare_asyncio(way: str, url: str, folder: Path) -> Any:
    client = httpx.AsyncClient(trust_env=False, timeout=60)
    runner = asyncio.Runner()
    runner.run(client.post(f"{url}/warm"))

    async def down() -> None:
        target = folder / "bare"
        async with client.stream("POST", f"{url}/file.download") as response:
            with target.open("wb") as file:
                async for chunk in response.aiter_raw():
                    file.write(chunk)

    async def up() -> None:
        with (folder / "source").open("rb") as source:
            hashlib.file_digest(source, "sha256")
            await client.post(f"{url}/upload", files={"0": (None, "{}"), "0-file": ("f", source)})

    return lambda: runner.run(down() if way.endswith("down") else up())


def _ours(way: str, url: str, folder: Path) -> Any:
    run = asyncio.Runner().run if way.startswith("asyncio") else complete
    transport = AsyncioTransport() if way.startswith("asyncio") else BlockingTransport()
    caller = Caller(transport, Credentials(parse_server_address(url), Secret("token")))
    operation = ecosystem_file_download.OPERATION
    request = operation.build(body=EcosystemFileDownloadRequest(module_id=1, file_key="k"))
    run(caller.post("warm", {}))

    def down() -> None:
        run(download(caller, operation, request, folder / "ours"))
        assert (folder / "ours").stat().st_size == SIZE

    def up() -> None:
        run(upload_files(caller, 1, [folder / "source"], ["f"]))

    return down if way.endswith("down") else up


def main() -> None:
    """Run all ways in turn and print what they took."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = os.fork()
    if not server:
        serve(listener)
    found: dict[str, list[tuple[float, float]]] = {way: [] for pair in WAYS.items() for way in pair}
    try:
        with tempfile.TemporaryDirectory() as folder:
            with (Path(folder) / "source").open("wb") as source:
                for start in range(0, SIZE, len(BLOCK)):
                    source.write(BLOCK[: SIZE - start])
            for _ in range(ROUNDS):
                for way in found:
                    output = subprocess.check_output([sys.executable, __file__, way, url, folder], text=True)
                    took, grown = map(float, output.split())
                    found[way].append((took, grown))
    finally:
        os.kill(server, 9)
        os.waitpid(server, 0)
    _report(found)


def _report(found: dict[str, list[tuple[float, float]]]) -> None:
    for way, bare in WAYS.items():
        ratio = statistics.median(one[0] / our[0] for our, one in zip(found[way], found[bare], strict=True))
        print(f"{_line(way, found[way])}  {ratio:.2f} x bare httpx")
        print(_line(f"  {bare}", found[bare]))


def _line(way: str, measured: list[tuple[float, float]]) -> str:
    speed = SIZE / 1e6 / statistics.median(took for took, _ in measured)
    return f"{way:18} {speed:6.0f} MB/s  peak memory +{max(grown for _, grown in measured):.1f} MB"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(*measure(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
    else:
        main()
