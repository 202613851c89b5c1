# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.style_filter import StyleFilter
from ...models.style_page import StylePage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    ids: str | Unset = UNSET,
    liked: bool | Unset = UNSET,
    user: str | Unset = UNSET,
    model: str | Unset = UNSET,
    filter_: StyleFilter | Unset = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["limit"] = limit

    params["ids"] = ids

    params["liked"] = liked

    params["user"] = user

    params["model"] = model

    json_filter_: str | Unset = UNSET
    if not isinstance(filter_, Unset):
        json_filter_ = filter_

    params["filter"] = json_filter_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/styles",
        "params": params,
    }

    return _kwargs


def _parse(response: httpx.Response) -> StylePage:
    response_200 = StylePage.from_dict(response.json())

    return response_200


def _build_response(response: httpx.Response) -> Response[StylePage]:
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
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    ids: str | Unset = UNSET,
    liked: bool | Unset = UNSET,
    user: str | Unset = UNSET,
    model: str | Unset = UNSET,
    filter_: StyleFilter | Unset = UNSET,
) -> Response[StylePage]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        ids=ids,
        liked=liked,
        user=user,
        model=model,
        filter_=filter_,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    ids: str | Unset = UNSET,
    liked: bool | Unset = UNSET,
    user: str | Unset = UNSET,
    model: str | Unset = UNSET,
    filter_: StyleFilter | Unset = UNSET,
) -> StylePage:
    """Find styles, page by page.

    Args:
        client: Where to send it and with which token.
        cursor (str | Unset): Where the page begins; take it from next_cursor.
        limit (int | Unset): How many styles a page holds. 1 to 1000.
        ids (str | Unset): Only the styles with these ids.
        liked (bool | Unset): Only styles that you liked. Server default: false.
        user (str | Unset): Only styles of this user.
        model (str | Unset): Only styles for this model.
        filter_ (StyleFilter | Unset): Whose styles to look through. Server default: all.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return sync_detailed(
        client=client,
        cursor=cursor,
        limit=limit,
        ids=ids,
        liked=liked,
        user=user,
        model=model,
        filter_=filter_,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    ids: str | Unset = UNSET,
    liked: bool | Unset = UNSET,
    user: str | Unset = UNSET,
    model: str | Unset = UNSET,
    filter_: StyleFilter | Unset = UNSET,
) -> Response[StylePage]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        cursor=cursor,
        limit=limit,
        ids=ids,
        liked=liked,
        user=user,
        model=model,
        filter_=filter_,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    ids: str | Unset = UNSET,
    liked: bool | Unset = UNSET,
    user: str | Unset = UNSET,
    model: str | Unset = UNSET,
    filter_: StyleFilter | Unset = UNSET,
) -> StylePage:
    """Find styles, page by page.

    Args:
        client: Where to send it and with which token.
        cursor (str | Unset): Where the page begins; take it from next_cursor.
        limit (int | Unset): How many styles a page holds. 1 to 1000.
        ids (str | Unset): Only the styles with these ids.
        liked (bool | Unset): Only styles that you liked. Server default: false.
        user (str | Unset): Only styles of this user.
        model (str | Unset): Only styles for this model.
        filter_ (StyleFilter | Unset): Whose styles to look through. Server default: all.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.
    """

    return (
        await asyncio_detailed(
            client=client,
            cursor=cursor,
            limit=limit,
            ids=ids,
            liked=liked,
            user=user,
            model=model,
            filter_=filter_,
        )
    ).parsed
