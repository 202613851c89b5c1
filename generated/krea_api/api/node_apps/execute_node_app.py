# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient
from ...models.execute_node_app_request import ExecuteNodeAppRequest
from ...models.job import Job
from ...types import Response


def _get_kwargs(
    id: str,
    *,
    body: ExecuteNodeAppRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/node-apps/{id}/execute".format(
            id=quote(str(id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse(response: httpx.Response) -> list[Job]:
    response_200 = []
    _response_200 = response.json()
    for response_200_item_data in _response_200:
        response_200_item = Job.from_dict(response_200_item_data)

        response_200.append(response_200_item)

    return response_200


def _build_response(response: httpx.Response) -> Response[list[Job]]:
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
    body: ExecuteNodeAppRequest,
) -> Response[list[Job]]:
    """Does what `sync` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
        body=body,
    )
    return _build_response(client.get_httpx_client().request(**kwargs))


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
    body: ExecuteNodeAppRequest,
) -> list[Job]:
    """Run a node app; the answer is a list of jobs.

    Args:
        client: Where to send it and with which token.
        id (str): The id of a version of the node app.
        body (ExecuteNodeAppRequest): The inputs of a node app by name, as its input_openapi_schema says.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/node-apps/execute-a-node-app
    """

    return sync_detailed(
        id=id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
    body: ExecuteNodeAppRequest,
) -> Response[list[Job]]:
    """Does what `asyncio` does and returns the status, headers and bytes too."""
    kwargs = _get_kwargs(
        id=id,
        body=body,
    )
    return _build_response(await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
    body: ExecuteNodeAppRequest,
) -> list[Job]:
    """Run a node app; the answer is a list of jobs.

    Args:
        client: Where to send it and with which token.
        id (str): The id of a version of the node app.
        body (ExecuteNodeAppRequest): The inputs of a node app by name, as its input_openapi_schema says.

    Raises:
        errors.ApiError: The API answered otherwise than documented, a refusal included.
        httpx.HTTPError: There was no answer.

    Source: https://docs.krea.ai/api-reference/node-apps/execute-a-node-app
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            body=body,
        )
    ).parsed
