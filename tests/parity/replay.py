"""Makes a recorded call on our client and tells how it deviates; `python -m tests.parity.replay` lists what is not accounted for."""

import inspect
import json
import os
import sys
import tempfile
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal
from unittest.mock import patch

import httpx
from attrs import frozen

import supervisely_ext as sly
from supervisely_ext import Api, AsyncApi
from supervisely_ext import errors as ours
from supervisely_ext.completing import complete, iterate

from .recorded import BASE, TOKEN, Call, Endless, RecordedServer, calls
from .wire import Request, alike, sent

_NAMESPACES = {"task", "app", "app.workflow"}

Kind = Literal["requests", "raises", "both", "result", "missing"]

_KINDS_OF_ERROR: dict[str, type[BaseException] | tuple[type[BaseException], ...]] = {
    "httpx.HTTPStatusError": ours.ApiError,
    "httpx.RequestError": (ours.ApiError, ours.ConnectionFailed),
    "json.decoder.JSONDecodeError": ours.UnexpectedAnswer,
    "requests.exceptions.ChunkedEncodingError": ours.ConnectionFailed,
    "requests.exceptions.HTTPError": ours.ApiError,
    "requests.exceptions.RetryError": (ours.ApiError, ours.ConnectionFailed),
    "supervisely.api.module_api.WaitingTimeExceeded": ours.WaitingTimeExceeded,
    "supervisely.api.project_api.ProjectNotFound": ours.NotFound,
    "supervisely.api.task_api.TaskFinishedWithError": ours.TaskFinishedWithError,
    **{
        kind.__name__: kind
        for kind in (
            AttributeError,
            FileNotFoundError,
            IndexError,
            KeyError,
            NotImplementedError,
            OSError,
            RuntimeError,
            TypeError,
            ValueError,
        )
    },
}


class Missing(Exception):
    """Our client has no such method, or it does not take these arguments."""


@frozen
class Outcome:
    """What a call on our client came to."""

    requests: list[Request]
    raised: BaseException | None
    result: Any

    def deviation(self, call: Call) -> Kind | None:
        """Tell in what this differs from the SDK's."""
        if isinstance(self.raised, Missing):
            return "missing"
        requests = not _same_requests(call.requests, self.requests)
        raises = not _same_error(call, self.raised)
        if requests or raises:
            return "both" if requests and raises else "requests" if requests else "raises"
        return "result" if call.is_pure and call.result != _plain(self.result) else None

    def report(self, call: Call) -> str:
        """Put the differences in words."""
        lines = [f"{call} {json.dumps(call.kwargs, ensure_ascii=False)}: {self.deviation(call) or 'equal'}"]
        if not _same_requests(call.requests, self.requests):
            lines += [*_runs("SDK  sent", call.requests), *_runs("ours sent", self.requests)]
        if not _same_error(call, self.raised):
            lines.append(f"    SDK raised {call.raises} {call.raises_status or ''}, ours {self.raised!r}")
        if self.deviation(call) == "result":
            lines.append(f"    SDK gave {call.result!r}, ours {_plain(self.result)!r}")
        return "\n".join(lines)


def replay(call: Call, folder: Path) -> Outcome:
    """Make the call on the blocking client; what only the async one has, on that."""
    server, raised, result = _replay(call, folder)
    return Outcome([sent(request) for request in server.requests], raised, result)


def replayed(call: Call, folder: Path) -> list[httpx.Request]:
    """Make the call, and give what was sent, as it was sent."""
    return _replay(call, folder)[0].requests


def _replay(call: Call, folder: Path) -> tuple[RecordedServer, BaseException | None, Any]:
    server = RecordedServer(call.exchanges, interrupt="KeyboardInterrupt" in call.note)
    raised, result = None, None
    with patch.dict(os.environ, {"ENV": "production", "SERVER_ADDRESS": BASE, **call.env}):
        try:
            result = _run(call, server, folder)
        except (Exception, KeyboardInterrupt, Endless) as error:  # noqa: BLE001 that it was raised is the finding
            raised = error
    return server, raised, result


