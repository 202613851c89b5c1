# Made by scripts/regenerate from spec/. Edits are lost at the next run.
import datetime
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.job_page import JobPage
from ...models.job_status import JobStatus
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    cursor: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    types: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    json_cursor: str | Unset = UNSET
    if not isinstance(cursor, Unset):
        json_cursor = cursor.isoformat()
    params["cursor"] = json_cursor

    params["limit"] = limit

    params["types"] = types

    json_status: str | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = status

    params["status"] = json_status

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs",
        "params": params,
    }

    return _kwargs


def _parse(response: httpx.Response) -> JobPage:
    response_200 = JobPage.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[JobPage]:
    status = response.status_code
    if status in (200,):
        try:
            return Response(
                status_code=status, content=response.content, headers=response.headers, parsed=_parse(response)
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise errors.ApiError.of(status, response.content, response.headers) from error
    raise errors.ApiError.of(status, response.content, response.headers)


def sync_detailed(
    *,
    client: AuthenticatedClient,
    cursor: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    types: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
) -> Response[JobPage]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        types=types,
        status=status,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    cursor: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    types: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
) -> JobPage:
    """List your jobs, page by page.

    Args:
        client: Where to send it and with which token.
        cursor (datetime.datetime | Unset): Only jobs made before this time; take it from next_cursor.
        limit (int | Unset): How many jobs a page holds. 1 to 1000. Server default: 100.
        types (str | Unset): Only jobs of these types.
        status (JobStatus | Unset): Only jobs that stand here.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/general/list-jobs
    """

    return sync_detailed(
        client=client,
        cursor=cursor,
        limit=limit,
        types=types,
        status=status,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    cursor: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    types: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
) -> Response[JobPage]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        types=types,
        status=status,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    cursor: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    types: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
) -> JobPage:
    """List your jobs, page by page.

    Args:
        client: Where to send it and with which token.
        cursor (datetime.datetime | Unset): Only jobs made before this time; take it from next_cursor.
        limit (int | Unset): How many jobs a page holds. 1 to 1000. Server default: 100.
        types (str | Unset): Only jobs of these types.
        status (JobStatus | Unset): Only jobs that stand here.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/general/list-jobs
    """

    return (
        await asyncio_detailed(
            client=client,
            cursor=cursor,
            limit=limit,
            types=types,
            status=status,
        )
    ).parsed
