"""What steers the platform, under `/__mock__/`: its state, time, faults and journal. No token is asked for; bodies are JSON, whatever their type."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from ..contract.reading import as_number, decoded
from .clock import VirtualClock
from .exchange import Reply, Request, json_reply
from .faults import PlanError, plan_as_json, read_plan
from .lifecycle import LifecycleError
from .page_view import view
from .page_workflow import workflow
from .platform import Platform
from .refusals import Refusal, cut
from .seeds import Seed, SeedError
from .time_modes import clock_of, mode_of

AREA = "/__mock__"

Action = Callable[[Platform, Any], Any]
"""From the body, or the query of a GET, to the answer: JSON, or a text."""


def handle(platform: Platform, request: Request) -> Reply:
    """Answer one request, alone."""
    try:
        act = _find_action(request)
        asked = _read(request)
        with platform.lock:
            return _success(act(platform, asked))
    except Refusal as refusal:
        return json_reply(refusal.status, refusal.body)


def _success(answer: Any) -> Reply:
    if isinstance(answer, str):
        return Reply(200, answer.encode(), "text/plain; charset=utf-8")
    return json_reply(200, answer)


def _find_action(request: Request) -> Action:
    name = request.path.removeprefix(AREA + "/")
    verbs = [verb for verb, known in ACTIONS if known == name]
    if not verbs:
        there = sorted({f"{AREA}/{known}" for _, known in ACTIONS})
        raise Refusal(404, "Not Found", {"message": f"nothing is at {request.path[:100]}", "paths": there})
    if request.verb not in verbs:
        raise Refusal(405, "Method Not Allowed", {"message": f"{request.path} takes {', '.join(verbs)}"})
    return ACTIONS[request.verb, name]


def _read(request: Request) -> Any:
    if request.verb not in ("POST", "PUT"):
        return {name: values[-1] for name, values in parse_qs(request.query, keep_blank_values=True).items()}
    if request.oversized:
        raise Refusal(413, "Payload Too Large", {"message": "the body is too long"})
    try:
        return decoded(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise _wrong("", f"the body is no JSON of UTF-8 ({error})") from error


def _wrong(pointer: str, message: str) -> Refusal:
    return Refusal(400, "Validation error", [{"pointer": pointer, "message": cut(message)}])


def _put_state(platform: Platform, data: Any) -> Any:
    try:
        seed = Seed.from_json(data)
    except SeedError as error:
        problems = [{"pointer": problem.pointer, "message": problem.message} for problem in error.problems]
        raise Refusal(400, "Validation error", problems) from error
    platform.load(seed)
    return platform.snapshot()


def _reset(platform: Platform, data: Any) -> Any:
    platform.reset()
    return platform.snapshot()


def _put_faults(platform: Platform, data: Any) -> Any:
    try:
        platform.faults.replace(read_plan(data))
    except PlanError as error:
        raise _wrong(error.pointer, error.problem) from error
    return plan_as_json(platform.faults.plan)


def _delete_faults(platform: Platform, query: Any) -> Any:
    platform.faults.clear()
    return plan_as_json(platform.faults.plan)


def _get_journal(platform: Platform, query: Any) -> Any:
    after = as_number(query.get("after", "0"))
    if not isinstance(after, int):
        raise _wrong("/after", f"{query['after'][:100]!r} is not the number of an entry")
    return platform.journal.to_json(after)


def _delete_journal(platform: Platform, query: Any) -> Any:
    platform.journal.clear()
    return platform.journal.to_json()


def _advance(platform: Platform, data: Any) -> Any:
    match data:
        case {"task": task_id, **more} if type(task_id) is int and more.keys() <= {"status"}:
            return _advance_task(platform, task_id, more.get("status"))
        case {"seconds": int() | float() as seconds, **more} if not more and not isinstance(seconds, bool):
            return _advance_time(platform, seconds)
        case _:
            raise _wrong("", 'it must be {"task": id}, {"task": id, "status": …} or {"seconds": …}')


def _advance_task(platform: Platform, task_id: int, status: Any) -> Any:
    task = platform.find_task(task_id)
    try:
        platform.advance(task, status)
    except LifecycleError as error:
        raise _wrong("/status", error.problem) from error
    return {"task": task_id, "status": task.life.status}


def _advance_time(platform: Platform, seconds: float) -> Any:
    if not isinstance(platform.clock, VirtualClock):
        message = f"time is {mode_of(platform.clock)}; only virtual time is moved by hand"
        raise Refusal(409, "Conflict", {"message": message})
    try:
        platform.clock.advance(seconds)
    except ValueError as error:
        raise _wrong("/seconds", str(error)) from error
    return _time(platform, None)


def _time(platform: Platform, query: Any) -> Any:
    return {"mode": mode_of(platform.clock), "now": platform.settle(), "began": platform.began}


def _set_time(platform: Platform, data: Any) -> Any:
    match data:
        case {"mode": str(mode), **more} if not more:
            try:
                platform.clock = clock_of(mode, platform.settle())
            except ValueError as error:
                raise _wrong("/mode", str(error)) from error
            return _time(platform, None)
        case _:
            raise _wrong("", 'it must be {"mode": "real"}, {"mode": "fast:10"} or {"mode": "virtual"}')


ACTIONS: Mapping[tuple[str, str], Action] = {
    ("GET", "state"): lambda platform, query: platform.snapshot(),
    ("PUT", "state"): _put_state,
    ("POST", "reset"): _reset,
    ("POST", "advance"): _advance,
    ("GET", "time"): _time,
    ("POST", "time"): _set_time,
    ("GET", "faults"): lambda platform, query: plan_as_json(platform.faults.plan),
    ("PUT", "faults"): _put_faults,
    ("DELETE", "faults"): _delete_faults,
    ("GET", "journal"): _get_journal,
    ("DELETE", "journal"): _delete_journal,
    ("GET", "journal.txt"): lambda platform, query: platform.journal.text(),
    ("GET", "page"): view,
    ("GET", "page/workflow"): workflow,
}
"""What there is, by verb and name."""
