# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.asset import Asset
from ...models.upload_asset_request import UploadAssetRequest
from ...types import Response


def _get_kwargs(
    *,
    body: UploadAssetRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/assets",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Asset:
    response_200 = Asset.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[Asset]:
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
    body: UploadAssetRequest,
) -> Response[Asset]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    body: UploadAssetRequest,
) -> Asset:
    """Upload a file of yours and get the address under which requests can use it.

    The address is in image_url, whatever the file is.

    Args:
        client: Where to send it and with which token.
        body (UploadAssetRequest): A file to upload.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/assets/upload-an-asset
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: UploadAssetRequest,
) -> Response[Asset]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: UploadAssetRequest,
) -> Asset:
    """Upload a file of yours and get the address under which requests can use it.

    The address is in image_url, whatever the file is.

    Args:
        client: Where to send it and with which token.
        body (UploadAssetRequest): A file to upload.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/assets/upload-an-asset
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
