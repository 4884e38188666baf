from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.log_line import LogLine
from ...operation import Operation
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    id: int,
    since_time: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["id"] = id

    params["sinceTime"] = since_time

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/tasks.log.download",
        "params": params,
    }

    return _kwargs


def _parse(data: Any) -> list[LogLine]:
    response_200 = []
    _response_200 = data
    for response_200_item_data in _response_200:
        response_200_item = LogLine.from_dict(response_200_item_data)

        response_200.append(response_200_item)

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> list[LogLine] | None:
    if response.status_code == 200:
        return _parse(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[list[LogLine]]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    id: int,
    since_time: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[list[LogLine]]:
    """Read a task's log.

     The only method here that is a GET with a query.

    Args:
        id (int):
        since_time (str | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[LogLine]]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            id=id,
            since_time=since_time,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    id: int,
    since_time: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> list[LogLine] | None:
    """Read a task's log.

     The only method here that is a GET with a query.

    Args:
        id (int):
        since_time (str | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[LogLine]
    """

    return sync_detailed(
        client=client,
        id=id,
        since_time=since_time,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    id: int,
    since_time: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[list[LogLine]]:
    """Read a task's log.

     The only method here that is a GET with a query.

    Args:
        id (int):
        since_time (str | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[LogLine]]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            id=id,
            since_time=since_time,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    id: int,
    since_time: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> list[LogLine] | None:
    """Read a task's log.

     The only method here that is a GET with a query.

    Args:
        id (int):
        since_time (str | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[LogLine]
    """

    return (
        await asyncio_detailed(
            client=client,
            id=id,
            since_time=since_time,
            limit=limit,
        )
    ).parsed


OPERATION = Operation("/tasks.log.download".removeprefix("/"), _get_kwargs, _parse)
