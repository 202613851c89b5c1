"""The gateway as an ASGI application: API calls are translated and passed on, everything else is passed on as it is."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from krea_client._transport.http_library import httpx
from krea_client.legacy.compat_document import DOCUMENT_PATH, with_deprecated_names
from krea_client.legacy.gateway.field_usage import RequestSource, UsageLog
from krea_client.legacy.gateway.translation import Translator

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

OWN_PATHS = "/__gateway__"
LARGEST_BODY = 8 << 20  # bytes of a request body that are held to be translated; documented requests are far smaller
CONNECT_SECONDS = 10.0
IDLE_SECONDS = 2.0  # an older connection may be closing at the other end, and a paid request that meets that is lost
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer upgrade".split()
)
_CONDITIONS = frozenset(b"accept-encoding if-none-match if-modified-since range if-range".split())
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

log: logging.Logger = logging.getLogger("krea_client.gateway")


class UpstreamTarget(NamedTuple):
    """Where a request goes: its URL, and the path of the API that it stands for, or None for another host."""

    url: str
    api_path: str | None


class ClientGone(Exception):
    """The client closed its connection before its request was complete."""


class Gateway:
    """An ASGI application that passes requests on to the API. It sends nothing twice, and stores no token.

    Args:
        upstream: the API's address, with scheme and without a slash at the end.
        translator: renames deprecated fields; shared by all requests.
        usage: counts calls and uses of deprecated fields.
        api_host: the name by which the programs call the API; requests of a proxied program to any other host are passed on to that host.
            None for a reverse proxy, to which every request belongs.
        compat_document: True adds the deprecated field names to the API's own document on its way to the program.
        transport: another httpx transport to send with.
    """

    def __init__(
        self,
        upstream: str,
        translator: Translator,
        usage: UsageLog,
        *,
        api_host: str | None = None,
        compat_document: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._upstream = upstream.rstrip("/")
        self._translator = translator
        self._usage = usage
        self._api_host = api_host
        self._compat_document = compat_document
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope: the lifespan, or one HTTP request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._client is not None:
                    await self._client.aclose()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:  # made late, so that it belongs to the loop that serves
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=IDLE_SECONDS)
            # how long to wait is for the calling program to decide
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
            self._client = httpx.AsyncClient(limits=limits, timeout=timeout, transport=self._transport)
        return self._client

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(OWN_PATHS) and self._api_host is None:
            await self._own_page(scope["path"], send)
            return
        try:
            target = self._target(scope)
        except ValueError as error:
            await respond(send, 400, {"error": f"gateway: {error}"})
            return
        try:
            request = await self._request(scope, receive, target)
        except ClientGone:
            return
        try:
            response = await self._http().send(request, stream=True)
        except ClientGone:
            return
        except httpx.HTTPError as error:
            await self._unreached(error, target, send)
            return
        await self._pass_back(target, response, send)

    def _target(self, scope: Scope) -> UpstreamTarget:
        """Raise ValueError for a request target that names no address.

        A path alone is the API's, whatever the Host header says; an absolute address, as clients send it to a proxy, names its host.
        """
        raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        raw = raw_path.decode("latin-1")
        query: str = scope["query_string"].decode("latin-1")
        end = f"?{query}" if query else ""
        if raw.startswith("/"):
            return UpstreamTarget(self._upstream + raw + end, raw)
        parts = urlsplit(raw)
        host, path = parts.netloc.rpartition("@")[2], parts.path or "/"
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError(f"the request target {parts.scheme}://... is not an address")
        if self._api_host is None or parts.hostname == self._api_host:
            return UpstreamTarget(self._upstream + path + end, path)
        return UpstreamTarget(f"{parts.scheme}://{host}{path}{end}", None)

    async def _request(self, scope: Scope, receive: Receive, target: UpstreamTarget) -> httpx.Request:
        """Return the request to send: its body translated where it is one that has deprecated fields, streamed where it is not."""
        headers: Headers = [(name, value) for name, value in scope["headers"] if name not in _HOP_BY_HOP]
        method = scope["method"]
        if method == "POST" and target.api_path is not None and self._translator.concerns(target.api_path):
            body, more = await _held(receive)
            if more is None:
                return self._translated(scope, target, headers, body)
            log.warning(
                "%s %s: the body is larger than %d bytes and was passed on as it is",
                method,
                target.api_path,
                LARGEST_BODY,
            )
            return httpx.Request(method, target.url, headers=_for_upstream(headers), content=_joined(body, more))
        if target.api_path is not None:
            self._usage.count_call()
        if self._changes_document(target):  # so that the whole document comes, and nothing has to be unpacked
            headers = [*(pair for pair in headers if pair[0] not in _CONDITIONS), (b"accept-encoding", b"identity")]
        has_body = any(name in (b"content-length", b"transfer-encoding") for name, _ in headers)
        content = _streamed(receive) if has_body else None
        return httpx.Request(method, target.url, headers=_for_upstream(headers), content=content)

    def _translated(self, scope: Scope, target: UpstreamTarget, headers: Headers, body: bytes) -> httpx.Request:
        path = target.api_path or ""
        kinds = dict(headers)
        caller = RequestSource(_text(kinds.get(b"user-agent")), (scope.get("client") or ("", 0))[0])
        translation = self._translator.translate(path, _text(kinds.get(b"content-encoding")), body)
        self._usage.count_call(translation.uses)
        self._usage.note(translation.uses, caller)
        length = (b"content-length", str(len(translation.body)).encode())
        framing = (b"content-length", b"transfer-encoding", b"host")
        kept = [(name, value) for name, value in headers if name not in framing]
        return httpx.Request("POST", target.url, headers=[*kept, length], content=translation.body)

    async def _unreached(self, error: httpx.HTTPError, target: UpstreamTarget, send: Send) -> None:
        if isinstance(error, _NOT_SENT):
            message, sent = f"{urlsplit(target.url).netloc} was not reached, nothing was sent", "not-sent"
        else:
            message, sent = "the response was lost; the request may have been carried out", "unknown"
        log.warning("%s: %s: %s", target.api_path or urlsplit(target.url).netloc, type(error).__name__, message)
        document = {"error": f"gateway: {message}"}
        await respond(send, 502, document, [(b"x-krea-gateway", sent.encode())])

    async def _pass_back(self, target: UpstreamTarget, response: httpx.Response, send: Send) -> None:
        try:
            self._usage.count_response(target.api_path, response.status_code)
            headers = [
                pair for pair in response.headers.raw if pair[0].lower() not in (*_HOP_BY_HOP, b"transfer-encoding")
            ]
            if target.api_path == DOCUMENT_PATH and response.status_code == 200:
                if self._changes_document(target):
                    await self._pass_document_back(headers, response, send)
                    return
                self._usage.count_document(changed=False)
            await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
            async for chunk in response.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await response.aclose()

    def _changes_document(self, target: UpstreamTarget) -> bool:
        return self._compat_document and target.api_path == DOCUMENT_PATH

    async def _pass_document_back(self, headers: Headers, response: httpx.Response, send: Send) -> None:
        original = b"".join([chunk async for chunk in response.aiter_raw()])
        changed = with_deprecated_names(original, response.headers.get("content-encoding"))
        self._usage.count_document(changed=changed is not None)
        body = original if changed is None else changed
        kept = [pair for pair in headers if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": response.status_code, "headers": [*kept, length]})
        await send({"type": "http.response.body", "body": body})

    async def _own_page(self, path: str, send: Send) -> None:
        if path == f"{OWN_PATHS}/health":
            await respond(send, 200, {"status": "ok"})
        elif path == f"{OWN_PATHS}/report.json":
            await respond(send, 200, self._usage.as_dict())
        elif path in (OWN_PATHS, f"{OWN_PATHS}/"):
            from krea_client.legacy.gateway.report_page import page

            await respond(send, 200, page(self._usage), [(b"content-type", b"text/html; charset=utf-8")])
        else:
            await respond(send, 404, {"error": f"gateway: there is no page {path}"})


async def respond(send: Send, status: int, content: object, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Send a complete response of the gateway's own: a text as it is, anything else as JSON."""
    body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
    names = [name for name, _ in headers]
    kind = () if b"content-type" in names else ((b"content-type", b"application/json"),)
    whole = [*headers, *kind, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": whole})
    await send({"type": "http.response.body", "body": body})


async def _held(receive: Receive) -> tuple[bytes, AsyncIterator[bytes] | None]:
    """Read a body; when it is too large to be held, return its beginning, and an iterator over what follows."""
    chunks: list[bytes] = []
    size = 0
    body = _streamed(receive)
    async for chunk in body:
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_BODY:
            return b"".join(chunks), body
    return b"".join(chunks), None


async def _streamed(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ClientGone
        if event.get("body"):
            yield event["body"]
        if not event.get("more_body"):
            return


async def _joined(start: bytes, more: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield start
    async for chunk in more:
        yield chunk


def _for_upstream(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name not in (b"host", b"expect")]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
