"""Starting apps, and finding again what was started."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from supervisely_client.api.tasks import tasks_info
from supervisely_client.models.tasks_info_request import TasksInfoRequest

from .checks import as_ids, as_mapping
from .ecosystem import Ecosystem
from .entities import SessionInfo
from .errors import StartUnconfirmed
from .kubernetes import KubernetesSettings
from .session_tokens import SessionToken
from .shapes import is_object
from .start_check import Validate, check_start
from .start_once import find_again, start_once
from .starting import LogLevel, RestartPolicyName, Start, check_one_app


class StartArguments(TypedDict, total=False):
    """What `start` takes besides the agent."""

    app_id: int | None
    workspace_id: int | None
    description: str
    params: Mapping[str, Any] | None
    log_level: LogLevel
    users_id: int | Sequence[int] | None
    app_version: str | None
    is_branch: bool
    task_name: str
    restart_policy: RestartPolicyName
    proxy_keep_url: bool
    module_id: int | None
    redirect_requests: Mapping[str, Any] | None
    kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None
    multi_user_session: bool
    validate: Validate
    reconcile: bool
    idempotency_key: str | None


class AppStart(Ecosystem):
    """Starts apps at most once."""

    async def start(
        self,
        agent_id: int | None,
        app_id: int | None = None,
        workspace_id: int | None = None,
        description: str = "",
        params: Mapping[str, Any] | None = None,
        log_level: LogLevel = "info",
        users_id: int | Sequence[int] | None = None,
        app_version: str | None = None,
        is_branch: bool = False,
        task_name: str = "run-from-python",
        restart_policy: RestartPolicyName = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
        *,
        validate: Validate = "auto",
        reconcile: bool = True,
        idempotency_key: str | None = None,
    ) -> SessionInfo:
        """Start an app (`tasks.run.app`) at most once, and give its session.

        `agent_id` None takes any agent that fits; `params` are the app's arguments, as `ModuleInfo.get_arguments` gives them, or these
        as `{"state": arguments}`, which an app with an object among its options that is named `state` needs. Without
        `app_version` the latest release is looked up first (`ecosystem.info`; `NoRelease` when there is none), which needs `module_id`.
        `validate` "auto" logs a warning when the arguments do not fit the module as this client has looked it up already; True looks it
        up and raises `InvalidArguments` before anything is started; False does not look.

        The request is sent again only when it was certainly not received: no connection was made, or the answer was 429. The task is
        marked with a random key in `params.supervisely_ext.start`, beside `params.state`. When the answer is lost (5xx, a reset, a
        time-out, no JSON), the newest 1,000 tasks of the app (`apps.list`, `apps.tasks.list`) and of the workspace (`tasks.list`) are
        searched for the key, of those that a list shows without `params` the newest 50 (`tasks.info`): at once and then for 60 s, after
        pauses of 1, 2, 4, 8 and then 10 s, through failures of the search too.
        A task is taken for this start only if key, app and user agree and there is no second one; then its session is given. Else
        `StartUnconfirmed` is raised, and nothing is sent a second time: the task may still appear, and `find_start` looks again.

        That the server shows the key is assumed. One that refuses it (400) gets the request once more without, and no key from then on.
        Without a key or a `workspace_id` there is no search. `reconcile=False` sends no key.

        `idempotency_key` is a key of your own, a text of up to 128 characters. It is searched for before anything is sent (two requests
        more, and up to two once a client): a process that begins anew finds the task of the one before, also when it has ended, in
        whatever way. The same key, app and user are the same start, whatever else is different. It needs a `workspace_id`; a server that
        refuses it raises `BadRequest`. This holds for one process at a time: two at the same instant can both start, and so can one
        that begins anew before the lists show the task.

        Cancelled, or interrupted by Ctrl-C, this leaves at once, and the task may run: with a key of your own it can be found.
        """
        sessions = await self.start_sessions(
            agent_id,
            app_id,
            workspace_id,
            description,
            params,
            log_level,
            users_id,
            app_version,
            is_branch,
            task_name,
            restart_policy,
            proxy_keep_url,
            module_id,
            redirect_requests,
            kubernetes_settings,
            multi_user_session,
            validate=validate,
            reconcile=reconcile,
            idempotency_key=idempotency_key,
        )
        return sessions[0]

    async def start_sessions(
        self,
        agent_id: int | None,
        app_id: int | None = None,
        workspace_id: int | None = None,
        description: str = "",
        params: Mapping[str, Any] | None = None,
        log_level: LogLevel = "info",
        users_id: int | Sequence[int] | None = None,
        app_version: str | None = None,
        is_branch: bool = False,
        task_name: str = "run-from-python",
        restart_policy: RestartPolicyName = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        kubernetes_settings: KubernetesSettings | Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
        *,
        validate: Validate = "auto",
        reconcile: bool = True,
        idempotency_key: str | None = None,
    ) -> list[SessionInfo]:
        """Start an app (`tasks.run.app`) and give its sessions, one for each of `users_id`; arguments and errors as of `start`."""
        check_one_app(app_id, module_id)
        if app_version is None:
            app_version = await self._latest_version(module_id)
        start = Start(
            agent_id=agent_id,
            app_id=app_id,
            module_id=module_id,
            workspace_id=workspace_id,
            description=description,
            params=_with_state(params),
            log_level=log_level,
            users_ids=as_ids("users_id", users_id),
            app_version=app_version,
            is_branch=is_branch,
            task_name=task_name,
            restart_policy=restart_policy,
            proxy_keep_url=proxy_keep_url,
            redirect_requests=redirect_requests,
            limit_by_workspace=False,
            kubernetes_settings=kubernetes_settings,
            multi_user_session=multi_user_session,
        )
        await check_start(self._caller, validate, start)
        started = await start_once(self._caller, start, reconcile=reconcile, idempotency_key=idempotency_key)
        return [self._session(task, key=started.key) for task in started.tasks]

    async def find_start(self, unconfirmed: StartUnconfirmed) -> SessionInfo | None:
        """Look once more for the session of an unconfirmed start, the first of several users'; None when it is not there.

        Raises `StartUnconfirmed` when there are sessions with its key, but not as one start makes them.
        """
        found = await find_again(self._caller, unconfirmed)
        return self._session(found[0], key=unconfirmed.idempotency_key) if found else None

    async def attach(self, token: str) -> SessionInfo:
        """Give the session that `SessionInfo.token` was written for (`tasks.info`), on the same server only. Raises `NotFound`."""
        known = SessionToken.read(token)
        known.check_server(str(self._caller.server.address))
        session = await self._read_session(known.task_id, known.key)
        known.check_module(session.module_id)
        return session

    async def _read_session(self, task_id: int, key: str | None) -> SessionInfo:
        answer = await self._caller.call(tasks_info.OPERATION, body=TasksInfoRequest(id=task_id))
        return answer.read(lambda task: self._session(task, key=key))

    def _session(self, task: Mapping[str, Any], *, key: str | None = None, module_id: int | None = None) -> SessionInfo:
        server = str(self._caller.server.address)
        return SessionInfo.from_json(task, module_id=module_id, server=server, idempotency_key=key)


def _with_state(params: Mapping[str, Any] | None) -> Mapping[str, Any]:
    given = as_mapping("params", params)
    return given if is_object(given.get("state")) else {"state": dict(given)}
