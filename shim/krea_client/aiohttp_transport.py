"""Send the requests of an AsyncKrea with aiohttp: several times the calls per second of httpx. Needs the extra `aiohttp`."""

from __future__ import annotations

import asyncio
import os
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextvars import ContextVar
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar
from weakref import WeakSet

import aiohttp
import yarl
from aiohttp.client_proto import ResponseHandler

from krea_client._transport.connections import PostRule, are_in_the_socket, keep_for_ever
from krea_client._transport.exchange import TimedExchange, current_exchange
from krea_client._transport.guarded_network import PIECE, is_readable, unsent_bytes
from krea_client._transport.http_library import ProxyLike, httpx
from krea_client._transport.plain_messages import PlainRequest, PlainResponse, Receive
from krea_client._transport.routing import IDLE_SECONDS, NetworkOptions, Router, network_options
from krea_client._transport.signing import RawHeaders

__all__ = ["AiohttpTransport"]

T = TypeVar("T")

_MOST_CONNECTIONS = 100
_LONGEST_HEADER = 64 << 10
# aiohttp adds these by itself; what is sent is what the client says.
_OWN_HEADERS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")
_POLL_SECONDS = 0.5  # how often an upload whose time is up is looked at for bytes that still go out


class _Started(NamedTuple):
    """A request of which the first byte is about to go out."""

    method: bytes


class _Sending:
    """One request on its way: whether it has a connection, and which."""

    def __init__(self, method: str, exchange: TimedExchange | None) -> None:
        self.method = method
        self.exchange = exchange
        self.connection: Any = None

    def note(self, event: str) -> None:
        """Tell the exchange how far it has come."""
        if self.exchange is not None:
            self.exchange.trace(event, {"request": _Started(self.method.encode())})

    def time_left(self) -> float | None:
        """Return the seconds that the exchange has left.

        Raises:
            TimeoutError: none.
        """
        return None if self.exchange is None else self.exchange.time_left(None)


_sending: ContextVar[_Sending | None] = ContextVar("krea_client_aiohttp_sending", default=None)


class _Protocol(ResponseHandler):
    """A connection that remembers whether bytes came while nobody had asked for any."""

    is_asked = False
    has_unasked_bytes = False

    def data_received(self, data: bytes) -> None:
        if data and not self.is_asked:  # aiohttp also calls it without data
            self.has_unasked_bytes = True
        super().data_received(data)


