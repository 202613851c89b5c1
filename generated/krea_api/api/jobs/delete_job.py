# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...types import Response


def _get_kwargs(
    id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/jobs/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _build_response(response: httpx.Response) -> Response[None]:
    status = response.status_code
    if status in (200,):
        return Response(status_code=status, content=response.content, headers=response.headers, parsed=None)
    raise errors.ApiError.of(status, response.content, response.headers)


def sync_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[None]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
) -> None:
    """Cancel a queued or running job; a cancelled job is not billed.

    Args:
        client: Where to send it and with which token.
        id (str): The job_id that the submission answered.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/general/delete-a-job-by-id
    """

    sync_detailed(
        id=id,
        client=client,
    )


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
) -> Response[None]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
) -> None:
    """Cancel a queued or running job; a cancelled job is not billed.

    Args:
        client: Where to send it and with which token.
        id (str): The job_id that the submission answered.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/general/delete-a-job-by-id
    """

    await asyncio_detailed(
        id=id,
        client=client,
    )
