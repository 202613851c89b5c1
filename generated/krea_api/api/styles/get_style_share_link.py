# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.style_share_link import StyleShareLink
from ...types import Response


def _get_kwargs(
    id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/styles/{id}/share/link".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse(response: httpx.Response) -> StyleShareLink:
    if response.status_code == 200:
        response_200 = StyleShareLink.from_dict(response.json())

        return response_200

    response_201 = StyleShareLink.from_dict(response.json())

    return response_201


def _build_response(response: httpx.Response) -> Response[StyleShareLink]:
    status = response.status_code
    if status in (
        200,
        201,
    ):
        try:
            return Response(
                status_code=status, content=response.content, headers=response.headers, parsed=_parse(response)
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise errors.ApiError.of(status, response.content, response.headers) from error
    raise errors.ApiError.of(status, response.content, response.headers)


def sync_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[StyleShareLink]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
) -> StyleShareLink:
    """Get an address that lets others use a style of yours; made on the first call.

    Args:
        client: Where to send it and with which token.
        id (str): The id of the style; a training answers it as result.style_id.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/styles/get-a-shareable-link-for-a-style
    """

    return sync_detailed(
        id=id,
        client=client,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[StyleShareLink]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
) -> StyleShareLink:
    """Get an address that lets others use a style of yours; made on the first call.

    Args:
        client: Where to send it and with which token.
        id (str): The id of the style; a training answers it as result.style_id.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/styles/get-a-shareable-link-for-a-style
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
        )
    ).parsed
