from io import BytesIO
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ecosystem_file_download_request import EcosystemFileDownloadRequest
from ...operation import Operation
from ...types import File, Response


def _get_kwargs(
    *,
    body: EcosystemFileDownloadRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/ecosystem.file.download",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> File:
    response_200 = File(payload=BytesIO(data))

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | None:
    if response.status_code == 200:
        return _parse(response.content)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[File]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: EcosystemFileDownloadRequest,
) -> Response[File]:
    """Download a file of a module, or the whole module as an archive.

     The reference promises JSON, the server sends the bytes; `Content-Length` may be missing.

    Args:
        body (EcosystemFileDownloadRequest): The reference requires only moduleId, but a server
            has refused what has neither filePath nor isArchive; the SDK sends fileKey alone too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
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
    body: EcosystemFileDownloadRequest,
) -> File | None:
    """Download a file of a module, or the whole module as an archive.

     The reference promises JSON, the server sends the bytes; `Content-Length` may be missing.

    Args:
        body (EcosystemFileDownloadRequest): The reference requires only moduleId, but a server
            has refused what has neither filePath nor isArchive; the SDK sends fileKey alone too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: EcosystemFileDownloadRequest,
) -> Response[File]:
    """Download a file of a module, or the whole module as an archive.

     The reference promises JSON, the server sends the bytes; `Content-Length` may be missing.

    Args:
        body (EcosystemFileDownloadRequest): The reference requires only moduleId, but a server
            has refused what has neither filePath nor isArchive; the SDK sends fileKey alone too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
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
    body: EcosystemFileDownloadRequest,
) -> File | None:
    """Download a file of a module, or the whole module as an archive.

     The reference promises JSON, the server sends the bytes; `Content-Length` may be missing.

    Args:
        body (EcosystemFileDownloadRequest): The reference requires only moduleId, but a server
            has refused what has neither filePath nor isArchive; the SDK sends fileKey alone too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed


OPERATION = Operation("/ecosystem.file.download".removeprefix("/"), _get_kwargs, _parse, "bytes")
