"""Ctrl-C during a wait: real processes, a real port, real signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from supervisely_ext import Api

pytestmark = pytest.mark.alone

SERVER = [sys.executable, "-m", "supervisely_ext.cli", "mock", "--port", "0"]
SERVICE = 512
TRIES = 5
BLOCKING = "Api({url!r}, 'token').app.wait({task_id}, 'finished', on_status={tell}, stop_on_cancel={stop})"
ASYNC = (
    "asyncio.run(AsyncApi({url!r}, 'token').app.wait({task_id}, 'finished', on_status={tell}, stop_on_cancel={stop}))"
)
WORK = 0.1
BUSY = f"""
import time
print(1, flush=True)
try:
    time.sleep(60)
finally:
    begun = time.process_time()
    while time.process_time() - begun < {WORK}:
        pass
"""
"""Has nothing of ours, and about as much to do when it ends."""
TELL = "lambda status: print(status, flush=True)"
CODE = "import asyncio; from supervisely_ext import Api, AsyncApi; {wait}"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(SERVER, stdout=pipe, stderr=nowhere, text=True, env=unmeasured()) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def unmeasured() -> dict[str, str]:
    """Give an environment in which coverage does not write its data while the process ends."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def interrupted(url: str, wait: str, *, stop: bool) -> tuple[float, str, str]:
    """Interrupt a process that waits; give the seconds until it has ended, what it wrote on standard error, the task's status then."""
    with Api(url, "token") as api:
        task_id = api.app.start(None, module_id=SERVICE).task_id
        code = CODE.format(wait=wait.format(url=url, task_id=task_id, tell=TELL, stop=stop))
        command = [sys.executable, "-c", code]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=unmeasured()) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            time.sleep(0.1)  # so that it sleeps between two looks
            begun = time.monotonic()
            os.kill(process.pid, signal.SIGINT)
            _, errors = process.communicate(timeout=10)
            seconds = time.monotonic() - begun
        assert process.returncode == -signal.SIGINT
        return seconds, errors, str(api.app.get_status(task_id))


def lateness() -> float:
    """Give the seconds by which a process that has little to do ends later than it would on a machine that does nothing else."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=pipe, stderr=pipe, env=unmeasured()) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        begun = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        process.communicate(timeout=10)
        return max(0.0, time.monotonic() - begun - WORK)


@pytest.mark.parametrize("stop", [False, True])
@pytest.mark.parametrize("wait", [BLOCKING, ASYNC], ids=["blocking", "async"])
def test_ctrl_c_ends_the_process(url: str, wait: str, stop: bool) -> None:
    """Within 0.2 s, with `KeyboardInterrupt`; the task stops only on request. Other processes get what they take."""
    best = float("inf")
    for _ in range(TRIES):
        seconds, errors, status = interrupted(url, wait, stop=stop)
        assert "\nKeyboardInterrupt" in errors
        assert ("was asked to stop and is terminating" in errors) == stop
        assert (status == "terminating") == stop
        best = min(best, seconds if seconds < 0.2 else seconds - lateness())
        if best < 0.2:
            return
    pytest.fail(f"it took {best:.2f} s")
