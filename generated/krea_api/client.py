# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""What every call needs: the address, the token, the time-outs, the connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

import httpx

BASE_URL = "https://api.krea.ai"
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
"""Seconds of silence before a call gives up, and seconds to connect."""


def _bearer(token: str) -> Callable[[httpx.Request], httpx.Request]:
    # A closure keeps the token out of vars() and repr(), and refuses to be pickled.
    def authorise(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorise


class Client:
    """Calls the API without a token; every documented operation needs AuthenticatedClient.

    `timeout` is in seconds, or an httpx.Timeout; None waits for ever. `httpx_args` go to httpx.Client and
    httpx.AsyncClient as they are. Leaving `with` or `async with` closes the connections.
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        timeout: httpx.Timeout | float | None = TIMEOUT,
        headers: Mapping[str, str] | None = None,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        self._base_url = base_url
        self._timeout = timeout
        self._headers = dict(headers or {})
        self._httpx_args = dict(httpx_args or {})
        self._auth: Callable[[httpx.Request], httpx.Request] | None = None
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._base_url!r})"

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Makes sync calls go through this client, with its address, headers, authorisation and time-outs."""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Returns the client of sync calls, making it at first."""
        if self._client is None:
            self._client = httpx.Client(**self._arguments())
        return self._client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Makes async calls go through this client, with its address, headers, authorisation and time-outs."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Returns the client of async calls, making it at first."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._arguments())
        return self._async_client

    def _arguments(self) -> dict[str, Any]:
        own = {"base_url": self._base_url, "timeout": self._timeout, "headers": self._headers, "auth": self._auth}
        return {**own, **self._httpx_args}

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.get_httpx_client().__exit__(*args)

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *args: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*args)


class AuthenticatedClient(Client):
    """Calls the API with a token, which it never shows."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        token: str,
        timeout: httpx.Timeout | float | None = TIMEOUT,
        headers: Mapping[str, str] | None = None,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(base_url, timeout=timeout, headers=headers, httpx_args=httpx_args)
        self._auth = _bearer(token)
