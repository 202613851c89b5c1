"""The one place that imports the HTTP library. httpx and httpx2 have the same classes; a transport of the other one is adapted to it.

The generated client is written for httpx. When its generator moves to httpx2, `import httpx2 as httpx` below moves this package.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, Protocol

import httpx

from krea_client._core.effects import Timeout

__all__ = [
    "AsyncTransportLike",
    "BridgedAsyncTransport",
    "BridgedTransport",
    "ProxyLike",
    "SyncTransportLike",
    "adapted",
    "adapted_async",
    "as_proxy",
    "as_timeout",
    "bridged",
    "bridged_async",
    "exchange_timeout",
    "httpx",
    "library_of",
]

LIBRARIES = ("httpx", "httpx2")
CONNECT_SECONDS = 10.0  # a host that does not answer by then is not there
_ENCODING_HEADERS = (b"content-encoding", b"content-length", b"transfer-encoding")


class SyncTransportLike(Protocol):
    """A transport for sync clients: of httpx, of httpx2, or of your own."""

    def handle_request(self, request: Any, /) -> Any:
        """Send a request and return its response, both of one library."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class AsyncTransportLike(Protocol):
    """A transport for async clients: of httpx, of httpx2, or of your own."""

    async def handle_async_request(self, request: Any, /) -> Any:
        """Send a request and return its response, both of one library."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


class ProxyLike(Protocol):
    """A proxy object of httpx or httpx2."""

    @property
    def url(self) -> Any:
        """The address, without user and password."""
        ...

    @property
    def auth(self) -> tuple[str, str] | None:
        """User and password."""
        ...


def library_of(value: object) -> Any:
    """Return the module, httpx or httpx2, that the class of a value comes from or is derived from; None where it is neither."""
    kind: Any = type(value)
    return _library_of(kind)


@lru_cache(128)
def _library_of(kind: type) -> Any:
    for base in kind.__mro__:
        name = base.__module__.partition(".")[0]
        if name in LIBRARIES:
            return sys.modules[name]
    return None


def as_timeout(timeout: Timeout) -> httpx.Timeout:
    """Return a timeout object of the library that this package uses."""
    return timeout if isinstance(timeout, httpx.Timeout) else httpx.Timeout(**timeout.as_dict())


def exchange_timeout(timeout: float | Timeout) -> httpx.Timeout:
    """Return the phases of a timeout; for a number of seconds, connecting takes at most `CONNECT_SECONDS` of it."""
    if not isinstance(timeout, (int, float)):
        return as_timeout(timeout)
    return httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))


def as_proxy(proxy: ProxyLike) -> httpx.Proxy:
    """Return a proxy object of the library that this package uses."""
    if isinstance(proxy, httpx.Proxy):
        return proxy
    other: Any = proxy
    return httpx.Proxy(
        str(other.url), ssl_context=other.ssl_context, auth=other.auth, headers=list(other.headers.multi_items())
    )


def adapted(transport: Any) -> Any:
    """Return a sync transport that takes the requests of this package's library."""
    library = library_of(transport)
    return transport if library in (None, httpx) else BridgedTransport(transport)


def adapted_async(transport: Any) -> Any:
    """Return an async transport that takes the requests of this package's library."""
    library = library_of(transport)
    return transport if library in (None, httpx) else BridgedAsyncTransport(transport)


class BridgedTransport(httpx.BaseTransport):
    """Sends with a transport of the other library; requests, responses and errors are translated."""

    sends_with_another_library = True

    def __init__(self, inner: Any) -> None:
        self.inner: Any = inner
        self._library = library_of(inner)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        response: httpx.Response = bridged(self.inner.handle_request, request, self._library)
        return response

    def close(self) -> None:
        """Close the inner transport."""
        self.inner.close()


class BridgedAsyncTransport(httpx.AsyncBaseTransport):
    """Sends with an async transport of the other library, as `BridgedTransport` does."""

    sends_with_another_library = True

    def __init__(self, inner: Any) -> None:
        self.inner: Any = inner
        self._library = library_of(inner)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        response: httpx.Response = await bridged_async(self.inner.handle_async_request, request, self._library)
        return response

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self.inner.aclose()


def bridged(handle: Callable[[Any], Any], request: Any, library: Any) -> Any:
    """Return the response to a request in the request's own library, from a function that takes requests of `library`."""
    own = library_of(request)
    if own in (None, library):
        return handle(request)
    with _errors_of(own):
        response = handle(_as_request(request, library))
    return _as_response(response, own)


async def bridged_async(handle: Callable[[Any], Any], request: Any, library: Any) -> Any:
    """Do as `bridged`, for an async function."""
    own = library_of(request)
    if own in (None, library):
        return await handle(request)
    with _errors_of(own):
        response = await handle(_as_request(request, library))
    return _as_response(response, own)


def _as_request(request: Any, library: Any) -> Any:
    own = library_of(request)
    url = own.URL.__str__(request.url)  # a subclass may hide a part of it
    try:
        stream = library.ByteStream(request.content)
    except own.RequestNotRead:
        stream = _stream_class(library)(request.stream, library)
    return library.Request(
        request.method,
        _address(library, url),
        headers=request.headers.raw,
        stream=stream,
        extensions=request.extensions,
    )


def _as_response(response: Any, library: Any) -> Any:
    headers = response.headers.raw
    if response.is_stream_consumed:  # a transport of tests has its content at once, decoded
        kept = [(name, value) for name, value in headers if name.lower() not in _ENCODING_HEADERS]
        return library.Response(
            response.status_code, headers=kept, content=response.content, extensions=response.extensions
        )
    stream = _stream_class(library)(response.stream, library)
    return library.Response(response.status_code, headers=headers, stream=stream, extensions=response.extensions)


@lru_cache(256)
def _address(library: Any, url: str) -> Any:
    return library.URL(url)


@contextmanager
def _errors_of(library: Any) -> Generator[None]:
    """Raise errors of the other library as the same errors of this one."""
    try:
        yield
    except Exception as error:
        translated = _translated(error, library)
        if translated is None:
            raise
        raise translated from error


def _translated(error: Exception, library: Any) -> Exception | None:
    if library_of(error) in (None, library):
        return None
    for base in type(error).__mro__:
        kind = getattr(library, base.__name__, None)
        if isinstance(kind, type) and issubclass(kind, (library.RequestError, library.InvalidURL)):
            translated: Exception = kind(str(error))
            return translated
    return None


@cache
def _stream_class(library: Any) -> Any:
    """Return a class for bodies, sync and async, that the library takes as its own."""

    class BridgedStream(library.SyncByteStream, library.AsyncByteStream):  # type: ignore[misc]  # a base class that is chosen at run time
        """A body whose errors are those of the library."""

        def __init__(self, inner: Any, library: Any) -> None:
            self._inner = inner
            self._library = library

        def __iter__(self) -> Iterator[bytes]:
            with _errors_of(self._library):
                yield from self._inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            with _errors_of(self._library):
                async for piece in self._inner:
                    yield piece

        def close(self) -> None:
            with _errors_of(self._library):
                self._inner.close()

        async def aclose(self) -> None:
            with _errors_of(self._library):
                await self._inner.aclose()

    return BridgedStream
