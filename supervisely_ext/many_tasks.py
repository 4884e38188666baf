"""Waiting for many tasks of one server."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing

from .many import as_completed, wait_all, wait_any
from .many_terms import OnError, OnTaskStatus, Tasks, Terms
from .namespace import Namespace
from .outcomes import Outcome, Outcomes
from .progress import ProgressOption
from .waiting import OnTimeout, Polling, Target


class ManyTasks(Namespace):
    """Waits for many tasks with few requests: hundreds of tasks of a workspace, or of an app, are looked at in one."""

    async def wait_all(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until each task has reached its target or ended otherwise, and give all outcomes in order (`tasks.list`, `tasks.info`).

        Raises for none of them: look at `.failed`, or call `.raise_errors()`. With `on_error="raise"` the first error is raised at
        once, its `outcomes` being what is known by then; `stop_others` asks the server to stop the rest as soon as one fails.

        `tasks` are ids, sessions or tasks; one given twice is waited for once. `target_status` is one of `wait`, or a dict of them by
        id. `timeout` (seconds) ends the wait, none when not given; `timeouts` ends that for single tasks, by id. `workspace_id`, where
        most of the tasks are, saves a request. Everything else as in `wait`, but `on_status`, which is called with id and status. The
        first 20 that end with `error` get the ends of their logs.
        """
        terms = Terms(
            target_status=target_status,
            timeout=timeout,
            timeouts=timeouts,
            workspace_id=workspace_id,
            on_timeout=on_timeout,
            stop_on_cancel=stop_on_cancel,
            polling=polling,
            on_status=on_status,
            progress=progress,
        )
        return await wait_all([(self._caller, tasks)], terms, on_error, stop_others=stop_others)

    async def wait_any(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        on_error: OnError = "collect",
        stop_others: bool = False,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> Outcomes:
        """Wait until a task has reached its target, and give all outcomes; `.succeeded` has it, and those that were there with it.

        The others go on, unless `stop_others`. Tasks that fail are left behind, and raised when none is left; with `on_error="raise"`
        the first error is. Arguments as of `wait_all`.
        """
        terms = Terms(
            target_status=target_status,
            timeout=timeout,
            timeouts=timeouts,
            workspace_id=workspace_id,
            on_timeout=on_timeout,
            stop_on_cancel=stop_on_cancel,
            polling=polling,
            on_status=on_status,
            progress=progress,
        )
        return await wait_any([(self._caller, tasks)], terms, on_error, stop_others=stop_others)

    async def as_completed(
        self,
        tasks: Tasks,
        target_status: Target | Mapping[int, Target] = None,
        *,
        timeout: float | None = None,
        timeouts: Mapping[int, float] | None = None,
        workspace_id: int | None = None,
        on_timeout: OnTimeout = "raise",
        stop_on_cancel: bool = False,
        polling: Polling | None = None,
        on_status: OnTaskStatus | None = None,
        progress: ProgressOption = None,
    ) -> AsyncIterator[Outcome]:
        """Give each task's outcome when it has reached its target, ended otherwise or run out of time, the first first.

        What is left when you stop iterating goes on unwatched. Arguments as of `wait_all`; they are checked when the iteration begins.
        """
        terms = Terms(
            target_status=target_status,
            timeout=timeout,
            timeouts=timeouts,
            workspace_id=workspace_id,
            on_timeout=on_timeout,
            stop_on_cancel=stop_on_cancel,
            polling=polling,
            on_status=on_status,
            progress=progress,
        )
        async with aclosing(as_completed([(self._caller, tasks)], terms)) as outcomes:
            async for outcome in outcomes:
                yield outcome
