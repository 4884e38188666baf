"""`api.app`: the apps of a team, their sessions, and the ecosystem they come from."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any

from supervisely_client.api.apps import apps_list, apps_tasks_list
from supervisely_client.api.ecosystem import ecosystem_info, ecosystem_list
from supervisely_client.models.apps_list_request import AppsListRequest
from supervisely_client.models.apps_tasks_list_request import AppsTasksListRequest
from supervisely_client.models.context_target import CONTEXT_TARGET_VALUES
from supervisely_client.models.ecosystem_info_request import EcosystemInfoRequest
from supervisely_client.models.ecosystem_list_request import EcosystemListRequest
from supervisely_client.models.filter_ import Filter
from supervisely_client.models.integration import INTEGRATION_VALUES
from supervisely_client.types import UNSET

from .checks import as_id, as_ids, as_text, one_of
from .entities import AppInfo, SessionInfo, Status
from .errors import ArgumentError, NoRelease, NotFoundInEcosystem, SuperviselyError
from .filters import as_filters
from .modules import ModuleInfo
from .pages import read_all
from .shapes import text_at
from .starting import LogLevel, RestartPolicy, Start, check_one_app, run_app
from .task_actions import Target, TaskActions
from .waiting import DEFAULT_TIMEOUT, DefaultTimeout, as_targets, plan_polling
from .watch import OnStatus


class AsyncAppApi(TaskActions):
    """Apps: find in the ecosystem, start, wait, stop, list sessions."""

    async def get_list(
        self,
        team_id: int,
        filter: Sequence[Mapping[str, Any]] | None = None,
        context: Sequence[str] | None = None,
        repository_key: str | None = None,
        show_disabled: bool = False,
        integrated_into: Sequence[str] | None = None,
        session_tags: Sequence[str] | None = None,
        only_running: bool = False,
        with_shared: bool = True,
        force_all_sessions: bool = True,
    ) -> list[AppInfo]:
        """List the apps of a team with their sessions (`apps.list`), in order of id.

        `force_all_sessions` includes every session there ever was, which is slow; `only_running` overrules it.
        """
        request = AppsListRequest(
            team_id=as_id("team_id", team_id),
            filter_=as_filters("filter", filter),
            context=[one_of("context", name, CONTEXT_TARGET_VALUES) for name in context or ()],
            repository_key=repository_key,
            show_disabled=show_disabled,
            integrated_into=[one_of("integrated_into", name, INTEGRATION_VALUES) for name in integrated_into or ()],
            session_tags=list(session_tags or ()),
            only_running=only_running,
            with_shared=with_shared,
            force_all_sessions=force_all_sessions and not only_running,
            sort="id",
            sort_order="asc",
        )
        return await read_all(self._caller, apps_list.OPERATION, request, AppInfo.from_json)

    async def get_ecosystem_module_id(self, slug: str) -> int:
        """Find the id of the module with this slug, such as `supervisely-ecosystem/export-to-dota` (`ecosystem.list`).

        Raises `NotFoundInEcosystem`, which names slugs that are near, or the ids when several modules have the slug.
        """
        found = await self._find_modules(filter_=[Filter("slug", "=", as_text("slug", slug))])
        if len(found) == 1:
            return found[0].id
        if found:
            raise NotFoundInEcosystem(slug=slug, module_ids=tuple(module.id for module in found))
        raise NotFoundInEcosystem(slug=slug, near=await self._near(slug))

    async def _near(self, slug: str) -> tuple[str, ...]:
        """Give slugs like this one: at most three requests, made only to help, so that their failure is no failure."""
        for word in re.findall(r"\w+", slug.rpartition("/")[2])[:3]:
            try:
                candidates = await self._find_modules(search=word)
            except SuperviselyError:
                return ()
            near = get_close_matches(slug, [module.slug for module in candidates], n=3)
            if near:
                return tuple(near)
        return ()

    async def _find_modules(self, **criteria: Any) -> list[ModuleInfo]:
        request = EcosystemListRequest(**criteria, sort="id", sort_order="asc")
        return await read_all(self._caller, ecosystem_list.OPERATION, request, ModuleInfo.from_json)

    async def get_ecosystem_module_info(
        self, module_id: int | None = None, version: str | None = None, slug: str | None = None
    ) -> ModuleInfo:
        """Give a module of the ecosystem (`ecosystem.info`) by id or by slug; the latest version unless told. Raises `NotFound`."""
        if (module_id is None) == (slug is None):
            problem = "neither is given" if slug is None else "both are given"
            raise ArgumentError(argument="module_id, slug", problem=problem, hint="Give one of them")
        request = EcosystemInfoRequest(
            id=UNSET if module_id is None else as_id("module_id", module_id),
            slug=UNSET if slug is None else as_text("slug", slug),
            version=UNSET if version is None else version,
        )
        return (await self._caller.call(ecosystem_info.OPERATION, body=request)).read(ModuleInfo.from_json)

    async def get_sessions(
        self,
        team_id: int,
        module_id: int,
        show_disabled: bool = False,
        session_name: str | None = None,
        statuses: Sequence[Status | str] | None = None,
        with_shared: bool = False,
    ) -> list[SessionInfo]:
        """List the sessions of a module's apps in a team, the last started first (`apps.list`, `apps.tasks.list`).

        `session_name` is compared here, not by the server. `statuses` keeps those only.
        """
        apps = AppsListRequest(
            team_id=as_id("team_id", team_id),
            filter_=[Filter("moduleId", "=", as_id("module_id", module_id))],
            context=[],
            repository_key=None,
            show_disabled=False,
            integrated_into=[],
            session_tags=[],
            only_running=False,
            with_shared=with_shared,
            force_all_sessions=False,
            sort="id",
            sort_order="asc",
        )
        wanted = UNSET if statuses is None else [Filter("status", "in", list(as_targets(statuses, "statuses")))]
        reader = partial(SessionInfo.from_json, module_id=module_id)
        sessions: list[SessionInfo] = []
        for app in await read_all(self._caller, apps_list.OPERATION, apps, AppInfo.from_json):
            tasks = AppsTasksListRequest(
                team_id=team_id,
                app_id=app.id,
                show_disabled=show_disabled,
                with_shared=with_shared,
                sort="startedAt",
                sort_order="desc",
                filter_=wanted,
            )
            sessions += await read_all(self._caller, apps_tasks_list.OPERATION, tasks, reader)
        return [session for session in sessions if session_name in (None, session.name)]

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
        restart_policy: RestartPolicy = "never",
        proxy_keep_url: bool = False,
        module_id: int | None = None,
        redirect_requests: Mapping[str, Any] | None = None,
        multi_user_session: bool = False,
    ) -> SessionInfo:
        """Start an app (`tasks.run.app`) and give its session.

        `agent_id` None takes any agent that fits; `params` are the app's arguments, as `ModuleInfo.get_arguments` gives them. Without
        `app_version` the latest release is looked up first (`ecosystem.info`; `NoRelease` when there is none), which needs
        `module_id`. The request is sent again only when it was certainly not executed; when that is not known: `StartUnconfirmed`.
        """
        check_one_app(app_id, module_id)
        if app_version is None:
            app_version = await self._latest_version(module_id)
        start = Start(
            agent_id=agent_id,
            app_id=app_id,
            module_id=module_id,
            workspace_id=workspace_id,
            description=description,
            params=params,
            log_level=log_level,
            users_ids=as_ids("users_id", users_id),
            app_version=app_version,
            is_branch=is_branch,
            task_name=task_name,
            restart_policy=restart_policy,
            proxy_keep_url=proxy_keep_url,
            redirect_requests=redirect_requests,
            limit_by_workspace=False,
            multi_user_session=multi_user_session,
        )
        return SessionInfo.from_json((await run_app(self._caller, start))[0])

    async def _latest_version(self, module_id: int | None) -> str:
        if module_id is None:
            raise ArgumentError(
                argument="app_version",
                problem="is not given",
                hint="With app_id it is needed; module_id finds the latest release",
            )
        request = EcosystemInfoRequest(id=as_id("module_id", module_id))
        answer = await self._caller.call(ecosystem_info.OPERATION, body=request)
        release = answer.read(ModuleInfo.from_json).get_latest_release(None)
        if release is None:
            raise NoRelease(module_id=module_id)
        return answer.read(lambda _: text_at(release, "version"))

    async def wait(
        self,
        id: int,
        target_status: Target = None,
        attempts: int | None = None,
        attempt_delay_sec: float | None = None,
        *,
        timeout: float | DefaultTimeout | None = DEFAULT_TIMEOUT,
        on_status: OnStatus | None = None,
    ) -> Status | str:
        """Wait until the app's task has reached the status, or one of several, and give the status it has (`tasks.info`).

        As `api.task.wait`, which says more; with `attempts` or `attempt_delay_sec` it looks exactly so often at that constant delay.
        """
        polling = plan_polling(
            attempts,
            attempt_delay_sec,
            timeout,
            has_target=target_status is not None,
            names=("attempts", "attempt_delay_sec"),
        )
        return await self._wait(id, target_status, polling, on_status)
