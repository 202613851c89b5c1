# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.style import Style
from ...types import Response


def _get_kwargs(
    id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/styles/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse(response: httpx.Response) -> Style:
    response_200 = Style.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[Style]:
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
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Style]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Style:
    """Look at one style.

    Args:
        client: Where to send it and with which token.
        id (str): The id of the style; a training answers it as result.style_id.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        id=id,
        client=client,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Style]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Style:
    """Look at one style.

    Args:
        client: Where to send it and with which token.
        id (str): The id of the style; a training answers it as result.style_id.

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