class _Connector(aiohttp.TCPConnector):
    """Connections that keep the rules of `PostRule`: none with bytes that nobody asked for, for a POST mostly a new one."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType]  # a type of aiohttp's own
            ssl=tls, limit=_MOST_CONNECTIONS, keepalive_timeout=IDLE_SECONDS
        )
        self._rule = PostRule()
        self._used: WeakSet[Any] = WeakSet()
        self._factory: Any = partial(_Protocol, loop=self._loop)

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:  # noqa: ASYNC109  # aiohttp names the parameter
        """Return a connection for a request."""
        sending = _sending.get()
        if sending is None:
            raise RuntimeError("this connector belongs to an AiohttpTransport")
        sending.note("connect.started")
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol: Any = connection.protocol
            is_kept = protocol in self._used
            if not is_kept or self._may_be_used_again(protocol):
                break
            connection.close()
        self._used.add(protocol)
        protocol.is_asked = True
        exchange = sending.exchange
        if exchange is not None and exchange.is_post:
            exchange.on_kept_connection, exchange.distrust = is_kept, self._rule.distrust
            self._rule.count_post()
        sending.connection = protocol.transport
        sending.note("send_request_headers.started")
        return connection

    def _may_be_used_again(self, protocol: Any) -> bool:
        transport = protocol.transport
        has_more = is_readable(transport.get_extra_info("socket"))  # its end is no bytes
        if protocol.has_unasked_bytes or protocol.should_close or (has_more and are_in_the_socket(transport)):
            self._rule.distrust()
            return False
        return not has_more and not self._rule.needs_new_connection()

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        protocol.is_asked = False
        super()._release(key, protocol, should_close=should_close)


class _Way(httpx.AsyncBaseTransport):
    """One session of aiohttp: direct, or through one proxy."""

    def __init__(self, tls: ssl.SSLContext | None, proxy: httpx.Proxy | None) -> None:
        if proxy is not None and proxy.url.scheme.startswith("socks"):
            raise ValueError("aiohttp has no SOCKS proxies: use an HTTP proxy, or AsyncKrea without this transport")
        self._tls = tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._through = _proxy_arguments(proxy)
        self._session: aiohttp.ClientSession | None = None

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(self._tls),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=_OWN_HEADERS,
                timeout=aiohttp.ClientTimeout(total=None),
                max_line_size=_LONGEST_HEADER,
                max_field_size=_LONGEST_HEADER,
            )
            self._session._retry_connection = False  # noqa: SLF001  # what is sent again is the client's decision
        return self._session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        sending = _Sending(request.method, current_exchange())
        response = await _as_current(sending, self._sent(request, sending))
        return httpx.Response(
            response.status,
            headers=list(response.raw_headers),
            stream=_Body(response, sending),
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def send_plain(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse:
        sending = _Sending(request.method, exchange)
        return await _as_current(sending, self._sent_plain(request, sending, receive))

    async def _sent_plain(self, request: PlainRequest, sending: _Sending, receive: Receive) -> PlainResponse:
        # The time of an exchange that uploads nothing never begins anew, so one limit holds for all of it.
        async with asyncio.timeout(sending.time_left()):
            response = await self._requested(
                request.method,
                _plain_address(request.scheme, request.host, request.port, request.target),
                request.headers,
                request.timeouts,
                data=request.body or None,
            )
            try:
                headers = list(response.raw_headers)
                buffer = receive(response.status, headers)
                while not response.content.at_eof():
                    if piece := await response.content.readany():
                        buffer.take(piece)
            finally:
                response.close()  # a connection whose response was read is back in the pool already
        return PlainResponse(response.status, headers, buffer.finish())

    async def _sent(self, request: httpx.Request, sending: _Sending) -> aiohttp.ClientResponse:
        is_upload = sending.exchange is not None and sending.exchange.uploads
        phases = request.extensions.get("timeout", {})
        call = self._requested(
            request.method,
            _address(request.url),
            _headers(request),
            {**phases, "read": None} if is_upload else phases,
            data=_body_of(request, sending),
            chunked=True if "transfer-encoding" in request.headers else None,
        )
        if is_upload:
            response: aiohttp.ClientResponse = await _while_bytes_go_out(call, sending)
            return response
        async with asyncio.timeout(sending.time_left()):
            return await call

    async def _requested(
        self, method: str, address: yarl.URL, headers: RawHeaders, phases: Mapping[str, float | None], **body: Any
    ) -> aiohttp.ClientResponse:
        return await self._open_session().request(
            method,
            address,
            headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers],
            allow_redirects=False,
            timeout=_timeout(phases.get("connect"), phases.get("read")),
            **body,
            **self._through,
        )

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()


async def _as_current(sending: _Sending, work: Coroutine[Any, Any, T]) -> T:
    """Have the connector know the request, and raise errors of aiohttp as httpx does."""
    token = _sending.set(sending)
    try:
        return await work
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        fault = _as_httpx(error, sending)
    finally:
        _sending.reset(token)
    raise fault  # not from the error of aiohttp, which holds the headers of the request


class _Body(httpx.AsyncByteStream):
    """The body of a response, each part of which comes before the end of its exchange."""

    def __init__(self, response: aiohttp.ClientResponse, sending: _Sending) -> None:
        self._response = response
        self._sending = sending

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._response.content
        while True:
            fault: Exception | None = None
            piece = b""
            try:
                if content.at_eof():
                    return
                async with asyncio.timeout(self._sending.time_left()):
                    piece = await content.readany()
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                fault = _as_httpx(error, self._sending)
            if fault is not None:
                raise fault
            if piece:
                yield piece

    async def aclose(self) -> None:
        self._response.close()  # a connection whose response was read is back in the pool already


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Sends the requests of an AsyncKrea with aiohttp: `AsyncKrea(transport=AiohttpTransport())`.

    Args:
        proxy: an HTTP proxy for everything that is not on this computer; HTTPS_PROXY, ALL_PROXY and NO_PROXY where None.
        verify: TLS settings, or a PEM file of authorities; SSL_CERT_FILE, SSL_CERT_DIR, then REQUESTS_CA_BUNDLE where None.
        cert: the PEM file of a client certificate, or the files of certificate and key.

    Raises:
        ValueError, TypeError: an argument is not usable, such as a SOCKS proxy.
    """

    sends_with_another_library = True
    survives_fork = True  # a forked process opens connections of its own

    def __init__(
        self,
        *,
        proxy: str | ProxyLike | None = None,
        verify: ssl.SSLContext | str | os.PathLike[str] | None = None,
        cert: str | tuple[str, str] | None = None,
    ) -> None:
        self._options: NetworkOptions = network_options(proxy, verify, cert, own_transport=False)
        if self._options.proxy is not None and self._options.proxy.url.startswith("socks"):
            raise ValueError(
                "proxy: aiohttp has no SOCKS proxies; use an HTTP proxy, or AsyncKrea without this transport"
            )
        self._router = self._new_router()
        self._process = os.getpid()

    def _new_router(self) -> Router[_Way]:
        return Router(_Way, self._options)

    def _way_to(self, url: httpx.URL) -> _Way:
        if self._process != os.getpid():
            keep_for_ever(self._router)  # closing a connection of the parent would end its TLS session
            self._router, self._process = self._new_router(), os.getpid()
        return self._router.way_to(url)[0]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        return await self._way_to(request.url).handle_async_request(request)

    async def send_plain(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse:
        """Send a request of the client's own; see `krea_client._transport.direct`."""
        return await self._way_to(request.origin).send_plain(request, exchange, receive)

    async def aclose(self) -> None:
        """Close all connections."""
        for way in self._router.transports:
            await way.aclose()


def _proxy_arguments(proxy: httpx.Proxy | None) -> dict[str, Any]:
    if proxy is None:
        return {}
    headers = dict(proxy.headers)
    if proxy.raw_auth is not None:  # aiohttp makes it Proxy-Authorization
        headers["Authorization"] = f"Basic {b64encode(b':'.join(proxy.raw_auth)).decode()}"
    return {"proxy": yarl.URL(str(proxy.url)), "proxy_headers": headers}


@lru_cache(64)
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=read)


