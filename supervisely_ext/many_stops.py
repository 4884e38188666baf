"""Asking the server to stop many tasks; what fails with one is told and does not keep the others from being asked."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from attrs import define

from .batched_looks import at_once
from .call import Caller
from .errors import ApiError, ConnectionFailed, SuperviselyError
from .one_task import STOP_WITHIN, stop_task
from .retry import is_passing
from .transport import AT_ONCE

log = logging.getLogger("supervisely_ext")


async def stop_tasks(
    caller: Caller, ids: Iterable[int], until: float = float("inf")
) -> Mapping[int, str | SuperviselyError]:
    """Give the status that each has then, or why it could not be asked; empty for those whose turn did not come in time.

    A server that is away is not asked a thousand times: after several failures in a row the others have the last of them.
    """
    caller, outage = caller.within(STOP_WITHIN), _Outage()
    return dict(await at_once(caller.transport, [partial(_stop, caller, task_id, until, outage) for task_id in ids]))


async def _stop(caller: Caller, task_id: int, until: float, outage: "_Outage") -> tuple[int, str | SuperviselyError]:
    if caller.transport.monotonic() >= until:
        return task_id, ""
    if outage.failure is not None:
        return task_id, outage.failure
    try:
        status = await stop_task(caller, task_id)
    except SuperviselyError as error:
        log.warning("task %d could not be asked to stop: %s", task_id, error)
        outage.note(error)
        return task_id, error
    outage.in_a_row = 0
    return task_id, status


@define
class _Outage:
    """Tells when it is no use to ask for more: as many requests as run at once have failed one after the other."""

    in_a_row: int = 0
    failure: SuperviselyError | None = None

    def note(self, error: SuperviselyError) -> None:
        """Take note of a request that failed."""
        if isinstance(error, ConnectionFailed) or (isinstance(error, ApiError) and is_passing(error.status)):
            self.in_a_row += 1
            if self.in_a_row >= AT_ONCE and self.failure is None:
                self.failure = error
                log.warning("no more tasks are asked to stop: the server is away")


async def stop_before(interruption: BaseException, crowds: Sequence[tuple[Caller, Sequence[int]]]) -> None:
    """Ask for the tasks of each server; what comes of it is noted on the interruption, whose place it never takes."""
    transport = crowds[0][0].transport
    until = transport.monotonic() + STOP_WITHIN  # where nothing else can cut the requests off

    async def stop() -> int:
        answers = await at_once(transport, [partial(stop_tasks, caller, ids, until) for caller, ids in crowds])
        return sum(isinstance(status, str) and status != "" for each in answers for status in each.values())

    count = sum(len(ids) for _, ids in crowds)
    try:
        said = f"{await transport.shielded(stop, STOP_WITHIN)} of {count} tasks were asked to stop"
    except TimeoutError:
        said = f"not all of {count} tasks could be asked to stop within {STOP_WITHIN:g} s"
    log.info(said)
    interruption.add_note(said)
