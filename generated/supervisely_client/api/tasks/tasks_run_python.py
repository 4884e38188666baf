from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.started_task import StartedTask
from ...models.tasks_run_python_request import TasksRunPythonRequest
from ...operation import Operation
from ...types import Response


def _get_kwargs(
    *,
    body: TasksRunPythonRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks.run.python",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> StartedTask:
    response_200 = StartedTask.from_dict(data)

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> StartedTask | None:
    if response.status_code == 200:
        return _parse(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[StartedTask]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksRunPythonRequest,
) -> Response[StartedTask]:
    """Run a Python script.

     Not idempotent: the same request twice starts two tasks.

    Args:
        body (TasksRunPythonRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[StartedTask]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: TasksRunPythonRequest,
) -> StartedTask | None:
    """Run a Python script.

     Not idempotent: the same request twice starts two tasks.

    Args:
        body (TasksRunPythonRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        StartedTask
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksRunPythonRequest,
) -> Response[StartedTask]:
    """Run a Python script.

     Not idempotent: the same request twice starts two tasks.

    Args:
        body (TasksRunPythonRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[StartedTask]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: TasksRunPythonRequest,
) -> StartedTask | None:
    """Run a Python script.

     Not idempotent: the same request twice starts two tasks.

    Args:
        body (TasksRunPythonRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        StartedTask
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed


OPERATION = Operation("/tasks.run.python".removeprefix("/"), _get_kwargs, _parse)
