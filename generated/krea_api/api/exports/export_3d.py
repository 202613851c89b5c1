# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.export_3d import Export3D
from ...models.export_3d_request import Export3DRequest
from ...types import Response


def _get_kwargs(
    *,
    body: Export3DRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/export/3d",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Export3D:
    response_200 = Export3D.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[Export3D]:
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
    body: Export3DRequest,
) -> Response[Export3D]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    body: Export3DRequest,
) -> Export3D:
    """Convert the 3D model of a finished job to another file format and get a ZIP of it.

    Args:
        client: Where to send it and with which token.
        body (Export3DRequest): A 3D model to convert.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: Export3DRequest,
) -> Response[Export3D]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: Export3DRequest,
) -> Export3D:
    """Convert the 3D model of a finished job to another file format and get a ZIP of it.

    Args:
        client: Where to send it and with which token.
        body (Export3DRequest): A 3D model to convert.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
