from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.tasks_files_bulk_upload_request import TasksFilesBulkUploadRequest
from ...operation import Operation
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: TasksFilesBulkUploadRequest,
    x_task_id: int | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_task_id, Unset):
        headers["x-task-id"] = str(x_task_id)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks.files.bulk.upload",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> Any:
    return data


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | None:
    if response.status_code == 200:
        return _parse(None)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksFilesBulkUploadRequest,
    x_task_id: int | Unset = UNSET,
) -> Response[Any]:
    """Upload files of a task.

     Two parts a file, numbered from 0: `0` holds JSON text with `fullpath` and `hash` (SHA-256, base64),
    `0-file` the content. The form does not name the task, the header does. A repetition names the same
    contents by the same hashes, so that it is taken to change nothing (assumed); it has to read the
    files from their beginning again. The SDK sends at most 50 files at a time.

    Args:
        x_task_id (int | Unset):
        body (TasksFilesBulkUploadRequest): The names of the parts are numbers, so none can be
            listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
            x_task_id=x_task_id,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: TasksFilesBulkUploadRequest,
    x_task_id: int | Unset = UNSET,
) -> Any | None:
    """Upload files of a task.

     Two parts a file, numbered from 0: `0` holds JSON text with `fullpath` and `hash` (SHA-256, base64),
    `0-file` the content. The form does not name the task, the header does. A repetition names the same
    contents by the same hashes, so that it is taken to change nothing (assumed); it has to read the
    files from their beginning again. The SDK sends at most 50 files at a time.

    Args:
        x_task_id (int | Unset):
        body (TasksFilesBulkUploadRequest): The names of the parts are numbers, so none can be
            listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any
    """

    return sync_detailed(
        client=client,
        body=body,
        x_task_id=x_task_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: TasksFilesBulkUploadRequest,
    x_task_id: int | Unset = UNSET,
) -> Response[Any]:
    """Upload files of a task.

     Two parts a file, numbered from 0: `0` holds JSON text with `fullpath` and `hash` (SHA-256, base64),
    `0-file` the content. The form does not name the task, the header does. A repetition names the same
    contents by the same hashes, so that it is taken to change nothing (assumed); it has to read the
    files from their beginning again. The SDK sends at most 50 files at a time.

    Args:
        x_task_id (int | Unset):
        body (TasksFilesBulkUploadRequest): The names of the parts are numbers, so none can be
            listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
            x_task_id=x_task_id,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: TasksFilesBulkUploadRequest,
    x_task_id: int | Unset = UNSET,
) -> Any | None:
    """Upload files of a task.

     Two parts a file, numbered from 0: `0` holds JSON text with `fullpath` and `hash` (SHA-256, base64),
    `0-file` the content. The form does not name the task, the header does. A repetition names the same
    contents by the same hashes, so that it is taken to change nothing (assumed); it has to read the
    files from their beginning again. The SDK sends at most 50 files at a time.

    Args:
        x_task_id (int | Unset):
        body (TasksFilesBulkUploadRequest): The names of the parts are numbers, so none can be
            listed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            x_task_id=x_task_id,
        )
    ).parsed


OPERATION = Operation("/tasks.files.bulk.upload".removeprefix("/"), _get_kwargs, _parse, "unspecified")
