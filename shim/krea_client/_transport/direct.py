"""Calls that go straight to a pool of connections: half of the CPU time of a call is spent on httpx's requests and responses.

They are left out where nobody can see the difference. Programs watch the layers of httpx, or replace them: Sentry and mocks put other
functions into its classes, OpenTelemetry wraps its transports, and its log names each request. Where any of it is so, and for a
transport of the caller's own making, calls go through every layer.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, Sequence
from operator import is_
from types import FunctionType
from typing import Any
from urllib.parse import urlencode

from krea_client._core.effects import ApiCall
from krea_client._transport.exchange import TimedExchange
from krea_client._transport.guarded_network import is_guarded
from krea_client._transport.http_library import (
    LIBRARIES,
    BridgedAsyncTransport,
    BridgedTransport,
    exchange_timeout,
    httpx,
    library_of,
)
from krea_client._transport.idle_connections import IdleConnections
from krea_client._transport.plain_messages import PlainRequest, PlainResponse, Receive
from krea_client._transport.routing import AsyncRoutedTransport, RoutedTransport
from krea_client._transport.signing import Signer

_STEPS_OF_A_CLIENT = (
    "build_request",
    "send",
    "_send_handling_auth",
    "_send_handling_redirects",
    "_send_single_request",
    "_transport_for_url",
)
_log_of_httpx = logging.getLogger("httpx")


# What httpx would send as it is: it quotes other characters, and resolves segments that begin with dots.
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+")


class PlainRequests:
    """Makes the requests of calls, with the same headers as a client of httpx would send.

    Args:
        origin: the API's address.
        signer: adds the token.
        client: the client of httpx.
        timeout: of calls that have none of their own.
    """

    def __init__(
        self, origin: httpx.URL, signer: Signer, client: httpx.Client | httpx.AsyncClient, timeout: httpx.Timeout
    ) -> None:
        self.origin: httpx.URL = origin
        self._signer = signer
        self._timeouts = timeout.as_dict()
        self._is_possible = not (origin.query or origin.fragment or origin.userinfo)
        self._prefix = origin.raw_path.rstrip(b"/")
        self._headers = client.build_request("GET", origin).headers.raw
        self._headers_of_results = [
            header for header in self._headers if header[0].lower() not in (b"host", b"accept-encoding")
        ]
        self._names = frozenset(name.decode("ascii").lower() for name, _ in self._headers)

    def may_be(self, call: ApiCall) -> bool:
        """Return True for a call that needs none of what httpx does to addresses and bodies."""
        return (
            self._is_possible
            and call.upload is None
            and (call.query is None or all(type(value) is str for value in call.query.values()))
            and _PLAIN_PATH.fullmatch(call.path) is not None
            and (call.headers is None or self._names.isdisjoint(call.headers))
        )

    def of(self, call: ApiCall) -> PlainRequest:
        """Return the request of a call.

        Raises:
            Unauthorized: there is no token.
            UnicodeError: a header has other characters than those of ASCII.
        """
        headers = list(self._headers)
        if call.headers:
            headers += [(name.encode("ascii"), value.encode("ascii")) for name, value in call.headers.items()]
        body = call.body or b""
        if body or call.method in _WITH_LENGTH:
            headers.append((b"Content-Length", b"%d" % len(body)))
        origin = self.origin
        return PlainRequest(
            origin,
            call.method,
            origin.raw_scheme,
            origin.raw_host,
            origin.port,
            self._prefix + _target(call).encode("ascii"),
            self._signer.headers(headers, call.method, call.path),
            body,
            self._timeouts if call.timeout is None else exchange_timeout(call.timeout).as_dict(),
        )

    def of_result(self, url: httpx.URL, headers: Mapping[str, str], timeout: httpx.Timeout) -> PlainRequest:
        """Return the request for a result, without the token, whoever its host is.

        Args:
            url: its address, without user info.
            headers: of ASCII only.
            timeout: of the exchange.
        """
        # A compressed body could not be continued in its middle, and media are compressed already.
        raw = [(b"Host", url.netloc), *self._headers_of_results, (b"Accept-Encoding", b"identity")]
        raw += [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        timeouts = timeout.as_dict()
        return PlainRequest(url, "GET", url.raw_scheme, url.raw_host, url.port, url.raw_path, raw, b"", timeouts)


def _target(call: ApiCall) -> str:
    """Return path and query; httpx, too, leaves the encoding of queries to the standard library."""
    return f"{call.path}?{urlencode(call.query)}" if call.query else call.path


_WITH_LENGTH = frozenset({"POST", "PUT", "PATCH"})


class _Unchanged:
    """Whether methods are those that their library defines.

    Args:
        methods: classes and names of methods.
    """

    def __init__(self, methods: Sequence[tuple[type, str]]) -> None:
        self._classes = [owner for owner, _ in methods]
        self._names = [name for _, name in methods]
        self._originals = [getattr(owner, name) for owner, name in methods]
        self._are_own = all(map(_is_own, self._originals, self._names))

    def __bool__(self) -> bool:
        return self._are_own and all(map(is_, map(getattr, self._classes, self._names), self._originals))


_OWNERS = frozenset({*LIBRARIES, "httpcore", "httpcore2"})


def _is_own(method: object, name: str) -> bool:
    return (
        type(method) is FunctionType
        and method.__code__.co_name == name
        and str(method.__globals__.get("__name__")).partition(".")[0] in _OWNERS
    )


class DirectWay:
    """The way from a client to the pool of connections that sends its calls, where nobody watches what lies between.

    Args:
        client: the client of httpx that else would send.
        layer: the transport that the client was made with.
        below: the transport below that layer: ours, or the caller's.
        requests: makes what goes out.
    """

    def __init__(
        self, client: httpx.Client | httpx.AsyncClient, layer: object, below: object, requests: PlainRequests
    ) -> None:
        self._below = below
        self._requests = requests
        self._uses_client = not getattr(below, "sends_with_another_library", False)
        kind = type(client)
        self._is_possible = library_of(client) is httpx and kind.__module__.partition(".")[0] == httpx.__name__
        self._is_possible = self._is_possible and client._transport is layer  # noqa: SLF001  # a watcher may have put its own there
        methods = [(kind, name) for name in _STEPS_OF_A_CLIENT] if self._uses_client else []
        self._client_is_unchanged = _Unchanged(methods)
        self._sends_plain = "send_plain" in vars(type(below))  # not in a class that the caller has derived from it
        self._pools: dict[int, _Pool] = {}

    def send(self, call: ApiCall, exchange: TimedExchange, receive: Receive) -> PlainResponse | None:
        """Send a call and return its response; None, and nothing was sent, where it has to go the ordinary way.

        Args:
            call: what to send.
            exchange: the exchange under way, which takes note whether the request went out.
            receive: returns what takes the body of a response with such a status and headers.

        Raises:
            httpx.TransportError: there is no response.
        """
        pool = self._pool(self._requests.origin) if self._requests.may_be(call) else None
        return None if pool is None else pool.send(self._requests.of(call), exchange, receive)

    def result_request(self, url: httpx.URL, headers: Mapping[str, str], timeout: httpx.Timeout) -> PlainRequest | None:
        """Return the request for a result; None where it has to go the ordinary way."""
        if url.userinfo or not all(map(str.isascii, headers.values())):
            return None
        return self._requests.of_result(url, headers, timeout)

    def send_plain(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse | None:
        """Send a request as `send` does a call."""
        pool = self._pool(request.origin)
        return None if pool is None else pool.send(request, exchange, receive)

    async def send_async(self, call: ApiCall, exchange: TimedExchange, receive: Receive) -> PlainResponse | None:
        """Do as `send`, for an async client."""
        if not self._requests.may_be(call):
            return None
        if self._sends_plain:
            own: Any = self._below
            plain: PlainResponse = await own.send_plain(self._requests.of(call), exchange, receive)
            return plain
        pool = self._pool(self._requests.origin)
        return None if pool is None else await pool.send_async(self._requests.of(call), exchange, receive)

    def _pool(self, url: httpx.URL) -> _Pool | None:
        """Return the pool, of httpcore or httpcore2, that may be given a request directly; None where there is none."""
        if not self._is_possible or not self._client_is_unchanged:
            return None
        if self._uses_client and _log_of_httpx.isEnabledFor(logging.INFO):
            return None
        transport = self._last_transport(url)
        if transport is None:
            return None
        pool = self._pools.get(id(transport))
        if pool is None:
            pool = self._pools[id(transport)] = _Pool(transport)
        return pool if pool.may_be_given_calls() else None

    def _last_transport(self, url: httpx.URL) -> Any:
        """Return the transport above the pool; None where there is a proxy, or the caller's transport is of another kind."""
        below: Any = self._below
        if isinstance(below, (RoutedTransport, AsyncRoutedTransport)):
            transport, proxy = below.way_to(url)
            return transport if proxy is None else None
        return below.inner if isinstance(below, (BridgedTransport, BridgedAsyncTransport)) else below


