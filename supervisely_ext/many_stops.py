"""Asking the server to stop many tasks; what fails with one is told and does not keep the others from being asked."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from .batched_looks import at_once
from .call import Caller
from .errors import SuperviselyError
from .one_task import stop_task

log = logging.getLogger("supervisely_ext")

STOP_WITHIN = 5.0
"""Seconds for each request, and for all of them when the wait was interrupted."""


async def stop_tasks(
    caller: Caller, ids: Iterable[int], until: float = float("inf")
) -> Mapping[int, str | SuperviselyError]:
    """Give the status that each has then, or why it could not be asked; empty for those whose turn did not come in time."""
    caller = caller.within(STOP_WITHIN)
    return dict(await at_once(caller.transport, [partial(_stop, caller, task_id, until) for task_id in ids]))


async def _stop(caller: Caller, task_id: int, until: float) -> tuple[int, str | SuperviselyError]:
    if caller.transport.monotonic() >= until:
        return task_id, ""
    try:
        return task_id, await stop_task(caller, task_id)
    except SuperviselyError as error:
        log.warning("task %d could not be asked to stop: %s", task_id, error)
        return task_id, error


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
