"""httpx: transports around any transport, and what `install` puts into its clients."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Unpack

from krea_client._transport.http import ALREADY_CHECKED
from krea_client._transport.http_library import (
    AsyncTransportLike,
    SyncTransportLike,
    bridged,
    bridged_async,
    httpx,
    library_of,
)
from krea_client.legacy import caller_lines
from krea_client.legacy.adapter_options import AdapterOptions, build_rewriter
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter


class Transport(httpx.BaseTransport):
    """Sends the requests of a sync client under the names that the API accepts: `httpx.Client(transport=legacy.Transport())`.

    Args:
        inner: the transport that does the sending, of httpx or httpx2; httpx's own where None. Give one to keep retries, HTTP/2 or a proxy.
        options: as in `AdapterOptions`.
    """

    def __init__(self, inner: SyncTransportLike | None = None, **options: Unpack[AdapterOptions]) -> None:
        self._inner = inner or httpx.HTTPTransport()
        self._rewriter = build_rewriter(options)

    def handle_request(self, request: Any) -> Any:
        """Send one request."""
        library = library_of(self._inner) or library_of(request)
        response = bridged(self._inner.handle_request, rewritten(self._rewriter, request), library)
        if not self._rewriter.reads_document(request.method, str(request.url)):
            return response
        response.read()
        return with_document(self._rewriter, response)

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()


class AsyncTransport(httpx.AsyncBaseTransport):
    """As `Transport`, for `httpx.AsyncClient`. Under gather() the warning cannot name the line; `install` can.

    Args:
        inner: as in `Transport`.
        options: as in `AdapterOptions`.
    """

    def __init__(self, inner: AsyncTransportLike | None = None, **options: Unpack[AdapterOptions]) -> None:
        self._inner = inner or httpx.AsyncHTTPTransport()
        self._rewriter = build_rewriter(options)

    async def handle_async_request(self, request: Any) -> Any:
        """Send one request."""
        library = library_of(self._inner) or library_of(request)
        response = await bridged_async(self._inner.handle_async_request, rewritten(self._rewriter, request), library)
        if not self._rewriter.reads_document(request.method, str(request.url)):
            return response
        await response.aread()
        return with_document(self._rewriter, response)

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()


def rewritten(rewriter: Rewriter, request: httpx.Request) -> httpx.Request:
    """Return the request to send, of httpx or httpx2: the same one where it has no deprecated field."""
    if request.method != "POST" or request.url.host not in rewriter.hosts or ALREADY_CHECKED in request.extensions:
        return request
    if not isinstance(request.stream, _library(request).ByteStream):
        return request  # a streamed body is never held in memory, so it is not read here either
    headers = request.headers
    raw = request.read()
    message = OutgoingRequest(str(request.url), headers.get("content-encoding"), raw)
    body = rewriter.rewritten(message, caller_lines.caller_line)
    return request if body is None else _copy(request, body)


def _asks_for_document(rewriter: Rewriter, request: httpx.Request) -> bool:
    return request.url.host in rewriter.hosts and rewriter.reads_document(request.method, str(request.url))


def with_document(rewriter: Rewriter, response: httpx.Response) -> httpx.Response:
    """Return the response with the API's document as the program should see it; the same one where nothing is to change."""
    content = rewriter.passed_document(response.status_code, response.content)
    if content is None:
        return response
    framing = ("content-length", "content-encoding", "transfer-encoding")
    headers = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in framing]
    changed = type(response)(
        response.status_code, headers=headers, content=content, extensions=response.extensions, history=response.history
    )
    for name in ("_request", "_elapsed"):  # what a client adds to a response
        if name in vars(response):
            setattr(changed, name, getattr(response, name))
    return changed


def _library(request: httpx.Request) -> Any:
    """Return httpx or httpx2, whichever the request is of."""
    return library_of(request) or httpx


def _copy(request: httpx.Request, body: bytes) -> httpx.Request:
    length = str(len(body)).encode()
    headers = [(name, length if name.lower() == b"content-length" else value) for name, value in request.headers.raw]
    extensions = {**request.extensions, ALREADY_CHECKED: True}
    changed: httpx.Request = _library(request).Request(
        request.method, request.url, headers=headers, content=body, extensions=extensions
    )
    return changed


def sending(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a `Client.send` that rewrites while there is a rewriter."""

    def around(send: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(send)
        def sent(self: httpx.Client, request: httpx.Request, *args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            if rewriter is None:
                return send(self, request, *args, **kwargs)
            response = send(self, rewritten(rewriter, request), *args, **kwargs)
            if _asks_for_document(rewriter, request):
                response.read()
                return with_document(rewriter, response)
            return response

        return sent

    return around


def sending_async(active: Callable[[], Rewriter | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the same for `AsyncClient.send`."""

    def concerns_api(_: httpx.AsyncClient, request: httpx.Request, *__: Any, **___: Any) -> bool:
        rewriter = active()
        return rewriter is not None and request.url.host in rewriter.hosts

    def around(send: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(send)
        async def sent(self: httpx.AsyncClient, request: httpx.Request, *args: Any, **kwargs: Any) -> Any:
            rewriter = active()
            if rewriter is None:
                return await send(self, request, *args, **kwargs)
            response = await send(self, rewritten(rewriter, request), *args, **kwargs)
            if _asks_for_document(rewriter, request):
                await response.aread()
                return with_document(rewriter, response)
            return response

        return caller_lines.keep_caller_line(sent, concerns_api, original=send)

    return around


def calling_async(
    active: Callable[[], Rewriter | None], place: int
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a method of `AsyncClient` that leads to `send`, and remembers its line; `place` is the address's place."""

    def concerns_api(self: httpx.AsyncClient, *args: Any, **kwargs: Any) -> bool:
        rewriter = active()
        if rewriter is None:
            return False
        url = str(kwargs.get("url", args[place] if len(args) > place else ""))
        return rewriter.may_address_api(url) if "://" in url else self.base_url.host in rewriter.hosts

    return lambda method: caller_lines.keep_caller_line(method, concerns_api)
