"""The client: address, token, namespaces, lifetime; `Api` blocks, `AsyncApi` is for asyncio."""

import os
from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from .address import API_PATH
from .app import AsyncAppApi
from .blocking import AppApi, TaskApi
from .call import DEFAULT_TIMEOUT, Caller, explicit_policy, retry_of
from .checks import as_method, as_number, as_text
from .completing import complete
from .credentials import DEFAULT_ENV_FILE, Credentials
from .instance import version_of
from .network import AsyncioTransport, BlockingTransport
from .task import AsyncTaskApi
from .transport import Transport

_OFFICIAL_NAMESPACES = frozenset(
    [
        "advanced",
        "agent",
        "annotation",
        "dataset",
        "ecosystem",
        "entities_collection",
        "figure",
        "file",
        "github",
        "image",
        "import_storage",
        "issues",
        "labeling_job",
        "labeling_queue",
        "model",
        "neural_network",
        "nn",
        "object_class",
        "plugin",
        "pointcloud",
        "pointcloud_episode",
        "project",
        "project_class_stat",
        "remote_storage",
        "report",
        "role",
        "storage",
        "team",
        "user",
        "video",
        "volume",
        "workspace",
    ]
)


_LONGEST_TIMEOUT = 1e6
"""Seconds; sockets take no more than some weeks."""


class _Client(ABC):
    """What both colours have; no I/O but in coroutines that they run in their own way."""

    def __init__(
        self,
        server_address: str | None = None,
        token: str | None = None,
        retry_count: int | None = None,
        retry_sleep_sec: float | None = None,
        *,
        ignore_task_id: bool = False,
        api_server_address: str | None = None,
        timeout: float | None = None,
        transport: Transport | None = None,
    ) -> None:
        credentials = Credentials.find(
            server_address, token, ignore_task_id=ignore_task_id, api_server_address=api_server_address
        )
        self._open(credentials, retry_count, retry_sleep_sec, timeout, transport)

    def _open(
        self,
        credentials: Credentials,
        retry_count: int | None = None,
        retry_sleep_sec: float | None = None,
        timeout: float | None = None,
        transport: Transport | None = None,
    ) -> None:
        if timeout is not None:
            timeout = as_number("timeout", timeout, minimum=0.001, maximum=_LONGEST_TIMEOUT)
        self._caller = Caller(
            transport or self._own_transport(),
            credentials,
            explicit_policy(retry_count, retry_sleep_sec),
            DEFAULT_TIMEOUT if timeout is None else httpx.Timeout(timeout),
        )
        self._add_namespaces()

    @abstractmethod
    def _own_transport(self) -> Transport:
        """Give the transport of a client that is given none."""

    @abstractmethod
    def _add_namespaces(self) -> None:
        """Set `task` and `app`."""

    @classmethod
    def from_env(
        cls,
        retry_count: int | None = None,
        ignore_task_id: bool = False,
        env_file: str | os.PathLike[str] = DEFAULT_ENV_FILE,
        *,
        retry_sleep_sec: float | None = None,
        timeout: float | None = None,
        transport: Transport | None = None,
    ) -> Self:
        """Make a client from `SERVER_ADDRESS` and `API_TOKEN`.

        In development (`ENV` is not `production`) what is missing is read from `env_file`. The file's other variables are not
        exported. Raises `EnvFileError` when it is needed and cannot be read.
        """
        credentials = Credentials.from_env(env_file=env_file, ignore_task_id=ignore_task_id)
        client = cls.__new__(cls)
        client._open(credentials, retry_count, retry_sleep_sec, timeout, transport)
        return client

    @classmethod
    def from_official(cls, sly_api: Any, *, timeout: float | None = None, transport: Transport | None = None) -> Self:
        """Make a client with address, token and task id of an official `supervisely.Api`, which stays usable beside it."""
        task_id = sly_api.task_id
        environ = {"SUPERVISELY_TASK_ID": str(task_id)} if task_id and "x-task-id" in sly_api.headers else {}
        own_api = f"{sly_api.server_address}{API_PATH}"
        other_api = None if sly_api.api_server_address == own_api else sly_api.api_server_address
        credentials = Credentials.find(
            sly_api.server_address, sly_api.token, api_server_address=other_api, environ=environ
        )
        client = cls.__new__(cls)
        client._open(credentials, timeout=timeout, transport=transport)
        return client

    @property
    def server_address(self) -> str:
        """The server, after a possible switch from http to https."""
        return str(self._caller.server.address)

    @property
    def task_id(self) -> int | None:
        """The task this runs in, from `SUPERVISELY_TASK_ID`; sent with each request."""
        return self._caller.credentials.task_id

    def __repr__(self) -> str:
        # A client that could not be made has no caller, and shows in tracebacks all the same.
        caller = self.__dict__.get("_caller")
        return f"{type(self).__name__}({str(caller.server.address) if caller else 'not connected'!r})"

    if not TYPE_CHECKING:  # a __getattr__ that checkers see would hide misspelt names

        def __getattr__(self, name: str) -> Any:
            if name in _OFFICIAL_NAMESPACES:
                raise AttributeError(
                    f"api.{name} is not part of supervisely_ext, which has api.task and api.app: keep the official client "
                    f"for it and make this one with {type(self).__name__}.from_official(sly_api), or call the method with api.post"
                )
            return object.__getattribute__(self, name)  # raises the true error

    async def _request(
        self, method: str, request: dict[str, Any], retries: int | None, *, read: bool
    ) -> httpx.Response:
        method = as_method(as_text("method", method).strip("/"))
        policy = None if retries is None else explicit_policy(retries, None, count_name="retries")
        retry = retry_of(method, read=read or retries is not None)
        request = {"url": f"/{method}", "headers": {}, **request}
        return await self._caller.send(method, request, retry=retry, policy=policy)

    async def _post(self, method: str, data: Any, retries: int | None) -> httpx.Response:
        request = {"method": "post", "json": data, "headers": {"Content-Type": "application/json"}}
        return await self._request(method, request, retries, read=False)

    async def _get(self, method: str, params: Any, retries: int | None) -> httpx.Response:
        return await self._request(method, {"method": "get", "params": params}, retries, read=True)


