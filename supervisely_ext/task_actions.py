"""What `api.task` and `api.app` both do to a task."""

from typing import TypeAlias

from .callbacks import as_callback
from .checks import as_id, one_of
from .entities import PluginTaskType, RestartPolicy, Status
from .errors import TaskFinishedWithError
from .listings import Listings
from .log_tail import LogTail
from .many_tasks import ManyTasks
from .one_task import read_task, stop_task
from .progress import ProgressOption, as_observer
from .task_data import TaskData
from .task_outputs import TaskOutputs
from .task_requests import TaskRequests
from .task_wait import TaskWait
from .waiting import (
    MAX_WAIT_ATTEMPTS,
    ON_TIMEOUT_VALUES,
    WAIT_ATTEMPT_TIMEOUT_SEC,
    OnTimeout,
    Polling,
    Target,
    as_targets,
)
from .watch import OnStatus, Watch


def check_wait(on_status: OnStatus | None, on_timeout: OnTimeout, progress: ProgressOption) -> None:
    """Refuse what a wait would refuse, before there is a task to wait for."""
    as_callback("on_status", on_status)
    as_observer(progress)
    one_of("on_timeout", on_timeout, ON_TIMEOUT_VALUES)


class TaskActions(TaskData, TaskOutputs, TaskRequests, ManyTasks, LogTail, Listings):
    """Shared by the two namespaces; what differs between them lives in them."""

    Status: TypeAlias = Status
    PluginTaskType: TypeAlias = PluginTaskType
    RestartPolicy: TypeAlias = RestartPolicy
    MAX_WAIT_ATTEMPTS: int = MAX_WAIT_ATTEMPTS
    WAIT_ATTEMPT_TIMEOUT_SEC: int = WAIT_ATTEMPT_TIMEOUT_SEC

    def raise_for_status(self, status: Status | str) -> None:
        """Raise `TaskFinishedWithError` for `error`; every other status is fine."""
        if status == Status.ERROR:
            raise TaskFinishedWithError.for_status(str(status))

    async def get_status(self, task_id: int) -> Status | str:
        """Give the task's status (`tasks.info`); one that this client does not know comes as text. Raises `NotFound`."""
        return (await read_task(self._caller, as_id("task_id", task_id))).status

    async def stop(self, id: int) -> Status | str:
        """Stop a task (`tasks.stop`) and give its status, which is `terminating` first; `wait` for `stopped`.

        Raises `NotFound`, and `ServerError` (501) for a kind of task that cannot be stopped.
        """
        return await stop_task(self._caller, as_id("id", id))

    async def _wait(
        self,
        task_id: int,
        target: Target,
        polling: Polling,
        on_status: OnStatus | None,
        on_timeout: OnTimeout,
        progress: ProgressOption,
        *,
        stop_on_cancel: bool,
    ) -> Status | str:
        watch = Watch(
            task_id=as_id("id", task_id),
            targets=as_targets(target),
            url=f"{self._caller.server.address}/apps/sessions/{task_id}",
            begun=self._caller.transport.monotonic(),
            on_status=as_callback("on_status", on_status),
            on_event=as_observer(progress),
        )
        on_timeout = one_of("on_timeout", on_timeout, ON_TIMEOUT_VALUES)
        return await TaskWait(self._caller, watch, polling, on_timeout, stop_on_cancel).result()
