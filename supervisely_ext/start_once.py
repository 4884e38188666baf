"""Starting an app: at most once, and the truth about it."""

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

from attrs import frozen
from supervisely_client.api.tasks import tasks_run_app

from .call import Caller
from .checks import as_id
from .errors import ApiError, ArgumentError, BadRequest, ConnectionFailed, StartUnconfirmed, UnexpectedAnswer
from .retry import RETRIED_STATUSES
from .shapes import int_at, part
from .start_marks import Entry, SeveralCarry, Wanted, as_key, names_marker, new_key, user_of
from .start_search import StartSearch
from .starting import Start

log = logging.getLogger("supervisely_ext")


@frozen
class Started:
    """What a start came to: the tasks as the server names them, one a user, and the key that they carry."""

    tasks: list[dict[str, Any]]
    key: str | None


async def start_once(
    caller: Caller, start: Start, *, reconcile: bool = True, idempotency_key: str | None = None
) -> Started:
    """Start the app at most once; `api.app.start` says what that means."""
    key = _key_for(caller, start, reconcile, idempotency_key)
    start.request(key)
    if idempotency_key is not None:
        found = await _find_before(caller, start, key)
        if found:
            log.info("%s has the key %r: nothing is started", _named(found), key)
            return Started(found, key)
    try:
        return Started(await _send(caller, start, key), key)
    except BadRequest as refusal:
        if key is None or idempotency_key is not None or not names_marker(refusal):
            raise
        return await _start_unmarked(caller, start)


def _key_for(caller: Caller, start: Start, reconcile: bool, idempotency_key: str | None) -> str | None:
    """Give the key to mark the task with, None to leave it unmarked."""
    if idempotency_key is None:
        marked = reconcile and not caller.learnt.marker_is_refused
        return new_key(caller.transport.random) if marked else None
    if not reconcile:
        raise ArgumentError(argument="reconcile", problem="is False, and an idempotency_key cannot do without")
    if start.workspace_id is None:
        problem = "is not given, and an idempotency_key is looked for in the workspace"
        raise ArgumentError(argument="workspace_id", problem=problem)
    return as_key(idempotency_key)


async def _start_unmarked(caller: Caller, start: Start) -> Started:
    """Start on a server that has just refused the mark; from now on it gets none, unless something else was wrong."""
    caller.learnt.marker_is_refused = True
    try:
        return Started(await _send(caller, start, None), None)
    except BadRequest:
        caller.learnt.marker_is_refused = False
        raise


async def _send(caller: Caller, start: Start, key: str | None) -> list[dict[str, Any]]:
    try:
        answer = await caller.call(tasks_run_app.OPERATION, body=start.request(key))
        return answer.read(_started)
    except (ConnectionFailed, ApiError) as error:
        if not _may_have_started(error):
            raise
        return await _find_after(caller, start, key, error)


async def _find_before(caller: Caller, start: Start, key: str | None) -> list[dict[str, Any]]:
    """Look for an earlier start with the key, which may have been made by a process that is no more."""
    doubt = _doubt(start, key, "nothing was sent")
    search = StartSearch(caller, _wanted(doubt))
    return await _look_once(caller, search, doubt, both_lists=False)


async def _find_after(
    caller: Caller, start: Start, key: str | None, error: ConnectionFailed | ApiError
) -> list[dict[str, Any]]:
    """Look for the tasks of a start whose answer was lost."""
    doubt = _doubt(start, key, str(error))
    if not doubt.searchable:
        raise doubt from error
    search = StartSearch(caller, _wanted(doubt))
    with suppress(SeveralCarry):
        tasks = _short(await search.until_found(), search.wanted)
        if tasks:
            log.warning("%s; the start was received: %s", error, _named(tasks))
            return tasks
    raise _with_sight(doubt, search) from error


async def find_again(caller: Caller, doubt: StartUnconfirmed) -> list[dict[str, Any]]:
    """Look once for the tasks of an unconfirmed start, empty when none is there."""
    if not doubt.searchable:
        raise ArgumentError(
            argument="unconfirmed", problem="was started without a workspace_id or without a mark, and cannot be found"
        )
    return await _look_once(caller, StartSearch(caller, _wanted(doubt)), doubt, both_lists=True)


async def _look_once(
    caller: Caller, search: StartSearch, doubt: StartUnconfirmed, *, both_lists: bool
) -> list[dict[str, Any]]:
    """Give the tasks or none; raises the doubt when there are some, and not as one start makes them."""
    with suppress(SeveralCarry):
        tasks = await search.look(caller, both_lists=both_lists)
        if tasks or not search.found:
            return _short(tasks, search.wanted)
    raise _with_sight(doubt, search)


def _doubt(start: Start, key: str | None, reason: str) -> StartUnconfirmed:
    return StartUnconfirmed(
        app_id=start.app_id,
        module_id=start.module_id,
        workspace_id=start.workspace_id,
        task_name=start.task_name,
        reason=reason,
        idempotency_key=key,
        users_ids=tuple(start.users_ids),
        multi_user_session=start.multi_user_session,
    )


def _with_sight(doubt: StartUnconfirmed, search: StartSearch) -> StartUnconfirmed:
    """Give the same doubt with what the search has seen."""
    return replace(
        doubt,
        team_id=search.team_id,
        looks=search.looks,
        searched=search.seconds,
        tasks_seen=search.tasks_seen,
        found=search.found,
        obstacle="" if search.failure is None else str(search.failure),
    )


def _wanted(doubt: StartUnconfirmed) -> Wanted:
    return Wanted(
        key=as_key(doubt.idempotency_key),
        app_id=doubt.app_id,
        module_id=doubt.module_id,
        workspace_id=as_id("workspace_id", doubt.workspace_id),
        users_ids=doubt.users_ids,
        multi_user_session=doubt.multi_user_session,
    )


def _short(tasks: list[Entry], wanted: Wanted) -> list[dict[str, Any]]:
    """Give what `tasks.run.app` would have answered."""
    found: list[dict[str, Any]] = []
    for task in tasks:
        app = part(task, "meta", "app")
        module_id, app_id = app.get("moduleId", wanted.module_id), app.get("id", wanted.app_id)
        found.append({"taskId": task["id"], "userId": user_of(task), "moduleId": module_id, "appId": app_id})
    return found


def _named(tasks: list[dict[str, Any]]) -> str:
    return ", ".join(f"task {task['taskId']}" for task in tasks)


def _started(body: Any) -> list[dict[str, Any]]:
    # Older answers say id instead of taskId (the SDK reads both).
    tasks = [{**task, "taskId": int_at(task, "taskId" if "taskId" in task else "id")} for task in body]
    if not tasks:
        raise ValueError("no task was started")
    return tasks


def _may_have_started(error: ConnectionFailed | ApiError) -> bool:
    if isinstance(error, ConnectionFailed):
        return error.sent
    return (
        isinstance(error, UnexpectedAnswer)
        or (error.status != 429 and error.status in RETRIED_STATUSES)
        or error.status >= 500
    )
