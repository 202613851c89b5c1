"""urllib3 and http.client: what `install` puts into the methods through which both send a request, headers and body beside it."""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from krea_client.legacy import caller_lines
from krea_client.legacy.nested_sends import examined, is_examined
from krea_client.legacy.rewriting import OutgoingRequest, Rewriter

EXAMINED_METHODS = ("POST", "GET")  # a POST may have deprecated fields, and a GET may ask for the API's document
_READS_DOCUMENT = "krea_client_reads_document"  # the attribute of a connection between a request and its response

Active = Callable[[], Rewriter | None]


def opening_pool(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for urllib3's `HTTPConnectionPool.urlopen`."""

    def around(urlopen: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(urlopen)
        def call(
            self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **kwargs: Any
        ) -> Any:
            rewriter = active()
            if rewriter is None or is_examined() or method not in EXAMINED_METHODS:
                return urlopen(self, method, url, body, headers, *args, **kwargs)
            address = url if "://" in url else f"{self.scheme}://{_host(self.host)}:{self.port or ''}{url}"
            if rewriter.reads_document(method, address):
                with examined():
                    response = urlopen(self, method, url, body, headers, *args, **kwargs)
                return _with_document(rewriter, response, preload=kwargs.get("preload_content", True))
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
            if rewriter is None or is_examined() or method not in EXAMINED_METHODS:
                return request(self, method, url, body, given, **kwargs)
            # Behind a proxy the connection's own host is the proxy's.
            host = getattr(self, "_tunnel_host", None) or self.host
            if not rewriter.may_address_api(url if "://" in url else host):
                return request(self, method, url, body, given, **kwargs)
            scheme = "https" if isinstance(self, http.client.HTTPSConnection) else "http"
            port = getattr(self, "_tunnel_port", None) or self.port
            address = url if "://" in url else f"{scheme}://{_host(host)}:{port or ''}{url}"
            body, given = _rewritten(rewriter, address, body, given)
            outcome = request(self, method, url, body, given, **kwargs)
            # Python 3.11 is slower from then on with all attributes of an object whose `__dict__` was asked for.
            setattr(self, _READS_DOCUMENT, rewriter.reads_document(method, address))
            return outcome

        return call

    return around


def responding(active: Active) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for http.client's `HTTPConnection.getresponse`."""

    def around(getresponse: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(getresponse)
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            response = getresponse(self, *args, **kwargs)
            rewriter = active()
            if getattr(self, _READS_DOCUMENT, None) is True:
                setattr(self, _READS_DOCUMENT, False)
                if rewriter is not None:
                    _put_document(rewriter, response)
            return response

        return call

    return around


def _put_document(rewriter: Rewriter, response: http.client.HTTPResponse) -> None:
    """Put the API's document into a response as the program should see it."""
    original = response.read()
    content = rewriter.passed_document(response.status, original, response.headers.get("content-encoding"))
    content = original if content is None else content
    response.fp = io.BufferedReader(io.BytesIO(content))
    response.chunked, response.length = False, len(content)
    del response.headers["transfer-encoding"], response.headers["content-length"]
    response.headers["content-length"] = str(len(content))


def _with_document(rewriter: Rewriter, response: Any, *, preload: bool) -> Any:
    """Return urllib3's response with the API's document as the program should see it; the same one where nothing is to change."""
    content = rewriter.passed_document(response.status, response.data)
    content = response.data if content is None else content
    headers = response.headers.copy()
    for name in ("content-encoding", "transfer-encoding"):
        headers.discard(name)
    headers["content-length"] = str(len(content))
    return type(response)(
        io.BytesIO(content),
        headers=headers,
        status=response.status,
        version=response.version,
        reason=response.reason,
        preload_content=preload,
        request_url=response.geturl(),
    )


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _rewritten(rewriter: Rewriter, address: str, body: Any, headers: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the body and the headers to send: the same ones where the body has no deprecated field."""
    if not isinstance(body, (bytes, str)) or not rewriter.may_address_api(address):
        return body, headers
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    lower = {_text(name).lower(): _text(value) for name, value in headers.items()}
    message = OutgoingRequest(address, lower.get("content-encoding"), raw)
    new = rewriter.rewritten(message, caller_lines.caller_line)
    if new is None or new is raw:
        return body, headers
    kept = {name: value for name, value in headers.items() if _text(name).lower() != "content-length"}
    return new, {**kept, "Content-Length": str(len(new))} if len(kept) != len(headers) else headers


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
