"""Waiting for tasks of several servers at once, in either colour."""

from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from typing import Any, TypedDict, TypeVar, Unpack, cast, overload

from . import many
from .api import Api, AsyncApi, caller_of
from .completing import complete, iterate
from .errors import ArgumentError
from .many_terms import OnError, OnTaskStatus, Tasks, Terms
from .outcomes import Outcome, Outcomes
from .progress import ProgressOption
from .shapes import is_object
from .waiting import OnTimeout, Polling, Target

T = TypeVar("T")


class WaitOptions(TypedDict, total=False):
    """What `api.task.as_completed` takes beside the tasks; ids stand for the tasks of that id on every server."""

    target_status: Target | Mapping[int, Target]
    timeout: float | None
    timeouts: Mapping[int, float] | None
    workspace_id: int | None
    on_timeout: OnTimeout
    stop_on_cancel: bool
    polling: Polling | None
    on_status: OnTaskStatus | None
    progress: ProgressOption


class GatherOptions(WaitOptions, total=False):
    """What `api.task.wait_all` takes beside the tasks."""

    on_error: OnError
    stop_others: bool


_HOW = GatherOptions.__annotations__.keys() - WaitOptions.__annotations__.keys()


@overload
def wait_all(tasks: Mapping[Api, Tasks], **options: Unpack[GatherOptions]) -> Outcomes: ...


@overload
def wait_all(tasks: Mapping[AsyncApi, Tasks], **options: Unpack[GatherOptions]) -> Coroutine[Any, Any, Outcomes]: ...


def wait_all(
    tasks: Mapping[Api, Tasks] | Mapping[AsyncApi, Tasks], **options: Unpack[GatherOptions]
) -> Outcomes | Coroutine[Any, Any, Outcomes]:
    """Wait for tasks of several servers, `{api: tasks, other_api: tasks}`, as `api.task.wait_all` does; awaitable with `AsyncApi`."""
    how, terms = _split(options)
    return _run(_is_async(tasks), many.wait_all(_crowds(tasks), terms, **how))


@overload
def wait_any(tasks: Mapping[Api, Tasks], **options: Unpack[GatherOptions]) -> Outcomes: ...


@overload
def wait_any(tasks: Mapping[AsyncApi, Tasks], **options: Unpack[GatherOptions]) -> Coroutine[Any, Any, Outcomes]: ...


def wait_any(
    tasks: Mapping[Api, Tasks] | Mapping[AsyncApi, Tasks], **options: Unpack[GatherOptions]
) -> Outcomes | Coroutine[Any, Any, Outcomes]:
    """Wait for the first of tasks of several servers, as `api.task.wait_any` does; awaitable with `AsyncApi`."""
    how, terms = _split(options)
    return _run(_is_async(tasks), many.wait_any(_crowds(tasks), terms, **how))


@overload
def as_completed(tasks: Mapping[Api, Tasks], **options: Unpack[WaitOptions]) -> Iterator[Outcome]: ...


@overload
def as_completed(tasks: Mapping[AsyncApi, Tasks], **options: Unpack[WaitOptions]) -> AsyncIterator[Outcome]: ...


def as_completed(
    tasks: Mapping[Api, Tasks] | Mapping[AsyncApi, Tasks], **options: Unpack[WaitOptions]
) -> Iterator[Outcome] | AsyncIterator[Outcome]:
    """Give the outcomes of tasks of several servers as they end, as `api.task.as_completed` does."""
    is_async = _is_async(tasks)
    outcomes = many.as_completed(_crowds(tasks), Terms(**options))
    return outcomes if is_async else iterate(outcomes)


def _split(options: GatherOptions) -> tuple[dict[str, Any], Terms]:
    how = {name: value for name, value in options.items() if name in _HOW}
    return how, Terms(**cast(WaitOptions, {name: value for name, value in options.items() if name not in _HOW}))


def _is_async(tasks: object) -> bool:
    """Tell the colour of the clients, which is one."""
    if is_object(tasks) and tasks:
        for kind in (Api, AsyncApi):
            if all(isinstance(client, kind) for client in tasks):
                return kind is AsyncApi
    raise ArgumentError(
        argument="tasks",
        problem=f"is {type(tasks).__name__} without clients of one kind",
        hint="Write {api: tasks, other_api: tasks} with Api, or with AsyncApi",
    )


def _crowds(tasks: Mapping[Any, Tasks]) -> many.Crowds:
    return [(caller_of(client), each) for client, each in tasks.items()]


def _run(is_async: bool, coroutine: Coroutine[Any, Any, T]) -> T | Coroutine[Any, Any, T]:
    return coroutine if is_async else complete(coroutine)
