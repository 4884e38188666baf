"""A headless Chromium for tests, over its own debugging pipe: no driver to install, and nothing listens on a port.

It runs what `find()` finds: `$CHROMIUM`, or a Chromium or Chrome on the path. The commands are those of the
DevTools protocol; `Page` has the few that tests of a page need.
"""

import base64
import json
import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",  # it shows our own pages only; root, as in containers, has no sandbox
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
)
_LIMIT = 60.0
"""Seconds that one command or one page may take; the machine may be busy."""

# Chromium reads commands from descriptor 3 and answers on 4; those that we were given may have any numbers.
_ON_3_AND_4 = (
    "import fcntl, os, sys; "
    "high = [fcntl.fcntl(int(given), fcntl.F_DUPFD, 10) for given in sys.argv[1:3]]; "
    "os.dup2(high[0], 3); os.dup2(high[1], 4); [os.close(descriptor) for descriptor in high]; "
    "os.execv(sys.argv[3], sys.argv[3:])"
)


def find() -> str | None:
    """Give the program, None where there is none."""
    return next(filter(None, map(shutil.which, [os.environ.get("CHROMIUM", ""), *_NAMES])), None)


class PageError(Exception):
    """A command that failed, a script that threw, or an answer that did not come."""


class Chromium:
    """One browser; each page is opened in it apart from the others."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._selector = selectors.DefaultSelector()
        self._selector.register(answers, selectors.EVENT_READ)
        self._received = b""
        self._count = 0
        self._pages: dict[str, Page] = {}

    def open(self, where: str | Path, *, width: int = 1280, height: int = 800, dark: bool = False) -> "Page":
        """Open a file or an address; the page has been loaded when this returns."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.resize(width, height)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", {"features": [scheme]})
        page.go(where.resolve().as_uri() if isinstance(where, Path) else where)
        return page

    def call(self, method: str, params: Mapping[str, Any] | None = None, session: str | None = None) -> Any:
        """Send a command and give its result; events that come meanwhile are kept by their pages."""
        self._count += 1
        number, deadline = self._count, time.monotonic() + _LIMIT
        command = {"id": number, "method": method, "params": params or {}}
        self._write(json.dumps(command | ({"sessionId": session} if session else {})).encode() + b"\0")
        while (message := self.receive(deadline, method)).get("id") != number:
            continue
        if "error" in message:
            raise PageError(f"{method}: {message['error']['message']}")
        return message["result"]

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._commands, data) :]

    def receive(self, deadline: float, awaited: str) -> dict[str, Any]:
        """Give the next message; an event has been given to its page."""
        while b"\0" not in self._received:
            if not self._selector.select(deadline - time.monotonic()):
                raise PageError(f"{awaited}: no answer in {_LIMIT:.0f} s")
            read = os.read(self._answers, 1 << 20)
            if not read:
                raise PageError(f"{awaited}: the browser has gone")
            self._received += read
        text, _, self._received = self._received.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if page := self._pages.get(message.get("sessionId", "")):
            page.note(message.get("method"), message.get("params", {}))
        return message


class Page:
    """A page in a tab of its own."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser, self._session = browser, session
        self._loaded = False
        self._asked: dict[str, str] = {}
        self.requests: list[str] = []
        """The addresses of everything that the page asked for, itself first."""
        self.refused: list[str] = []
        """Those of them that the browser did not send, for the content security policy or another rule forbids it."""
        self.errors: list[str] = []
        """Errors and warnings of the console, exceptions, and what the content security policy refused."""

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Send any command of the DevTools protocol to this page."""
        return self._browser.call(method, params, self._session)

    def note(self, event: str | None, params: Mapping[str, Any]) -> None:
        """Keep an event."""
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Network.requestWillBeSent":
            self._asked[params["requestId"]] = params["request"]["url"]
            self.requests.append(params["request"]["url"])
        elif event == "Network.loadingFailed" and params.get("blockedReason"):
            self.refused.append(self._asked[params["requestId"]])
        elif event == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif event == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
            self.errors.append(params["entry"]["text"])
        elif event == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning", "assert"}:
            self.errors.append(" ".join(str(part.get("value", part.get("description"))) for part in params["args"]))

    def go(self, address: str) -> None:
        """Go to an address and wait until the page has been loaded."""
        self._loaded = False
        failure = self.call("Page.navigate", {"url": address}).get("errorText")
        if failure:
            raise PageError(f"{address}: {failure}")
        deadline = time.monotonic() + _LIMIT
        while not self._loaded:
            self._browser.receive(deadline, address)

    def evaluate(self, expression: str) -> Any:
        """Give the value of a JavaScript expression, as JSON; a promise is awaited."""
        question = {"expression": expression, "returnByValue": True, "awaitPromise": True, "userGesture": True}
        answer = self.call("Runtime.evaluate", question)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until the expression is true, looking once a frame."""
        self.evaluate(
            "new Promise((resolve, reject) => { const end = Date.now() + 20000; const look = () => "
            f"({expression}) ? resolve() : Date.now() > end ? reject(new Error('not within 20 s')) : requestAnimationFrame(look);"
            " look(); })"
        )

    def resize(self, width: int, height: int = 800) -> None:
        """Set the size of the view in CSS pixels; at most 700 wide it is a phone, with touch."""
        phone = width <= 700
        size = {"width": width, "height": height, "deviceScaleFactor": 2 if phone else 1, "mobile": phone}
        self.call("Emulation.setDeviceMetricsOverride", size)
        self.call("Emulation.setTouchEmulationEnabled", {"enabled": phone, "maxTouchPoints": 5 if phone else 1})

    def screenshot(self, path: Path, width: int | None = None) -> None:
        """Write what is to be seen as PNG, at this width."""
        if width is not None:
            self.resize(width)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", {"format": "png"})["data"]))

    def mouse(self, kind: str, x: float, y: float, **more: Any) -> None:
        """Let the mouse act: `mouseMoved`, `mousePressed`, `mouseReleased`, `mouseWheel`."""
        self.call("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "pointerType": "mouse", **more})

    def click(self, x: float, y: float) -> None:
        """Click with the left button."""
        self.mouse("mousePressed", x, y, button="left", clickCount=1)
        self.mouse("mouseReleased", x, y, button="left", clickCount=1)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move in two steps and release."""
        self.mouse("mousePressed", *start, button="left", clickCount=1)
        for part in (0.5, 1.0):
            place = [one + (other - one) * part for one, other in zip(start, end, strict=True)]
            self.mouse("mouseMoved", *place, button="left", buttons=1)
        self.mouse("mouseReleased", *end, button="left", clickCount=1)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        """Let fingers act: `touchStart`, `touchMove`, `touchEnd`."""
        places = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.call("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def press(self, key: str) -> None:
        """Press and release a key by its name, such as `Enter`, `ArrowLeft`, `+`."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        code = {"windowsVirtualKeyCode": codes[key]} if key in codes else {"text": key}
        text = {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, **code, **text})
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", "key": key, **code})


@contextmanager
def running(program: str, profile: Path) -> Iterator[Chromium]:
    """Run the browser with a profile of its own, and end it."""
    for_browser, commands = os.pipe()
    answers, from_browser = os.pipe()
    command = [sys.executable, "-c", _ON_3_AND_4, str(for_browser), str(from_browser), program]
    process = subprocess.Popen(
        [*command, *_SWITCHES, f"--user-data-dir={profile}"],
        pass_fds=(for_browser, from_browser),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(for_browser)
    os.close(from_browser)
    try:
        yield Chromium(commands, answers)
    finally:
        os.close(commands)  # it ends when nobody can speak to it
        os.close(answers)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
