"""Talking to a running app."""

from collections.abc import Mapping
from typing import Any

from supervisely_client.api.tasks import tasks_request_direct
from supervisely_client.models.tasks_request_direct_request import TasksRequestDirectRequest

from .answers import Answer
from .call import Caller, explicit_policy
from .checks import as_flag, as_id, as_mapping, as_text, as_whole
from .errors import ApiError, Forbidden, RedirectRefused, Unauthorized, UnexpectedAnswer
from .namespace import Namespace
from .shapes import text_at


class TaskRequests(Namespace):
    """Sends commands to a running app (`tasks.request.direct`)."""

    async def send_request(
        self,
        task_id: int,
        method: str,
        data: Mapping[str, Any],
        context: Mapping[str, Any] | None = None,
        skip_response: bool = False,
        timeout: int | None = 60,
        outside_request: bool = True,
        retries: int = 10,
        raise_error: bool = False,
    ) -> Any:
        """Send a command to the app and give what it answers (`tasks.request.direct`).

        `timeout` is how many seconds the server waits for the app. A command may do anything, so it is sent again only when it
        was certainly not executed, at most `retries` times in all; `raise_error` means once.
        """
        policy = explicit_policy(1 if raise_error else retries, None, count_name="retries")
        answer = await self._direct(
            self._caller.with_policy(policy), task_id, method, data, context, skip_response, timeout, outside_request
        )
        return answer.json

    async def is_running(self, task_id: int) -> bool:
        """Tell whether the app answers at all; what it answers does not matter.

        Raises `ConnectionFailed`, and where the app was not asked `Unauthorized`, `Forbidden`, `RedirectRefused`, or for a login page
        `UnexpectedAnswer`.
        """
        try:
            await self._direct(self._caller, task_id, "is_running", {})
        except (Unauthorized, Forbidden, RedirectRefused, UnexpectedAnswer):
            raise
        except ApiError:
            return False
        return True

    async def is_ready(self, task_id: int) -> bool:
        """Tell whether the app says that it is ready. Raises when it does not answer."""
        answer = await self._direct(self._caller, task_id, "is_ready", {})
        return answer.read(lambda body: text_at(body, "status")) == "ready"

    async def _direct(
        self,
        caller: Caller,
        task_id: int,
        method: str,
        data: Mapping[str, Any],
        context: Mapping[str, Any] | None = None,
        skip_response: bool = False,
        timeout: int | None = 60,
        outside_request: bool = True,
    ) -> Answer[Any]:
        request = TasksRequestDirectRequest(
            task_id=as_id("task_id", task_id),
            command=as_text("method", method),
            context={**as_mapping("context", context), "outside_request": outside_request},
            state=dict(as_mapping("data", data)),
            skip_response=as_flag("skip_response", skip_response),
            timeout=None if timeout is None else as_whole("timeout", timeout, minimum=1),
        )
        return await caller.call(tasks_request_direct.OPERATION, body=request)
