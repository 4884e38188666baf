from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ecosystem_models_list_request import EcosystemModelsListRequest
from ...models.model_page import ModelPage
from ...operation import Operation
from ...types import Response


def _get_kwargs(
    *,
    body: EcosystemModelsListRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/ecosystem.models.list",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> ModelPage:
    response_200 = ModelPage.from_dict(data)

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ModelPage | None:
    if response.status_code == 200:
        return _parse(response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ModelPage]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: EcosystemModelsListRequest,
) -> Response[ModelPage]:
    """List the neural networks of the ecosystem.

     A filter may name the slugs of its modules too, in fields whose names are not known. The SDK sends a
    GET with a form; that JSON by POST works as for other lists is what the reference implies.

    Args:
        body (EcosystemModelsListRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModelPage]
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
    body: EcosystemModelsListRequest,
) -> ModelPage | None:
    """List the neural networks of the ecosystem.

     A filter may name the slugs of its modules too, in fields whose names are not known. The SDK sends a
    GET with a form; that JSON by POST works as for other lists is what the reference implies.

    Args:
        body (EcosystemModelsListRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModelPage
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: EcosystemModelsListRequest,
) -> Response[ModelPage]:
    """List the neural networks of the ecosystem.

     A filter may name the slugs of its modules too, in fields whose names are not known. The SDK sends a
    GET with a form; that JSON by POST works as for other lists is what the reference implies.

    Args:
        body (EcosystemModelsListRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModelPage]
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
    body: EcosystemModelsListRequest,
) -> ModelPage | None:
    """List the neural networks of the ecosystem.

     A filter may name the slugs of its modules too, in fields whose names are not known. The SDK sends a
    GET with a form; that JSON by POST works as for other lists is what the reference implies.

    Args:
        body (EcosystemModelsListRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModelPage
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed


OPERATION = Operation("/ecosystem.models.list".removeprefix("/"), _get_kwargs, _parse)
