"""Waiting for many tasks, of one server or of several: until all have ended, until one is where it should be, or one after the other."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import partial
from typing import TypeAlias

from attrs import define

from .batched_looks import Sight, at_once
from .call import Caller
from .checks import one_of
from .errors import ArgumentError, SuperviselyError
from .many_stops import stop_before, stop_tasks
from .many_terms import ON_ERROR_VALUES, OnError, Tasks, Terms
from .outcomes import Outcome, Outcomes, one_error
from .task_group import TaskGroup
from .waiting import OnTimeout, Polling

Crowds: TypeAlias = Sequence[tuple[Caller, Tasks]]
"""The tasks of each server."""


@define
class ManyWait:
    """Looks at every task, gives what has ended, rests; all servers are looked at at once, in one rhythm."""

    groups: list[TaskGroup]
    polling: Polling
    on_timeout: OnTimeout
    stop_on_cancel: bool
    begun: float
    order: list[tuple[TaskGroup, int]]
    """Each task as it was given, with its group."""
    looks: int = 0
    looked_at: float = 0.0

    @classmethod
    def plan(cls, crowds: Crowds, terms: Terms) -> "ManyWait":
        """Check what is asked for; nothing is sent."""
        groups = terms.groups(crowds)
        return cls(
            groups=groups,
            polling=terms.schedule(),
            on_timeout=terms.on_timeout,
            stop_on_cancel=terms.stop_on_cancel,
            begun=groups[0].now(),
            order=[(group, task_id) for group in groups for task_id in group.watches],
        )

    def table(self) -> Outcomes:
        """Give what is known of every task."""
        return Outcomes(
            tuple(
                group.outcomes.get(task_id) or group.outcome(task_id, group.now(), done=False)
                for group, task_id in self.order
            )
        )

    async def endings(self) -> AsyncGenerator[Outcome]:
        """Give each task's outcome when it has ended."""
        try:
            async with aclosing(self._endings()) as endings:
                async for outcome in endings:
                    yield outcome
        except BaseException as error:
            try:
                await self._stop_before(error)
            finally:
                for group in self._waiting():
                    group.leave(error)
            raise

    async def stop_others(self) -> None:
        """Ask for the end of all that are still waited for."""
        calls = [partial(stop_tasks, group.caller, list(group.watches)) for group in self._waiting()]
        try:
            await at_once(self.groups[0].caller.transport, calls)
        except BaseException as error:  # which leaves `endings` behind: nobody asks for it there any more
            await self._stop_before(error)
            raise

    async def _stop_before(self, error: BaseException) -> None:
        """Ask for the end of all that are still waited for when the wait is interrupted, where that is wanted."""
        # Ctrl-C, or the task was cancelled; in a coroutine that is closed nothing can be awaited any more.
        if self.stop_on_cancel and self._waiting() and not isinstance(error, Exception | GeneratorExit):
            await stop_before(error, [(group.caller, list(group.watches)) for group in self._waiting()])

    def _waiting(self) -> list[TaskGroup]:
        return [group for group in self.groups if group.watches]

    async def _endings(self) -> AsyncGenerator[Outcome]:
        if self._waiting():
            await self._sleep(self.polling.initial_delay)
        while self._waiting():
            for outcome in await self._look():
                yield outcome
            delay = self._delay()
            for outcome in await self._exceed(everything=delay is None):
                yield outcome
            if delay is not None and self._waiting():
                await self._sleep(min(self.looked_at + delay - self.groups[0].now(), self._time_left()))

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            await self.groups[0].caller.transport.sleep(seconds)

    async def _look(self) -> list[Outcome]:
        groups = self._waiting()
        sights = await at_once(self.groups[0].caller.transport, [partial(self._look_at, group) for group in groups])
        self.looks += 1
        self.looked_at = self.groups[0].now()
        ended = [await group.judge(sight) for group, sight in zip(groups, sights, strict=True)]
        for group in groups:
            group.go_on()
        return [outcome for outcomes in ended for outcome in outcomes]

    async def _look_at(self, group: TaskGroup) -> Sight:
        caller = group.caller
        if self.polling.attempts is None and caller.server.answered:
            caller = caller.once()  # a next look follows
        return await group.look(caller, self.groups[0].now() + self._time_left())

    def _time_left(self) -> float:
        """Give the seconds until the first deadline of any."""
        limit = float("inf") if self.polling.timeout is None else self.polling.timeout
        return min(self.begun + limit - self.groups[0].now(), *(group.time_left() for group in self._waiting()))

    def _delay(self) -> float | None:
        """Give the seconds from the last look to the next, None when there is none."""
        return self.polling.delay(
            looks=self.looks,
            waited=self.looked_at - self.begun,
            random=self.groups[0].caller.transport.random(),
            retry_after=max((group.retry_after() for group in self._waiting()), default=0.0),
        )

    async def _exceed(self, *, everything: bool) -> list[Outcome]:
        """End the wait for those whose time is over."""
        exceeded: list[Outcome] = []
        for group in self._waiting():
            late = list(group.watches) if everything else group.late()
            stops = await stop_tasks(group.caller, late if self.on_timeout == "stop" else ())
            exceeded += [group.exceed(task_id, stops.get(task_id, "")) for task_id in late]
        return exceeded


async def wait_all(
    crowds: Crowds, terms: Terms, on_error: OnError = "collect", *, stop_others: bool = False
) -> Outcomes:
    """Wait until every task has ended, or with `on_error="raise"` until the first that fails."""
    one_of("on_error", on_error, ON_ERROR_VALUES)
    wait = ManyWait.plan(crowds, terms)
    async with aclosing(wait.endings()) as endings:
        async for outcome in endings:
            if outcome.error is not None:
                await _fail(wait, outcome.error, on_error, stop_others=stop_others)
                stop_others = False  # which they are asked once
    return wait.table()


async def wait_any(
    crowds: Crowds, terms: Terms, on_error: OnError = "collect", *, stop_others: bool = False
) -> Outcomes:
    """Wait until a task has reached its target."""
    one_of("on_error", on_error, ON_ERROR_VALUES)
    wait = ManyWait.plan(crowds, terms)
    if not wait.order:
        raise ArgumentError(argument="tasks", problem="is empty: none of them could ever be reached")
    errors: list[SuperviselyError] = []
    async with aclosing(wait.endings()) as endings:
        async for outcome in endings:
            if outcome.error is None:
                if stop_others:
                    await wait.stop_others()
                return wait.table()
            errors.append(outcome.error)
            if on_error == "raise":
                await _fail(wait, outcome.error, on_error, stop_others=stop_others)
    raise one_error(errors, len(wait.order))


async def _fail(wait: ManyWait, error: SuperviselyError, on_error: OnError, *, stop_others: bool) -> None:
    """Do what was asked for when a task fails."""
    if stop_others:
        await wait.stop_others()
    if on_error == "raise":
        error.outcomes = wait.table()
        raise error


async def as_completed(crowds: Crowds, terms: Terms) -> AsyncGenerator[Outcome]:
    """Give the outcomes one by one, as the tasks end."""
    async with aclosing(ManyWait.plan(crowds, terms).endings()) as endings:
        async for outcome in endings:
            yield outcome
