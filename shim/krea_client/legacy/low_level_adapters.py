"""urllib3 and http.client: what `install` puts into the methods through which both send a request, headers and body beside it."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from krea_client.legacy import caller_lines
from krea_client.legacy.nested_sends import examined, is_examined
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

Active = Callable[[], Rewriter | None]


def opening_pool(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for urllib3's `HTTPConnectionPool.urlopen`."""

    def around(urlopen: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(urlopen)
        def call(
            self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **kwargs: Any
        ) -> Any:
            rewriter = active()
            if rewriter is None or is_examined() or method != "POST":
                return urlopen(self, method, url, body, headers, *args, **kwargs)
            address = url if "://" in url else f"{self.scheme}://{_host(self.host)}:{self.port or ''}{url}"
            body, headers = _rewritten(rewriter, address, body, self.headers if headers is None else headers)
            with examined():  # a retry calls this method again, with the new body
                return urlopen(self, method, url, body, headers, *args, **kwargs)

        return call

    return around


def requesting(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for http.client's `HTTPConnection.request`."""

    def around(request: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(request)
        def call(self: Any, method: str, url: str, body: Any = None, headers: Any = None, **kwargs: Any) -> Any:
            given: Any = {} if headers is None else headers
            rewriter = active()
            if rewriter is None or is_examined() or method != "POST":
                return request(self, method, url, body, given, **kwargs)
            scheme = "https" if isinstance(self, http.client.HTTPSConnection) else "http"
            # Behind a proxy the connection's own host is the proxy's.
            host, port = (
                getattr(self, "_tunnel_host", None) or self.host,
                getattr(self, "_tunnel_port", None) or self.port,
            )
            address = url if "://" in url else f"{scheme}://{_host(host)}:{port or ''}{url}"
            body, given = _rewritten(rewriter, address, body, given)
            return request(self, method, url, body, given, **kwargs)

        return call

    return around


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _rewritten(rewriter: Rewriter, address: str, body: Any, headers: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the body and the headers to send: the same ones where the body has no deprecated field."""
    if not isinstance(body, (bytes, str)) or not rewriter.may_address_api(address):
        return body, headers
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    lower = {_text(name).lower(): _text(value) for name, value in headers.items()}
    message = OutgoingRequest(address, lower.get("content-type"), lower.get("content-encoding"), raw)
    new = rewriter.rewritten(message, caller_lines.caller_line)
    if new is None or new is raw:
        return body, headers
    kept = {name: value for name, value in headers.items() if _text(name).lower() != "content-length"}
    return new, {**kept, "Content-Length": str(len(new))} if len(kept) != len(headers) else headers


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
