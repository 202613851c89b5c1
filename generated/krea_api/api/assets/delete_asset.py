# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.asset_deletion import AssetDeletion
from ...types import Response


def _get_kwargs(
    id: UUID,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/assets/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse(response: httpx.Response) -> AssetDeletion:
    response_200 = AssetDeletion.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[AssetDeletion]:
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
    id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[AssetDeletion]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    id: UUID,
    *,
    client: AuthenticatedClient,
) -> AssetDeletion:
    """Delete an uploaded file.

    Args:
        client: Where to send it and with which token.
        id (UUID): The id that the upload answered.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        id=id,
        client=client,
    ).parsed


async def asyncio_detailed(
    id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[AssetDeletion]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    id: UUID,
    *,
    client: AuthenticatedClient,
) -> AssetDeletion:
    """Delete an uploaded file.

    Args:
        client: Where to send it and with which token.
        id (UUID): The id that the upload answered.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
        )
    ).parsed
