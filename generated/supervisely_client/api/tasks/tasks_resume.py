from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.success import Success
from ...models.tasks_resume_request import TasksResumeRequest
from ...operation import Operation
from ...types import Response


def _get_kwargs(
    *,
    body: TasksResumeRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks.resume",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> Success:
    response_200 = Success.from_dict(data)

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Success | None:
    if response.status_code == 200:
        return _parse(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Success]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksResumeRequest,
) -> Response[Success]:
    """Start a task that has ended once more.

     Only an app task that is finished, stopped or in error; 400 for any other, and so for a repetition.

    Args:
        body (TasksResumeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Success]
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
    body: TasksResumeRequest,
) -> Success | None:
    """Start a task that has ended once more.

     Only an app task that is finished, stopped or in error; 400 for any other, and so for a repetition.

    Args:
        body (TasksResumeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Success
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksResumeRequest,
) -> Response[Success]:
    """Start a task that has ended once more.

     Only an app task that is finished, stopped or in error; 400 for any other, and so for a repetition.

    Args:
        body (TasksResumeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Success]
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
    body: TasksResumeRequest,
) -> Success | None:
    """Start a task that has ended once more.

     Only an app task that is finished, stopped or in error; 400 for any other, and so for a repetition.

    Args:
        body (TasksResumeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Success
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed


OPERATION = Operation("/tasks.resume".removeprefix("/"), _get_kwargs, _parse)
