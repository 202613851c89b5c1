"""The async twin of `wire.SyncWire`, so that only programs that use it pay for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from krea_client.effects import Answer, Call, Fetch
from krea_client.wire import Wire, fault_of, opened

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient


class AsyncWire(Wire):
    """Sends with `httpx.AsyncClient`; connections are made on first use and dropped by `aclose`."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | httpx.Timeout,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        super().__init__(base_url, token, timeout)
        self._client = httpx.AsyncClient(transport=transport, **self.settings())
        self._raw: AuthenticatedClient | None = None

    async def send(self, call: Call) -> Answer:
        """The answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        try:
            with opened(call.upload) as form:
                response = await self._client.send(self.build(self._client, call, form), auth=self.auth)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise fault_of(error) from error
        return Answer(response.status_code, response.headers, response.content)

    async def fetch(self, fetch: Fetch) -> object:
        """Brings a result down, without the token."""
        url, landing = self.may_fetch(fetch.url), fetch.landing
        try:
            async with self._client.stream("GET", url, auth=None, follow_redirects=True) as response:
                self.check_route(response)
                landing.begin(response.status_code, response.headers)
                async for chunk in response.aiter_bytes():
                    landing.write(chunk)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise fault_of(error) from error
        return landing.finish()

    def raw(self) -> AuthenticatedClient:
        """The generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            shared = _Shared(self._client)
            client = httpx.AsyncClient(base_url=self.base_url, auth=self.auth, transport=shared, **self.settings())
            self._raw.set_async_httpx_client(client)
        return self._raw

    async def aclose(self) -> None:
        """Closes all connections; closing twice does no harm."""
        await self._client.aclose()


class _Shared(httpx.AsyncBaseTransport):
    """Lets the generated client travel on the shim's connections."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._client.send(request, auth=None, stream=True)
