# Made by scripts/regenerate from spec/. Edits are lost at the next run.
import datetime
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.asset_page import AssetPage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = UNSET,
    cursor: datetime.datetime | Unset = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["limit"] = limit

    json_cursor: str | Unset = UNSET
    if not isinstance(cursor, Unset):
        json_cursor = cursor.isoformat()
    params["cursor"] = json_cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/assets",
        "params": params,
    }

    return _kwargs


def _parse(response: httpx.Response) -> AssetPage:
    response_200 = AssetPage.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[AssetPage]:
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
    limit: int | Unset = UNSET,
    cursor: datetime.datetime | Unset = UNSET,
) -> Response[AssetPage]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    cursor: datetime.datetime | Unset = UNSET,
) -> AssetPage:
    """List your uploaded files, page by page.

    Args:
        client: Where to send it and with which token.
        limit (int | Unset): How many assets a page holds. 1 to 1000.
        cursor (datetime.datetime | Unset): Where the page begins; take it from next_cursor.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    cursor: datetime.datetime | Unset = UNSET,
) -> Response[AssetPage]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    cursor: datetime.datetime | Unset = UNSET,
) -> AssetPage:
    """List your uploaded files, page by page.

    Args:
        client: Where to send it and with which token.
        limit (int | Unset): How many assets a page holds. 1 to 1000.
        cursor (datetime.datetime | Unset): Where the page begins; take it from next_cursor.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