def _address(url: httpx.URL) -> yarl.URL:
    target = url.raw_path.decode("ascii")
    return yarl.URL(f"{url.scheme}://{url.netloc.decode('ascii')}{target}", encoded=True)


@lru_cache(256)
def _plain_address(scheme: bytes, host: bytes, port: int | None, target: bytes) -> yarl.URL:
    place = b"[%b]" % host if b":" in host else host
    place = place if port is None else b"%b:%d" % (place, port)
    return yarl.URL((scheme + b"://" + place + target).decode("ascii"), encoded=True)


def _headers(request: httpx.Request) -> list[tuple[bytes, bytes]]:
    return [header for header in request.headers.raw if header[0].lower() != b"transfer-encoding"]


def _body_of(request: httpx.Request, sending: _Sending) -> Any:
    try:
        return request.content or None
    except httpx.RequestNotRead:
        return _pieces(request.stream, sending)


async def _pieces(stream: Any, sending: _Sending) -> AsyncIterator[bytes]:
    async for part in stream:
        for start in range(0, len(part), PIECE):
            yield part[start : start + PIECE]
            if sending.exchange is not None:
                sending.exchange.progress()


async def _while_bytes_go_out(call: Coroutine[Any, Any, Any], sending: _Sending) -> Any:
    """Return the response to an upload, whose time begins anew with each part that goes out."""
    task = asyncio.ensure_future(call)
    try:
        while not task.done():
            unsent = unsent_bytes(sending.connection)
            left = sending.time_left()
            await asyncio.wait({task}, timeout=_POLL_SECONDS if left is None else min(left, _POLL_SECONDS))
            if sending.exchange is not None and unsent_bytes(sending.connection) < unsent:
                sending.exchange.progress()
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


def _as_httpx(error: Exception, sending: _Sending) -> Exception:
    """Return what the error of aiohttp is called in httpx; without what it holds."""
    text = getattr(error, "message", None) if isinstance(error, aiohttp.ClientResponseError) else str(error)
    if not text and isinstance(error, TimeoutError) and sending.exchange is not None:
        text = f"timed out: the exchange took more than {sending.exchange.seconds:g} s"
    kind = next((kind for kinds, kind in _KINDS if isinstance(error, kinds)), httpx.ReadError)
    if kind is httpx.ReadTimeout and sending.connection is None:
        kind = httpx.ConnectTimeout
    return kind(str(text) or type(error).__name__)


_KINDS: list[tuple[tuple[type[Exception], ...], type[httpx.TransportError]]] = [
    ((aiohttp.ConnectionTimeoutError,), httpx.ConnectTimeout),
    ((aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError), httpx.ProxyError),
    ((aiohttp.ClientConnectorError, aiohttp.ClientConnectorDNSError), httpx.ConnectError),
    ((TimeoutError,), httpx.ReadTimeout),
    ((aiohttp.InvalidURL,), httpx.UnsupportedProtocol),
    (
        (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, aiohttp.ClientResponseError),
        httpx.RemoteProtocolError,
    ),
]