def _run(call: Call, server: RecordedServer, folder: Path) -> Any:
    colour = AsyncApi if call.name.endswith("_async") else Api
    method = _find(call, colour(BASE, TOKEN, transport=server, **call.api_kw))
    kwargs = _decoded(call.kwargs, _prepared(folder) if call.has_files else folder)
    if "$calls" in kwargs:
        return [_made(method, each) for each in kwargs["$calls"]]
    value = _made(method, kwargs)
    if inspect.iscoroutine(value):
        return complete(value)
    if inspect.isasyncgen(value):
        return list(iterate(value))
    if inspect.isgenerator(value):
        return list(value)
    return repr(value) if call.note == "repr" else value


def _made(method: Any, kwargs: dict[str, Any]) -> Any:
    try:
        inspect.signature(method).bind(**kwargs)
    except TypeError as error:
        raise Missing(str(error)) from error
    return method(**kwargs)


def _find(call: Call, api: Any) -> Any:
    place, _, name = call.name.rpartition(".")
    try:
        owner = attrgetter(place)(api) if place in _NAMESPACES else getattr(sly, place) if place else sly
        if isinstance(getattr(owner, name), property):
            return lambda **kwargs: getattr(owner(**kwargs), name)
        return getattr(owner, name)
    except AttributeError as error:
        raise Missing(call.name) from error


def _prepared(folder: Path) -> Path:
    """Write the files that uploads were recorded with."""
    (folder / "many").mkdir(exist_ok=True)
    for number in range(53):
        (folder / "many" / f"{number:03}").write_text(f"m{number:03}")
    for number in range(2):
        (folder / f"f{number}.txt").write_text(f"content-{number}")
    (folder / "empty.bin").touch()
    return folder


def _decoded(value: Any, folder: Path) -> Any:
    """Turn the record's placeholders into ours."""
    if isinstance(value, list):
        return [_decoded(item, folder) for item in value]
    if isinstance(value, dict):
        if "$enum" in value:
            _, kind, member = value["$enum"].split(".")
            return getattr(getattr(sly.Api(BASE, TOKEN).task, kind), member)
        if "$type" in value:
            fields = {name: _decoded(item, folder) for name, item in value.items() if name != "$type"}
            return getattr(sly, value["$type"], SimpleNamespace)(**fields)  # others are the official SDK's
        if "$set" in value:
            return object()
        return {key: _decoded(item, folder) for key, item in value.items()}
    if value == "$progress":
        return lambda *_: None
    if value == "lambda":
        return lambda info: info
    return value.replace("<tmp>", str(folder)) if isinstance(value, str) else value


def _plain(result: Any) -> Any:
    """Give the result as the record has it."""
    if hasattr(result, "to_dict"):
        return result.to_dict()
    if hasattr(result, "_asdict"):
        return {"$type": type(result).__name__, **result._asdict()}
    return json.loads(json.dumps(result))


def _same_requests(sdk: list[Request], ours_sent: list[Request]) -> bool:
    return len(sdk) == len(ours_sent) and all(map(alike, sdk, ours_sent))


def _same_error(call: Call, raised: BaseException | None) -> bool:
    if call.raises is None or raised is None:
        return call.raises is None and raised is None
    status = call.raises_status
    return isinstance(raised, _KINDS_OF_ERROR[call.raises]) and status in (None, getattr(raised, "status", None))


def _runs(heading: str, requests: list[Request]) -> list[str]:
    """Put requests in lines, repeated ones in one."""
    runs = [(text, len(list(same))) for text, same in groupby(map(str, requests))]
    return [f"    {heading} {text}{f' ({count} times)' if count > 1 else ''}" for text, count in runs] or [
        f"    {heading} nothing"
    ]


def main() -> None:
    """List the calls that deviate and are not accounted for, by method."""
    from .deviations import listed

    known = listed()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = [(call, replay(call, Path(folder))) for call in calls()]
    found = [(call, outcome, outcome.deviation(call)) for call, outcome in outcomes]
    wrong = [
        (call, outcome) for call, outcome, kind in found if kind != (known[call.id].kind if call.id in known else None)
    ]
    for name, same in groupby(sorted(wrong, key=lambda item: item[0].name), key=lambda item: item[0].name):
        sys.stdout.write(f"{name}\n")
        for call, outcome in same:
            expected = f" (listed as {known[call.id].kind})" if call.id in known else ""
            sys.stdout.write(f"  {outcome.report(call)}{expected}\n")
    sys.stdout.write(f"{len(found)} calls, {len(known)} listed deviations, {len(wrong)} to do\n")


if __name__ == "__main__":
    main()