class _Pool:
    """The pool of connections below a transport.

    Args:
        transport: calls go the ordinary way where it is not exactly httpx's or httpx2's own, without a proxy.
    """

    def __init__(self, transport: object) -> None:
        self._transport = transport
        library = library_of(transport)
        steps: dict[type, str] = {}
        if library is not None:
            steps = {library.HTTPTransport: "handle_request", library.AsyncHTTPTransport: "handle_async_request"}
        pool: Any = getattr(transport, "_pool", None)
        kind = type(transport)
        self._is_possible = kind in steps and is_guarded(pool) and type(pool).__name__ in _POOLS
        self._is_unchanged = _Unchanged([(kind, steps[kind])] if self._is_possible else [])
        self._pool = pool
        if self._is_possible:
            self._core: Any = sys.modules[type(pool).__module__.partition(".")[0]]
            self._idle = IdleConnections(pool) if IdleConnections.are_in(pool) else None
            watched = (self._core.ConnectionPool, self._core.HTTP11Connection)
            self._core_is_unchanged = _Unchanged([(owner, "handle_request") for owner in watched])
            self._log = logging.getLogger(f"{self._core.__name__}.http11")

    def may_be_given_calls(self) -> bool:
        """Return True where nobody watches or replaces the transport."""
        replaced = vars(self._transport)
        if not self._is_possible or "handle_request" in replaced or "handle_async_request" in replaced:
            return False
        return bool(self._is_unchanged)

    def send(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse:
        """Send a request and return its response.

        Raises:
            httpx.TransportError: there is none.
        """
        with _errors_of_httpx:
            idle = self._idle
            if idle is not None and self._is_unwatched():
                response = idle.send(request, exchange, receive)
                if response is not None:
                    return response
            return self._send_by_pool(request, exchange, receive)

    def _is_unwatched(self) -> bool:
        """Return True where nobody watches or replaces the pool, and its log is off."""
        if self._log.isEnabledFor(logging.DEBUG) or "handle_request" in vars(self._pool):
            return False
        return bool(self._core_is_unchanged)

    def _send_by_pool(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse:
        response = self._pool.handle_request(self._core_request(request, exchange, exchange.trace))
        try:
            buffer = receive(response.status, response.headers)
            for piece in response.stream:
                buffer.take(piece)
        finally:
            response.close()
        return PlainResponse(response.status, response.headers, buffer.finish())

    async def send_async(self, request: PlainRequest, exchange: TimedExchange, receive: Receive) -> PlainResponse:
        """Do as `send`, for an async pool."""
        with _errors_of_httpx:
            core_request = self._core_request(request, exchange, exchange.trace_async)
            response = await self._pool.handle_async_request(core_request)
            try:
                buffer = receive(response.status, response.headers)
                async for piece in response.stream:
                    buffer.take(piece)
            finally:
                await response.aclose()
        return PlainResponse(response.status, response.headers, buffer.finish())

    def _core_request(self, request: PlainRequest, exchange: TimedExchange, trace: object) -> Any:
        core = self._core
        extensions: dict[str, Any] = {"timeout": request.timeouts}
        # Over HTTP/2 the connection itself writes before the request does.
        if self._pool._http2:  # noqa: SLF001  # known to nobody else
            extensions["trace"] = trace
        else:
            exchange.watch_writes(before_body=bool(request.body))
        url = core.URL(scheme=request.scheme, host=request.host, port=request.port, target=request.target)
        made = core.Request(request.method, url, content=request.body, extensions=extensions)
        # They are complete; as an argument they would be checked and searched, a thirtieth of the call.
        made.headers = request.headers
        return made


_POOLS = frozenset({"ConnectionPool", "AsyncConnectionPool"})  # those of proxies are derived from them


class _ErrorsOfHttpx:
    """Raises errors of httpcore as httpx does; without state, so that all calls share one."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: object) -> None:
        translated = _as_httpx(error) if isinstance(error, Exception) else None
        if translated is not None:
            raise translated from error


_errors_of_httpx = _ErrorsOfHttpx()


def _as_httpx(error: Exception) -> httpx.TransportError | None:
    """Return an error of httpcore as httpx raises it; None for any other."""
    for base in type(error).__mro__:
        if base.__module__.partition(".")[0] in ("httpcore", "httpcore2"):
            kind = getattr(httpx, base.__name__, None)
            if isinstance(kind, type) and issubclass(kind, httpx.TransportError):
                return kind(str(error))
    return None
