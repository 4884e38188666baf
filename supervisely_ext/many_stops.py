"""Asking the server to stop many tasks; what fails with one is told and does not keep the others from being asked."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from .batched_looks import at_once
from .call import Caller
from .errors import SuperviselyError
from .one_task import STOP_WITHIN, stop_task

log = logging.getLogger("supervisely_ext")

_ALL_WITHIN = 60.0
"""Seconds in which all of a server's tasks are asked: as long as one request may take."""


async def stop_tasks(
    caller: Caller, ids: Iterable[int], until: float | None = None
) -> Mapping[int, str | SuperviselyError]:
    """Give the status that each has then, or why it could not be asked; empty for those whose turn did not come in time.

    A server that is away is not asked a thousand times: those whose turn does not come for a minute have the failure of another.
    """
    caller = caller.within(STOP_WITHIN)
    limit = caller.transport.monotonic() + _ALL_WITHIN if until is None else until
    answers = dict(await at_once(caller.transport, [partial(_stop, caller, task_id, limit) for task_id in ids]))
    unasked = [task_id for task_id, answer in answers.items() if answer == ""]
    failures = [answer for answer in answers.values() if isinstance(answer, SuperviselyError)]
    if unasked:
        log.warning("%d of %d tasks were not asked to stop: there was no time left", len(unasked), len(answers))
    return answers | dict.fromkeys(unasked, failures[-1] if failures else "")


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