class AsyncApi(_Client):
    """A client for asyncio; keep one for many calls and close it, best with `async with`.

    `retry_count` is the number of tries of requests that may be repeated (5 when not given), `retry_sleep_sec` the first delay between
    them; all come within 60 s when neither is given, else there is no limit of time. `timeout` is in seconds, for connecting and for each wait for data (10 and 60
    when not given).
    """

    task: AsyncTaskApi
    app: AsyncAppApi

    def _own_transport(self) -> Transport:
        return AsyncioTransport()

    def _add_namespaces(self) -> None:
        self.task = AsyncTaskApi(self._caller)
        self.app = AsyncAppApi(self._caller)

    async def post(self, method: str, data: Any, retries: int | None = None) -> httpx.Response:
        """Send any method of the API, such as `projects.info`, with a JSON body, and give the successful answer.

        A method that the spec does not know is sent once, unless `retries` says that it may be repeated.
        """
        return await self._post(method, data, retries)

    async def get(self, method: str, params: Any = None, retries: int | None = None) -> httpx.Response:
        """Send any method of the API as GET and give the successful answer."""
        return await self._get(method, params, retries)

    async def get_instance_version(self) -> str:
        """Give the server's version (`instance.version`), asked for once; a failure is not remembered."""
        return await version_of(self._caller)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        await self._caller.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


class Api(_Client):
    """A blocking client, for many threads; keep one for many calls and close it, best with `with`.

    `retry_count` is the number of tries of requests that may be repeated (5 when not given), `retry_sleep_sec` the first delay between
    them; all come within 60 s when neither is given, else there is no limit of time. `timeout` is in seconds, for connecting and for each wait for data (10 and 60
    when not given).
    """

    task: TaskApi
    app: AppApi

    def _own_transport(self) -> Transport:
        return BlockingTransport()

    def _add_namespaces(self) -> None:
        self.task = TaskApi(AsyncTaskApi(self._caller))
        self.app = AppApi(AsyncAppApi(self._caller))

    def post(self, method: str, data: Any, retries: int | None = None) -> httpx.Response:
        """Send any method of the API, such as `projects.info`, with a JSON body, and give the successful answer.

        A method that the spec does not know is sent once, unless `retries` says that it may be repeated.
        """
        return complete(self._post(method, data, retries))

    def get(self, method: str, params: Any = None, retries: int | None = None) -> httpx.Response:
        """Send any method of the API as GET and give the successful answer."""
        return complete(self._get(method, params, retries))

    @property
    def instance_version(self) -> str:
        """The server's version (`instance.version`), asked for once; a failure is not remembered."""
        return complete(version_of(self._caller))

    def close(self) -> None:
        """Close the connections."""
        complete(self._caller.transport.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def caller_of(client: Api | AsyncApi) -> Caller:
    """Give what sends a client's requests, for what works with several clients."""
    return client._caller  # pyright: ignore[reportPrivateUsage]  # of this module's own class
