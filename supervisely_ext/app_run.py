"""What a whole run of an app came to, and when a block that runs one stops it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal, TypeAlias

from attrs import frozen

from .call import Caller
from .entities import SessionInfo, Status
from .errors import SuperviselyError
from .one_task import STOP_WITHIN, read_task, stop_task, why_not_stopped
from .shapes import part
from .waiting import is_reached

StopWhen: TypeAlias = Literal["always", "on_error"]

_ENDS = (Status.FINISHED, Status.ERROR, Status.STOPPED, Status.TERMINATING)


@frozen(kw_only=True)
class RunResult:
    """A run that reached what it was waited for."""

    status: Status | str
    session: SessionInfo
    """With `details`: the whole task as it was then."""
    waited: float
    """Seconds from the start's answer on."""

    @property
    def outputs(self) -> Mapping[str, Any]:
        """What the app set last with `set_output_…`: `{"project": …}`, `{"general": …}` or `{"experiment": …}`; empty when it set nothing."""
        return part(self.session.details, "meta", "output")


async def stop_at_the_end(caller: Caller, task_id: int) -> None:
    """Ask for the end of an app that still runs; once more, shielded, when an interruption comes in between."""
    try:
        await _stop_if_running(caller, task_id)
    except BaseException as interruption:
        # In a coroutine that is closed nothing can be awaited any more.
        if not isinstance(interruption, Exception | GeneratorExit):
            await stop_before(interruption, caller, task_id)
        raise


async def stop_before(error: BaseException, caller: Caller, task_id: int) -> None:
    """Ask for the end of an app that still runs; that it could not be stopped is noted on the error."""
    stop = partial(_stop_if_running, caller.within(STOP_WITHIN), task_id)
    try:
        await caller.transport.shielded(stop, STOP_WITHIN)  # cancelled once more, as anyio's scopes do, it still asks
    except (SuperviselyError, TimeoutError) as failure:
        error.add_note(f"task {task_id} could not be stopped, and may still run: {why_not_stopped(failure)}")


async def _stop_if_running(caller: Caller, task_id: int) -> None:
    if not is_reached((await read_task(caller, task_id)).status, _ENDS):
        await stop_task(caller, task_id)
