"""The async counterpart of `http.SyncHttpTransport`, in a module of its own so that only programs that use it pay for it."""

from __future__ import annotations

import time
from asyncio import AbstractEventLoop, CancelledError, get_running_loop, shield
from collections.abc import Callable
from contextlib import aclosing, suppress
from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

from krea_client._core.effects import Answer, ApiCall, Fetch, InvalidDownload, Timeout, Unanswered
from krea_client._transport.exchange import TimedExchange
from krea_client._transport.guarded_network import guard_pools
from krea_client._transport.http import RAW_CALL, HttpTransport, WrongClientKind, result_address
from krea_client._transport.http_library import AsyncTransportLike, adapted_async, httpx
from krea_client._transport.multipart import open_form
from krea_client._transport.response_limits import MOST_HOPS, MinimumRate, raw_pieces_async
from krea_client._transport.result_bodies import ResultBodies
from krea_client._transport.routing import IDLE_SECONDS, AsyncRoutedTransport, NetworkOptions
from krea_client._transport.signing import AsyncSigningTransport
from krea_client.errors import KreaError

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient


class AsyncHttpTransport(HttpTransport):
    """Sends with `httpx.AsyncClient`; connections are opened on first use and closed by `aclose`."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float | Timeout,
        transport: AsyncTransportLike | None,
        monotonic: Callable[[], float] = time.monotonic,
        options: NetworkOptions = NetworkOptions(),  # noqa: B008  # it never changes
    ) -> None:
        super().__init__(base_url, token, timeout, monotonic, options.headers)
        del token  # what fails below may be shown with the variables of its frames
        self._loop: ref[AbstractEventLoop] | None = None
        guard_pools(transport, IDLE_SECONDS)
        self._own: httpx.AsyncBaseTransport | None = adapted_async(transport)
        self._options = options
        self._client = self._connect()
        self._raw: AuthenticatedClient | None = None

    def _connect(self) -> httpx.AsyncClient:
        self._loop = None
        below = self._own or AsyncRoutedTransport(self.origin, self._options)
        self._signing = AsyncSigningTransport(below, self.signer)
        client = httpx.AsyncClient(transport=self._signing, **self.settings())
        self._direct = self.direct_way(client, self._signing, below)
        return client

    def _open_client(self) -> httpx.AsyncClient:
        self._client = self.of_this_process(self._client, self._own, self._connect)
        self._check_loop()
        return self._client

    async def send(self, call: ApiCall) -> Answer:
        """Return the answer to a call.

        Raises:
            Undelivered, Unanswered: there is none.
        """
        client = self._open_client()
        with self.exchange(call) as exchange:
            plain = await self._direct.send_async(call, exchange, partial(self.receive, call))
            if plain is not None:
                return self.plain_answer(plain, exchange)
            with open_form(call.upload, exchange) as form:
                response = await self._deliver(client, self.build(client, call, exchange.trace_async, form))
                return self.answer(response, await self._read(response, call), exchange)

    async def _deliver(self, client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        """Send a request; without the client layer of httpx where another library sends, whose own layers others watch."""
        if not getattr(self._own, "sends_with_another_library", False):
            return await client.send(request, stream=True)
        response = await self._signing.handle_async_request(request)
        response.request = request
        return response

    async def _read(self, response: httpx.Response, call: ApiCall) -> bytes:
        async with aclosing(response):
            pieces, content_encoding = raw_pieces_async(response)
            buffer = self.response_buffer(call, content_encoding)
            async for piece in pieces:
                buffer.take(piece)
            return buffer.finish()

    async def fetch(self, fetch: Fetch) -> object:
        """Download a result, without the token, or take what was fetched ahead."""
        client = self._open_client()
        if self.was_fetched(fetch):
            return await _finished(fetch)
        url: httpx.URL | None = result_address(fetch.url, self.origin)
        for _ in range(MOST_HOPS + 1):
            if url is None:
                return await _finished(fetch)
            with TimedExchange(self.seconds_of(fetch), None, self.signer.mask_text, fetch.trace) as exchange:
                response = await client.send(self.request_for(client, url, fetch), stream=True)
                async with aclosing(response):
                    url = self.redirect_target(url, response)
                    if url is None:
                        await self._receive(response, fetch, exchange)
        if url is None:
            return await _finished(fetch)
        raise InvalidDownload(f"its host redirects more than {MOST_HOPS} times", again=False)

    async def _receive(self, response: httpx.Response, fetch: Fetch, exchange: TimedExchange) -> None:
        pieces, content_encoding = raw_pieces_async(response)
        rate = MinimumRate(self.monotonic, self.seconds_of(fetch))
        body = ResultBodies(fetch.sink, rate, exchange).of(response, content_encoding)
        async for piece in pieces:
            body.take(piece)
        body.finish()

    def _check_loop(self) -> None:
        try:
            loop = get_running_loop()
        except RuntimeError:
            raise KreaError(
                "AsyncKrea runs on asyncio, and this event loop is another one, such as trio's; nothing was sent: "
                "use asyncio, or Krea in a thread (trio.to_thread.run_sync)"
            ) from None
        if self._loop is None:
            self._loop = ref(loop)
        elif self._loop() is not loop:
            raise KreaError(
                "this AsyncKrea was first used in another event loop, whose connections cannot be used here, "
                "and nothing was sent: make an AsyncKrea in each loop"
            )

    def raw(self) -> AuthenticatedClient:
        """Return the generated client on the same connections."""
        if self._raw is None:
            from krea_api import AuthenticatedClient

            self._raw = AuthenticatedClient(base_url=self.base_url, token="")
            client = httpx.AsyncClient(base_url=self.base_url, transport=_AsyncRawTransport(self), **self.settings())
            self._raw.set_async_httpx_client(client)
            self._raw.set_httpx_client(WrongClientKind("AsyncKrea", "Krea"))  # type: ignore[arg-type]  # says so at the first use
        return self._raw

    async def send_raw(self, request: httpx.Request) -> httpx.Response:
        """Return the response to a request of the generated client, with its limits and without the token."""
        client = self._open_client()
        with self.raw_exchange(request):
            response = await client.send(request, stream=True)
            try:
                body = await self._read(response, RAW_CALL)
            except Unanswered as fault:
                raise httpx.RemoteProtocolError(str(fault), request=request) from None
            return self.raw_response(response, body)

    async def aclose(self) -> None:
        """Close all connections; closing twice does no harm."""
        await self._client.aclose()


async def _finished(fetch: Fetch) -> object:
    """Return what the sink makes of a whole download; writing it to the disk, which may take seconds, does not hold up the loop.

    A cancellation waits for the end: the sink must not be used by two threads.
    """
    ending = get_running_loop().run_in_executor(None, fetch.finish)
    try:
        return await shield(ending)
    except CancelledError:
        while not ending.done():
            with suppress(CancelledError, Exception):
                await shield(ending)
        raise


class _AsyncRawTransport(httpx.AsyncBaseTransport):
    """Lets the generated client use the connections, limits and signatures of ours."""

    def __init__(self, transport: AsyncHttpTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._transport.send_raw(request)
