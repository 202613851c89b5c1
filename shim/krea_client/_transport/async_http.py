"""The async twin of `wire.SyncWire`, so that only programs that use it pay for it."""

from __future__ import annotations

import time
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING
from weakref import ref

import httpx

from krea_client._core.effects import Answer, Call, Fetch, InvalidDownload
from krea_client._transport.http import HttpTransport, WrongClientKind, check_open, http_error_mapping
from krea_client._transport.limits import MOST_HOPS
from krea_client._transport.multipart import opened
from krea_client.errors import KreaError

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient


class AsyncHttpTransport(HttpTransport):
    """Sends with `httpx.AsyncClient`; connections are made on first use and dropped by `aclose`."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | httpx.Timeout,
        transport: httpx.AsyncBaseTransport | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(base_url, token, timeout, monotonic)
        del token  # what fails below may be shown with the variables of its frames
        self._loop: ref[AbstractEventLoop] | None = None
        self._client = httpx.AsyncClient(transport=transport, **self.settings())
        self._raw: AuthenticatedClient | None = None

    async def send(self, call: Call) -> Answer:
        """The answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        self._check()
        buffer = self.response_buffer(call)
        with http_error_mapping, opened(call.upload) as form:
            response = await self._client.send(self.build(self._client, call, form), auth=self.auth, stream=True)
            async with aclosing(response):
                async for piece in response.aiter_bytes():
                    buffer.take(piece)
        return Answer(response.status_code, response.headers, buffer.body)

    async def fetch(self, fetch: Fetch) -> object:
        """Brings a result down, without the token."""
        self._check()
        url, flow = self.check_result_url(fetch.url), self.download_rate()
        for _ in range(MOST_HOPS + 1):
            with http_error_mapping:
                response = await self._client.send(self.request_for(self._client, url, fetch), auth=None, stream=True)
                async with aclosing(response):
                    following = self.redirect_target(url, response)
                    if following is None:
                        fetch.landing.begin(response.status_code, response.headers)
                        async for piece in response.aiter_bytes():
                            fetch.landing.write(piece)
                            flow.passed(len(piece))
            if following is None:
                return fetch.landing.finish()
            url = following
        raise InvalidDownload(f"its host redirects more than {MOST_HOPS} times", again=False)

    def _check(self) -> None:
        check_open(self._client)
        try:
            here = get_running_loop()
        except RuntimeError:  # trio's
            return
        if self._loop is None:
            self._loop = ref(here)
        elif self._loop() is not here:
            raise KreaError(
                "this AsyncKrea was first used in another event loop, whose connections cannot be used here, "
                "and nothing was sent: make an AsyncKrea in each loop"
            )

    def raw(self) -> AuthenticatedClient:
        """The generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            shared = _Shared(self._client)
            client = httpx.AsyncClient(base_url=self.base_url, auth=self.auth, transport=shared, **self.settings())
            self._raw.set_async_httpx_client(client)
            self._raw.set_httpx_client(WrongClientKind("AsyncKrea", "Krea"))  # type: ignore[arg-type]  # says so at the first use
        return self._raw

    async def aclose(self) -> None:
        """Closes all connections; closing twice does no harm."""
        await self._client.aclose()


class _Shared(httpx.AsyncBaseTransport):
    """Lets the generated client travel on the shim's connections."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        check_open(self._client)
        return await self._client.send(request, auth=None, stream=True)
