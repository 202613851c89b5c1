# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.job import Job
from ...models.krea_3_request import Krea3Request
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: Krea3Request,
    x_webhook_url: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_webhook_url, Unset):
        headers["X-Webhook-URL"] = x_webhook_url

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/generate/image/krea/krea-3",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> Job:
    response_200 = Job.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[Job]:
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
    body: Krea3Request,
    x_webhook_url: str | Unset = UNSET,
) -> Response[Job]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
        x_webhook_url=x_webhook_url,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    body: Krea3Request,
    x_webhook_url: str | Unset = UNSET,
) -> Job:
    """Krea 3: Krea's newest picture model, which takes up to eight pictures and plans before it draws.

    Args:
        client: Where to send it and with which token.
        x_webhook_url (str | Unset): An address of yours that gets one POST with the job when it has ended.
            Unsigned; it can come twice.
        body (Krea3Request): A picture from Krea 3.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        client=client,
        body=body,
        x_webhook_url=x_webhook_url,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: Krea3Request,
    x_webhook_url: str | Unset = UNSET,
) -> Response[Job]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        body=body,
        x_webhook_url=x_webhook_url,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: Krea3Request,
    x_webhook_url: str | Unset = UNSET,
) -> Job:
    """Krea 3: Krea's newest picture model, which takes up to eight pictures and plans before it draws.

    Args:
        client: Where to send it and with which token.
        x_webhook_url (str | Unset): An address of yours that gets one POST with the job when it has ended.
            Unsigned; it can come twice.
        body (Krea3Request): A picture from Krea 3.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            x_webhook_url=x_webhook_url,
        )
    ).parsed
